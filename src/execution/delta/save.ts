/** `df.write` and `CREATE TABLE … AS SELECT`: rows into a Delta table that there may not be yet. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Action } from "../../delta/actions.ts";
import { mapped } from "../../delta/write/column-mapping.ts";
import type { Committed } from "../../delta/write/transaction.ts";
import { AnalysisError, ExecutionError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { SaveMode } from "../../plan/command.ts";
import type { Expression } from "../../plan/expression.ts";
import { printExpression } from "../../plan/print.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import { type StructType, structType } from "../../types/data-type.ts";
import { schemaToJson } from "../../types/schema-json.ts";
import type { CommandContext } from "../commands/context.ts";
import {
  checkSameClustering,
  clusteringAction,
  clusteringColumns,
  clusteringFeatures,
  noClustering,
} from "./clustering.ts";
import { loggedSchema, type OpenTable, openTable } from "./open-table.ts";
import type { Replaced } from "./replaced-files.ts";
import type { RowCheck } from "./row-checks.ts";
import { mergedSchema, newColumns, partitioningMismatch, schemaMismatch } from "./schema-change.ts";
import { definedTable, redefined, statedSchema } from "./table-definition.ts";
import { flagOf, optionOf } from "./write-options.ts";
import { writeRows } from "./write-rows.ts";

/** Rows for a table, as a writer or a statement gives them. */
export interface Save {
  readonly input: Relation;
  readonly location: string;
  readonly mode: SaveMode;
  readonly options: Options;
  readonly partitionBy: readonly string[];
  readonly clusterBy?: readonly string[];
  /** Whether values of other types are cast to those of the table. */
  readonly casts: boolean;
  /** Properties of a table that is made. */
  readonly properties?: Options;
  readonly comment?: string | undefined;
  /** How the history calls it, where that is not `WRITE`. */
  readonly operation?: string;
  /** Which rows go, where no option says it. */
  readonly replaceWhere?: Expression | undefined;
  /** Whether the table becomes another one, with nothing of what it was: `REPLACE TABLE`. */
  readonly replaces?: boolean;
}

const flag = (options: Options, name: string): boolean => flagOf(options, name) ?? false;

/**
 * Saves rows.
 *
 * @returns undefined where nothing was to be done: a table is there that is to be left alone, or the batch was written before
 * @throws AnalysisError `DELTA_PATH_EXISTS`, `DELTA_DUPLICATE_COLUMNS_FOUND`, `DELTA_METADATA_MISMATCH`,
 *   `DELTA_FAILED_TO_MERGE_FIELDS`
 */
export async function saveRows(
  save: Save,
  context: CommandContext,
  options: ActionOptions,
): Promise<Committed | undefined> {
  const table = await openTable(save.location, context);
  const exists = table.snapshot !== undefined;
  if (exists && save.mode === "error") throw pathExists(save.location);
  if (exists && save.mode === "ignore") return undefined;
  if (wasWritten(table, save.options)) return undefined;
  const given = await context.schemaOf(save.input);
  checkNoDouble(given);
  checkOptions(save);
  const fresh = !exists || save.replaces === true;
  if (fresh) define(table, save, given);
  else evolve(table, save, given);
  const replaced = await replacedBy(save, table, context);
  const places = given.fields.map(({ name }) => name.toLowerCase());
  return writeRows(
    table,
    {
      input: save.input,
      given,
      placeOf: ({ name }) => places.indexOf(name.toLowerCase()),
      casts: save.casts,
      replaced,
      options: save.options,
      operation: operationOf(save, exists),
      actions: fresh ? clusteringChange(save, table) : [],
    },
    context,
    options,
  );
}

function clusteringChange({ clusterBy = [] }: Save, { transaction }: OpenTable): readonly Action[] {
  if (clusterBy.length > 0)
    return [clusteringAction(clusterBy, loggedSchema({ metadata: transaction.metadata! }), "create")];
  return clusteringColumns(transaction.base.domains) === undefined ? [] : [noClustering];
}

const pathExists = (location: string): AnalysisError =>
  new AnalysisError(`Cannot write to already existent path file:${location} without setting OVERWRITE = 'true'`, {
    condition: "DELTA_PATH_EXISTS",
    sqlState: "42K04",
    parameters: { path: `file:${location}` },
    hint: 'Use mode("append") or mode("overwrite"), or another path.',
  });

