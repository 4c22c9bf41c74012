/** Whether a Spark gives plans the schemas that our analyzer gives them: its version and its settings say so. */

/** The version whose rules the analyzer has. */
const version = /^4\.2(?:\.|$)/;

/** What comes before the names of settings that are asked for. */
export const asked = "spark.sql.";

/** Beginnings of settings that change how plans run, where tables lie or how files are read, and no schema but those of leaves. */
const harmless: readonly string[] = [
  "adaptive.",
  "artifact.",
  "autoBroadcastJoinThreshold",
  "broadcastTimeout",
  "catalog.",
  "catalogImplementation",
  "cbo.",
  "codegen.",
  "execution.arrow.",
  "files.",
  "hive.metastore",
  "inMemoryColumnarStorage.",
  "join.",
  "optimizer.",
  "orc.",
  "parquet.",
  "session.timeZone",
  "shuffle.",
  "sources.",
  "statistics.",
  "streaming.",
  "ui.",
  "warehouse.dir",
];

/** Settings that are harmless with these values. */
const harmlessValues: Readonly<Record<string, RegExp>> = {
  "ansi.enabled": /^true$/,
  caseSensitive: /^false$/,
  // These add statements and rules of tables, none of expressions.
  extensions: /^(?:io\.delta\.sql\.DeltaSparkSessionExtension|org\.apache\.iceberg\.\S+Extensions|,)+$/,
};

/**
 * Whether schemas need not be asked for.
 *
 * @param server - the version that the server gives
 * @param settings - all that are set there and whose names begin with `asked`, with or without that
 */
export const analysesAlike = (server: string, settings: readonly (readonly [key: string, value: string])[]): boolean =>
  version.test(server) && settings.every(([key, value]) => isHarmless(key.replace(asked, ""), value));

const isHarmless = (key: string, value: string): boolean =>
  harmless.some((beginning) => key.startsWith(beginning)) || (harmlessValues[key]?.test(value) ?? false);
