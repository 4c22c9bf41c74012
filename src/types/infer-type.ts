/** The types of values that a program holds, as `createDataFrame` takes them. */
import { AnalysisError } from "../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  decimalType,
  doubleType,
  floatType,
  geographyType,
  geometryType,
  intType,
  mapType,
  type StructType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
} from "./data-type.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { mergeTypes } from "./merge-type.ts";
import { Geography, Geometry } from "./shape.ts";
import { faultWithin, isPlainObject, kindOf, shown, under, ValueFault } from "./value-fault.ts";
import { Variant } from "./variant.ts";

/**
 * The type of a value.
 *
 * | value | type |
 * |---|---|
 * | number | BIGINT when it is a safe integer, else DOUBLE |
 * | bigint, string, boolean | BIGINT, STRING, BOOLEAN |
 * | `Date`, `Timestamp`, anything with `epochNanoseconds` | TIMESTAMP |
 * | `Decimal` | DECIMAL(38,18), as in PySpark: other rows may have more digits |
 * | `Uint8Array` | BINARY |
 * | `Geometry`, `Geography` | GEOMETRY, GEOGRAPHY of its SRID, or of ANY where they differ |
 * | array | ARRAY of what its elements have in common |
 * | other typed array | ARRAY of its numbers, without nulls |
 * | `Map` | MAP of what its keys and its values have in common |
 * | plain object | STRUCT with its properties in their order |
 * | null, undefined | VOID |
 *
 * @param value - any of these
 * @param path - what the value is called in an error
 * @throws AnalysisError `CANNOT_INFER_TYPE_FOR_FIELD`, or `CANNOT_MERGE_TYPE` for elements that have nothing in common
 * @example
 * ```ts
 * simpleString(inferType({ user: "ann", tags: ["a"] })); // struct<user:string,tags:array<string>>
 * ```
 */
export const inferType = (value: unknown, path = ""): DataType => located(path, () => typeOf(value));

/**
 * The type that values of all the types can be given: BIGINT and DOUBLE meet in DOUBLE, VOID gives way, structs have the
 * fields of all.
 *
 * Unlike in PySpark, other types and STRING do not meet in STRING: JavaScript cannot tell 1 from 1.0, so the texts would
 * differ from Python's.
 *
 * @param types - the types of values in one place
 * @param path - what the place is called in an error
 * @throws AnalysisError `CANNOT_MERGE_TYPE` naming the field and both types
 */
export const mergeInferred = (types: Iterable<DataType>, path = ""): DataType =>
  located(path, () => {
    let merged: DataType = voidType;
    for (const type of types) merged = mergeTypes(merged, type);
    return merged;
  });

/**
 * The schema of rows, every one of which is looked at.
 *
 * @param rows - plain objects, or arrays of values by position
 * @param names - the names of the columns of arrays; those that are left are `_1`, `_2`, … as in PySpark
 * @throws AnalysisError as `inferType` and `mergeInferred` do, and `CANNOT_INFER_SCHEMA_FOR_TYPE` for a row that is neither
 */
export function inferSchema(rows: Iterable<unknown>, names: readonly string[] = []): StructType {
  const fields = new Map<string, DataType>(names.map((name) => [name, voidType]));
  let index = 0;
  for (const row of rows) {
    located(`row ${index}`, () => addRow(fields, row, names));
    index++;
  }
  return structType([...fields].map(([name, type]) => structField(name, type)));
}

function addRow(fields: Map<string, DataType>, row: unknown, names: readonly string[]): void {
  if (Array.isArray(row)) {
    for (const [index, value] of row.entries()) addValue(fields, names[index] ?? `_${index + 1}`, value);
  } else if (isPlainObject(row)) {
    for (const name of Object.keys(row)) addValue(fields, name, row[name]);
  } else {
    throw new ValueFault(`Can not infer schema for type: \`${kindOf(row)}\``, {
      condition: "CANNOT_INFER_SCHEMA_FOR_TYPE",
      sqlState: "42K09",
      parameters: { data_type: kindOf(row) },
      hint: "A row is a plain object or an array: spread an instance of a class with { ...row }.",
    });
  }
}

