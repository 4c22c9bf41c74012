/** Rows of ours in the form in which the Spark of the services writes its own: `services/protocol.ts` describes it. */
import { type DataType, type Decimal, type Interval, type StructType, Timestamp } from "lakewright";
import type { SparkValue } from "../../services/protocol.ts";

/**
 * A value that a row holds, as the peer writes it.
 *
 * @param value - as `collect({ longs: "bigint" })` gives it
 * @param type - the type of its column
 */
export function sparkValue(value: unknown, type: DataType): SparkValue {
  if (value === null || value === undefined) return null;
  if (type.kind === "array") return (value as readonly unknown[]).map((item) => sparkValue(item, type.element));
  if (type.kind === "map")
    return { map: [...(value as Map<unknown, unknown>)].map((entry) => entryValue(entry, type)) };
  if (type.kind === "struct") return structValue(value as Record<string, unknown>, type);
  const encode = encoders[type.kind] as ((value: unknown) => SparkValue) | undefined;
  return encode === undefined ? (value as SparkValue) : encode(value);
}

const entryValue = ([key, value]: [unknown, unknown], type: Extract<DataType, { kind: "map" }>): SparkValue => [
  sparkValue(key, type.key),
  sparkValue(value, type.value),
];

const structValue = (value: Record<string, unknown>, { fields }: StructType): SparkValue =>
  Object.fromEntries(fields.map(({ name, type }) => [name, sparkValue(value[name], type)]));

function long(value: bigint | number): SparkValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

const floating = (value: number): SparkValue => (Number.isFinite(value) ? value : String(value));

/** ISO text with a blank between date and time, and six digits of its second. */
function clockText(iso: string): string {
  const [whole, fraction = ""] = iso.replace("T", " ").replace("Z", "").split(".");
  return `${whole}.${fraction.padEnd(6, "0")}`;
}

const encoders = {
  bigint: long,
  float: floating,
  double: floating,
  decimal: (value: Decimal) => value.toString(),
  timestamp: (value: Timestamp) => clockText(Timestamp.of(value).toJSON()),
  timestamp_ntz: clockText,
  time: clockText,
  binary: (value: Uint8Array) => `hex:${Buffer.from(value).toString("hex")}`,
  "day-time interval": ({ microseconds }: Interval) => `us:${microseconds}`,
  "year-month interval": ({ months }: Interval) => `months:${months}`,
  interval: String,
  variant: String,
  geometry: String,
  geography: String,
} as const satisfies { [K in DataType["kind"]]?: (value: never) => SparkValue } as Readonly<Record<string, unknown>>;
