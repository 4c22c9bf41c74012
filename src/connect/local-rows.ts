/** Rows that a client holds, sent as a stream of Arrow. */
import type { LocalRelation, Relation } from "../plan/relation.ts";
import { readArrow } from "../types/arrow/arrow-reader.ts";
import type { Batch, Vector } from "../types/batch.ts";
import { type StructType, structField, structType } from "../types/data-type.ts";
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
  const plain = structType(stated.fields.map(({ type, nullable }, index) => structField(`${index}`, type, nullable)));
  const sent = structType(
    rows.schema.fields.map(({ type, nullable }, index) => structField(`${index}`, type, nullable)),
  );
  return sameShape(plain, sent) ? typed(stated, rows.batches) : cast(stated, { kind: "local relation", ...rows });
}

const typed = (schema: StructType, batches: readonly Batch[]): Meaning<LocalRelation> => ({
  kind: "local relation",
  schema,
  batches: batches.map(({ rows, columns }) => ({
    rows,
    columns: columns.map((column, index): Vector => ({ ...column, type: schema.fields[index]!.type })),
  })),
});

function cast(schema: StructType, local: LocalRelation): Meaning<Relation> {
  const names = schema.fields.map(({ name }) => name);
  return { kind: "to schema", input: { kind: "to columns", input: local, names }, schema };
}
