/** `CREATE TABLE`: of columns, of rows, like another, or of files that lie there. */
import { shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { QualifiedName, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import type { CreateTable } from "../../plan/catalogue-command.ts";
import { escapeGlob, resolveUri } from "../../storage/path.ts";
import { structType } from "../../types/data-type.ts";
import { checkDefault } from "../tables/default-checks.ts";
import { dataColumns } from "../tables/file-tables.ts";
import { createEmpty, defaultProvider, newTable, type TableDefinition } from "../tables/new-table.ts";
import { identityColumn, noTransform } from "../tables/partition-transform.ts";
import { pathTable } from "../tables/path-table.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import { tableOfRows } from "../tables/table-rows.ts";
import type { CommandContext, Handlers } from "./context.ts";

export const createTableHandlers: Handlers<"create table"> = {
  "create table": async (command, context, options) => {
    const path = pathTable(command.name);
    const name = path ?? context.names.qualified(command.name);
    const logged = providerOf(path?.provider ?? command.provider ?? defaultProvider).logged;
    if (logged !== undefined && command.collation !== undefined) throw collatedDelta(command.collation);
    if (logged !== undefined)
      return logged.create(command, name, path ?? (await tableNamed(name, context)), context, options);
    if (command.replace !== undefined) throw noTableOperation(name, replaceOperation(command));
    await context.catalogue.namespace(name.namespace);
    if ((await context.catalogue.relation(name)) !== undefined) {
      if (command.ifNotExists) return;
      throw tableExists(name);
    }
    const { query } = command;
    if (query === undefined) {
      const table = await newTable(await definitionOf(command, name, context), context.catalogue);
      context.checkFormat(table.provider, dataColumns(table));
      for (const column of table.schema.fields) await checkDefault(column, "CREATE TABLE", context);
      return createEmpty(table, command.ifNotExists, context.catalogue);
    }
    const table = await newTable(stated(command, name, await context.schemaOf(query)), context.catalogue);
    if (table.external) await checkEmpty(table, context);
    const mode = command.ifNotExists ? "ignore" : "error";
    await context.write([tableOfRows(table, query, mode, context.catalogue)], options);
  },
};

// Delta has no texts with collations.
const collatedDelta = (collation: string): UnsupportedError =>
  new UnsupportedError(`DEFAULT COLLATION ${collation} of a Delta table`, {
    hint: "Leave the clause out, or take another format: USING parquet.",
  });

async function tableNamed(name: QualifiedName, { catalogue }: CommandContext): Promise<TableObject | undefined> {
  await catalogue.namespace(name.namespace);
  const found = await catalogue.relation(name);
  if (found === undefined || found.kind === "table") return found;
  throw tableExists(name);
}

const replaceOperation = ({ query }: CreateTable): string =>
  query === undefined ? "REPLACE TABLE" : "REPLACE TABLE AS SELECT";

function stated(command: CreateTable, name: QualifiedName, schema: TableDefinition["schema"]): TableDefinition {
  if (command.clusterBy !== undefined) throw noTransform(`temp_cluster_by(${command.clusterBy.join(", ")})`);
  return {
    name,
    schema,
    provider: command.provider,
    partitionBy: command.partitioning.map(identityColumn),
    bucketBy: command.bucketBy,
    sortBy: command.sortBy ?? [],
    path: command.path ?? command.options.path,
    comment: command.comment,
    options: command.options,
    properties: command.properties,
    collation: command.collation,
  };
}

async function definitionOf(
  command: CreateTable,
  name: QualifiedName,
  context: CommandContext,
): Promise<TableDefinition> {
  if (command.like !== undefined) return likeness(command, name, command.like, context);
  if (command.schema !== undefined && command.schema.fields.length > 0) return stated(command, name, command.schema);
  return discovered(command, name, context);
}

/** The columns of another table or view; of a table also its format, partitions and buckets. */
async function likeness(
  command: CreateTable,
  name: QualifiedName,
  like: readonly string[],
  context: CommandContext,
): Promise<TableDefinition> {
  const found = await context.names.lookUp(like);
  const source = found.is === "relation" && found.relation.kind === "table" ? found.relation : undefined;
  const schema = found.is === "relation" ? found.relation.schema : await context.schemaOf(found.view.plan);
  const { bucketing } = source ?? {};
  return {
    name,
    schema,
    provider: command.provider ?? source?.provider,
    partitionBy: source?.partitionBy ?? [],
    bucketBy: bucketing,
    sortBy: bucketing?.sortBy ?? [],
    path: command.path,
    options: { ...source?.options, ...command.options },
    properties: command.properties,
  };
}

/** A table of files that lie there already says itself which columns it has. */
async function discovered(
  command: CreateTable,
  name: QualifiedName,
  context: CommandContext,
): Promise<TableDefinition> {
  const { provider: format = defaultProvider, options } = command;
  const path = command.path ?? options.path;
  if (path === undefined) throw cannotInfer(format);
  const { path: _, ...others } = options;
  const paths = [escapeGlob(resolveUri(path))];
  const { leaves } = await context.analysed({ kind: "read", format, paths, options: others, isStreaming: false });
  const { schema, partitionColumns } = leaves[0]!;
  return { ...stated(command, name, structType(schema.fields)), partitionBy: partitionColumns };
}

const cannotInfer = (format: string): AnalysisError =>
  new AnalysisError(`Unable to infer schema for ${format}. It must be specified manually`, {
    condition: "UNABLE_TO_INFER_SCHEMA",
    sqlState: "42KD9",
    parameters: { format },
    hint: "List the columns of the table, or give the path of files that say them.",
  });

async function checkEmpty(table: TableObject, { catalogue }: CommandContext): Promise<void> {
  const children = (await catalogue.storage.children(table.location)) ?? [];
  if (children.length === 0) return;
  throw new AnalysisError(
    `CREATE-TABLE-AS-SELECT cannot create table ${shownWhole(table)} with location to a non-empty directory ${table.location}`,
    {
      condition: "_LEGACY_ERROR_TEMP_1241",
      hint: "Name an empty folder, or make the table of its columns and insert.",
    },
  );
}
