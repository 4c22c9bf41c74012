/** SQL of values as Spark's JSON generator writes them. */
import { UnsupportedError } from "../../../errors.ts";
import {
  booleanType,
  type DataType,
  isAnsiInterval,
  type StructField,
  type StructType,
  type TypeKind,
} from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import type { CompileContext } from "../compile/context.ts";
import { structFieldName } from "../duck-type.ts";
import { checkLevels, isDeep, joinedTexts } from "../joined-texts.ts";
import { hasDeepJson } from "../kernels/deep-texts.ts";
import { identifier, text } from "../sql-text.ts";
import { plainText } from "./number-text.ts";
import { hasPattern, type TemporalStyle, temporalText } from "./temporal-text.ts";

export interface JsonStyle {
  readonly temporal: TemporalStyle;
  /** Whether members without a value are left out. */
  readonly ignoreNulls: boolean;
  readonly context: Pick<CompileContext, "timeZone" | "kernel">;
}

type Write<Kind extends TypeKind> = (
  value: string,
  type: Extract<DataType, { kind: Kind }>,
  style: JsonStyle,
) => string;

type Plain = (value: string, type: DataType, style: JsonStyle) => string;

const bare: Plain = (value, type, { context }) => plainText(value, type, context);
const quoted = (value: string): string => `'"' || ${value} || '"'`;
const escaped = (value: string): string => `to_json(${value})::VARCHAR`;

// JSON has no names for these numbers, so they are texts.
const fraction: Plain = (value, type, style) =>
  `CASE WHEN isfinite(${value}) THEN ${bare(value, type, style)} ELSE ${quoted(bare(value, type, style))} END`;

const interval: Plain = (value, type, style) => quoted(bare(value, type, style));
const temporal: Plain = (value, type, style) => {
  const { date, timestamp, localTimestamp, time } = style.temporal;
  const isPlain = [date, timestamp, localTimestamp, time].every((pattern) => pattern === undefined);
  const written = `(${temporalText(value, type, style.temporal)})`;
  return isPlain ? quoted(written) : escaped(written);
};

const writes: { readonly [Kind in TypeKind]?: Write<Kind> } = {
  boolean: (value) => `(${value})::VARCHAR`,
  tinyint: bare,
  smallint: bare,
  int: bare,
  bigint: bare,
  float: fraction,
  double: fraction,
  decimal: bare,
  string: escaped,
  char: escaped,
  varchar: escaped,
  binary: (value) => quoted(`to_base64(${value})`),
  date: temporal,
  timestamp: temporal,
  timestamp_ntz: temporal,
  time: temporal,
  "day-time interval": interval,
  "year-month interval": interval,
  interval,
  variant: (value, _type, { context }) => context.kernel("variant_json", [value]),
  void: () => "NULL::VARCHAR",
  array: (value, type, style) => {
    return joined("[", value, `list_transform(${value}, lambda e: ${orNull("e", type.element, style)})`, "]");
  },
  map: (value, type, style) => {
    const { key, value: item } = type;
    const entry = `${escaped(keyText("e.key", key, style))} || ':' || ${orNull("e.value", item, style)}`;
    return joined("{", value, `list_transform(map_entries(${value}), lambda e: ${entry})`, "}");
  },
  struct: (value, type, style) => {
    const { fields } = type;
    const values = fields.map((field, index) => ({ value: `(${value}).${structFieldName(index)}`, field }));
    return `CASE WHEN ${value} IS NULL THEN NULL ELSE ${jsonObject(values, style)} END`;
  },
  udt: (value, { storage }, style) => jsonText(value, storage, style),
};

const joined = (begin: string, value: string, texts: string, end: string): string =>
  `CASE WHEN ${value} IS NULL THEN NULL ELSE '${begin}' || ${joinedTexts(texts, "','")} || '${end}' END`;

/** Whether values of a type can be written to files; what `to_json` has a text for besides are calendar intervals. */
export function isJson(type: DataType): boolean {
  if (type.kind === "array") return isJson(type.element);
  if (type.kind === "map") return isJson(type.key) && isJson(type.value);
  if (type.kind === "struct") return type.fields.every((field) => isJson(field.type));
  return type.kind !== "interval" && writes[type.kind] !== undefined;
}

