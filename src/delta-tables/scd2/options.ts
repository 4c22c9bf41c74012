/** What a dimension that keeps its history is made of. */
import type { MergeCondition } from "../../dataframe/merge-writer.ts";
import type { Untyped } from "../../functions/kinds.ts";
import type { ColumnLike } from "../../functions/phantom.ts";

/** The name of a column of a table: one of its schema where the program states that. */
export type ColumnOf<S> = Untyped extends S ? string : keyof S & string;

/** Which columns of a table tell of its versions. */
export interface Scd2Columns<Name extends string = string> {
  /** The business keys: together they name what a row is about, such as a customer. Never null. */
  readonly keys: readonly Name[];
  /** The column of the time from which a version holds; `__START_AT` when absent. */
  readonly startAt?: Name;
  /** The column of the time from which a version holds no more, null while it does; `__END_AT` when absent. */
  readonly endAt?: Name;
}

/**
 * How changes become versions.
 *
 * Databricks: the parameters of `create_auto_cdc_flow` with `stored_as_scd_type = 2`.
 */
export interface Scd2Options<Name extends string = string> extends Scd2Columns<Name> {
  /** From when on a change holds: a column of the changes, of the type of `startAt`. Never null. */
  readonly sequenceBy: string | ColumnLike;
  /** Which changes say that the key is gone: a condition on columns of the changes; none when absent. */
  readonly applyAsDeletes?: MergeCondition;
  /** The columns whose changes make a new version, compared null-safe; all but the keys when absent. */
  readonly trackHistoryColumnList?: readonly Name[];
  /** The columns whose changes make none: the version gets their values in place. */
  readonly trackHistoryExceptColumnList?: readonly Name[];
  /** The columns of the changes that are for the table; all but those of `exceptColumnList` and `sequenceBy` when absent. */
  readonly columnList?: readonly string[];
  /** Columns of the changes that are not for the table. */
  readonly exceptColumnList?: readonly string[];
  /** A BOOLEAN column that says whether a version is the one that holds; none when absent. */
  readonly current?: Name;
  /** A column of whole numbers that names a version, going on from the greatest in the table; none when absent. */
  readonly surrogateKey?: Name;
  /**
   * Columns that the table makes itself, which changes do not give: generated ones, and identity columns, which are the
   * better surrogate keys, since no number comes twice.
   */
  readonly generatedColumnList?: readonly Name[];
}

/** The names of the columns of time where a program does not give them: those of Databricks. */
export const columnsOfTime = ({ startAt = "__START_AT", endAt = "__END_AT" }: Omit<Scd2Columns, "keys">) => ({
  startAt,
  endAt,
});
