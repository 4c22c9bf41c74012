/** `CREATE TABLE`, `REPLACE TABLE`, `saveAsTable` and `writeTo`: tables made, with or without rows. */
import { tableExists } from "../../catalogue/errors.ts";
import type { QualifiedName, TableObject } from "../../catalogue/objects.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import { addsOf, removeOf } from "../../delta/write/file-actions.ts";
import { AnalysisError } from "../../errors.ts";
import type { CreateTable } from "../../plan/catalogue-command.ts";
import type { Write, WriteTo } from "../../plan/command.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import { resolveUri } from "../../storage/path.ts";
import { type StructType, structType } from "../../types/data-type.ts";
import { sameShape } from "../../types/same-type.ts";
import { simpleString } from "../../types/type-name.ts";
import type { CommandContext } from "../commands/context.ts";
import { checkLocation } from "../tables/new-table.ts";
import { identityColumn } from "../tables/partition-transform.ts";
import { plainName } from "../tables/store-assignment.ts";
import { committed } from "./after-commit.ts";
import { clusteringAction, clusteringFeatures } from "./clustering.ts";
import { loggedSchema, type OpenTable, openTable } from "./open-table.ts";
import { type Save, saveRows } from "./save.ts";
import { definedTable, statedSchema } from "./table-definition.ts";

/** A table to be made, as any of the statements gives it. */
export interface Creation {
  readonly name: QualifiedName;
  /** The table of that name. */
  readonly current: TableObject | undefined;
  readonly location: string;
  readonly external: boolean;
  readonly schema?: StructType | undefined;
  readonly query?: Relation | undefined;
  readonly partitionBy: readonly string[];
  readonly clusterBy?: readonly string[] | undefined;
  readonly options: Options;
  readonly properties: Options;
  readonly comment?: string | undefined;
  readonly ifNotExists: boolean;
  readonly replace?: "or create" | "existing" | undefined;
}

/** Whether the table is named by its path, so that no catalogue has it. */
const isPath = ({ name }: Creation): boolean => name.namespace === "delta" && name.name.startsWith("/");

export async function creationOf(
  command: CreateTable,
  name: QualifiedName,
  current: TableObject | undefined,
  context: CommandContext,
): Promise<Creation> {
  const path = command.path ?? command.options.path;
  const { path: _, ...options } = command.options;
  return {
    name,
    current,
    ...(await placeOf(name, current, path, context)),
    schema: command.like === undefined ? command.schema : await likeSchema(command.like, context),
    query: command.query,
    partitionBy: command.partitioning.map(identityColumn),
    clusterBy: command.clusterBy,
    options,
    properties: command.properties,
    comment: command.comment,
    ifNotExists: command.ifNotExists,
    replace: command.replace,
  };
}

async function likeSchema(like: readonly string[], context: CommandContext): Promise<StructType> {
  return context.schemaOf({ kind: "read table", name: like, options: {}, isStreaming: false });
}

export async function placeOf(
  name: QualifiedName,
  current: TableObject | undefined,
  path: string | undefined,
  { catalogue }: CommandContext,
): Promise<{ readonly location: string; readonly external: boolean }> {
  if (path !== undefined) return { location: resolveUri(path), external: true };
  if (current !== undefined) return { location: current.location, external: current.external };
  return { location: await catalogue.locationOf(name), external: false };
}

/** Makes a table, or puts one in the place of another. */
export async function createTable(creation: Creation, context: CommandContext, options: ActionOptions): Promise<void> {
  if (isPath(creation)) return made(creation, context, options);
  const { name, current, ifNotExists, replace } = creation;
  if (current !== undefined && replace === undefined) {
    if (ifNotExists) return;
    throw tableExists(name);
  }
  if (current === undefined && replace === "existing") throw cannotReplace(name);
  if (current === undefined && !creation.external) await checkLocation(objectOf(creation), context.catalogue);
  await made(creation, context, options);
  await register(creation, context);
}