function addValue(fields: Map<string, DataType>, name: string, value: unknown): void {
  const known = fields.get(name) ?? voidType;
  try {
    const type = typeOf(value);
    if (type !== known || !fields.has(name)) fields.set(name, mergeTypes(known, type));
  } catch (thrown) {
    throw faultWithin(thrown, `.${name}`);
  }
}

const decimalOfRows = decimalType(38, 18);

const scalarTypes: Readonly<Record<string, (value: never) => DataType>> = {
  undefined: () => voidType,
  boolean: () => booleanType,
  string: () => stringType,
  bigint: () => bigintType,
  number: (value: number) => (Number.isSafeInteger(value) ? bigintType : doubleType),
};

function typeOf(value: unknown): DataType {
  if (value === null) return voidType;
  const scalar = scalarTypes[typeof value];
  if (scalar !== undefined) return scalar(value as never);
  if (typeof value === "object") return typeOfObject(value);
  throw noType(value);
}

interface Class {
  [Symbol.hasInstance](value: unknown): boolean;
}

/** The classes whose values have a type. */
const classTypes: readonly (readonly [Class, (value: never) => DataType])[] = [
  [Uint8Array, () => binaryType],
  [Date, () => timestampType],
  [Decimal, () => decimalOfRows],
  [Interval, ({ type }: Interval) => type],
  [Variant, () => variantType],
  [Geometry, ({ srid }: Geometry) => geometryType(srid)],
  [Geography, ({ srid }: Geography) => geographyType(srid)],
  [Array, (values: unknown[]) => arrayType(commonType(values))],
  [Map, (map: Map<unknown, unknown>) => typeOfMap(map)],
  [Float64Array, () => arrayType(doubleType, false)],
  [Float32Array, () => arrayType(floatType, false)],
  [BigInt64Array, () => arrayType(bigintType, false)],
  [Int32Array, () => arrayType(intType, false)],
  [Int16Array, () => arrayType(smallintType, false)],
  [Int8Array, () => arrayType(tinyintType, false)],
];

function typeOfObject(value: object): DataType {
  for (const [valueClass, type] of classTypes) if (value instanceof valueClass) return type(value as never);
  if (typeof (value as { epochNanoseconds?: unknown }).epochNanoseconds === "bigint") return timestampType;
  if (!isPlainObject(value)) throw noType(value);
  const fields = new Map<string, DataType>();
  for (const name of Object.keys(value)) addValue(fields, name, value[name]);
  return structType([...fields].map(([name, type]) => structField(name, type)));
}

function typeOfMap(map: Map<unknown, unknown>): DataType {
  const key = under(" key", () => commonType(map.keys()));
  return mapType(
    key,
    under(" value", () => commonType(map.values())),
  );
}

function commonType(values: Iterable<unknown>): DataType {
  let common: DataType = voidType;
  let index = 0;
  for (const value of values) {
    try {
      common = mergeTypes(common, typeOf(value));
    } catch (thrown) {
      throw faultWithin(thrown, `[${index}]`);
    }
    index++;
  }
  return common;
}

function noType(value: unknown): ValueFault {
  return new ValueFault(`${shown(value)} of type ${kindOf(value)} has no type in Spark`, {
    condition: "CANNOT_INFER_TYPE_FOR_FIELD",
    sqlState: "42K09",
    hint: "Spread an instance of a class into a plain object with { ...value }, or leave the value out.",
  });
}

function located<Result>(path: string, look: () => Result): Result {
  try {
    return look();
  } catch (thrown) {
    if (!(thrown instanceof ValueFault)) throw thrown;
    const place = thrown.path(path);
    const { parameters, ...details } = thrown.details;
    throw new AnalysisError(place === "" ? thrown.sentence : `${place}: ${thrown.sentence}`, {
      ...details,
      parameters: { ...parameters, field_name: place },
    });
  }
}
