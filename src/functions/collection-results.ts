/** Results that are, or come out of, arrays, maps and structs. */

import { AnalysisError } from "../errors.ts";
import {
  type ArrayType,
  arrayType,
  type DataType,
  type MapType,
  mapType,
  type StructType,
  stringType,
  structField,
  structType,
  voidType,
} from "../types/data-type.ts";
import { parseDdl, parseType } from "../types/ddl.ts";
import { sqlName } from "../types/type-name.ts";
import { widest } from "./coercion.ts";
import { generatorColumns } from "./generator-columns.ts";
import type { ArgumentInformation } from "./null-rules.ts";

type Result = (args: readonly ArgumentInformation[]) => DataType;

const elementOf = (type: DataType | undefined): DataType => (type?.kind === "array" ? type.element : voidType);
const typesOf = (args: readonly ArgumentInformation[]): readonly DataType[] => args.map(({ type }) => type);
const arraysOf = (args: readonly ArgumentInformation[]) =>
  typesOf(args).filter((type): type is ArrayType => type.kind === "array");
const mapsOf = (args: readonly ArgumentInformation[]) =>
  typesOf(args).filter((type): type is MapType => type.kind === "map");
const common = (types: readonly DataType[]): DataType => widest(types) ?? voidType;

/** An array of what several arrays hold, null when some or all of them hold null. */
const mergedArray =
  (mayHoldNull: (arrays: readonly ArrayType[]) => boolean): Result =>
  (args) => {
    const arrays = arraysOf(args);
    return arrayType(elementOf(common(arrays)), mayHoldNull(arrays));
  };

const isIndex = (name: string | undefined, index: number): string => name ?? String(index);

/** One struct of the arrays' elements for each position; an array that is shorter gives nulls. */
const zipped: Result = (args) =>
  arrayType(structType(args.map(({ type, name }, index) => structField(isIndex(name, index), elementOf(type)))), false);

const entryOf = ({ key, value, valueContainsNull }: MapType): StructType =>
  structType([structField("key", key, false), structField("value", value, valueContainsNull)]);

const entries: Result = ([map]) => arrayType(map?.type.kind === "map" ? entryOf(map.type) : voidMapEntry, false);
const voidMapEntry = entryOf(mapType(voidType, voidType));

const fromPairs: Result = ([pairs]) => {
  const pair = elementOf(pairs?.type);
  if (pair.kind !== "struct") return voidType;
  const [key, value] = pair.fields;
  return mapType(key!.type, value!.type, value!.nullable);
};

/** Keys and values in turn. */
const mapOfPairs: Result = (args) => {
  const keys = args.filter((_, index) => index % 2 === 0);
  const values = args.filter((_, index) => index % 2 === 1);
  return mapType(
    common(typesOf(keys)),
    common(typesOf(values)),
    values.some(({ nullable }) => nullable),
  );
};

/** Names and values in turn. */
const namedStruct: Result = (args) =>
  structType(
    args.flatMap(({ type, nullable }, index) =>
      index % 2 === 1 ? [structField(String(args[index - 1]!.literal), type, nullable)] : [],
    ),
  );

const struct: Result = (args) =>
  structType(args.map(({ type, nullable, name }, index) => structField(name ?? `col${index + 1}`, type, nullable)));

/** The element of an array or the value of a map. */
const element: Result = ([collection]) =>
  collection?.type.kind === "map" ? collection.type.value : elementOf(collection?.type);

/** The type that the second argument, a constant, states in DDL: `a INT, b STRING` or `ARRAY<INT>`. */
const statedType: Result = (args) => typeOrSchema(String(args[1]?.literal));

/** The type that a text states, or the struct of the fields that it states. */
function typeOrSchema(text: string): DataType {
  try {
    return parseType(text);
  } catch (noType) {
    try {
      return parseDdl(text);
    } catch {
      throw noType;
    }
  }
}

/** What JSON becomes: Spark reads no single values. */
const statedForJson: Result = (args) => {
  const type = statedType(args);
  if (["struct", "array", "map", "variant"].includes(type.kind)) return type;
  throw new AnalysisError(`Input schema "${sqlName(type)}" must be a struct, an array, a map or a variant`, {
    condition: "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
    sqlState: "42K09",
    parameters: { schema: `"${sqlName(type)}"` },
    hint: "Write the fields of the object: a INT, b STRING.",
  });
};