/**
 * The SQL of a value's JSON; null for null.
 *
 * @throws UnsupportedError for a type that JSON has no text for
 */
export function jsonText(value: string, type: DataType, style: JsonStyle): string {
  const write = writes[type.kind] as Plain | undefined;
  if (write !== undefined && isDeep(type) && isDeepJson(type, style))
    return style.context.kernel("deep_json", [value, String(style.ignoreNulls)], [type, booleanType]);
  checkLevels(type);
  if (write !== undefined) return write(value, type, style);
  throw new UnsupportedError(`a value of type ${sqlName(type)} cannot be written as JSON`, {
    hint: "Leave it out, or write another form of it: the bytes of a shape are stAsbinary(…).",
  });
}

const isDeepJson = (type: DataType, { temporal }: JsonStyle): boolean =>
  temporal.date === undefined && hasDeepJson(type);

interface Member {
  readonly value: string;
  readonly field: StructField;
}

/** The SQL of an object with the members that have a value, or with all. */
export function jsonObject(values: readonly Member[], style: JsonStyle): string {
  const pieces = object(values.map(({ value, field }) => member(value, field, style)));
  if (!isNative(values)) return pieces;
  const present = values.map(({ value }) => `${value} IS NOT NULL`).join(" AND ");
  const members = values.map(({ value, field }) => `${identifier(field.name)}: ${value}`).join(", ");
  return `CASE WHEN ${present} THEN to_json({${members}})::VARCHAR ELSE ${pieces} END`;
}

const nativeKinds: ReadonlySet<TypeKind> = new Set([
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "string",
] as const);

/** Whether DuckDB writes an object as Spark does, where each member has a value. */
function isNative(values: readonly Member[]): boolean {
  const names = new Set(values.map(({ field }) => field.name.toLowerCase()));
  return (
    values.length > 0 &&
    names.size === values.length &&
    values.every(({ field }) => /^\w+$/.test(field.name) && isNativeType(field.type))
  );
}

function isNativeType(type: DataType): boolean {
  if (type.kind === "array") return isNativeType(type.element);
  if (type.kind === "map") return type.key.kind === "string" && isNativeType(type.value);
  return nativeKinds.has(type.kind);
}

const object = (members: readonly string[]): string =>
  members.length === 0 ? "'{}'" : `'{' || concat_ws(',', ${members.join(", ")}) || '}'`;

function member(value: string, { name, type }: StructField, style: JsonStyle): string {
  const json = style.ignoreNulls ? `(${jsonText(value, type, style)})` : orNull(value, type, style);
  return `${text(`${JSON.stringify(name)}:`)} || ${json}`;
}

const orNull = (value: string, type: DataType, style: JsonStyle): string =>
  `coalesce(${jsonText(value, type, style)}, 'null')`;

// The generator writes keys as they are stored: dates as days, timestamps as microseconds.
function keyText(key: string, type: DataType, style: JsonStyle): string {
  if (type.kind === "date") return `(${key} - DATE '1970-01-01')::VARCHAR`;
  if (hasPattern(type)) return `epoch_us(${key})::VARCHAR`;
  if (isAnsiInterval(type)) return `(${key})::VARCHAR`;
  if (type.kind === "struct") return rowText(key, type, style);
  if (["array", "map", "binary", "variant"].includes(type.kind)) {
    throw new UnsupportedError(`a map with keys of type ${sqlName(type)} cannot be written as JSON`, {
      hint: "Write its entries: mapEntries(…).",
    });
  }
  return plainText(key, type, style.context);
}

// A row is a key by its values alone, as Spark's rows write themselves.
function rowText(row: string, { fields }: StructType, style: JsonStyle): string {
  const values = fields.map(({ type }, index) => {
    const value = `(${row}).${structFieldName(index)}`;
    return `CASE WHEN ${value} IS NULL THEN 'null' ELSE ${keyText(value, type, style)} END`;
  });
  return `'[' || concat_ws(',', ${values.join(", ") || "''"}) || ']'`;
}
