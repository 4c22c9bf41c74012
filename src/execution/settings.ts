/** The settings of a session: which there are, what each does, and what they say to the analyzer and the engine. */

import type { Configuration, SettingsRegistry } from "../dataframe/configuration.ts";
import type { BinaryOutputStyle, EngineSettings } from "../engine/engine.ts";
import { AnalysisError, listed, nearest } from "../errors.ts";
import { timestampTypeOf } from "../functions/parsers.ts";
import type { AnalysisSettings, RecursionLimits, TimeParser } from "../plan/analysis-settings.ts";
import { isZone } from "../types/zone-offset.ts";
import { answerSettings, type FixedSetting } from "./answer-settings.ts";

/** What happens with a setting: it is obeyed, taken without an effect, or refused unless it has its default. */
type Treatment =
  | { readonly is: "used"; readonly default?: string; readonly check?: Check }
  | { readonly is: "ignored"; readonly why: string }
  | FixedSetting;

/** What a value must be, and which of Spark's conditions says so. */
interface Check {
  readonly fits: (value: string) => boolean;
  readonly fault: string;
  readonly subcondition?: "TYPE_MISMATCH" | "REQUIREMENT" | "TIME_ZONE" | "OUT_OF_RANGE_OF_OPTIONS" | "DEFAULT";
}

const isBoolean: Check = {
  fits: (value) => /^(?:true|false)$/i.test(value),
  fault: "must be true or false",
  subcondition: "TYPE_MISMATCH",
};
const isSwitch: Check = { ...isBoolean, subcondition: "REQUIREMENT" };
const isCount: Check = {
  fits: (value) => /^[1-9]\d*$/.test(value),
  fault: "must be a whole number above 0",
  subcondition: "TYPE_MISMATCH",
};
const isLimit: Check = {
  fits: (value) => /^-?\d+$/.test(value),
  fault: "must be a whole number; -1 for no limit",
  subcondition: "TYPE_MISMATCH",
};
const isTablePolicy: Check = {
  fits: (value) => /^(?:corrected|exception)$/i.test(value),
  fault: 'must be "CORRECTED" or "EXCEPTION"; under "LEGACY" outer tables would hide inner ones',
  subcondition: "OUT_OF_RANGE_OF_OPTIONS",
};
const isTimeParserPolicy: Check = {
  fits: (value) => /^(?:corrected|exception|legacy)$/i.test(value),
  fault: 'must be "EXCEPTION", "LEGACY" or "CORRECTED"',
  subcondition: "OUT_OF_RANGE_OF_OPTIONS",
};
const timeParserPolicy = "spark.sql.legacy.timeParserPolicy";
const isSize: Check = {
  fits: (value) => /^\d+(?:\.\d+)?\s*(?:[KMGT]i?B)$/i.test(value),
  fault: 'must be a size such as "4GB"',
};
const isOverwriteMode: Check = {
  fits: (value) => /^(?:static|dynamic)$/i.test(value),
  fault: 'must be "static" or "dynamic"',
  subcondition: "OUT_OF_RANGE_OF_OPTIONS",
};
const isTimestampType: Check = {
  fits: (value) => /^timestamp_(?:ltz|ntz)$/i.test(value),
  fault: 'must be "TIMESTAMP_LTZ" or "TIMESTAMP_NTZ"',
  subcondition: "OUT_OF_RANGE_OF_OPTIONS",
};
const binaryStyles: readonly BinaryOutputStyle[] = ["UTF-8", "BASIC", "BASE64", "HEX", "HEX_DISCRETE"];
const defaultBinaryStyle: BinaryOutputStyle = "HEX_DISCRETE";
const isBinaryStyle: Check = {
  fits: (value) => (binaryStyles as readonly string[]).includes(value.toUpperCase()),
  fault: `must be one of ${binaryStyles.join(", ")}`,
  subcondition: "OUT_OF_RANGE_OF_OPTIONS",
};
const isTimeZone: Check = {
  fits: isZone,
  fault: 'must be a zone such as "UTC", "Europe/Zurich" or "+02:00"',
  subcondition: "TIME_ZONE",
};

const onOneMachine = "the embedded engine runs in one process";

