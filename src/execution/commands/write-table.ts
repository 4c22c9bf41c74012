/** `saveAsTable`, `insertInto` and `writeTo`. */
import { noSuchRelation, shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject } from "../../catalogue/objects.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import { AnalysisError } from "../../errors.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { Write, WriteTo } from "../../plan/command.ts";
import { resolveUri } from "../../storage/path.ts";
import type { StructType } from "../../types/data-type.ts";
import { simpleString } from "../../types/type-name.ts";
import { defaultProvider, newTable } from "../tables/new-table.ts";
import { identityColumn } from "../tables/partition-transform.ts";
import { pathTable } from "../tables/path-table.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import { type ColumnSource, fitted, plainName, wrongArity } from "../tables/store-assignment.ts";
import { checkNotRead, rowsInTable, tableOfRows } from "../tables/table-rows.ts";
import { type FolderWrite, folderWrite } from "../write.ts";
import type { CommandContext, Handlers } from "./context.ts";

/**
 * The writing of `df.write` into a table that keeps a log, or into one that is to be made; undefined for plain files.
 */
export async function loggedWrite(
  command: Write,
  context: CommandContext,
): Promise<((options: ActionOptions) => Promise<void>) | undefined> {
  const { target, format } = command;
  checkClustering(command);
  if (target.to === "path") {
    const { logged } = providerOf(format ?? defaultProvider);
    return logged && ((options) => logged.save(command, resolveUri(target.path), context, options));
  }
  if (target.method === "insert") return loggedInsert(command, target.name, context);
  const path = pathTable(target.name);
  const name = path ?? context.names.qualified(target.name);
  const current = path ?? (await context.catalogue.relation(name));
  const table = current?.kind === "table" ? current : undefined;
  const { logged } = providerOf(format ?? table?.provider ?? defaultProvider);
  return logged && ((options) => logged.saveAsTable(command, name, table, context, options));
}

/** Rows lie by clusters, by folders or by buckets. */
function checkClustering({ clusterBy, partitionBy, bucketBy }: Write): void {
  if (clusterBy.length === 0) return;
  if (partitionBy.length > 0)
    throw notWithClusters("SPECIFY_CLUSTER_BY_WITH_PARTITIONED_BY_IS_NOT_ALLOWED", "PARTITIONED BY");
  if (bucketBy !== undefined)
    throw notWithClusters("SPECIFY_CLUSTER_BY_WITH_BUCKETING_IS_NOT_ALLOWED", "CLUSTERED BY INTO BUCKETS");
}

const notWithClusters = (condition: string, clause: string): AnalysisError =>
  new AnalysisError(`Cannot specify both CLUSTER BY and ${clause}`, {
    condition,
    sqlState: "42908",
    hint: "Call either clusterBy or the other of the two.",
  });

async function loggedInsert(command: Write, name: readonly string[], context: CommandContext) {
  const table = await context.names.table(name, "INSERT");
  const { logged } = providerOf(table.provider);
  if (logged === undefined) return undefined;
  if (command.partitionBy.length > 0) throw partitionByNotAllowed(name);
  const insert: Insert = {
    kind: "insert",
    table: name,
    input: command.input,
    overwrite: command.mode === "overwrite",
    byName: false,
    options: command.options,
  };
  return (options: ActionOptions) => logged.insert(insert, table, context, options);
}

/**
 * Where the rows of `df.write` go; undefined when the table exists and is to be left alone.
 *
 * @throws AnalysisError with Spark's condition for a table that exists, or that the rows do not fit
 */
export function plannedWrite(command: Write, context: CommandContext): Promise<FolderWrite | undefined> | FolderWrite {
  const { target } = command;
  if (target.to === "path") {
    if (command.bucketBy !== undefined) throw noBuckets("save");
    // What goes to no folder is known by its name alone.
    if (target.path === "" && command.format !== null) context.checkFormat(command.format, []);
    return folderWrite(command, target.path);
  }
  if (command.sortBy.length > 0 && command.bucketBy === undefined) throw sortWithoutBuckets();
  return target.method === "insert"
    ? insertInto(command, target.name, context)
    : saveAsTable(command, target.name, context);
}

