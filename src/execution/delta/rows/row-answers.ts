/** What statements about rows answer: how many rows they affected. */
import type { Relation } from "../../../plan/relation.ts";
import { batchBuilder } from "../../../types/batch-builder.ts";
import { bigintType, structField, structType } from "../../../types/data-type.ts";

/** A row of counts by their names. */
export function countsRow(counts: Readonly<Record<string, number>>): Relation {
  const schema = structType(Object.keys(counts).map((name) => structField(name, bigintType)));
  const builder = batchBuilder(schema, 1);
  builder.append(Object.values(counts).map(BigInt));
  return { kind: "local relation", schema, batches: [builder.finish()] };
}
