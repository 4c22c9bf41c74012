/** Slowly changing dimensions of type 2: tables that keep what was, with the times from and until which it held. */
import type { DataFrame } from "../../dataframe/dataframe.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import { isLakewrightError } from "../../errors.ts";
import type { Column } from "../../functions/column.ts";
import { col } from "../../functions/constructors.ts";
import { quoted } from "../../types/identifier.ts";
import type { DeltaTable } from "../delta-table.ts";
import type { MergeMetrics } from "../merge-builder.ts";
import { changesOf, checkRows } from "./changes.ts";
import { type Dimension, dimensionOf } from "./dimension.ts";
import { keyName, valueName } from "./names.ts";
import type { ColumnOf, Scd2Options } from "./options.ts";
import { changedVersions } from "./versions.ts";

/** How often a merge is begun anew when other programs commit meanwhile. */
const ATTEMPTS = 10;

/**
 * Merges changes into a dimension that keeps its history (SCD type 2), as one commit or none.
 *
 * A change says what holds of its key from its time on, until the next time that the table or another change knows of.
 * Versions begin where a tracked column gets another value, null-safe; changes may come late, repeatedly and several of a key
 * at once, and merging them again changes nothing. Late ones split a version, or begin one earlier. A change at the very time
 * at which a version begins corrects it. Columns that are not tracked get the values of the latest of the changes in the
 * version's time, in place. A delete ends the version that holds. Rows keep their surrogate keys. When another program commits meanwhile,
 * the versions are made anew of what the table has become.
 *
 * A change that says what is known already leaves no trace, and neither does a delete of a key that is not there: where older
 * changes may still come after it, track a column that differs in each, such as the sequence.
 *
 * Spark has no SCD type 2; names are those of Databricks' `create_auto_cdc_flow`, conditions those of Spark's AutoCDC.
 *
 * @param table - with columns for the keys, the times of `startAt` and `endAt`, and all other columns of the changes
 * @param changes - a row for each change, with all columns of the table but those that tell of versions
 * @param options - `keys`, `sequenceBy` and the others of `Scd2Options`: which columns tell of versions
 * @param action - `signal`, `timeout`, `onProgress`, `onStart`
 * @returns how many rows of the table were changed, taken out and added
 * @throws AnalysisError `AUTOCDC_EMPTY_KEYS`, `AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA`, `AUTOCDC_KEY_NOT_IN_SELECTED_SCHEMA`,
 * `AUTOCDC_BOTH_COLUMN_LIST_AND_EXCEPT_COLUMN_LIST`, `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE`
 * @throws ExecutionError `AUTOCDC_MICROBATCH_VALIDATION.NULL_KEY` and `.NULL_SEQUENCE`, and
 * `DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE` for two changes of a key at one time that differ
 * @example
 * ```ts
 * const { inserted, updated } = await scd2(customers, updates, {
 *   keys: ["customer_id"],
 *   sequenceBy: "updated_at",
 *   applyAsDeletes: "operation = 'DELETE'",
 *   exceptColumnList: ["operation"],
 * });
 * ```
 */
export async function scd2<S>(
  table: DeltaTable<S>,
  changes: DataFrame<unknown>,
  options: Scd2Options<ColumnOf<S>>,
  action: ActionOptions = {},
): Promise<MergeMetrics> {
  const rows = table.toDF() as DataFrame;
  const dimension = dimensionOf(await rows.schema(), options);
  const given = (await changesOf(changes as DataFrame, dimension, options)).persist();
  try {
    await checkRows(given, dimension, action);
    return await anewOnConflict(() =>
      merged(table as unknown as DeltaTable, changedVersions(rows, given, dimension), dimension, action),
    );
  } finally {
    given.unpersist();
  }
}

const source = (name: string): Column => col(`changed.${name}`) as Column;

/** The one merge: rows go, change or come. */
function merged(
  table: DeltaTable,
  changed: DataFrame,
  dimension: Dimension,
  action: ActionOptions,
): Promise<MergeMetrics> {
  const { keys, startAt, surrogateKey } = dimension;
  const own = (name: string): Column => col(`dimension.${quoted(name)}`) as Column;
  const isKnown = keys
    .map(({ name }, index) => own(name).eq(source(keyName(index))) as Column)
    .reduce((all, next) => all.and(next) as Column, own(startAt.name).eq(source("known")) as Column);
  const set = versionOf(dimension);
  const number = surrogateKey === undefined ? {} : { [quoted(surrogateKey)]: source("number") };
  const named = Object.fromEntries(keys.map(({ name }, index) => [quoted(name), source(keyName(index))]));
  return table
    .alias("dimension")
    .merge(changed.alias("changed"), isKnown)
    .whenMatchedDelete(source("goes"))
    .whenMatchedUpdate({ set })
    .whenNotMatchedInsert({ values: { ...named, ...set, ...number } })
    .execute(action);
}

/** The columns of a version, besides what it is of and its number. */
const versionOf = ({ startAt, endAt, current, attributes }: Dimension): Readonly<Record<string, Column>> => ({
  [quoted(startAt.name)]: source("start"),
  [quoted(endAt)]: source("end"),
  ...(current === undefined ? {} : { [quoted(current)]: source("end").isNull() as Column }),
  ...Object.fromEntries(attributes.map(({ name }, index) => [quoted(name), source(`values.${valueName(index)}`)])),
});

async function anewOnConflict<T>(work: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempt === ATTEMPTS || !isConflict(error)) throw error;
    return anewOnConflict(work, attempt + 1);
  }
}

const isConflict = (error: unknown): boolean =>
  isLakewrightError(error) && /^DELTA_(CONCURRENT|METADATA_CHANGED)/.test(error.condition ?? "");
