/** The schema that Parquet files have together, which `mergeSchema` asks for (Spark's `StructType.merge`). */
import { AnalysisError } from "../../../errors.ts";
import {
  arrayType,
  type DataType,
  decimalType,
  mapType,
  type StructField,
  type StructType,
  structField,
  structType,
} from "../../../types/data-type.ts";
import { sameShape } from "../../../types/same-type.ts";
import { sqlName } from "../../../types/type-name.ts";

/**
 * The columns of both, with the parts that structs have in either; those of the left come first.
 *
 * @param caseSensitive - whether columns whose names differ by case only are two; those inside of structs always are
 * @throws AnalysisError `CANNOT_MERGE_SCHEMAS` where a column, or a part of it, has different types
 */
export function mergeSchemas(left: StructType, right: StructType, caseSensitive: boolean): StructType {
  try {
    return mergeStructs(left, right, caseSensitive);
  } catch (fault) {
    if (!(fault instanceof Conflict)) throw fault;
    throw cannotMerge(left, right, fault);
  }
}

/** Two types that have nothing in common. */
class Conflict {
  readonly left: DataType;
  readonly right: DataType;

  constructor(left: DataType, right: DataType) {
    this.left = left;
    this.right = right;
  }
}

function mergeStructs(left: StructType, right: StructType, caseSensitive: boolean): StructType {
  const keyOf = ({ name }: StructField): string => (caseSensitive ? name : name.toLowerCase());
  const others = new Map(right.fields.map((field) => [keyOf(field), field]));
  const known = new Set(left.fields.map(keyOf));
  return structType([
    ...left.fields.map((field) => mergeFields(field, others.get(keyOf(field)))),
    ...right.fields.filter((field) => !known.has(keyOf(field))),
  ]);
}

const mergeFields = (left: StructField, right: StructField | undefined): StructField =>
  right === undefined
    ? left
    : structField(left.name, mergeTypes(left.type, right.type), left.nullable || right.nullable, left.metadata);

function mergeTypes(left: DataType, right: DataType): DataType {
  if (left.kind === "struct" && right.kind === "struct") return mergeStructs(left, right, true);
  if (left.kind === "array" && right.kind === "array")
    return arrayType(mergeTypes(left.element, right.element), left.containsNull || right.containsNull);
  if (left.kind === "map" && right.kind === "map") {
    const containsNull = left.valueContainsNull || right.valueContainsNull;
    return mapType(mergeTypes(left.key, right.key), mergeTypes(left.value, right.value), containsNull);
  }
  if (left.kind === "decimal" && right.kind === "decimal" && left.scale === right.scale)
    return decimalType(Math.max(left.precision, right.precision), left.scale);
  if (sameShape(left, right)) return left;
  throw new Conflict(left, right);
}

const cannotMerge = (left: StructType, right: StructType, conflict: Conflict): AnalysisError =>
  new AnalysisError(
    `Failed merging schemas: "${sqlName(conflict.left)}" and "${sqlName(conflict.right)}" do not go together. Initial schema: "${sqlName(left)}". Schema that cannot be merged with the initial schema: "${sqlName(right)}"`,
    {
      condition: "CANNOT_MERGE_SCHEMAS",
      sqlState: "42KD9",
      parameters: { left: `"${sqlName(left)}"`, right: `"${sqlName(right)}"` },
      hint: "Read the files with a schema, or without mergeSchema.",
    },
  );
