/** Types by the names that Spark's recorded answers have for them, in which `not null` follows what holds no null. */

import type { DataType } from "../../src/types/data-type.ts";
import * as types from "../../src/types/data-type.ts";

const atoms: Readonly<Record<string, DataType>> = {
  "interval day to second": types.dayTimeIntervalType(),
  "interval hour to minute": types.dayTimeIntervalType("hour", "minute"),
  "interval hour to second": types.dayTimeIntervalType("hour", "second"),
  "interval day": types.dayTimeIntervalType("day", "day"),
  "interval year to month": types.yearMonthIntervalType(),
  string: types.stringType,
};

/** The parts of a list, split at commas that stand outside brackets. */
export function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  [...text].forEach((character, index) => {
    if ("(<".includes(character)) depth += 1;
    if (")>".includes(character)) depth -= 1;
    if (character !== "," || depth > 0) return;
    parts.push(text.slice(start, index));
    start = index + 1;
  });
  return text === "" ? [] : [...parts, text.slice(start)];
}

/** The type of a name such as `array<struct<a:int not null>>`. */
export function namedType(text: string): DataType {
  const [, kind, inside] = /^(array|map|struct)<(.*)>$/.exec(text) ?? [];
  if (kind === "array") return types.arrayType(...part(inside!));
  if (kind === "map") {
    const [key, value] = split(inside!);
    return types.mapType(namedType(key!), ...part(value!));
  }
  if (kind === "struct") return types.structType(split(inside!).map(field));
  return atoms[text] ?? leaf(text);
}

function part(text: string): [DataType, boolean] {
  const bare = text.replace(/ not null$/, "");
  return [namedType(bare), bare === text];
}

function field(text: string): types.StructField {
  const at = text.indexOf(":");
  const [type, nullable] = part(text.slice(at + 1));
  return types.structField(text.slice(0, at), type, nullable);
}

function leaf(text: string): DataType {
  const [, kind, first, second] = /^(\w+)(?:\((?:any|(\d+))(?:,(\d+))?\))?$/.exec(text) ?? [];
  if (kind === "decimal") return types.decimalType(Number(first), Number(second));
  if (kind === "time") return { kind: "time", precision: Number(first) };
  if (kind === "geometry" || kind === "geography") return { kind, srid: first === undefined ? "any" : Number(first) };
  return { kind: kind as types.AtomicKind };
}

/** The name of a type: the reverse of `namedType`. */
export function nameOf(type: DataType): string {
  const mark = (mayHoldNull: boolean) => (mayHoldNull ? "" : " not null");
  if (type.kind === "array") return `array<${nameOf(type.element)}${mark(type.containsNull)}>`;
  if (type.kind === "map") return `map<${nameOf(type.key)},${nameOf(type.value)}${mark(type.valueContainsNull)}>`;
  if (type.kind === "struct") {
    return `struct<${type.fields.map(({ name, type: inner, nullable }) => `${name}:${nameOf(inner)}${mark(nullable)}`).join(",")}>`;
  }
  if (type.kind === "decimal") return `decimal(${type.precision},${type.scale})`;
  if (type.kind === "time") return `time(${type.precision})`;
  if (type.kind === "geometry" || type.kind === "geography") return `${type.kind}(${type.srid})`;
  if (type.kind === "string" && type.collation !== undefined) return `string collate ${type.collation}`;
  if (type.kind !== "day-time interval" && type.kind !== "year-month interval") return type.kind;
  return type.start === type.end ? `interval ${type.start}` : `interval ${type.start} to ${type.end}`;
}