/** Every setting that is known. */
const settings: Readonly<Record<string, Treatment>> = {
  "spark.app.name": { is: "used", default: "lakewright" },
  "spark.sql.session.timeZone": { is: "used", default: "UTC", check: isTimeZone },
  "spark.sql.caseSensitive": { is: "used", default: "false", check: isBoolean },
  "spark.sql.timeType.enabled": { is: "used", default: "false", check: isBoolean },
  "spark.sql.geospatial.enabled": { is: "used", default: "true", check: isBoolean },
  "spark.sql.orderByOrdinal": { is: "used", default: "true", check: isBoolean },
  "spark.sql.groupByOrdinal": { is: "used", default: "true", check: isBoolean },
  "spark.sql.groupByAliases": { is: "used", default: "true", check: isBoolean },
  "spark.sql.ansi.doubleQuotedIdentifiers": { is: "used", default: "false", check: isBoolean },
  "spark.sql.legacy.identifierClause": { is: "used", default: "false", check: isBoolean },
  "spark.sql.legacy.ctePrecedencePolicy": { is: "used", default: "CORRECTED", check: isTablePolicy },
  "spark.sql.cteRecursionLevelLimit": { is: "used", default: "100", check: isLimit },
  "spark.sql.cteRecursionRowLimit": { is: "used", default: "1000000", check: isLimit },
  "spark.sql.parser.quotedRegexColumnNames": { is: "used", default: "false", check: isBoolean },
  "spark.sql.legacy.viewSchemaCompensation": { is: "used", default: "true", check: isBoolean },
  "spark.sql.legacy.viewSchemaBindingMode": { is: "fixed", value: "true", why: "views can be made WITH SCHEMA" },
  "spark.sql.legacy.parseQueryWithoutEof": { is: "fixed", value: "false", why: "queries are read to their end" },
  [timeParserPolicy]: { is: "used", default: "CORRECTED", check: isTimeParserPolicy },
  "spark.sql.timestampType": { is: "used", default: "TIMESTAMP_LTZ", check: isTimestampType },
  "spark.sql.binaryOutputStyle": { is: "used", default: defaultBinaryStyle, check: isBinaryStyle },
  "spark.sql.shuffle.partitions": { is: "used", default: "200", check: isCount },
  "spark.sql.sources.partitionOverwriteMode": { is: "used", default: "static", check: isOverwriteMode },
  "spark.sql.files.ignoreCorruptFiles": { is: "used", default: "false", check: isBoolean },
  "spark.sql.files.ignoreMissingFiles": { is: "used", default: "false", check: isBoolean },
  "spark.sql.scripting.continueHandlerEnabled": { is: "used", default: "false", check: isBoolean },
  "spark.sql.scripting.cursorEnabled": {
    is: "fixed",
    value: "false",
    why: "scripts have no cursors; FOR … DO goes through rows",
  },
  "spark.sql.warehouse.dir": { is: "used", default: "spark-warehouse" },
  "spark.databricks.delta.retentionDurationCheck.enabled": { is: "used", default: "true", check: isBoolean },
  "spark.databricks.delta.autoCompact.enabled": { is: "used", check: isSwitch },
  "spark.databricks.delta.autoCompact.minNumFiles": { is: "used", default: "50", check: isCount },
  "spark.databricks.delta.autoCompact.maxFileSize": { is: "used", default: "134217728", check: isCount },
  "spark.databricks.delta.autoCompact.minFileSize": { is: "used", check: isCount },
  "spark.databricks.delta.optimizeWrite.enabled": { is: "used", check: isBoolean },
  "spark.databricks.delta.replaceWhere.dataColumns.enabled": { is: "used", default: "true", check: isBoolean },
  "spark.databricks.delta.replaceWhere.constraintCheck.enabled": { is: "used", default: "true", check: isBoolean },
  "spark.databricks.delta.optimize.maxFileSize": { is: "used", default: "1073741824", check: isCount },
  "spark.databricks.delta.optimize.minFileSize": { is: "used", default: "1073741824", check: isCount },
  "spark.sql.ansi.enabled": { is: "used", default: "true", check: isBoolean },
  "spark.sql.ansi.enforceReservedKeywords": { is: "fixed", value: "false", why: "no word of SQL is reserved" },
  "spark.sql.storeAssignmentPolicy": { is: "fixed", value: "ANSI", why: "what is written must fit its column" },
  "spark.sql.legacy.sizeOfNull": { is: "used", default: "true", check: isBoolean },
  "spark.sql.charAsVarchar": { is: "fixed", value: "false", why: "write VARCHAR instead of CHAR in the statement" },
  "spark.sql.preserveCharVarcharTypeInfo": { is: "fixed", value: "false", why: "queries have plain text" },
  "spark.sql.legacy.charVarcharAsString": { is: "fixed", value: "false", why: "write STRING in the statement" },
  "spark.sql.readSideCharPadding": { is: "fixed", value: "true", why: "CHAR is filled up where it is written" },
  "spark.sql.legacy.noCharPaddingInPredicate": { is: "fixed", value: "false", why: "CHAR is compared filled up" },
  ...answerSettings,
  "spark.master": { is: "ignored", why: onOneMachine },
  "spark.driver.memory": { is: "ignored", why: `${onOneMachine}; set lakewright.memory` },
  "spark.executor.memory": { is: "ignored", why: onOneMachine },
  "spark.executor.cores": { is: "ignored", why: onOneMachine },
  "spark.executor.instances": { is: "ignored", why: onOneMachine },
  "spark.sql.adaptive.enabled": { is: "ignored", why: "DuckDB adapts by itself" },
  "spark.sql.autoBroadcastJoinThreshold": { is: "ignored", why: "DuckDB decides from statistics" },
  "spark.serializer": { is: "ignored", why: onOneMachine },
  "spark.ui.enabled": { is: "ignored", why: "there is no Spark UI" },
  "spark.remote": { is: "used", default: "" },
  "lakewright.memory": { is: "used", check: isSize },
  "lakewright.threads": { is: "used", check: isCount },
  "lakewright.temporaryFolder": { is: "used" },
  "lakewright.localSchemas": { is: "used", default: "true", check: isBoolean },
  "lakewright.recordOrigins": { is: "used", default: "true", check: isBoolean },
};

