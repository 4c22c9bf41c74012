/** Properties of tables: which there are, and those that are no properties but orders to the protocol. */
import { AnalysisError, listed, nearest } from "../../errors.ts";
import { tableFeatures } from "../table-features.ts";

export type Properties = Readonly<Record<string, string>>;

type Check = (value: string) => boolean;

const flag: Check = (value) => /^(true|false)$/i.test(value);
const whole: Check = (value) => /^-?\d+$/.test(value);
const positive: Check = (value) => /^\d+$/.test(value) && Number(value) > 0;
const interval: Check = (value) => /^\s*(interval\s+)?\d+\s+\w+/i.test(value);
const anything: Check = () => true;
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value.toLowerCase());

/** Delta's properties (`DeltaConfigs`) with what their values must be. */
const known: Readonly<Record<string, Check>> = {
  "delta.appendOnly": flag,
  "delta.autoOptimize": flag,
  "delta.autoOptimize.autoCompact": flag,
  "delta.autoOptimize.optimizeWrite": flag,
  "delta.checkpoint.writeStatsAsJson": flag,
  "delta.checkpoint.writeStatsAsStruct": flag,
  "delta.checkpointInterval": positive,
  "delta.checkpointPolicy": oneOf("classic", "v2"),
  "delta.checkpointRetentionDuration": interval,
  "delta.columnMapping.maxColumnId": whole,
  "delta.columnMapping.mode": oneOf("none", "name", "id"),
  "delta.compatibility.symlinkFormatManifest.enabled": flag,
  "delta.dataSkippingNumIndexedCols": whole,
  "delta.dataSkippingStatsColumns": anything,
  "delta.deletedFileRetentionDuration": interval,
  "delta.enableChangeDataFeed": flag,
  "delta.enableDeletionVectors": flag,
  "delta.enableExpiredLogCleanup": flag,
  "delta.enableFullRetentionRollback": flag,
  "delta.enableInCommitTimestamps": flag,
  "delta.inCommitTimestampEnablementVersion": whole,
  "delta.inCommitTimestampEnablementTimestamp": whole,
  "delta.enableMaterializePartitionColumnsFeature": flag,
  "delta.enableRowTracking": flag,
  "delta.rowTrackingSuspended": flag,
  "delta.rowTracking.materializedRowIdColumnName": anything,
  "delta.rowTracking.materializedRowCommitVersionColumnName": anything,
  "delta.enableTypeWidening": flag,
  "delta.enableVariantShredding": flag,
  "delta.isolationLevel": oneOf("serializable", "writeserializable"),
  "delta.logRetentionDuration": interval,
  "delta.parquet.compression.codec": oneOf("none", "uncompressed", "snappy", "gzip", "lz4", "lz4_raw", "zstd"),
  "delta.randomizeFilePrefixes": flag,
  "delta.randomPrefixLength": positive,
  "delta.requireCheckpointProtectionBeforeVersion": whole,
  "delta.sampleRetentionDuration": interval,
  "delta.setTransactionRetentionDuration": interval,
  "delta.targetFileSize": anything,
  "delta.tuneFileSizesForRewrites": flag,
};

/** What properties that are given to a table ask for. */
export interface AskedProperties {
  /** What the table is to have as its configuration. */
  readonly configuration: Properties;
  /** The features that are asked for by name. */
  readonly features: readonly string[];
  readonly minReaderVersion?: number | undefined;
  readonly minWriterVersion?: number | undefined;
}

const featurePrefix = "delta.feature.";
const constraintPrefix = "delta.constraints.";

/**
 * Sorts out properties as a statement gives them, with the spelling of each as Delta has it.
 *
 * @throws AnalysisError `DELTA_UNKNOWN_CONFIGURATION`, `DELTA_UNSUPPORTED_FEATURES_IN_CONFIG`, `INTERNAL_ERROR`-free refusals of values
 */
export function askedProperties(properties: Properties): AskedProperties {
  const configuration: Record<string, string> = {};
  const features: string[] = [];
  const versions: Record<string, number> = {};
  for (const [key, value] of Object.entries(properties)) {
    const lower = key.toLowerCase();
    if (lower.startsWith(featurePrefix)) features.push(featureNamed(key.slice(featurePrefix.length), value));
    else if (lower === "delta.minreaderversion" || lower === "delta.minwriterversion")
      versions[lower] = versionOf(key, value);
    else configuration[propertyName(key)] = checkedValue(key, value);
  }
  return {
    configuration,
    features,
    minReaderVersion: versions["delta.minreaderversion"],
    minWriterVersion: versions["delta.minwriterversion"],
  };
}

/** A property's name as Delta spells it; others stay as they are. */
export function propertyName(key: string): string {
  const lower = key.toLowerCase();
  if (!lower.startsWith("delta.") || lower.startsWith("delta.universalformat")) return key;
  if (lower.startsWith(constraintPrefix)) return constraintPrefix + lower.slice(constraintPrefix.length);
  const found = Object.keys(known).find((name) => name.toLowerCase() === lower);
  if (found !== undefined) return found;
  throw new AnalysisError(`Unknown configuration was specified: ${key}`, {
    condition: "DELTA_UNKNOWN_CONFIGURATION",
    sqlState: "F0000",
    parameters: { config: key },
    hint:
      nearest(key, Object.keys(known))
        .map((name) => `Did you mean ${name}?`)
        .join(" ") || `The properties are: ${listed(Object.keys(known), 40)}.`,
  });
}

function checkedValue(key: string, value: string): string {
  const check = known[propertyName(key)] ?? anything;
  if (check(value)) return value;
  throw new AnalysisError(`${JSON.stringify(value)} is no value of the property ${key}`, {
    condition: "DELTA_ILLEGAL_USAGE",
    sqlState: "42601",
    parameters: { option: key, operation: "TBLPROPERTIES" },
    hint: "See the table of properties in docs/delta.md.",
  });
}

function featureNamed(name: string, value: string): string {
  const found = Object.keys(tableFeatures).find((each) => each.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw new AnalysisError(
      `Table features configured in the following Spark configs or Delta table properties are not recognized: ${name}`,
      {
        condition: "DELTA_UNSUPPORTED_FEATURES_IN_CONFIG",
        sqlState: "56038",
        parameters: { configs: name },
        hint: `The features are: ${listed(Object.keys(tableFeatures), 40)}.`,
      },
    );
  if (value.toLowerCase() === "supported" || value.toLowerCase() === "enabled") return found;
  throw new AnalysisError(`Expect value 'supported' for the table property delta.feature.${found}, but got ${value}`, {
    condition: "DELTA_UNSUPPORTED_FEATURE_STATUS",
    sqlState: "0AKDE",
    parameters: { feature: found, status: value },
    hint: "Write 'supported'; a feature is taken away by ALTER TABLE … DROP FEATURE.",
  });
}

function versionOf(key: string, value: string): number {
  if (/^[1-7]$/.test(value)) return Number(value);
  throw new AnalysisError(`The protocol property ${key} needs to be an integer, got ${value}`, {
    condition: "DELTA_PROTOCOL_PROPERTY_NOT_INT",
    sqlState: "42K06",
    parameters: { key, value },
  });
}
