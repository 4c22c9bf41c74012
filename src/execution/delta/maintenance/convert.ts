/** `CONVERT TO DELTA`: a folder of Parquet files gets a log; the files stay as they are. */
import type { Action, AddFile } from "../../../delta/actions.ts";
import { encodedPath } from "../../../delta/data-path.ts";
import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Read, Relation } from "../../../plan/relation.ts";
import { escapeGlob } from "../../../storage/path.ts";
import { type StructType, stringType, structType } from "../../../types/data-type.ts";
import { vectorValues } from "../../../types/vector-values.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { openTable } from "../open-table.ts";
import { definedTable } from "../table-definition.ts";

/**
 * Gives a folder of Parquet files a log that names them, with the number of rows of each.
 *
 * @param partitions - the columns that are folders, with their types; those that the folders tell when absent
 * @returns how many files the table has; 0 where it is a Delta table already
 * @throws AnalysisError for a folder that cannot be read as Parquet, or without one of the columns
 */
export async function convertToDelta(
  location: string,
  partitions: StructType | undefined,
  context: CommandContext,
): Promise<number> {
  const open = await openTable(location, context);
  if (open.snapshot !== undefined) return 0;
  const read: Read = {
    kind: "read",
    format: "parquet",
    paths: [escapeGlob(location)],
    options: {},
    isStreaming: false,
  };
  const { leaves } = await context.analysed(read);
  const { schema, partitionColumns } = leaves[0]!;
  const typed = structType(
    schema.fields.map((field) => partitions?.fields.find(({ name }) => name === field.name) ?? field),
  );
  const missing = partitions?.fields.find(({ name }) => !partitionColumns.includes(name));
  if (missing !== undefined) throw noPartition(missing.name, partitionColumns);
  const files = await filesOf(read, location, partitionColumns, context);
  const { metadata, protocol } = definedTable(
    { schema: typed, partitionBy: partitionColumns, properties: {}, statement: "CONVERT TO DELTA" },
    undefined,
  );
  open.transaction.setMetadata(metadata);
  open.transaction.setProtocol(protocol);
  await committed(
    open,
    files.map((add): Action => ({ add })),
    {
      name: "CONVERT",
      parameters: {
        numFiles: files.length,
        partitionedBy: JSON.stringify(partitionColumns),
        collectStats: false,
        catalogTable: null,
        sourceFormat: "parquet",
      },
      metrics: { numConvertedFiles: String(files.length) },
    },
    context,
  );
  return files.length;
}

/** What the log says of each file; the engine reads names, partitions and rows. */
async function filesOf(
  read: Read,
  location: string,
  partitions: readonly string[],
  context: CommandContext,
): Promise<readonly AddFile[]> {
  const path: Expression = { kind: "attribute", name: ["_metadata", "file_path"] };
  const values = partitions.map(
    (name): Expression => ({
      kind: "cast",
      input: { kind: "attribute", name: [name] },
      type: stringType,
      mode: "ansi",
    }),
  );
  const named = [path, ...values].map(
    (input, index): Expression => ({ kind: "alias", input, names: [`key ${index}`] }),
  );
  const keys = named.map((_, index): Expression => ({ kind: "attribute", name: [`key ${index}`] }));
  const count: Expression = {
    kind: "call",
    name: ["count"],
    arguments: [{ kind: "literal", type: { kind: "int" }, value: 1 }],
  };
  const grouped: Relation = {
    kind: "aggregate",
    input: { kind: "project", input: read, expressions: named },
    type: "group by",
    grouping: keys,
    aggregates: [...keys, { kind: "alias", input: count, names: ["rows"] }],
    aggregatesOnly: true,
  };
  const found: AddFile[] = [];
  for (const { rows, columns } of await context.collect(grouped)) {
    const all = columns.map((column) => vectorValues(column));
    for (let row = 0; row < rows; row++) {
      const absolute = decodeURIComponent(String(all[0]![row]).replace(/^file:(\/\/)?/, ""));
      const status = await context.catalogue.storage.stat(absolute);
      found.push({
        path: encodedPath(absolute.slice(location.length + 1)),
        partitionValues: Object.fromEntries(
          partitions.map((name, index) => [name, (all[index + 1]![row] as string | null) ?? null]),
        ),
        size: status?.size ?? 0,
        modificationTime: status?.modifiedAt ?? 0,
        dataChange: true,
        stats: JSON.stringify({ numRecords: Number(all.at(-1)![row]) }),
      });
    }
  }
  return found;
}

const noPartition = (name: string, partitions: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Expecting the partition column ${name}, but the folders tell of ${partitions.join(", ") || "none"}`,
    {
      condition: "DELTA_UNEXPECTED_NUM_PARTITION_COLUMNS_FROM_FILE_NAME",
      sqlState: "KD009",
      parameters: { expectedColsSize: "1", parsedColsSize: String(partitions.length) },
      hint: "Name the columns of the folders, with their types.",
    },
  );