const told = new Set<string>();

/** The registry of settings. */
export const settingsRegistry: SettingsRegistry = {
  defaultOf: (key) => {
    const setting = settings[key];
    if (setting?.is === "used") return setting.default;
    return setting?.is === "fixed" ? setting.value : undefined;
  },
  check: (key, value) => {
    const setting = settings[key];
    if (setting === undefined) unknownSetting(key);
    else if (setting.is === "ignored") tell(key, `the setting ${key} has no effect: ${setting.why}`);
    else if (setting.is === "fixed" && value.toUpperCase() !== setting.value.toUpperCase())
      throw refusal(key, value, { fault: `must be ${setting.value}: ${setting.why}` });
    else if (setting.is === "used" && setting.check?.fits(value) === false) throw refusal(key, value, setting.check);
  },
};

/** The registry of settings of a session that a Spark runs, which checks all but ours itself. */
export const remoteSettingsRegistry: SettingsRegistry = {
  defaultOf: settingsRegistry.defaultOf,
  check: (key, value) => {
    if (key.startsWith("lakewright.")) settingsRegistry.check(key, value);
  },
};

const refusal = (key: string, value: string, { fault, subcondition = "DEFAULT" }: Omit<Check, "fits">): AnalysisError =>
  new AnalysisError(`The value '${value}' in the config "${key}" is invalid: it ${fault}`, {
    condition: `INVALID_CONF_VALUE.${subcondition}`,
    sqlState: "22022",
    parameters: { confName: key, confValue: value },
  });

// Programs bring settings of their own and of other libraries; only ours are certain to be slips.
function unknownSetting(key: string): void {
  if (!key.startsWith("lakewright.") && !key.startsWith("spark.")) return;
  const near = nearest(key, Object.keys(settings));
  if (key.startsWith("lakewright.")) {
    const own = Object.keys(settings).filter((name) => name.startsWith("lakewright."));
    throw new AnalysisError(`There is no setting ${key}`, {
      hint: near.length > 0 ? `Did you mean ${near[0]}?` : `These are: ${listed(own)}.`,
    });
  }
  tell(key, `the setting ${key} is not known and has no effect${near.length > 0 ? `; did you mean ${near[0]}?` : ""}`);
}

function tell(key: string, sentence: string): void {
  if (told.has(key)) return;
  told.add(key);
  console.warn(`lakewright: ${sentence}`);
}

/** What the engine obeys. */
export function engineSettings(configuration: Configuration): EngineSettings {
  const isOn = (key: string): boolean => configuration.get(key, "false").toLowerCase() === "true";
  return {
    timeZone: configuration.get("spark.sql.session.timeZone", "UTC"),
    caseSensitive: isOn("spark.sql.caseSensitive"),
    ignoreCorruptFiles: isOn("spark.sql.files.ignoreCorruptFiles"),
    ignoreMissingFiles: isOn("spark.sql.files.ignoreMissingFiles"),
    shufflePartitions: Number(configuration.get("spark.sql.shuffle.partitions", "200")),
    binaryOutputStyle: configuration
      .get("spark.sql.binaryOutputStyle", defaultBinaryStyle)
      .toUpperCase() as BinaryOutputStyle,
    ...timeParserOf(configuration.get(timeParserPolicy, "CORRECTED")),
  };
}