const noBuckets = (method: string): AnalysisError =>
  new AnalysisError(`'${method}' does not support bucketBy right now`, {
    condition: "_LEGACY_ERROR_TEMP_1312",
    parameters: { operation: method },
    hint: "Buckets belong to tables: use saveAsTable(name).",
  });

const sortWithoutBuckets = (): AnalysisError =>
  new AnalysisError("sortBy must be used together with bucketBy", {
    condition: "SORT_BY_WITHOUT_BUCKETING",
    sqlState: "42601",
    hint: "Call bucketBy(count, columns) too, or sort the DataFrame before it is written.",
  });

async function saveAsTable(
  command: Write,
  parts: readonly string[],
  context: CommandContext,
): Promise<FolderWrite | undefined> {
  const name = context.names.qualified(parts);
  await context.catalogue.namespace(name.namespace);
  const current = await context.catalogue.relation(name);
  if (current !== undefined && command.mode === "error") throw tableExists(name);
  if (current !== undefined && command.mode === "ignore") return undefined;
  if (current !== undefined && command.mode === "append") return appended(command, tableOf(current), context);
  const schema = await context.schemaOf(command.input);
  const table = await newTable(
    {
      name,
      schema,
      provider: command.format ?? undefined,
      partitionBy: command.partitionBy,
      bucketBy: command.bucketBy,
      sortBy: command.sortBy,
      path: command.options.path,
      options: command.options,
    },
    context.catalogue,
  );
  if (current !== undefined) await checkNotRead(tableOf(current), command.input, context);
  return tableOfRows(table, command.input, command.mode === "append" ? "error" : command.mode, context.catalogue);
}

function tableOf(relation: CatalogueRelation): TableObject {
  if (relation.kind === "table") return relation;
  throw new AnalysisError(`'saveAsTable' expects a table but ${plainName(relation)} is a view`, {
    condition: "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
    sqlState: "42809",
    parameters: { viewName: plainName(relation), operation: "saveAsTable" },
    hint: "Choose another name, or drop the view first.",
  });
}

/** Appends by name: the writer must mean the table as it is. */
async function appended(command: Write, table: TableObject, context: CommandContext): Promise<FolderWrite> {
  checkSame(command, table);
  const schema = await context.schemaOf(command.input);
  if (schema.fields.length !== table.schema.fields.length) throw otherColumns(table, schema);
  const sources = table.schema.fields.map((column): ColumnSource => {
    const index = schema.fields.findIndex(({ name }) => name.toLowerCase() === column.name.toLowerCase());
    if (index < 0) throw noColumn(column.name, schema);
    return { column, from: { index, type: schema.fields[index]!.type } };
  });
  const input = fitted(command.input, schema.fields.length, sources, table);
  return rowsInTable(table, input, { overwrite: false, options: command.options }, context.catalogue);
}

function checkSame({ format, partitionBy, bucketBy, options }: Write, table: TableObject): void {
  const name = plainName(table);
  const provider = (format ?? defaultProvider).toLowerCase();
  if (provider !== table.provider)
    throw mismatch(
      "1159",
      `The format of the existing table ${name} is \`${table.provider}\`. It doesn't match the specified format \`${provider}\``,
    );
  if (options.path !== undefined && options.path.replace(/^file:/, "") !== table.location)
    throw mismatch(
      "1160",
      `The location of the existing table ${name} is \`file:${table.location}\`. It doesn't match the specified location \`${options.path}\``,
    );
  if (!sameNames(partitionBy, table.partitionBy))
    throw mismatch(
      "1163",
      `Specified partitioning does not match that of the existing table ${name}.\nSpecified partition columns: [${partitionBy.join(", ")}].\nExisting partition columns: [${table.partitionBy.join(", ")}]`,
    );
  const { bucketing } = table;
  if (bucketBy?.count !== bucketing?.count || !sameNames(bucketBy?.columns ?? [], bucketing?.columns ?? []))
    throw mismatch(
      "1164",
      `Specified bucketing does not match that of the existing table ${name}.\nSpecified bucketing: ${bucketText(bucketBy)}.\nExisting bucketing: ${bucketText(bucketing)}`,
    );
}

const bucketText = (buckets: { readonly count: number; readonly columns: readonly string[] } | undefined): string =>
  buckets === undefined ? "not bucketed" : `${buckets.count} buckets, bucket columns: [${buckets.columns.join(", ")}]`;

