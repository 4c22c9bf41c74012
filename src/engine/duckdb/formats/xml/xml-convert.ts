/** A row's element as values of a schema: Spark's `StaxXmlParser`. */
import { UnsupportedError } from "../../../../errors.ts";
import type { DataType, StructType, TypeKind } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { decimalCell } from "../text/cell.ts";
import { asciiDigits, javaDouble, javaFloat, javaInteger } from "../text/java-numbers.ts";
import { Malformed } from "../text/malformed.ts";
import type { XmlElement } from "./xml-elements.ts";
import { countedText, innerXml, isPlain, keyOf, partsOf, type XmlPart } from "./xml-names.ts";
import type { XmlOptions } from "./xml-options.ts";
import { variantOf, variantOfText } from "./xml-variant.ts";

/** The values that could be read, and why the row is malformed if it is. */
export interface XmlRow {
  readonly values: readonly StoredValue[];
  readonly reason: string | undefined;
}

type FromText = (text: string) => StoredValue | undefined;
type FromElement = (element: XmlElement) => StoredValue;
type FromPart = (part: XmlPart) => StoredValue;

/**
 * A reader of rows.
 *
 * @param schema - the columns wanted, without the column of corrupt records
 * @throws UnsupportedError for a type that is not read from XML
 */
export function xmlRowReader(schema: StructType, options: XmlOptions): (row: XmlElement) => XmlRow {
  if (options.singleVariant)
    return (row) => ({ values: schema.fields.map(() => variantOf(row, options)), reason: undefined });
  const read = objectReader(schema, options);
  return (row) => {
    const reasons: string[] = [];
    return { values: read(row, reasons), reason: reasons[0] };
  };
}

type ObjectReader = (element: XmlElement, reasons: string[]) => StoredValue[];

function objectReader({ fields }: StructType, options: XmlOptions): ObjectReader {
  const places = new Map(fields.map(({ name }, index) => [keyOf(name, options), index]));
  const readers = fields.map(({ type }) => partReader(type.kind === "array" ? type.element : type, options));
  const wildcard = places.get(keyOf(options.wildcard, options));
  return (element, reasons) => {
    const values: StoredValue[] = fields.map(() => null);
    for (const part of partsOf(element, options)) {
      const found = places.get(keyOf(part.name, options));
      const place = found ?? (part.is === "element" ? wildcard : undefined);
      if (place === undefined) continue;
      const value = guarded(() => readers[place]!(part), reasons);
      if (fields[place]!.type.kind !== "array") values[place] = value;
      else values[place] = [...((values[place] as StoredValue[] | null) ?? []), value];
    }
    return values;
  };
}

/** A field that fails is null and makes the row malformed. */
function guarded(read: () => StoredValue, reasons: string[]): StoredValue {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    reasons.push(error.reason);
    return null;
  }
}

function partReader(type: DataType, options: XmlOptions): FromPart {
  const text = textReader(type, options);
  const element = elementReader(type, options);
  return ({ value }) => (typeof value === "string" ? text(value) : element(value));
}

function elementReader(type: DataType, options: XmlOptions): FromElement {
  if (type.kind === "struct") return strict(objectReader(type, options));
  if (type.kind === "map") return mapReader(partReader(type.value, options), options);
  if (type.kind === "variant") return (element) => variantOf(element, options);
  if (type.kind === "array") {
    const item = partReader(type.element, options);
    return (element) => [item({ name: element.name, value: element, is: "element" })];
  }
  const text = textReader(type, options);
  return (element) => {
    const parts = partsOf({ ...element, attributes: [] }, options);
    if (type.kind === "string" && !isPlain(parts)) return innerXml(element);
    if (!isPlain(parts))
      throw new Malformed(`the element ${element.name} has elements inside, and is no ${sqlName(type)}`);
    return text((parts[0]?.value as string | undefined) ?? "");
  };
}

/** Within a value there is no part to keep: the first fault is that of the value. */
function strict(read: ObjectReader): FromElement {
  return (element) => {
    const reasons: string[] = [];
    const values = read(element, reasons);
    if (reasons[0] !== undefined) throw new Malformed(reasons[0]);
    return values;
  };
}

const mapReader =
  (read: FromPart, options: XmlOptions): FromElement =>
  (element) => {
    const entries = new Map(partsOf(element, options).map((part) => [part.name, read(part)]));
    return { keys: [...entries.keys()], values: [...entries.values()] };
  };

function textReader(type: DataType, options: XmlOptions): (text: string) => StoredValue {
  if (type.kind === "struct") return valueOnly(type, options);
  if (type.kind === "array" || type.kind === "map") return noValue(type);
  if (type.kind === "variant") return (text) => variantOfText(text, options);
  const read = scalarReader(type, options);
  return (text) => {
    const value = countedText(text, options) ?? "";
    if (value === options.nullValue || (value === "" && type.kind !== "string")) return null;
    const stored = read(value);
    if (stored === undefined) throw new Malformed(`${JSON.stringify(value)} is no ${sqlName(type)}`);
    return stored;
  };
}

/** Bare text where a struct is expected is the field of texts, if there is one. */
function valueOnly({ fields }: StructType, options: XmlOptions): (text: string) => StoredValue {
  const place = fields.findIndex(({ name }) => name === options.valueTag);
  const read = place < 0 ? undefined : textReader(fields[place]!.type, options);
  return (text) => fields.map((_, index) => (index === place ? read!(text) : null));
}

const noValue =
  (type: DataType) =>
  (text: string): StoredValue => {
    if (text.trim() === "") return null;
    throw new Malformed(`${JSON.stringify(text)} is no ${sqlName(type)}`);
  };

type Scalars = {
  readonly [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, options: XmlOptions) => FromText;
};

const longRange = 1n << 63n;

const whole =
  (bits: bigint): (() => FromText) =>
  () =>
  (text) => {
    const value = javaInteger(text, -(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n);
    return value === undefined ? undefined : Number(value);
  };

const truth: FromText = (text) => {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "1") return true;
  return lower === "false" || lower === "0" ? false : undefined;
};

const scalars: Scalars = {
  boolean: () => truth,
  tinyint: whole(8n),
  smallint: whole(16n),
  int: whole(32n),
  bigint: () => (text) => javaInteger(text, -longRange, longRange - 1n),
  float: () => javaFloat,
  double: () => javaDouble,
  decimal: (type) => (text) => decimalCell(asciiDigits(text.replaceAll(",", "")), type),
  date: (_, { temporal }) => temporal.date,
  timestamp: (_, { temporal }) => temporal.timestamp,
  timestamp_ntz: (_, { temporal }) => temporal.localTimestamp,
  string: () => (text) => text,
  char: () => (text) => text,
  varchar: () => (text) => text,
  void: () => () => null,
};

function scalarReader(type: DataType, options: XmlOptions): FromText {
  const reader = scalars[type.kind] as ((type: DataType, options: XmlOptions) => FromText) | undefined;
  if (reader !== undefined) return reader(type, options);
  throw new UnsupportedError(`values of type ${sqlName(type)} are not read from XML`);
}
