/** Rows written as data files of a Delta table: what the log will say of each. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { AddFile } from "../../delta/actions.ts";
import { physicalName } from "../../delta/column-mapping.ts";
import { encodedPath } from "../../delta/data-path.ts";
import { hasFeature } from "../../delta/protocol-check.ts";
import { physicalSchema } from "../../delta/write/column-mapping.ts";
import { fileStatistics, indexedColumns, type StatisticsRequest } from "../../delta/write/statistics.ts";
import type { FileRequest, WrittenFile } from "../../engine/engine.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import { joinPath } from "../../storage/path.ts";
import { type StructField, type StructType, structType } from "../../types/data-type.ts";
import { schemaFromJson } from "../../types/schema-json.ts";
import type { CommandContext } from "../commands/context.ts";
import type { OpenTable } from "./open-table.ts";
import { flagOf, isAutomatic } from "./write-options.ts";

/** What files of a table are like. */
export interface FileLayout {
  /** The table's folder. */
  readonly location: string;
  /** As the table's metadata has it. */
  readonly schema: StructType;
  readonly partitionBy: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  /** Whether files hold the partition columns too, behind the others (`materializePartitionColumns`). */
  readonly holdsPartitions: boolean;
}

/** What files of a table are like by its transaction. */
export function layoutOf({ location, transaction }: OpenTable): FileLayout {
  const { schemaString, partitionColumns, configuration } = transaction.metadata!;
  return {
    location,
    schema: schemaFromJson(schemaString),
    partitionBy: partitionColumns,
    configuration: configuration ?? {},
    holdsPartitions: hasFeature(transaction.protocol!, "materializePartitionColumns"),
  };
}

/** Rows for a table. */
export interface TableRows {
  /** Columns in the order and of the types of the layout's schema, then the further ones. */
  readonly input: Relation;
  /** Columns that the files have besides those of the table. */
  readonly further?: readonly StructField[];
  readonly options: Options;
  /** False for rows that the table has already. */
  readonly dataChange: boolean;
  /** The folder below the table's that the files go to; the table's own when absent. */
  readonly below?: string;
}

/** Writes rows into the folder of a table; until a commit names the files, nobody sees them. */
export async function writeDataFiles(
  layout: FileLayout,
  rows: readonly TableRows[],
  context: CommandContext,
  options: ActionOptions,
): Promise<readonly (readonly AddFile[])[]> {
  for (const { below } of rows)
    await context.catalogue.storage.makeFolder(
      below === undefined ? layout.location : joinPath(layout.location, below),
    );
  const gathers = (own: Options): boolean => isOptimized(own, layout, context);
  const requests = rows.map((each) => ({
    input: each.input,
    request: { ...fileRequest(layout, each), gathers: gathers(each.options) },
  }));
  const written = await context.writeFiles(requests, options);
  const statistics = statisticsOf(layout);
  return written.map((files, index) => files.map((file) => addFile(file, layout, rows[index]!, statistics)));
}

/**
 * Whether files are to be few and large: the word of the write counts before that of the session, and that before the
 * table's.
 *
 * @throws AnalysisError `DELTA_ILLEGAL_OPTION`
 */
function isOptimized(own: Options, { configuration }: FileLayout, context: CommandContext): boolean {
  const setting = "spark.databricks.delta.optimizeWrite.enabled";
  return (
    flagOf(own, "optimizeWrite") ?? isAutomatic(setting, "delta.autoOptimize.optimizeWrite", configuration, context)
  );
}

function fileRequest(
  { location, schema, partitionBy, configuration, holdsPartitions }: FileLayout,
  rows: TableRows,
): FileRequest {
  const codec = configuration["delta.parquet.compression.codec"];
  return {
    folder: rows.below === undefined ? location : joinPath(location, rows.below),
    writeId: crypto.randomUUID(),
    format: "parquet",
    options: { ...(codec === undefined ? {} : { compression: codec }), ...fileOptions(rows.options) },
    partitionBy,
    logged: { columns: [...physicalSchema(schema).fields, ...(rows.further ?? [])], holdsPartitions },
  };
}

const passedOn: ReadonlySet<string> = new Set(["compression", "maxrecordsperfile"]);

const fileOptions = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => passedOn.has(name.toLowerCase())));

function statisticsOf({ schema, partitionBy, configuration }: FileLayout): StatisticsRequest {
  const data = structType(schema.fields.filter(({ name }) => !partitionBy.includes(name)));
  const named = configuration["delta.dataSkippingStatsColumns"];
  const physical = physicalSchema(data);
  return {
    schema: physical,
    indexed: indexedColumns(physical, configuration, named === undefined ? undefined : namedPaths(named, data)),
    tightBounds: configuration["delta.enableDeletionVectors"] === "true",
  };
}

/** `a, b.c` as the names that files have. */
const namedPaths = (text: string, { fields }: StructType): readonly (readonly string[])[] =>
  text.split(",").map((path) => physicalPath(path.trim().replaceAll("`", "").split("."), fields));

function physicalPath([name, ...rest]: readonly string[], fields: readonly StructField[]): readonly string[] {
  const field = fields.find((each) => each.name.toLowerCase() === name?.toLowerCase());
  if (field === undefined) return name === undefined ? [] : [name, ...rest];
  return [physicalName(field), ...physicalPath(rest, field.type.kind === "struct" ? field.type.fields : [])];
}

function addFile(
  { path, rows, bytes, partition = [], columns = [] }: WrittenFile,
  { schema, partitionBy }: FileLayout,
  { dataChange, below }: TableRows,
  statistics: StatisticsRequest,
): AddFile {
  const names = partitionBy.map((name) => physicalName(schema.fields.find((field) => field.name === name)!));
  return {
    path: encodedPath(below === undefined ? path : joinPath(below, path)),
    partitionValues: Object.fromEntries(names.map((name, index) => [name, partition[index] ?? null])),
    size: bytes,
    modificationTime: Date.now(),
    dataChange,
    stats: fileStatistics(rows, columns, statistics),
  };
}