const sameNames = (left: readonly string[], right: readonly string[]): boolean =>
  left.map((name) => name.toLowerCase()).join() === right.map((name) => name.toLowerCase()).join();

const mismatch = (number: string, sentence: string): AnalysisError =>
  new AnalysisError(sentence, {
    condition: `_LEGACY_ERROR_TEMP_${number}`,
    hint: "Write with the table's own format, partitions and buckets, use insertInto, or overwrite the table.",
  });

const otherColumns = (table: TableObject, schema: StructType): AnalysisError =>
  mismatch(
    "1161",
    `The column number of the existing table ${plainName(table)} (${simpleString(table.schema)}) doesn't match the data schema (${simpleString(schema)})`,
  );

const noColumn = (name: string, { fields }: StructType): AnalysisError =>
  mismatch("1162", `Cannot resolve '${name}' given input columns: [${fields.map((field) => field.name).join(", ")}]`);

/** Inserts by position. */
async function insertInto(command: Write, name: readonly string[], context: CommandContext): Promise<FolderWrite> {
  if (command.partitionBy.length > 0) throw partitionByNotAllowed(name);
  if (command.bucketBy !== undefined) throw noBuckets("insertInto");
  const table = await context.names.table(name, "INSERT");
  const overwrite = command.mode === "overwrite";
  const { fields } = await context.schemaOf(command.input);
  const columns = table.schema.fields;
  if (fields.length !== columns.length)
    throw wrongArity(
      table,
      columns.map((column) => column.name),
      fields.map((field) => field.name),
    );
  if (overwrite) await checkNotRead(table, command.input, context);
  const sources = columns.map(
    (column, index): ColumnSource => ({ column, from: { index, type: fields[index]!.type } }),
  );
  return rowsInTable(
    table,
    fitted(command.input, fields.length, sources, table),
    { overwrite, options: command.options },
    context.catalogue,
  );
}

const partitionByNotAllowed = (name: readonly string[]): AnalysisError =>
  new AnalysisError(
    `partitionBy() cannot be used with insertInto(). Partition columns for table ${name.join(".")} are determined by the table definition`,
    {
      condition: "PARTITION_BY_NOT_ALLOWED_WITH_INSERT_INTO",
      sqlState: "42601",
      parameters: { tableName: name.join(".") },
      hint: "Leave partitionBy(…) out.",
    },
  );

// ------------------------------------------------------------------------------------------------ writeTo

type WriteToMode = WriteTo["mode"];

const replacing: Partial<Record<WriteToMode, true>> = { replace: true, "create or replace": true };

export const writeTableHandlers: Handlers<"write to"> = {
  "write to": async (command, context, options) => {
    const path = pathTable(command.table);
    const name = path ?? context.names.qualified(command.table);
    const current = path ?? (await context.catalogue.relation(name));
    const table = current?.kind === "table" ? current : undefined;
    const { logged } = providerOf(command.provider ?? table?.provider ?? defaultProvider);
    if (logged !== undefined) return logged.writeTo(command, name, table, context, options);
    if (replacing[command.mode]) throw noTableOperation(name, "REPLACE TABLE AS SELECT");
    if (command.mode !== "create") throw await notForFiles(command, context);
    await context.catalogue.namespace(name.namespace);
    if ((await context.catalogue.relation(name)) !== undefined) throw tableExists(name);
    const made = await newTable(
      {
        name,
        schema: await context.schemaOf(command.input),
        provider: command.provider,
        partitionBy: command.partitionBy.map(identityColumn),
        path: command.options.path,
        options: command.options,
        properties: command.tableProperties,
      },
      context.catalogue,
    );
    await context.write([tableOfRows(made, command.input, "error", context.catalogue)], options);
  },
};

// Spark's own tables of files are written by df.write only.
async function notForFiles({ table }: WriteTo, { names }: CommandContext): Promise<Error> {
  const found = await names.find(table);
  if (found === undefined || found.is !== "relation") return noSuchRelation(table, [], names.current);
  return new AnalysisError(`Cannot write into v1 table: ${shownWhole(found.relation)}`, {
    condition: "_LEGACY_ERROR_TEMP_1012",
    hint: "Use df.write.mode(…).saveAsTable(name) or df.write.insertInto(name).",
  });
}
