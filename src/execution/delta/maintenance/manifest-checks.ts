/** Which tables can have manifests: those of which the files alone tell the rows. */
import type { Action } from "../../../delta/actions.ts";
import { mappingMode } from "../../../delta/column-mapping.ts";
import { fileColumns, rowsIn } from "../../../delta/file-chunk.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { AnalysisError } from "../../../errors.ts";
import type { OpenTable } from "../open-table.ts";

/** The form of the lists, as `GENERATE` names it. */
export const manifestMode = "symlink_format_manifest";

const isOn = (value: string | undefined): boolean => value?.toLowerCase() === "true";

/** Whether every change of the table brings its manifests up to date. */
export const keepsManifests = ({ metadata }: OpenTable["transaction"]): boolean =>
  isOn(metadata?.configuration?.["delta.compatibility.symlinkFormatManifest.enabled"]);

/**
 * Checks that a table that keeps manifests can do so once the actions are committed.
 *
 * @throws AnalysisError `DELTA_VIOLATE_TABLE_PROPERTY_VALIDATION_FAILED`, as `checkListable` does
 */
export function checkManifests({ snapshot, transaction }: OpenTable, actions: readonly Action[]): void {
  if (!keepsManifests(transaction)) return;
  const { name, id, configuration } = transaction.metadata!;
  if (isOn(configuration?.["delta.enableDeletionVectors"])) throw bothAsked(name ?? id);
  const begins = transaction.metadata !== transaction.base.metadata && snapshot !== undefined;
  if (actions.some(({ add }) => add?.deletionVector !== undefined) || (begins && hasVectors(snapshot)))
    throw vectorsThere(name ?? id);
  if (changesFiles(actions) && mappingMode(transaction.metadata!) !== "none") throw withMapping();
}

/** Whether a commit has other files than the one before it. */
export const changesFiles = (actions: readonly Action[]): boolean =>
  actions.some(({ add, remove }) => add !== undefined || remove !== undefined);

/**
 * Checks that the files of a table tell its rows to those who do not read the log.
 *
 * @throws AnalysisError `DELTA_UNSUPPORTED_MANIFEST_GENERATION_WITH_COLUMN_MAPPING`,
 *   `DELTA_UNSUPPORTED_GENERATE_WITH_DELETION_VECTORS`
 */
export function checkListable(snapshot: Snapshot): void {
  if (mappingMode(snapshot.metadata) !== "none") throw withMapping();
  if (hasVectors(snapshot)) throw withVectors(snapshot.table);
}

const hasVectors = ({ chunks }: Pick<Snapshot, "chunks">): boolean =>
  chunks.some((chunk) => {
    const { deletionVector } = fileColumns(chunk);
    return rowsIn(chunk).some((row) => deletionVector(row) !== undefined);
  });

const withMapping = (): AnalysisError =>
  new AnalysisError(
    "Manifest generation is not supported for tables that leverage column mapping, as external readers cannot read these Delta tables",
    {
      condition: "DELTA_UNSUPPORTED_MANIFEST_GENERATION_WITH_COLUMN_MAPPING",
      sqlState: "0AKDC",
      hint: "The files have other names for the columns than the table: give the readers a copy of the table without the property delta.columnMapping.mode.",
    },
  );

const withVectors = (table: string): AnalysisError =>
  new AnalysisError(
    `The 'GENERATE ${manifestMode}' command is not supported on table versions with deletion vectors (table ${table})`,
    {
      condition: "DELTA_UNSUPPORTED_GENERATE_WITH_DELETION_VECTORS",
      sqlState: "0A000",
      hint: "Set delta.enableDeletionVectors to false, then write the files without the deleted rows: REORG TABLE … APPLY (PURGE).",
    },
  );

const violated = (subCondition: string, table: string, reason: string, hint: string): AnalysisError =>
  new AnalysisError(`The validation of the properties of table ${table} has been violated: ${reason}`, {
    condition: `DELTA_VIOLATE_TABLE_PROPERTY_VALIDATION_FAILED.${subCondition}`,
    sqlState: "0A000",
    parameters: { table },
    hint,
  });

const bothAsked = (table: string): AnalysisError =>
  violated(
    "PERSISTENT_DELETION_VECTORS_WITH_INCREMENTAL_MANIFEST_GENERATION",
    table,
    "Persistent deletion vectors and incremental symlink manifest generation are mutually exclusive",
    "Set only one of delta.enableDeletionVectors and delta.compatibility.symlinkFormatManifest.enabled.",
  );

const vectorsThere = (table: string): AnalysisError =>
  violated(
    "EXISTING_DELETION_VECTORS_WITH_INCREMENTAL_MANIFEST_GENERATION",
    table,
    "Symlink manifest generation is unsupported while deletion vectors are present in the table",
    "Write the files without the deleted rows first: REORG TABLE … APPLY (PURGE).",
  );
