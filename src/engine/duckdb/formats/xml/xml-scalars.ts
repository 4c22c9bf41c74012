/** Texts of XML as values: the conversions of Spark's `StaxXmlParser`. */
import { UnsupportedError } from "../../../../errors.ts";
import type { DataType, TypeKind } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";
import type { BinaryOutputStyle } from "../../../engine.ts";
import { javaTrimmed } from "../temporal-text.ts";
import { decimalCell } from "../text/cell.ts";
import { asciiDigits, javaDouble, javaFloat, javaInteger, leadingNumber } from "../text/java-numbers.ts";
import { Malformed } from "../text/malformed.ts";
import { nearestFloat } from "../text/nearest-float.ts";
import type { XmlOptions } from "./xml-options.ts";
import { variantOfText } from "./xml-variant.ts";

/** Makes a value of a text; throws `Malformed` for one that is none of its type. */
export type FromText = (text: string) => StoredValue;
type Scalar = (text: string) => StoredValue | undefined;

/**
 * A reader of texts.
 *
 * @throws UnsupportedError for a type that is not read from XML
 */
export function textReader(type: DataType, options: XmlOptions): FromText {
  if (type.kind === "variant") return (text) => variantOfText(text, options);
  const read = scalarReader(type, options);
  return (text) => {
    const value = options.trims ? javaTrimmed(text) : text;
    if (value === options.nullValue) return null;
    const stored = read(value);
    if (stored === undefined) throw new Malformed(`${JSON.stringify(value)} is no ${sqlName(type)}`);
    return stored;
  };
}

const longRange = 1n << 63n;

const whole =
  (bits: bigint): (() => Scalar) =>
  () =>
  (text) => {
    const value = javaInteger(text, -(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n);
    return value === undefined ? undefined : Number(value);
  };

/** The sign is taken off first, so that the least number is none and a second sign counts. */
const signed =
  <Value extends number | bigint>(read: (text: string) => Value | undefined, negated: (value: Value) => Value) =>
  (): Scalar =>
  (text) => {
    const value = read(/^[+-]/.test(text) ? text.slice(1) : text);
    return value === undefined || !text.startsWith("-") ? value : negated(value);
  };

const minus = (value: number): number => -value;

const truth: Scalar = (text) => {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "1") return true;
  return lower === "false" || lower === "0" ? false : undefined;
};

const unbracketed = (text: string): string => text.replace(/^\[/, "").replace(/\]$/, "");
const bytesOf = (text: string, encoding: "utf8" | "base64" | "hex"): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding));

/** Bytes as Spark shows them, by `spark.sql.binaryOutputStyle`. */
const bytes: Readonly<Record<BinaryOutputStyle, Scalar>> = {
  "UTF-8": (text) => bytesOf(text, "utf8"),
  BASE64: (text) =>
    /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?$/i.test(text) ? bytesOf(text, "base64") : undefined,
  HEX: (text) => (/^[\da-f]*$/i.test(text) ? bytesOf(text.length % 2 === 0 ? text : `0${text}`, "hex") : undefined),
  HEX_DISCRETE: (text) => {
    const digits = unbracketed(text);
    if (!/^(?:[\da-f]{2}(?: [\da-f]{2})*)?$/i.test(digits)) return undefined;
    return bytesOf(digits.replaceAll(" ", ""), "hex");
  },
  BASIC: (text) => {
    const numbers = unbracketed(text)
      .split(",")
      .map((each) => javaInteger(each.trim(), -128n, 127n));
    return numbers.includes(undefined) ? undefined : Uint8Array.from(numbers, Number);
  },
};

const noScalar = (): Scalar => () => undefined;

type Scalars = {
  readonly [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, options: XmlOptions) => Scalar;
};

const scalars: Scalars = {
  boolean: () => truth,
  tinyint: whole(8n),
  smallint: whole(16n),
  int: signed(
    (text) => whole(32n)()(text) as number | undefined,
    (value) => -value | 0,
  ),
  bigint: signed(
    (text) => javaInteger(text, -longRange, longRange - 1n),
    (value) => BigInt.asIntN(64, -value),
  ),
  float: signed((text) => javaFloat(text) ?? leadingNumber(text, nearestFloat), minus),
  double: signed((text) => javaDouble(text) ?? leadingNumber(text, Number), minus),
  decimal: (type) => (text) => decimalCell(asciiDigits(text.replaceAll(",", "")), type),
  date: (_, { temporal }) => temporal.date,
  timestamp: (_, { temporal }) => temporal.timestamp,
  timestamp_ntz: (_, { temporal }) => temporal.localTimestamp,
  time: (_, { temporal }) => temporal.time,
  string: () => (text) => text,
  char: () => (text) => text,
  varchar: () => (text) => text,
  binary: (_, { binaryStyle }) => bytes[binaryStyle],
  void: () => () => null,
  array: noScalar,
  map: noScalar,
  struct: noScalar,
};

function scalarReader(type: DataType, options: XmlOptions): Scalar {
  const reader = scalars[type.kind] as ((type: DataType, options: XmlOptions) => Scalar) | undefined;
  if (reader !== undefined) return reader(type, options);
  throw new UnsupportedError(`values of type ${sqlName(type)} are not read from XML`);
}
