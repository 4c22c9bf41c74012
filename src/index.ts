/** Spark pipelines written in TypeScript: sessions, DataFrames, columns, types and errors. */
import type { SparkSession as Session } from "./dataframe/session.ts";
import { type SparkSessions, sessionsOn } from "./dataframe/session-builder.ts";
import type { SessionStateFactory } from "./dataframe/session-state.ts";
import { EmbeddedEngine } from "./engine/duckdb/embedded-engine.ts";
import { parseConnectionString } from "./engine/spark/connection-string.ts";
import { SparkSessionState } from "./engine/spark/spark-session-state.ts";
import { EngineSessionState } from "./execution/session-state.ts";
import { databaseOptions, remoteSettingsRegistry, settingsRegistry } from "./execution/settings.ts";
import { bindSqlParser } from "./functions/parsers.ts";
import { sparkSql } from "./sql/parse.ts";
import { localStorage } from "./storage/local-storage.ts";

export type { AsOfJoinOptions } from "./dataframe/as-of-join.ts";
export {
  Catalog,
  type CatalogColumn,
  type CatalogFunction,
  type CatalogMetadata,
  type CreateTableOptions,
  type Database,
  type Table,
} from "./dataframe/catalog.ts";
export { Cogrouped } from "./dataframe/cogrouped.ts";
export { Configuration } from "./dataframe/configuration.ts";
export { type CollectOptions, DataFrame, type ShowOptions } from "./dataframe/dataframe.ts";
export { Grouped } from "./dataframe/grouped.ts";
export {
  defineJob,
  isJob,
  type Job,
  type JobContext,
  type JobOption,
  type JobOptions,
  type JobResult,
} from "./dataframe/job.ts";
export {
  type MergeAssignments,
  type MergeCondition,
  MergeIntoWriter,
  WhenMatched,
  WhenNotMatched,
  WhenNotMatchedBySource,
} from "./dataframe/merge-writer.ts";
export { Observation } from "./dataframe/observation.ts";
export { DataFrameReader } from "./dataframe/reader.ts";
export type { RowOptions, SchemaOf } from "./dataframe/row-kinds.ts";
export type { ActionOptions, ExecutionInfo, ExplainMode, StorageLevel } from "./dataframe/session-state.ts";
export { DataFrameWriter, type PlannedWrite } from "./dataframe/writer.ts";
export { DataFrameWriterV2 } from "./dataframe/writer-v2.ts";
export {
  AnalysisError,
  type ErrorContext,
  type ErrorDetails,
  ExecutionError,
  InternalError,
  isLakewrightError,
  LakewrightError,
  ParseError,
  type QueryContext,
  UnsupportedError,
} from "./errors.ts";
export type { Column, Operand } from "./functions/column.ts";
export { col, expr, lit, when } from "./functions/constructors.ts";
export type { ArrayOf, Kind, MapOf, StructOf, Untyped } from "./functions/kinds.ts";
export { ident } from "./functions/sql-name.ts";
export type { TableArgument } from "./functions/table-argument.ts";
export {
  type TableCall,
  type TableFunctionHandler,
  type TableFunctionOf,
  udtf,
} from "./functions/table-function.ts";
export { type AggregateSteps, udaf } from "./functions/user-aggregate.ts";
export { udf } from "./functions/user-function.ts";
export type { InputOf, Row, ValueOf } from "./functions/value-kinds.ts";
export { Window, WindowSpec } from "./functions/window.ts";
export * from "./types/data-type.ts";
export { parseDdl, parseType, toDdl } from "./types/ddl.ts";
export { Decimal } from "./types/decimal.ts";
export { Interval } from "./types/interval.ts";
export { Geography, Geometry } from "./types/shape.ts";
export { type InstantLike, Timestamp } from "./types/timestamp.ts";
export { simpleString, treeString } from "./types/type-name.ts";
export { Variant } from "./types/variant.ts";

bindSqlParser(sparkSql);

/** Makes what runs a session: the embedded engine, opened by the first use. */
const embeddedSession: SessionStateFactory = (configuration) => {
  const engine = new EmbeddedEngine({ storage: localStorage, ...databaseOptions(configuration) });
  return new EngineSessionState({ configuration, engine, storage: localStorage });
};

/** Makes what runs a session: the Spark that `spark.remote` names, or the embedded engine. */
const sessionState: SessionStateFactory = (configuration) => {
  const remote = configuration.get("spark.remote", "");
  if (remote === "") return embeddedSession(configuration);
  return new SparkSessionState({ configuration, address: parseConnectionString(remote) });
};

/**
 * Where programs begin: `SparkSession.builder.getOrCreate()` or `SparkSession.create()`.
 *
 * @example
 * ```ts
 * await using spark = SparkSession.create();
 * await spark.range(3).show();
 * ```
 */
export const SparkSession: SparkSessions = /* @__PURE__ */ sessionsOn({
  makeState: sessionState,
  registryOf: ({ "spark.remote": remote = "" }) => (remote === "" ? settingsRegistry : remoteSettingsRegistry),
  given: () => (process.env.SPARK_REMOTE === undefined ? {} : { "spark.remote": process.env.SPARK_REMOTE }),
});
export type SparkSession = Session;
