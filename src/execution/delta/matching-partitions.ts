/** Which partitions of a table meet a condition. */
import type { AddFile, PartitionValues } from "../../delta/actions.ts";
import { physicalName } from "../../delta/column-mapping.ts";
import type { Snapshot } from "../../delta/snapshot.ts";
import { addsOf } from "../../delta/write/file-actions.ts";
import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { batchBuilder } from "../../types/batch-builder.ts";
import { intType, type StructField, stringType, structField, structType } from "../../types/data-type.ts";
import { vectorValues } from "../../types/vector-values.ts";
import type { CommandContext } from "../commands/context.ts";
import { loggedSchema, type OpenTable } from "./open-table.ts";
import { columnsOf } from "./row-checks.ts";

/** What tells the partitions of a table apart. */
export const partitionKey = (values: PartitionValues): string => JSON.stringify(Object.entries(values).sort());

/** The files of partitions that meet a condition; the transaction is told of what was looked through. */
export async function matchingPartitions(
  { snapshot, transaction }: OpenTable,
  condition: Expression,
  context: CommandContext,
): Promise<readonly AddFile[]> {
  const all = await Array.fromAsync(addsOf(snapshot!));
  const meets = await partitionsMeeting(condition, snapshot!, all, context);
  const files = all.filter(meets);
  // Whether a partition that is not there yet would meet the condition is not known: it counts as read.
  const unmatched = new Set(
    all.filter((add) => !meets(add)).map(({ partitionValues }) => partitionKey(partitionValues)),
  );
  transaction.readsPartitions((values) => !unmatched.has(partitionKey(values)));
  transaction.readsFiles(files);
  return files;
}

/**
 * Tells of files whether their partition meets a condition.
 *
 * @throws AnalysisError `DELTA_NON_PARTITION_COLUMN_REFERENCE`
 */
export async function partitionsMeeting(
  condition: Expression,
  snapshot: Snapshot,
  all: readonly AddFile[],
  context: CommandContext,
): Promise<(add: AddFile) => boolean> {
  const { fields } = loggedSchema(snapshot);
  const { partitionColumns } = snapshot.metadata;
  const other = columnsOf(condition, fields).find((name) => !partitionColumns.includes(name));
  if (other !== undefined) throw notOfPartitions(other, partitionColumns);
  const columns = partitionColumns.map((name) => fields.find((field) => field.name === name)!);
  const distinct = [
    ...new Map(all.map(({ partitionValues }) => [partitionKey(partitionValues), partitionValues])).values(),
  ];
  const found = await meeting(condition, columns, distinct, context);
  const matching = new Set(found.map((index) => partitionKey(distinct[index]!)));
  return ({ partitionValues }) => matching.has(partitionKey(partitionValues));
}

/** Which of some partitions meet a condition, by their places; asked of the engine, so that it means what it means in queries. */
export async function meeting(
  condition: Expression,
  columns: readonly StructField[],
  partitions: readonly PartitionValues[],
  context: CommandContext,
): Promise<readonly number[]> {
  const place = "place of the partition";
  const schema = structType([structField(place, intType), ...columns.map(({ name }) => structField(name, stringType))]);
  const builder = batchBuilder(schema, partitions.length);
  partitions.forEach((values, index) => {
    builder.append([index, ...columns.map((column) => values[physicalName(column)] ?? null)]);
  });
  const local: Relation = { kind: "local relation", schema, batches: [builder.finish()] };
  const typed = columns.map(
    ({ name, type }): Expression => ({
      kind: "alias",
      input: { kind: "cast", input: { kind: "attribute", name: [name] }, type, mode: "ansi" },
      names: [name],
    }),
  );
  const cast: Relation = {
    kind: "project",
    input: local,
    expressions: [{ kind: "attribute", name: [place] }, ...typed],
  };
  const met: Relation = { kind: "filter", input: cast, condition };
  const batches = await context.collect({
    kind: "project",
    input: met,
    expressions: [{ kind: "attribute", name: [place] }],
  });
  return batches.flatMap(({ columns: [numbers] }) => Array.from(vectorValues(numbers!), Number));
}

const notOfPartitions = (column: string, partitions: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Predicate references non-partition column '${column}'. Only the partition columns may be referenced: [${partitions.join(", ")}]`,
    {
      condition: "DELTA_NON_PARTITION_COLUMN_REFERENCE",
      sqlState: "42P10",
      parameters: { columnName: column, columnList: partitions.join(", ") },
      hint: "Delete the rows first, then append.",
    },
  );