const cannotReplace = (name: QualifiedName): AnalysisError =>
  new AnalysisError(`Table ${plainName(name)} cannot be replaced as it does not exist`, {
    condition: "DELTA_CANNOT_REPLACE_MISSING_TABLE",
    sqlState: "42P01",
    parameters: { tableName: plainName(name) },
    hint: "Use CREATE OR REPLACE TABLE to create the table.",
  });

async function made(creation: Creation, context: CommandContext, options: ActionOptions): Promise<void> {
  if (creation.query !== undefined) {
    await saveRows(saveOf(creation, creation.query), context, options);
    return;
  }
  const table = await openTable(creation.location, context);
  if (table.snapshot === undefined || creation.replace !== undefined) return madeEmpty(creation, table, context);
  if (isPath(creation) && creation.ifNotExists) return;
  if (isPath(creation)) throw tableExists(creation.name);
  checkSame(creation, table);
}

const operationOf = ({ replace, query }: Creation): string =>
  ({ "or create": "CREATE OR REPLACE TABLE", existing: "REPLACE TABLE", new: "CREATE TABLE" })[replace ?? "new"] +
  (query === undefined ? "" : " AS SELECT");

const saveOf = (creation: Creation, input: Relation): Save => ({
  input,
  location: creation.location,
  mode: creation.replace === undefined ? (creation.ifNotExists ? "ignore" : "error") : "overwrite",
  options: creation.options,
  partitionBy: creation.partitionBy,
  ...(creation.clusterBy === undefined ? {} : { clusterBy: creation.clusterBy }),
  casts: true,
  properties: creation.properties,
  comment: creation.comment,
  operation: operationOf(creation),
  replaces: creation.replace !== undefined,
});

async function madeEmpty(creation: Creation, table: OpenTable, context: CommandContext): Promise<void> {
  const { schema = structType([]), partitionBy, clusterBy = [], properties, options, comment } = creation;
  const { transaction, snapshot } = table;
  const own = Object.fromEntries(Object.entries(options).filter(([key]) => key.toLowerCase().startsWith("delta.")));
  const { metadata, protocol } = definedTable(
    {
      schema,
      partitionBy,
      properties: { ...own, ...properties },
      comment,
      features: clusteringFeatures(clusterBy),
      statement: "CREATE TABLE",
    },
    transaction.protocol,
  );
  transaction.setMetadata(metadata);
  if (protocol !== transaction.base.protocol) transaction.setProtocol(protocol);
  const removed = snapshot === undefined ? [] : await Array.fromAsync(addsOf(snapshot));
  if (snapshot !== undefined) transaction.readsAll();
  const clustering = clusterBy.length === 0 ? [] : [clusteringAction(clusterBy, loggedSchema({ metadata }), "create")];
  await committed(
    table,
    [...clustering, ...removed.map((add) => ({ remove: removeOf(add, true) }))],
    {
      name: operationOf(creation),
      parameters: {
        partitionBy: JSON.stringify(partitionBy),
        clusterBy: JSON.stringify(clusterBy),
        description: comment ?? null,
        isManaged: String(!creation.external),
        properties: JSON.stringify(properties),
      },
      metrics: {},
    },
    context,
  );
}

/** A table over files that a log describes already has to say of them what the log says, or nothing. */
function checkSame({ schema, partitionBy, location }: Creation, { snapshot }: OpenTable): void {
  const found = statedSchema(loggedSchema(snapshot!));
  if (schema === undefined || schema.fields.length === 0) return;
  const isSame =
    sameShape(schema, found) && schema.fields.every(({ name }, index) => name === found.fields[index]!.name);
  const { partitionColumns } = snapshot!.metadata;
  if (isSame && (partitionBy.length === 0 || partitionBy.join() === partitionColumns.join())) return;
  throw new AnalysisError(
    `The specified schema does not match the existing schema at file:${location}.\nSpecified: ${simpleString(schema)}\nExisting: ${simpleString(found)}`,
    {
      condition: isSame ? "DELTA_CREATE_TABLE_WITH_DIFFERENT_PARTITIONING" : "DELTA_CREATE_TABLE_SCHEME_MISMATCH",
      sqlState: "42KD7",
      parameters: { path: location, specifiedSchema: simpleString(schema), existingSchema: simpleString(found) },
      hint: "Leave the columns out: the log of the table says them.",
    },
  );
}