/** Columns of tables are told apart without regard to case. */
function checkNoDouble({ fields }: StructType): void {
  const names = fields.map(({ name }) => name.toLowerCase());
  const doubles = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
  if (doubles.length === 0) return;
  throw new AnalysisError(
    `Found duplicate column(s): ${doubles.join(", ")}. The duplicate was found in the data being saved`,
    {
      condition: "DELTA_DUPLICATE_COLUMNS_FOUND.DATA",
      sqlState: "42711",
      parameters: { duplicateCols: doubles.join(", ") },
      hint: "Rename the columns, or leave all but one out; names that differ by case only are the same.",
    },
  );
}

function wasWritten({ transaction }: OpenTable, options: Options): boolean {
  const [appId, version] = [optionOf(options, "txnAppId"), optionOf(options, "txnVersion")];
  if ((appId === undefined) !== (version === undefined) || (version !== undefined && !/^\d+$/.test(version)))
    throw new AnalysisError(
      "Invalid options for idempotent Dataframe writes: both txnAppId and txnVersion must be specified, the version as a number that is not negative",
      {
        condition: "DELTA_INVALID_IDEMPOTENT_WRITES_OPTIONS",
        sqlState: "42616",
        parameters: { reason: `txnAppId = ${appId}, txnVersion = ${version}` },
      },
    );
  const last = appId === undefined ? undefined : transaction.lastBatchOf(appId);
  return last !== undefined && last >= Number(version);
}

function checkOptions({ options, mode }: Save): void {
  const replaceWhere = optionOf(options, "replaceWhere");
  if (replaceWhere === undefined) return;
  if (mode !== "overwrite")
    throw new AnalysisError(`'replaceWhere' cannot be used with mode ${JSON.stringify(mode)}`, {
      condition: "DELTA_ILLEGAL_USAGE",
      sqlState: "42601",
      parameters: { option: "replaceWhere", operation: mode },
      hint: 'Use mode("overwrite").',
    });
  if (optionOf(options, "partitionOverwriteMode")?.toLowerCase() === "dynamic")
    throw new AnalysisError(
      "A 'replaceWhere' expression and 'partitionOverwriteMode'='dynamic' cannot both be set in the DataFrameWriter options",
      { condition: "DELTA_REPLACE_WHERE_WITH_DYNAMIC_PARTITION_OVERWRITE", sqlState: "42613" },
    );
}

/** A table of the columns of the rows. */
function define({ transaction }: OpenTable, save: Save, given: StructType): void {
  const { metadata, protocol } = definedTable(
    {
      schema: structType(given.fields.map((field) => ({ ...field, nullable: true }))),
      partitionBy: save.partitionBy,
      properties: { ...propertiesIn(save.options), ...save.properties },
      comment: save.comment,
      features: clusteringFeatures(save.clusterBy),
      statement: "CREATE TABLE",
    },
    transaction.protocol,
  );
  transaction.setMetadata(metadata);
  if (protocol !== transaction.base.protocol) transaction.setProtocol(protocol);
}

/** Options that begin with `delta.` are properties of a table that is made. */
const propertiesIn = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => name.toLowerCase().startsWith("delta.")));

/** What the write does to the schema of a table that is there. */
function evolve({ transaction, snapshot }: OpenTable, save: Save, given: StructType): void {
  const { metadata, protocol } = snapshot!;
  const logged = loggedSchema(snapshot!);
  const overwrites = save.mode === "overwrite" && flag(save.options, "overwriteSchema");
  if (overwrites && optionOf(save.options, "replaceWhere") === undefined) {
    const definition = definedTable(
      {
        schema: structType(given.fields.map((field) => ({ ...field, nullable: true }))),
        partitionBy: save.partitionBy,
        properties: metadata.configuration ?? {},
        statement: "WRITE",
      },
      protocol,
    );
    transaction.setMetadata({ ...definition.metadata, id: metadata.id, ...kept(metadata) });
    if (definition.protocol !== protocol) transaction.setProtocol(definition.protocol);
    return;
  }
  if (save.partitionBy.length > 0 && !samePartitioning(save.partitionBy, metadata.partitionColumns))
    throw partitioningMismatch(save.partitionBy, metadata.partitionColumns);
  checkSameClustering(save.clusterBy, snapshot!);
  const stated = statedSchema(logged);
  if (newColumns(given, stated).length === 0) return;
  if (!flag(save.options, "mergeSchema")) throw schemaMismatch(metadata.id, stated, given);
  const merged = mapped(mergedSchema(logged, given), metadata.configuration ?? {}, false);
  const next = redefined(
    { ...metadata, schemaString: schemaToJson(merged.schema), configuration: merged.configuration },
    protocol,
  );
  transaction.setMetadata(next.metadata);
  if (next.protocol !== undefined) transaction.setProtocol(next.protocol);
}

