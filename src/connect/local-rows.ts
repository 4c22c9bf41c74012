/** Rows that a client holds, sent as a stream of Arrow. */
import type { Relation } from "../plan/relation.ts";
import { rowsAs } from "../plan/rows-as.ts";
import { readArrow } from "../types/arrow/arrow-reader.ts";
import { type Batch, columnTypes, storageType, type Vector } from "../types/batch.ts";
import {
  arrayType,
  type DataType,
  dayTimeIntervalType,
  mapType,
  type StructType,
  stringType,
  structField,
  structType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { childTypes } from "../types/layout.ts";
import { sameShape } from "../types/same-type.ts";
import type { Meaning } from "./codec.ts";
import { decodeSchemaText } from "./data-type.ts";
import type { LocalRelation as LocalRelationMessage } from "./generated/spark/connect/relations_pb.ts";
import { invalidMessage } from "./refusal.ts";

/**
 * The relation of rows: under the stated schema where its types are those of the rows, else cast to it, as Spark does.
 *
 * @throws AnalysisError when there are neither rows nor a schema
 */
export function localRows({ data, schema }: LocalRelationMessage): Meaning<Relation> {
  const stated = schema === undefined || schema === "" ? undefined : decodeSchemaText(schema);
  if (data === undefined || data.length === 0) {
    if (stated === undefined) throw invalidMessage("a local relation has neither rows nor a schema");
    return { kind: "local relation", schema: stated, batches: [] };
  }
  const rows = readArrow(data);
  if (stated === undefined) return { kind: "local relation", ...rows };
  const isAsStated = sameShape(unnamed(columnTypes(stated).map(asSent)), unnamed(columnTypes(rows.schema)));
  if (isAsStated) return { kind: "local relation", schema: stated, batches: typedBatches(stated, rows.batches) };
  return rowsAs(stated, { kind: "local relation", ...rows });
}

const unnamed = (types: readonly DataType[]): StructType =>
  structType(types.map((type, index) => structField(`${index}`, type)));

/** The type that a reader of Arrow has for the values of a type: Arrow knows no lengths, collations or units. */
function asSent(type: DataType): DataType {
  const stored = storageType(type);
  return forms[stored.kind]?.(stored as never) ?? stored;
}

const forms: { readonly [Kind in DataType["kind"]]?: (type: Extract<DataType, { kind: Kind }>) => DataType } = {
  string: () => stringType,
  char: () => stringType,
  varchar: () => stringType,
  time: () => ({ kind: "time", precision: 6 }),
  "day-time interval": () => dayTimeIntervalType(),
  "year-month interval": () => yearMonthIntervalType(),
  array: ({ element, containsNull }) => arrayType(asSent(element), containsNull),
  map: ({ key, value, valueContainsNull }) => mapType(asSent(key), asSent(value), valueContainsNull),
  struct: ({ fields }) =>
    structType(fields.map(({ name, type, nullable }) => structField(name, asSent(type), nullable))),
};

/** Batches that Arrow carried, under the types that they had before. */
export const typedBatches = (schema: StructType, batches: readonly Batch[]): readonly Batch[] =>
  batches.map(({ rows, columns }) => ({
    rows,
    columns: columns.map((column, index) => retyped(column, schema.fields[index]!.type)),
  }));

function retyped(vector: Vector, type: DataType): Vector {
  const stored = storageType(type);
  if (vector.layout === "list" && stored.kind === "array")
    return { ...vector, type, child: retyped(vector.child, stored.element) };
  if (vector.layout === "map" && stored.kind === "map")
    return { ...vector, type, keys: retyped(vector.keys, stored.key), values: retyped(vector.values, stored.value) };
  if (vector.layout === "struct") {
    const types = childTypes(type);
    return { ...vector, type, children: vector.children.map((child, index) => retyped(child, types[index]!)) };
  }
  return { ...vector, type };
}
