/** Partitions made, dropped and renamed: the folders below a table's. */
import { shown, shownWhole } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import type { PartitionSpecification, TableChange } from "../../plan/catalogue-command.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { joinPath } from "../../storage/path.ts";
import {
  noPartition,
  type PartitionValues,
  partitionsOf,
  partitionText,
  partitionValues,
} from "../tables/partitions.ts";
import { plainName } from "../tables/store-assignment.ts";
import type { CommandContext } from "./context.ts";
import type { Changes } from "./table-change.ts";

type PartitionChange = Extract<TableChange["change"], `${string} partition${string}`>;

/** Whole partitions: a table of files has one folder for each. */
export const partitionChanges: Changes<PartitionChange> = {
  "add partitions": async ({ partitions, ifNotExists }, relation, context) => {
    const table = partitioned(relation, "ALTER TABLE ADD PARTITION");
    if (partitions.some(({ location }) => location !== undefined)) throw elsewhere(table);
    const all = await Promise.all(partitions.map(({ values }) => whole(table, values, context)));
    const folders = all.map((values) => folderOf(table, values));
    const present = await Promise.all(folders.map((folder) => context.catalogue.storage.stat(folder)));
    const taken = all.filter((_, index) => present[index] !== undefined);
    if (taken.length > 0 && !ifNotExists) throw partitionsExist(table, taken);
    for (const folder of folders) await context.catalogue.storage.makeFolder(folder);
    return undefined;
  },
  "drop partitions": async ({ partitions, ifExists }, relation, context) => {
    const table = partitioned(relation, "ALTER TABLE DROP PARTITION");
    if (table.external) throw notOurs(table);
    const { storage } = context.catalogue;
    const present = await partitionsOf(table, storage);
    const wanted = await Promise.all(partitions.map((values) => partitionValues(table, values, context)));
    const dropped = wanted.map((values) => present.filter((candidate) => includes(candidate, values)));
    const absent = wanted.filter((_, index) => dropped[index]!.length === 0);
    if (absent.length > 0 && !ifExists) throw noPartition(table, absent.map(partitionText).join(", "));
    for (const values of dropped.flat()) await storage.delete(folderOf(table, values));
    return undefined;
  },
  "rename partition": async ({ from, to }, relation, context) => {
    const table = partitioned(relation, "ALTER TABLE RENAME PARTITION");
    const { storage } = context.catalogue;
    const [source, target] = [await whole(table, from, context), await whole(table, to, context)];
    if ((await storage.stat(folderOf(table, source))) === undefined) throw noPartition(table, partitionText(source));
    if ((await storage.stat(folderOf(table, target))) !== undefined) throw partitionsExist(table, [target]);
    await storage.makeFolder(joinPath(folderOf(table, target), ".."));
    await storage.rename(folderOf(table, source), folderOf(table, target));
    return undefined;
  },
  // The folders are the partitions: there is nothing to find again.
  "recover partitions": (_, relation) => void partitioned(relation, "ALTER TABLE RECOVER PARTITIONS"),
};

const folderOf = (table: TableObject, values: PartitionValues): string =>
  joinPath(table.location, partitionPath(values));

function partitioned(relation: CatalogueRelation, operation: string): TableObject {
  if (relation.kind === "table" && relation.partitionBy.length > 0) return relation;
  throw new AnalysisError(
    `Operation ${operation} is not allowed for ${shownWhole(relation)} because it is not a partitioned table`,
    {
      condition: "NOT_A_PARTITIONED_TABLE",
      sqlState: "42809",
      parameters: { operation, tableIdentWithDB: shownWhole(relation) },
    },
  );
}

async function whole(
  table: TableObject,
  specification: PartitionSpecification,
  context: CommandContext,
): Promise<PartitionValues> {
  const values = await partitionValues(table, specification, context);
  if (values.length === table.partitionBy.length) return values;
  throw new AnalysisError(
    `The partition ${partitionText(values)} of ${shownWhole(table)} lacks columns: the table is partitioned by ${table.partitionBy.join(", ")}`,
    {
      condition: "INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
      sqlState: "42601",
      parameters: { name: shownWhole(table) },
      hint: "Give a value for each of them.",
    },
  );
}

const includes = (partition: PartitionValues, values: PartitionValues): boolean =>
  values.every(([column, value]) => partition.some(([name, own]) => name === column && own === value));

const partitionsExist = (table: TableObject, partitions: readonly PartitionValues[]): AnalysisError => {
  const [list, name] = [partitions.map(partitionText).join(", "), shown([table.namespace, table.name])];
  return new AnalysisError(`Cannot ADD or RENAME TO partition(s) ${list} in table ${name} because they already exist`, {
    condition: "PARTITIONS_ALREADY_EXIST",
    sqlState: "428FT",
    parameters: { partitionList: list, tableName: name },
    hint: "Choose a different name, drop the existing partition, or add the IF NOT EXISTS clause to tolerate a pre-existing partition.",
  });
};

const elsewhere = (table: TableObject): UnsupportedError =>
  new UnsupportedError(`a partition of ${plainName(table)} cannot lie elsewhere than below the table's folder`, {
    hint: "Leave LOCATION out and move the files into the folder of the partition.",
  });

const notOurs = (table: TableObject): UnsupportedError =>
  new UnsupportedError(`the partitions of the external table ${plainName(table)} cannot be dropped`, {
    hint: "They are the folders of somebody else's files: remove the folder yourself.",
  });
