/**
 * How much of PySpark's API there is, as a page: `node tools/api-coverage.ts` writes `docs/api-coverage.md`, and a test
 * fails when that is stale.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type {
  DataFrame,
  DataFrameReader,
  DataFrameWriter,
  DataFrameWriterV2,
  Grouped,
  MergeIntoWriter,
  SparkSession,
} from "lakewright";
import { type ClassName, members } from "./api-members.ts";

/** What the embedded engine refuses at the first action, of members that are there. */
const refusedByEngine: { readonly [Class in ClassName]?: Readonly<Record<string, string>> } = {
  DataFrameReader: { jdbc: "no JDBC without a JVM", orc: "no maintained reader of ORC" },
  DataFrameWriter: { jdbc: "no JDBC without a JVM", orc: "no maintained writer of ORC" },
};

/** What became of a member under its own name, in camel case: `is` there, or not, and where or why. */
export type Exception =
  | { readonly is: "renamed"; readonly to: string }
  | { readonly is: "refused"; readonly why: string }
  | { readonly is: "later"; readonly why: string };

const renamed = (to: string): Exception => ({ is: "renamed", to });
const refused = (why: string): Exception => ({ is: "refused", why });
const later = (plan: keyof typeof plans): Exception => ({ is: "later", why: plan });

/** What is planned and not there yet. */
const plans = {
  streams: "Structured Streaming: sources, sinks, triggers, watermarks, and functions that keep a state",
} as const;

const pandas = refused("pandas is Python's");
const rdd = refused("RDDs are Spark's inside");
const streams = later("streams");
const mergeClause = renamed("what the method of its name gives");

/** The members that are not there under their own names. */
export const exceptions: { readonly [Class in ClassName]: Readonly<Record<string, Exception>> } = {
  DataFrame: {
    dropDuplicatesWithinWatermark: streams,
    dropna: renamed("na.drop"),
    fillna: renamed("na.fill"),
    groupby: renamed("groupBy"),
    mapInArrow: renamed("mapBatches"),
    mapInPandas: pandas,
    pandas_api: pandas,
    plot: pandas,
    rdd,
    registerTempTable: refused("deprecated in Spark: createOrReplaceTempView"),
    replace: renamed("na.replace"),
    toPandas: pandas,
    withWatermark: streams,
    writeStream: streams,
  },
  Column: {
    astype: renamed("cast"),
    bitwiseAND: renamed("bitwiseAnd"),
    bitwiseOR: renamed("bitwiseOr"),
    bitwiseXOR: renamed("bitwiseXor"),
    endswith: renamed("endsWith"),
    name: renamed("as"),
    startswith: renamed("startsWith"),
  },
  GroupedData: {
    apply: pandas,
    applyInArrow: renamed("applyBatches"),
    applyInPandas: pandas,
    applyInPandasWithState: streams,
    mean: renamed("avg"),
    transformWithState: streams,
    transformWithStateInPandas: pandas,
  },
  Window: {},
  WindowSpec: {},
  DataFrameReader: {},
  DataFrameWriter: {},
  DataFrameWriterV2: {},
  MergeIntoWriter: { WhenMatched: mergeClause, WhenNotMatched: mergeClause, WhenNotMatchedBySource: mergeClause },
  DataFrameNaFunctions: {},
  DataFrameStatFunctions: {},
  SparkSession: {
    Builder: renamed("builder"),
    active: renamed("builder.getOrCreate"),
    addArtifact: renamed("addArtifacts"),
    clearProgressHandlers: renamed("onProgress of an action"),
    client: refused("the connection belongs to the session: settings, tags and actions reach the server through it"),
    emptyDataFrame: renamed("createDataFrame([], schema)"),
    profile: refused("profiles are of Python code"),
    readStream: streams,
    registerProgressHandler: renamed("onProgress of an action"),
    removeProgressHandler: renamed("onProgress of an action"),
    sparkContext: rdd,
    streams,
  },
  Catalog: { registerFunction: renamed("registerFunction of the session") },
  TableValuedFunction: { python_worker_logs: refused("there are no Python workers") },
};

type PromiseIn<T> = {
  [K in keyof T]: T[K] extends (...args: never) => infer Result
    ? Result extends Promise<unknown> | AsyncIterable<unknown>
      ? K
      : never
    : never;
}[keyof T];
type Promises<T> = Record<Extract<PromiseIn<T>, string>, true>;