/** What the analyzer obeys. */
export const analysisSettings = (configuration: Configuration): AnalysisSettings =>
  settingsBy((key) => configuration.get(key, byDefault(key)));

const byDefault = (key: string): string => settingsRegistry.defaultOf(key) ?? "";

/** The settings that say what a query means, which views and functions keep. */
const meaningful: ReadonlySet<string> = new Set([
  ...["spark.sql.session.timeZone", "spark.sql.caseSensitive", "spark.sql.timeType.enabled", "spark.sql.ansi.enabled"],
  ...["spark.sql.legacy.sizeOfNull", "spark.sql.orderByOrdinal", "spark.sql.groupByOrdinal"],
  ...["spark.sql.groupByAliases", "spark.sql.timestampType", "spark.sql.legacy.identifierClause"],
  ...["spark.sql.ansi.doubleQuotedIdentifiers", "spark.sql.parser.quotedRegexColumnNames"],
  ...["spark.sql.legacy.ctePrecedencePolicy", "spark.sql.cteRecursionLevelLimit", "spark.sql.cteRecursionRowLimit"],
  ...["spark.sql.geospatial.enabled", timeParserPolicy],
]);

/** Kept even where the session has their defaults. */
const alwaysKept = ["spark.sql.ansi.enabled", "spark.sql.session.timeZone"];

/**
 * The settings that a view or a function keeps: those that the session has set, and what decides about most values.
 *
 * Spark: `ViewHelper.sqlConfigsToProps`.
 */
export function keptSettings(configuration: Configuration): Readonly<Record<string, string>> {
  const set = Object.keys(configuration.getAll()).filter((key) => meaningful.has(key));
  return Object.fromEntries([...new Set([...alwaysKept, ...set])].map((key) => [key, configuration.get(key)]));
}

/** What the analyzer obeys in a view or a function, by the settings that it keeps; the others have their defaults, whatever the session's are. */
export const settingsOfView = (kept: Readonly<Record<string, string>> = {}): AnalysisSettings =>
  settingsBy((key) => kept[key] ?? byDefault(key));

function settingsBy(setting: (key: string) => string): AnalysisSettings {
  const isOn = (key: string) => setting(key).toLowerCase() === "true";
  return {
    caseSensitive: isOn("spark.sql.caseSensitive"),
    timeZone: setting("spark.sql.session.timeZone"),
    timeType: isOn("spark.sql.timeType.enabled"),
    shapes: isOn("spark.sql.geospatial.enabled"),
    ansi: isOn("spark.sql.ansi.enabled"),
    sizeOfNull: isOn("spark.sql.legacy.sizeOfNull"),
    orderByOrdinal: isOn("spark.sql.orderByOrdinal"),
    groupByOrdinal: isOn("spark.sql.groupByOrdinal"),
    groupByAliases: isOn("spark.sql.groupByAliases"),
    localTimestamps: timestampTypeOf(setting("spark.sql.timestampType")).kind === "timestamp_ntz",
    distinctNestedTables: setting("spark.sql.legacy.ctePrecedencePolicy").toUpperCase() === "EXCEPTION",
    recursion: {
      ...limitOf("levels", setting("spark.sql.cteRecursionLevelLimit")),
      ...limitOf("rows", setting("spark.sql.cteRecursionRowLimit")),
    },
    ...timeParserOf(setting(timeParserPolicy)),
  };
}

const timeParsers: Readonly<Record<string, TimeParser>> = { LEGACY: "legacy", EXCEPTION: "exception" };

function timeParserOf(policy: string): { readonly timeParser?: TimeParser } {
  const timeParser = timeParsers[policy.toUpperCase()];
  return timeParser === undefined ? {} : { timeParser };
}

const limitOf = (name: "levels" | "rows", value: string): RecursionLimits =>
  Number(value) < 0 ? {} : { [name]: Number(value) };

/** How much of the machine the embedded engine may use. */
export function databaseOptions(configuration: Configuration) {
  const given = configuration.getAll();
  const memory = given["lakewright.memory"];
  const threads = given["lakewright.threads"];
  const temporaryFolder = given["lakewright.temporaryFolder"];
  return {
    ...(memory === undefined ? {} : { memory }),
    ...(threads === undefined ? {} : { threads: Number(threads) }),
    ...(temporaryFolder === undefined ? {} : { temporaryFolder }),
  };
}
