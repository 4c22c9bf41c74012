/** Tables that are to be made: what Spark checks first, and where their files go. */

import type { Catalogue } from "../../catalogue/catalogue.ts";
import { checkName, locationTaken, shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { Bucketing, QualifiedName, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { BucketBy } from "../../plan/command.ts";
import type { Options } from "../../plan/relation.ts";
import { resolveUri } from "../../storage/path.ts";
import { statedText } from "../../types/bounded-text.ts";
import { holdsCollation } from "../../types/collation.ts";
import { type DataType, type StructField, type StructType, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { sqlName } from "../../types/type-name.ts";
import { checkCollated } from "./collated-columns.ts";

/** Spark's default format of tables. */
export const defaultProvider = "parquet";

/** What a statement or a writer says of a table. */
export interface TableDefinition {
  readonly name: QualifiedName;
  readonly schema: StructType;
  readonly provider?: string | undefined;
  readonly partitionBy?: readonly string[];
  readonly bucketBy?: BucketBy | undefined;
  readonly sortBy?: readonly string[];
  readonly path?: string | undefined;
  readonly comment?: string | undefined;
  readonly options?: Options;
  readonly properties?: Options;
  readonly collation?: string | undefined;
}

/**
 * The table of a definition. Partition columns go to the end; every column may be null, as Spark has it of files.
 *
 * @throws AnalysisError for a name that cannot be, columns that are twice there, or partition and bucket columns that are not
 */
export async function newTable(definition: TableDefinition, catalogue: Catalogue): Promise<TableObject> {
  const { name, path, comment, collation, options = {}, properties = {} } = definition;
  checkName(name.name);
  const fields = definition.schema.fields.map((field) => ({ ...statedText(field), nullable: true }));
  checkNames(fields);
  if (collation !== undefined) checkCollated(fields, collation);
  const named = (column: string, use: string): string => columnNamed(column, fields, name, use);
  const partitionBy = (definition.partitionBy ?? []).map((column) => named(column, "partition"));
  checkPartitions(partitionBy, fields);
  const bucketing = bucketingOf(definition, named);
  const location = path === undefined ? await catalogue.locationOf(name) : resolveUri(path);
  const { path: _, ...stored } = options;
  return {
    kind: "table",
    ...name,
    id: crypto.randomUUID(),
    provider: (definition.provider ?? defaultProvider).toLowerCase(),
    schema: structType([
      ...fields.filter((field) => !partitionBy.includes(field.name)),
      ...fieldsOf(partitionBy, fields),
    ]),
    partitionBy,
    ...(bucketing === undefined ? {} : { bucketing }),
    location,
    external: path !== undefined,
    ...(comment === undefined ? {} : { comment }),
    ...(collation === undefined ? {} : { collation }),
    options: stored,
    properties,
    createdAt: Date.now(),
  };
}

const fieldsOf = (names: readonly string[], fields: readonly StructField[]): readonly StructField[] =>
  names.map((name) => fields.find((field) => field.name === name)!);

/** @throws AnalysisError `COLUMN_ALREADY_EXISTS` */
export function checkNames(fields: readonly StructField[]): void {
  const names = fields.map(({ name }) => name.toLowerCase());
  const double = names.find((name, index) => names.indexOf(name) < index);
  if (double !== undefined) throw columnExists(double);
}

export const columnExists = (name: string): AnalysisError =>
  new AnalysisError(`The column ${quoted(name)} already exists. Choose another name or rename the existing column`, {
    condition: "COLUMN_ALREADY_EXISTS",
    sqlState: "42711",
    parameters: { columnName: quoted(name) },
  });

function columnNamed(column: string, fields: readonly StructField[], table: QualifiedName, use: string): string {
  const found = fields.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (found !== undefined) return found.name;
  const columns = fields.map(({ name }) => quoted(name)).join(", ");
  throw new AnalysisError(
    `${use} column ${quoted(column)} is not defined in table ${shownWhole(table)}, defined table columns are: ${columns}`,
    {
      condition: "COLUMN_NOT_DEFINED_IN_TABLE",
      sqlState: "42703",
      parameters: { colType: use, colName: quoted(column), tableName: shownWhole(table), tableCols: columns },
    },
  );
}

/** The types of which Spark makes no partitions, and texts with a collation. */
const unpartitioned: ReadonlySet<DataType["kind"]> = new Set(["array", "map", "struct", "variant"] as const);

/** What Spark tells of a column whose values name no folders. */
export const noPartition = ({ name, type }: StructField): AnalysisError =>
  new AnalysisError(`Cannot use "${sqlName(type)}" for partition column`, {
    condition: "INVALID_PARTITION_COLUMN_DATA_TYPE",
    sqlState: "0A000",
    parameters: { type: `"${sqlName(type)}"` },
    hint: `Partition by another column than ${name}.`,
  });

function checkPartitions(partitionBy: readonly string[], fields: readonly StructField[]): void {
  const partitions = fieldsOf(partitionBy, fields);
  checkNames(partitions);
  const unfit = partitions.find(({ type }) => unpartitioned.has(type.kind) || holdsCollation(type));
  if (unfit !== undefined) throw noPartition(unfit);
  if (partitionBy.length === 0 || partitionBy.length < fields.length) return;
  throw new AnalysisError("Cannot use all columns for partition columns", {
    condition: "ALL_PARTITION_COLUMNS_NOT_ALLOWED",
    sqlState: "KD005",
    hint: "Leave at least one column out of the partition columns.",
  });
}

/** The most buckets that Spark allows by default (`spark.sql.sources.bucketing.maxBuckets`). */
const mostBuckets = 100_000;

function bucketingOf(
  { bucketBy, sortBy = [], partitionBy = [] }: TableDefinition,
  named: (column: string, use: string) => string,
): Bucketing | undefined {
  if (bucketBy === undefined) return undefined;
  const { count } = bucketBy;
  if (!Number.isInteger(count) || count < 1 || count > mostBuckets)
    throw new AnalysisError(
      `Number of buckets should be greater than 0 but less than or equal to bucketing.maxBuckets (\`${mostBuckets}\`). Got \`${count}\``,
      {
        condition: "INVALID_BUCKET_COUNT",
        sqlState: "22003",
        parameters: { bucketingMaxBuckets: String(mostBuckets), numBuckets: String(count) },
      },
    );
  const folder = [...bucketBy.columns, ...sortBy].find((column) =>
    partitionBy.some((other) => other.toLowerCase() === column.toLowerCase()),
  );
  if (folder !== undefined) throw bucketIsFolder(folder, partitionBy);
  return {
    count,
    columns: bucketBy.columns.map((column) => named(column, "bucket")),
    sortBy: sortBy.map((column) => named(column, "sort")),
  };
}

const bucketIsFolder = (column: string, partitionBy: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Bucketing column '${column}' should not be part of partition columns '${partitionBy.join(", ")}'`,
    {
      condition: "_LEGACY_ERROR_TEMP_1166",
      parameters: { bucketCol: column, normalizedPartCols: partitionBy.join(", ") },
    },
  );

/**
 * Makes the file of a table that has no rows yet.
 *
 * @param ifNotExists - whether a table or view of that name is left alone
 * @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `LOCATION_ALREADY_EXISTS`
 */
export async function createEmpty(table: TableObject, ifNotExists: boolean, catalogue: Catalogue): Promise<void> {
  await catalogue.changeRelation(table, async ({ current, create }) => {
    if (current !== undefined && ifNotExists) return;
    if (current !== undefined) throw tableExists(table);
    if (!table.external) {
      await checkLocation(table, catalogue);
      await catalogue.storage.makeFolder(table.location);
    }
    await create(table);
  });
}

/** @throws AnalysisError `LOCATION_ALREADY_EXISTS` when files lie where a managed table is to be made */
export async function checkLocation(table: TableObject, { storage }: Catalogue): Promise<void> {
  if (table.external) return;
  const children = (await storage.children(table.location)) ?? [];
  if (children.length > 0) throw locationTaken(table, `file:${table.location}`);
}
