/**
 * Partitions of tables. They are the folders below the table's: no list of them is kept beside, so that folders that
 * other programs make are partitions at once.
 */
import { shownWhole } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { PartitionSpecification } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import { nullPartition, partitionPath, unescapePathName } from "../../storage/partition-path.ts";
import { joinPath } from "../../storage/path.ts";
import type { Storage } from "../../storage/storage.ts";
import { type StructField, stringType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import type { CommandContext } from "../commands/context.ts";
import { partitionColumns } from "./file-tables.ts";
import { stored } from "./store-assignment.ts";

/** A partition: each column with its value as the folder's name has it, outermost first; null for SQL's null. */
export type PartitionValues = readonly (readonly [column: string, value: string | null])[];

/** The partitions that there are, sorted by their folders. */
export async function partitionsOf(table: TableObject, storage: Storage): Promise<readonly PartitionValues[]> {
  let found: PartitionValues[] = [[]];
  for (const column of table.partitionBy) {
    const deeper = await Promise.all(found.map((values) => below(table, values, column, storage)));
    found = deeper.flat();
  }
  return table.partitionBy.length === 0 ? [] : found;
}

async function below(
  table: TableObject,
  values: PartitionValues,
  column: string,
  storage: Storage,
): Promise<PartitionValues[]> {
  const children = (await storage.children(joinPath(table.location, partitionPath(values)))) ?? [];
  return children.flatMap(({ name, kind }) => {
    const equals = name.indexOf("=");
    if (kind !== "folder" || unescapePathName(name.slice(0, equals)).toLowerCase() !== column.toLowerCase()) return [];
    const raw = name.slice(equals + 1);
    return [[...values, [column, raw === nullPartition ? null : unescapePathName(raw)] as const]];
  });
}

/**
 * The columns of a partition that a statement names, with their values as folders write them, in the table's order.
 * Columns without a value are left out.
 *
 * @throws AnalysisError `PARTITIONS_NOT_FOUND` for columns by which the table is not partitioned
 */
export async function partitionValues(
  table: TableObject,
  specification: PartitionSpecification,
  context: CommandContext,
): Promise<PartitionValues> {
  const wanted = Object.entries(specification).map(([name, value]) => ({
    column: partitionColumn(table, name),
    value,
  }));
  const values: (readonly [string, string | null])[] = [];
  for (const column of partitionColumns(table)) {
    const found = wanted.find((each) => each.column === column.name);
    if (found === undefined || found.value === null) continue;
    values.push([column.name, await folderValue(found.value, column, context)]);
  }
  return values;
}

/** The value in the text that a cast to the column's type and back gives: `2025-1-4` of a date is `2025-01-04`. */
async function folderValue(text: string, column: StructField, context: CommandContext): Promise<string | null> {
  if (text === nullPartition) return null;
  const literal: Expression = { kind: "literal", type: stringType, value: text };
  const value = await context.evaluate({
    kind: "cast",
    input: stored(literal, column),
    type: stringType,
    mode: "ansi",
  });
  return value.value as string | null;
}

/** The name of a partition column as the table has it. */
export function partitionColumn(table: TableObject, name: string): string {
  const found = table.partitionBy.find((column) => column.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw noPartition(table, `\`${name}\``);
}

/** @param what - the partition as Spark writes it */
export const noPartition = (table: TableObject, what: string): AnalysisError =>
  new AnalysisError(
    `The partition(s) ${what} cannot be found in table ${shownWhole(table)}.\nVerify the partition specification and table name`,
    {
      condition: "PARTITIONS_NOT_FOUND",
      sqlState: "428FT",
      parameters: { partitionList: what, tableName: shownWhole(table) },
      hint:
        table.partitionBy.length === 0
          ? "The table is not partitioned."
          : `The table is partitioned by ${table.partitionBy.join(", ")}.`,
    },
  );

/** A partition that there is, by the values of its columns, or of the outermost ones. */
export interface ExistingPartition {
  readonly values: PartitionValues;
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** @throws AnalysisError `PARTITIONS_NOT_FOUND` */
export async function existingPartition(
  table: TableObject,
  specification: PartitionSpecification,
  context: CommandContext,
): Promise<ExistingPartition> {
  const values = await partitionValues(table, specification, context);
  const folder = joinPath(table.location, partitionPath(values));
  const status = await context.catalogue.storage.stat(folder);
  if (status === undefined) throw noPartition(table, partitionText(values));
  return { values, folder, madeAt: status.modifiedAt };
}

/**
 * A partition by the values of all its columns.
 *
 * @throws AnalysisError `_LEGACY_ERROR_TEMP_1232` where some are missing
 */
export async function wholePartition(
  table: TableObject,
  specification: PartitionSpecification,
  context: CommandContext,
): Promise<ExistingPartition> {
  const columns = Object.keys(specification);
  if (columns.length < table.partitionBy.length) throw otherSpecification(table, columns);
  return existingPartition(table, specification, context);
}

const otherSpecification = (table: TableObject, columns: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Partition spec is invalid. The spec (${columns.join(", ")}) must match the partition spec (${table.partitionBy.join(", ")}) defined in table '${shownWhole(table)}'`,
    { condition: "_LEGACY_ERROR_TEMP_1232" },
  );

/** A partition as errors show it: ``PARTITION (`day` = 2025-01-04)``. */
export const partitionText = (values: PartitionValues): string =>
  `PARTITION (${values.map(([column, value]) => `${quoted(column)} = ${value ?? nullPartition}`).join(", ")})`;
