/** What must hold of a commit whatever wrote it. */
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import type { Action, Protocol, TableMetadata } from "../actions.ts";
import { highestReaderVersion, highestWriterVersion, tableFeatures } from "../table-features.ts";

/**
 * Refuses tables whose protocol says more than is known here.
 *
 * @throws UnsupportedError `DELTA_UNSUPPORTED_FEATURES_FOR_WRITE`, `DELTA_INVALID_PROTOCOL_VERSION`
 */
export function checkWritable({ minReaderVersion, minWriterVersion, ...features }: Protocol, table: string): void {
  if (minWriterVersion > highestWriterVersion || minReaderVersion > highestReaderVersion)
    throw new UnsupportedError(
      `The Delta table ${table} needs writer version ${minWriterVersion} and reader version ${minReaderVersion}; known are versions up to ${highestWriterVersion} and ${highestReaderVersion}`,
      {
        condition: "DELTA_INVALID_PROTOCOL_VERSION",
        sqlState: "KD004",
        parameters: { tableNameOrPath: table },
        hint: "Write to the table with a newer release.",
      },
    );
  const named = [...(features.writerFeatures ?? []), ...(features.readerFeatures ?? [])];
  const unknown = [...new Set(named)].filter((name) => tableFeatures[name]?.support !== "read and write");
  if (unknown.length === 0) return;
  throw new UnsupportedError(`The Delta table ${table} has features that are not written: ${unknown.join(", ")}`, {
    condition: "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
    sqlState: "56038",
    parameters: { tableNameOrPath: table, unsupported: unknown.join(", ") },
    hint: tableFeatures[unknown[0]!]?.hint ?? "Write to the table with a program that knows them.",
  });
}

/** @throws AnalysisError `DELTA_CANNOT_MODIFY_APPEND_ONLY` where rows would go from a table that only takes new ones */
export function checkAppendOnly(actions: readonly Action[], metadata: TableMetadata | undefined, table: string): void {
  if (metadata?.configuration?.["delta.appendOnly"] !== "true") return;
  if (!actions.some(({ remove }) => remove?.dataChange === true)) return;
  throw new AnalysisError(
    "This table is configured to only allow appends. If you would like to permit updates or deletes, use 'ALTER TABLE " +
      `${metadata.name ?? `delta.\`${table}\``} SET TBLPROPERTIES (delta.appendOnly=false)'`,
    {
      condition: "DELTA_CANNOT_MODIFY_APPEND_ONLY",
      sqlState: "42809",
      parameters: { table_name: metadata.name ?? "null", config: "delta.appendOnly" },
    },
  );
}