const objectOf = (
  {
    name,
    location,
    external,
    options,
    comment,
  }: Pick<Creation, "name" | "location" | "external" | "options" | "comment">,
  id: string = crypto.randomUUID(),
): TableObject => ({
  kind: "table",
  ...name,
  id,
  provider: "delta",
  schema: structType([]),
  partitionBy: [],
  location,
  external,
  ...(comment === undefined ? {} : { comment }),
  options,
  properties: {},
  createdAt: Date.now(),
});

/** Tells the catalogue of a table; its columns are those of the log at that time. */
export async function register(
  creation: Pick<Creation, "name" | "location" | "external" | "options" | "comment">,
  context: CommandContext,
): Promise<void> {
  const { metadata } = await context.delta.snapshot(creation.location);
  await context.catalogue.changeRelation(creation.name, async ({ current, create, replace }) => {
    const object: TableObject = {
      ...objectOf(creation, current?.id),
      schema: statedSchema(loggedSchema({ metadata })),
      partitionBy: metadata.partitionColumns,
    };
    await (current === undefined ? create(object) : replace(object));
  });
}

/** `df.write.saveAsTable(name)`. */
export async function saveAsTable(
  command: Write,
  name: QualifiedName,
  current: TableObject | undefined,
  context: CommandContext,
  options: ActionOptions,
): Promise<void> {
  if (current === undefined) {
    const { path, ...rest } = command.options;
    const place = await placeOf(name, current, path, context);
    return createTable(
      { ...fromWriter(command, rest), name, current, ...place, ifNotExists: command.mode === "ignore" },
      context,
      options,
    );
  }
  if (command.mode === "error") throw tableExists(name);
  if (command.mode === "ignore") return;
  const save: Save = {
    input: command.input,
    location: current.location,
    mode: command.mode,
    options: command.options,
    partitionBy: command.partitionBy,
    clusterBy: command.clusterBy,
    casts: true,
    ...(command.mode === "overwrite" ? { operation: "CREATE OR REPLACE TABLE AS SELECT" } : {}),
  };
  await saveRows(save, context, options);
}

const fromWriter = ({ input, partitionBy, clusterBy }: Write, options: Options) => ({
  query: input,
  partitionBy,
  ...(clusterBy.length === 0 ? {} : { clusterBy }),
  options,
  properties: {},
});

/** `df.writeTo(name)`. */
export async function writeTo(
  command: WriteTo,
  name: QualifiedName,
  current: TableObject | undefined,
  context: CommandContext,
  options: ActionOptions,
): Promise<void> {
  const { mode } = command;
  if (mode === "create" || mode === "replace" || mode === "create or replace") {
    const { path, ...rest } = command.options;
    const creation: Creation = {
      name,
      current,
      ...(await placeOf(name, current, path, context)),
      query: command.input,
      partitionBy: command.partitionBy.map(identityColumn),
      ...(command.clusterBy.length === 0 ? {} : { clusterBy: command.clusterBy }),
      options: rest,
      properties: command.tableProperties,
      ifNotExists: false,
      replace: mode === "create" ? undefined : mode === "replace" ? "existing" : "or create",
    };
    return createTable(creation, context, options);
  }
  if (current === undefined) throw await context.names.notFound(command.table);
  await saveRows(
    {
      input: command.input,
      location: current.location,
      mode: mode === "append" ? "append" : "overwrite",
      options: {
        ...command.options,
        ...(mode === "overwrite partitions" ? { partitionOverwriteMode: "dynamic" } : {}),
      },
      partitionBy: [],
      casts: true,
      replaceWhere: command.overwriteCondition,
    },
    context,
    options,
  );
}