/** The struct that the second argument states. */
const statedStruct: Result = (args) => {
  const type = statedType(args);
  if (type.kind === "struct") return structType(type.fields.map((field) => ({ ...field, nullable: true })));
  const schema = String(args[1]?.literal);
  throw new AnalysisError(
    `The input schema "${schema}" is not a valid schema string. The input expression should be evaluated to struct type, but got "${sqlName(type)}"`,
    {
      condition: "INVALID_SCHEMA.NON_STRUCT_TYPE",
      sqlState: "42K07",
      parameters: { inputSchema: `"${schema}"`, dataType: `"${sqlName(type)}"` },
      hint: "Write the fields of the record: a INT, b STRING.",
    },
  );
};

/** The struct, or VARIANT, that the second argument states for an element. */
const statedElement: Result = (args) => {
  const type = statedType(args);
  if (type.kind === "struct") return structType(type.fields.map((field) => ({ ...field, nullable: true })));
  if (type.kind === "variant") return type;
  throw new AnalysisError(`Input schema "${sqlName(type)}" must be a struct or a variant`, {
    condition: "DATATYPE_MISMATCH.INVALID_XML_SCHEMA",
    sqlState: "42K09",
    parameters: { schema: `"${sqlName(type)}"` },
    hint: "Write the fields of the element: a INT, b STRING.",
  });
};

export const collectionResults = {
  element,
  array: (args) =>
    arrayType(
      common(typesOf(args)),
      args.some(({ nullable }) => nullable),
    ),
  /** What an aggregate collects: never null. */
  arrayOfFirst: ([value]) => arrayType(value!.type, false),
  /** The first argument, again and again. */
  arrayRepeating: ([value]) => arrayType(value!.type, value!.nullable),
  arrayWithoutNulls: ([array]) => arrayType(elementOf(array?.type), false),
  /** The array with an element more, which may be null. */
  arrayExtended: ([array]) => arrayType(elementOf(array?.type)),
  arrayOfBoth: mergedArray((arrays) => arrays.some(({ containsNull }) => containsNull)),
  arrayInBoth: mergedArray((arrays) => arrays.every(({ containsNull }) => containsNull)),
  innerArray: ([outer]) => {
    const inner = elementOf(outer?.type);
    return inner.kind === "array" ? inner : voidType;
  },
  /** Strings that are joined, or arrays. */
  joined: (args) =>
    args.length > 0 && args.every(({ type }) => type.kind === "array")
      ? mergedArray((arrays) => arrays.some(({ containsNull }) => containsNull))(args)
      : (args[0]?.type ?? stringType),
  sequence: ([start]) => arrayType(start!.type, false),
  zipped,
  mapKeys: ([map]) => arrayType(map?.type.kind === "map" ? map.type.key : voidType),
  mapValues: ([map]) => arrayType(map?.type.kind === "map" ? map.type.value : voidType),
  mapEntries: entries,
  mapOfPairs,
  mapFromPairs: fromPairs,
  mapFromArrays: ([keys, values]) => {
    const [key, value] = arraysOf([keys!, values!]);
    return mapType(key!.element, value!.element, value!.containsNull);
  },
  mapOfAll: (args) => (args.length === 0 ? mapType(stringType, stringType) : common(mapsOf(args))),
  namedStruct,
  struct,
  statedForJson,
  statedStruct,
  statedElement,
  /** The array of what a function gives for each element. */
  arrayOfLambda: (args) => arrayType(args.at(-1)!.type, args.at(-1)!.nullable),
  /** The map with other keys or values. */
  mapWithKeys: ([map, lambda]) =>
    map!.type.kind === "map" ? mapType(lambda!.type, map!.type.value, map!.type.valueContainsNull) : voidType,
  mapWithValues: ([map, lambda]) =>
    map!.type.kind === "map" ? mapType(map!.type.key, lambda!.type, lambda!.nullable) : voidType,
  mapOfLambda: ([left, , lambda]) =>
    left!.type.kind === "map" ? mapType(left!.type.key, lambda!.type, lambda!.nullable) : voidType,
  /** What `finish` makes of the accumulator, or the accumulator. */
  accumulated: (args) => (args[3] ?? args[1])!.type,
  exploded: generated("explode"),
  positionAndExploded: generated("posexplode"),
  inlined: generated("inline"),
  stacked: generated("stack"),
  jsonTuple: generated("json_tuple"),
  variantEntries: generated("variant_explode"),
} satisfies Record<string, Result>;

/** A generator's result: a struct of the columns that it gives. */
function generated(name: string): Result {
  return (args) =>
    structType(
      generatorColumns(
        name,
        typesOf(args),
        args.map(({ literal }) => literal),
      ).map(({ name: column, type, nullable }) => structField(column, type, nullable)),
    );
}
