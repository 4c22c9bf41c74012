/** Texts of values within values, written here where they are too deep for SQL, which takes longer to plan with each level. */

import { dateText, dateTimeText } from "../../../types/calendar.ts";
import { booleanType, type DataType, type StructType, stringType, type TypeKind } from "../../../types/data-type.ts";
import { Decimal } from "../../../types/decimal.ts";
import { doubleText, floatText } from "../../../types/number-text.ts";
import type { StoredMap, StoredValue } from "../../../types/stored-value.ts";
import { clockAt } from "../../../types/zone-offset.ts";
import type { CastStyle } from "../casts/cast-writer.ts";
import { quotedText } from "../formats/json/json-copy.ts";
import type { ScalarFunction } from "../trampoline.ts";
import { kernelOf } from "./kernel.ts";

type Leaf = (value: never, type: never, zone: string) => string;

const clock = (micros: bigint): string => dateTimeText(micros).replace("T", " ");

const leaves: Partial<Readonly<Record<TypeKind, Leaf>>> = {
  boolean: String,
  tinyint: String,
  smallint: String,
  int: String,
  bigint: String,
  float: floatText,
  double: doubleText,
  decimal: (value: bigint, { scale }: { readonly scale: number }) => new Decimal(value, scale).toString(),
  string: String,
  char: String,
  varchar: String,
  date: dateText,
  timestamp: (value: bigint, _, zone) => clock(clockAt(value, zone)),
  timestamp_ntz: clock,
  void: () => "",
};

/** Whether values of a type are written here. */
export function hasDeepText(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return hasDeepText(type.element);
    case "map":
      return leaves[type.key.kind] !== undefined && hasDeepText(type.value);
    case "struct":
      return type.fields.every((field) => hasDeepText(field.type));
    default:
      return leaves[type.kind] !== undefined;
  }
}

const leafText = (value: StoredValue, type: DataType, zone: string): string =>
  leaves[type.kind]!(value as never, type as never, zone);

/** The text of a cast. */
function castText(value: StoredValue, type: DataType, absent: string, zone: string): string {
  if (value === null) return absent;
  const textOf = (inner: StoredValue, innerType: DataType): string => castText(inner, innerType, absent, zone);
  switch (type.kind) {
    case "array":
      return `[${(value as readonly StoredValue[]).map((item) => textOf(item, type.element)).join(", ")}]`;
    case "map": {
      const { keys, values } = value as StoredMap;
      const entries = keys.map((key, index) => `${textOf(key, type.key)} -> ${textOf(values[index]!, type.value)}`);
      return `{${entries.join(", ")}}`;
    }
    case "struct":
      return `{${type.fields.map((field, index) => textOf((value as readonly StoredValue[])[index]!, field.type)).join(", ")}}`;
    default:
      return leafText(value, type, zone);
  }
}

/** The JSON of a value whose leaves need no options. */
function jsonText(value: StoredValue, type: DataType, ignoreNulls: boolean): string {
  if (value === null) return "null";
  const textOf = (inner: StoredValue, innerType: DataType): string => jsonText(inner, innerType, ignoreNulls);
  switch (type.kind) {
    case "array":
      return `[${(value as readonly StoredValue[]).map((item) => textOf(item, type.element)).join(",")}]`;
    case "map": {
      const { keys, values } = value as StoredMap;
      const entries = keys.map(
        (key, index) => `${quotedText(leafText(key, type.key, ""))}:${textOf(values[index]!, type.value)}`,
      );
      return `{${entries.join(",")}}`;
    }
    case "struct":
      return jsonObject(value as readonly StoredValue[], type, ignoreNulls);
    default:
      return numbers.has(type.kind) ? numberText(leafText(value, type, "")) : quotedText(leafText(value, type, ""));
  }
}

function jsonObject(values: readonly StoredValue[], { fields }: StructType, ignoreNulls: boolean): string {
  const members = fields.flatMap(({ name, type }, index) => {
    const value = values[index]!;
    return value === null && ignoreNulls ? [] : [`${JSON.stringify(name)}:${jsonText(value, type, ignoreNulls)}`];
  });
  return `{${members.join(",")}}`;
}

const numbers: ReadonlySet<TypeKind> = new Set([
  ...(["boolean", "tinyint", "smallint", "int", "bigint", "float", "double"] as const),
]);

/** JSON has no names for numbers that are none, so they are texts. */
const numberText = (text: string): string => (/^(?:NaN|-?Infinity)$/.test(text) ? quotedText(text) : text);

const jsonLeaves: ReadonlySet<TypeKind> = new Set([...numbers, "string", "char", "varchar", "date", "void"]);

/** Whether the JSON of values of a type is written here. */
export function hasDeepJson(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return hasDeepJson(type.element);
    case "map":
      return type.key.kind !== "date" && jsonLeaves.has(type.key.kind) && hasDeepJson(type.value);
    case "struct":
      return type.fields.every((field) => hasDeepJson(field.type));
    default:
      return jsonLeaves.has(type.kind);
  }
}

export const deepTextKernels: Readonly<Record<string, (types: readonly DataType[]) => ScalarFunction>> = {
  deep_text: ([from]) =>
    kernelOf("deep_text", {
      parameters: [from!, stringType, stringType],
      result: stringType,
      call: (value: StoredValue, style: CastStyle, zone: string) =>
        castText(value, from!, style === "cast" ? "null" : "NULL", zone),
    }),
  deep_json: ([from]) =>
    kernelOf("deep_json", {
      parameters: [from!, booleanType],
      result: stringType,
      call: (value: StoredValue, ignoreNulls: boolean) => jsonText(value, from!, ignoreNulls),
    }),
};
