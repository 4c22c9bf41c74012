/** What is wrong with a Delta table, with Delta's own conditions. */
import { AnalysisError, ExecutionError, listed, UnsupportedError } from "../errors.ts";

/** @param path - where nothing is */
export const noSuchTable = (path: string): AnalysisError =>
  new AnalysisError(`Path does not exist: ${path}`, {
    condition: "PATH_NOT_FOUND",
    sqlState: "42K03",
    parameters: { path },
    hint: "A Delta table is a folder that holds _delta_log. Check the path, or write a table there first.",
  });

/** @param found - what stands at the path, as a phrase */
export const notDelta = (path: string, found: string): AnalysisError =>
  new AnalysisError(`\`${path}\` is not a Delta table: ${found}`, {
    condition: "DELTA_TABLE_NOT_FOUND",
    sqlState: "42P01",
    parameters: { tableName: `\`${path}\`` },
    hint: "A Delta table is a folder that holds _delta_log. Check the path, or read the files in their own format.",
  });

/** @param missing - the first version that is not there */
export const logGap = (path: string, missing: number, from: number, to: number): ExecutionError =>
  new ExecutionError(
    `Versions (${from} to ${to}) of the Delta table ${path} are not contiguous: the commit of version ${missing} is missing`,
    {
      condition: "DELTA_VERSIONS_NOT_CONTIGUOUS",
      sqlState: "KD00C",
      parameters: { path, version: String(missing) },
      hint: `Files of _delta_log must not be deleted or renamed by hand: put ${missing} back, or read a version before it with versionAsOf.`,
    },
  );

export const truncatedLog = (path: string, first: number): ExecutionError =>
  new ExecutionError(
    `The log of the Delta table ${path} begins with version ${first} and no checkpoint from which that could be read`,
    {
      condition: "DELTA_TRUNCATED_TRANSACTION_LOG",
      sqlState: "42K03",
      parameters: { path, version: String(first) },
      hint: "The commits before it, or the checkpoint that stood for them, were deleted: put them back.",
    },
  );

export const noSuchVersion = (version: number, earliest: number, latest: number): AnalysisError =>
  new AnalysisError(
    `Cannot time travel Delta table to version ${version}. Available versions: [${earliest}, ${latest}]`,
    {
      condition: "DELTA_VERSION_NOT_FOUND",
      sqlState: "22003",
      parameters: { userVersion: String(version), earliest: String(earliest), latest: String(latest) },
      hint: `Give a version from ${earliest} to ${latest}.`,
    },
  );

export const noMetadata = (path: string, version: number, what: "Protocol" | "Metadata"): ExecutionError =>
  new ExecutionError(`The ${what} of the Delta table ${path} could not be recovered at version ${version}`, {
    condition: "DELTA_STATE_RECOVER_ERROR",
    sqlState: "XXKDS",
    parameters: { operation: what, version: String(version) },
    hint: "The log is damaged: a commit or a checkpoint of the table lacks it.",
  });

/** @param faults - what the checksum and the log say differently */
export const failedIntegrity = (path: string, version: number, faults: readonly string[]): ExecutionError =>
  new ExecutionError(
    `The log of the Delta table ${path} has failed integrity checks at version ${version}: ${faults.join("; ")}`,
    {
      condition: "DELTA_TXN_LOG_FAILED_INTEGRITY",
      sqlState: "XXKDS",
      parameters: { version: String(version), mismatchStringOpt: faults.join("\n") },
      hint: "Files of _delta_log were changed by hand, or a program wrote a wrong checksum. FSCK REPAIR TABLE writes the checksum anew from the log.",
    },
  );

/** @param features - with what to do about each */
export const unsupportedFeatures = (
  path: string,
  mode: "read" | "write",
  features: readonly { readonly name: string; readonly hint: string }[],
): UnsupportedError => {
  const names = features.map(({ name }) => name);
  return new UnsupportedError(
    `Unable to ${mode} this table because it requires ${mode}er table feature(s) that are unsupported: ${listed(names)} (table ${path})`,
    {
      condition: mode === "read" ? "DELTA_UNSUPPORTED_FEATURES_FOR_READ" : "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
      sqlState: "56038",
      parameters: { tableNameOrPath: path, unsupported: names.join(", ") },
      hint: [...new Set(features.map(({ hint }) => hint))].join(" "),
    },
  );
};

export const unsupportedProtocol = (path: string, reader: number, writer: number): UnsupportedError =>
  new UnsupportedError(
    `The Delta protocol version of the table ${path} is too new: it needs reader version ${reader} and writer version ${writer}, this version of Lakewright supports readers 1 to 3 and writers 1 to 7`,
    {
      condition: "DELTA_INVALID_PROTOCOL_VERSION",
      sqlState: "KD004",
      parameters: { tableNameOrPath: path, readerRequired: String(reader), writerRequired: String(writer) },
      hint: "Upgrade Lakewright, or read the table with the program that wrote it.",
    },
  );