/** The members that give promises, or rows as they come; the compiler holds each list complete. */
export const promises: { readonly [Class in ClassName]: Readonly<Record<string, true>> } = {
  DataFrame: {
    approxQuantile: true,
    checkpoint: true,
    collect: true,
    columns: true,
    corr: true,
    count: true,
    cov: true,
    createGlobalTempView: true,
    createOrReplaceGlobalTempView: true,
    createOrReplaceTempView: true,
    createTempView: true,
    dtypes: true,
    explain: true,
    first: true,
    foreach: true,
    foreachPartition: true,
    head: true,
    inputFiles: true,
    isEmpty: true,
    localCheckpoint: true,
    printSchema: true,
    sameSemantics: true,
    schema: true,
    semanticHash: true,
    show: true,
    tail: true,
    take: true,
    toArrow: true,
    toLocalIterator: true,
    unpersist: true,
  } satisfies Promises<DataFrame>,
  Column: {},
  GroupedData: {} satisfies Promises<Grouped<unknown, unknown>>,
  Window: {},
  WindowSpec: {},
  DataFrameReader: {} satisfies Promises<DataFrameReader>,
  DataFrameWriter: {
    csv: true,
    insertInto: true,
    jdbc: true,
    json: true,
    orc: true,
    parquet: true,
    save: true,
    saveAsTable: true,
    text: true,
    xml: true,
  } satisfies Promises<DataFrameWriter>,
  DataFrameWriterV2: {
    append: true,
    create: true,
    createOrReplace: true,
    overwrite: true,
    overwritePartitions: true,
    replace: true,
  } satisfies Promises<DataFrameWriterV2>,
  MergeIntoWriter: { merge: true } satisfies Promises<MergeIntoWriter>,
  DataFrameNaFunctions: {} satisfies Promises<DataFrame["na"]>,
  DataFrameStatFunctions: {
    approxQuantile: true,
    corr: true,
    cov: true,
  } satisfies Promises<DataFrame["stat"]>,
  SparkSession: {
    addArtifacts: true,
    copyFromLocalToFs: true,
    execute: true,
    interruptAll: true,
    interruptOperation: true,
    interruptTag: true,
    stop: true,
    writeAll: true,
  } satisfies Promises<SparkSession>,
  Catalog: {
    analyzeTable: true,
    cacheTable: true,
    clearCache: true,
    createDatabase: true,
    createExternalTable: true,
    createTable: true,
    currentCatalog: true,
    currentDatabase: true,
    databaseExists: true,
    dropDatabase: true,
    dropGlobalTempView: true,
    dropTable: true,
    dropTempView: true,
    dropView: true,
    functionExists: true,
    getCreateTableString: true,
    getDatabase: true,
    getFunction: true,
    getTable: true,
    getTableProperties: true,
    isCached: true,
    listCatalogs: true,
    listColumns: true,
    listDatabases: true,
    listFunctions: true,
    listPartitions: true,
    listTables: true,
    listViews: true,
    recoverPartitions: true,
    refreshByPath: true,
    refreshTable: true,
    setCurrentCatalog: true,
    setCurrentDatabase: true,
    tableExists: true,
    truncateTable: true,
    uncacheTable: true,
  } satisfies Promises<SparkSession["catalog"]>,
  TableValuedFunction: {} satisfies Promises<SparkSession["tvf"]>,
};

/** The name of a member here. */
export const camelCase = (name: string): string =>
  name.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The page. */
export function coveragePage(): string {
  const classes = Object.keys(members) as ClassName[];
  return `${[
    "# What there is of PySpark's API",
    "",
    "Every public member of PySpark 4.2's classes that is neither pandas nor streams' own, and what it is here. A member that",
    "touches data gives a promise. `node tools/api-coverage.ts` writes this page, and a test holds it true.",
    "",
    "What is later is part of one of these plans:",
    "",
    ...Object.entries(plans).map(([plan, what]) => `- **${plan}**: ${what}.`),
    ...classes.flatMap((name) => ["", `## ${name}`, "", ...tableOf(name)]),
  ].join("\n")}\n`;
}

function tableOf(name: ClassName): readonly string[] {
  const rows = members[name].map((member): readonly [string, string] => [`\`${member}\``, stateOf(name, member)]);
  const width = Math.max(...rows.map(([member]) => member.length), "PySpark".length);
  const wide = Math.max(...rows.map(([, state]) => state.length), "Lakewright".length);
  const line = (left: string, right: string): string => `| ${left.padEnd(width)} | ${right.padEnd(wide)} |`;
  const rule = `| ${"-".repeat(width)} | ${"-".repeat(wide)} |`;
  return [line("PySpark", "Lakewright"), rule, ...rows.map(([member, state]) => line(member, state))];
}

function stateOf(name: ClassName, member: string): string {
  const exception = exceptions[name][member];
  if (exception?.is === "renamed") return `renamed: \`${exception.to}\``;
  if (exception !== undefined) return `${exception.is}: ${exception.why}`;
  const refusal = refusedByEngine[name]?.[member];
  const isPromise = promises[name][camelCase(member)] === true;
  return [
    `\`${camelCase(member)}\``,
    ...(isPromise ? ["a promise"] : []),
    ...(refusal === undefined ? [] : [`refused by the embedded engine: ${refusal}`]),
  ].join(", ");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL("../docs/api-coverage.md", import.meta.url), coveragePage());
