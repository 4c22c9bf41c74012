/** The values and texts that a VARIANT is shown as. */
import { dateText, dateTimeText, timeText } from "./calendar.ts";
import { Decimal } from "./decimal.ts";
import { doubleText, floatText } from "./number-text.ts";
import { Timestamp } from "./timestamp.ts";
import type { VariantLeaf, VariantNode } from "./variant-node.ts";

/** A VARIANT as values of JavaScript: those that rows hold for its types, with objects and arrays of them. */
export type VariantValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | Timestamp
  | Uint8Array
  | readonly VariantValue[]
  | { readonly [name: string]: VariantValue };

/**
 * A VARIANT as values of JavaScript. An integer beyond 2^53 is a bigint, a moment in nanoseconds its ISO text.
 *
 * @param node - what the variant holds
 */
export function plainValue(node: VariantNode): VariantValue {
  if (node.kind === "array") return node.elements.map(plainValue);
  if (node.kind === "object") return Object.fromEntries(node.fields.map(([name, value]) => [name, plainValue(value)]));
  return fromTable(plainLeaves, node);
}

/**
 * A VARIANT as what `JSON.stringify` writes exactly: numbers keep all their digits, other types are their texts.
 *
 * @param node - what the variant holds
 */
export function jsonValue(node: VariantNode): unknown {
  if (node.kind === "array") return node.elements.map(jsonValue);
  if (node.kind === "object") return Object.fromEntries(node.fields.map(([name, value]) => [name, jsonValue(value)]));
  const text = leafText(node);
  return isNumber(text) && !isExact(text) ? rawJson(text) : JSON.parse(text);
}

/**
 * A VARIANT as JSON text, character for character what Spark's `to_json` gives in UTC.
 *
 * @param node - what the variant holds
 */
export function jsonText(node: VariantNode): string {
  if (node.kind === "array") return `[${node.elements.map(jsonText).join(",")}]`;
  if (node.kind !== "object") return leafText(node);
  const sorted = node.fields.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${quotedText(name)}:${jsonText(value)}`).join(",")}}`;
}

type LeafTable<Result> = { [K in VariantLeaf["kind"]]: (value: Extract<VariantLeaf, { kind: K }>["value"]) => Result };

const fromTable = <Result>(table: LeafTable<Result>, leaf: VariantLeaf): Result =>
  (table[leaf.kind] as (value: VariantLeaf["value"]) => Result)(leaf.value);

const same = <Value>(value: Value): Value => value;

const plainLeaves: LeafTable<VariantValue> = {
  null: same,
  boolean: same,
  long: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value),
  double: same,
  float: same,
  decimal: same,
  string: same,
  binary: same,
  uuid: uuidText,
  date: dateText,
  time: (value) => timeText(Number(value)),
  timestamp: (value) => Timestamp.fromEpochMicroseconds(value),
  timestamp_ntz: dateTimeText,
  timestamp_nanos: (value) => `${nanosText(value)}Z`,
  timestamp_ntz_nanos: nanosText,
};

const leafTexts: LeafTable<string> = {
  null: String,
  boolean: String,
  long: String,
  double: (value) => finiteOrQuoted(value, doubleText(value)),
  float: (value) => finiteOrQuoted(value, floatText(value)),
  decimal: (value) => String(value).replace(/\.0+$|(\.\d*?)0+$/, "$1"),
  string: quotedText,
  binary: (value) => `"${Buffer.from(value).toString("base64")}"`,
  uuid: (value) => `"${uuidText(value)}"`,
  date: (value) => `"${dateText(value)}"`,
  time: (value) => `"${timeText(Number(value))}"`,
  timestamp: (value) => `"${dateTimeText(value).replace("T", " ")}+00:00"`,
  timestamp_ntz: (value) => `"${dateTimeText(value).replace("T", " ")}"`,
  timestamp_nanos: (value) => `"${nanosText(value).replace("T", " ")}+00:00"`,
  timestamp_ntz_nanos: (value) => `"${nanosText(value).replace("T", " ")}"`,
};

const leafText = (leaf: VariantLeaf): string => fromTable(leafTexts, leaf);

const finiteOrQuoted = (value: number, text: string): string => (Number.isFinite(value) ? text : `"${text}"`);

const isNumber = (text: string): boolean => /^[-\d]/.test(text);

// Decimal.of takes a number by its shortest text, which is what JSON.stringify writes.
const isExact = (text: string): boolean => Decimal.of(text).equals(Decimal.of(Number(text)));

// Node has this function since version 21; the compiler's library does not know it yet.
const rawJson = (text: string): unknown => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);

/** A text in double quotes with the escapes of Jackson, which writes hexadecimal digits in capitals. */
function quotedText(text: string): string {
  return JSON.stringify(text).replace(/\\(?:u(00..)|.)/g, (written, code?: string) =>
    code === undefined ? written : `\\u${code.toUpperCase()}`,
  );
}

function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function nanosText(nanos: bigint): string {
  const rest = ((nanos % 1000n) + 1000n) % 1000n;
  const [clock, fraction = ""] = dateTimeText((nanos - rest) / 1000n).split(".") as [string, string?];
  const digits = `${fraction.padEnd(6, "0")}${String(rest).padStart(3, "0")}`.replace(/0+$/, "");
  return digits === "" ? clock : `${clock}.${digits}`;
}