const kept = ({ name, description, createdTime }: { name?: string; description?: string; createdTime?: number }) => ({
  ...(name === undefined ? {} : { name }),
  ...(description === undefined ? {} : { description }),
  ...(createdTime === undefined ? {} : { createdTime }),
});

const samePartitioning = (left: readonly string[], right: readonly string[]): boolean =>
  left.map((name) => name.toLowerCase()).join("\n") === right.map((name) => name.toLowerCase()).join("\n");

async function replacedBy(save: Save, table: OpenTable, context: CommandContext): Promise<Replaced> {
  if (save.mode !== "overwrite" || table.snapshot === undefined) return { what: "nothing", checks: [] };
  if (save.replaces) return { what: "all", checks: [] };
  const text = optionOf(save.options, "replaceWhere");
  if (text !== undefined) return replacedWhere(text);
  if (save.replaceWhere !== undefined) return replacedWhere(printExpression(save.replaceWhere), save.replaceWhere);
  const mode =
    optionOf(save.options, "partitionOverwriteMode") ??
    context.configuration.get("spark.sql.sources.partitionOverwriteMode", "static");
  const isDynamic = mode.toLowerCase() === "dynamic" && table.snapshot.metadata.partitionColumns.length > 0;
  return { what: isDynamic && !flag(save.options, "overwriteSchema") ? "partitions" : "all", checks: [] };
}

/** @param text - the condition as it was written */
export function replacedWhere(text: string, condition = sqlParser().expression(text)): Replaced {
  const check: RowCheck = { condition, name: text, text, error: (values) => outsideOf(text, values) };
  return { what: "matching", condition, checks: [check] };
}

const outsideOf = (condition: string, values: string): ExecutionError =>
  new ExecutionError(
    `Written data does not conform to partial table overwrite condition or constraint '${condition}'.\nA row has the values:${values}`,
    {
      condition: "DELTA_REPLACE_WHERE_MISMATCH",
      sqlState: "44000",
      parameters: { replaceWhere: condition, message: values.replace(/^\n/, "") },
      hint: "Filter the rows by the same condition before they are written.",
    },
  );

const modes: Readonly<Record<SaveMode, string>> = {
  append: "Append",
  overwrite: "Overwrite",
  error: "ErrorIfExists",
  ignore: "Ignore",
};

function operationOf(save: Save, exists: boolean): { name: string; parameters: Record<string, unknown> } {
  const { mode, options, partitionBy, operation } = save;
  if (operation !== undefined)
    return {
      name: operation,
      parameters: {
        partitionBy: JSON.stringify(partitionBy),
        clusterBy: JSON.stringify(save.clusterBy ?? []),
        description: save.comment ?? null,
        isManaged: "false",
        properties: JSON.stringify(save.properties ?? {}),
      },
    };
  const predicate = optionOf(options, "replaceWhere");
  const isDynamic = exists && optionOf(options, "partitionOverwriteMode")?.toLowerCase() === "dynamic";
  return {
    name: "WRITE",
    parameters: {
      mode: modes[mode],
      partitionBy: JSON.stringify(exists ? [] : partitionBy),
      ...(predicate === undefined ? {} : { predicate }),
      ...(flag(options, "overwriteSchema") ? { canOverwriteSchema: true } : {}),
      ...(flag(options, "mergeSchema") ? { canMergeSchema: true } : {}),
      ...(isDynamic ? { isDynamicPartitionOverwrite: true } : {}),
    },
  };
}
