/** `df.mergeInto`: rows merged into a table, clause by clause. */
import { AnalysisError } from "../errors.ts";
import { columnExpression, valueExpression } from "../functions/column.ts";
import { nameParts } from "../functions/column-name.ts";
import { parseExpression } from "../functions/parsers.ts";
import type { ColumnLike } from "../functions/phantom.ts";
import type { MergeInto } from "../plan/command.ts";
import type { Expression, MergeAction } from "../plan/expression.ts";
import { callOrigin } from "./origin.ts";
import type { ActionOptions, SessionState } from "./session-state.ts";

/** A condition: a column, or SQL text such as `"source.id = target.id"`. */
export type MergeCondition = ColumnLike | string;

/** The values of a clause by the table's columns. */
export type MergeAssignments = Readonly<Record<string, ColumnLike>>;

type Merge = Omit<MergeInto, "kind" | "origin">;
type Clauses = "matched" | "notMatched" | "notMatchedBySource";
type Append = (action: MergeAction["action"], assignments?: MergeAssignments) => MergeIntoWriter;

/**
 * Merges a DataFrame into a table. Its methods make new writers; `merge` writes.
 *
 * The first clause of its kind whose condition holds decides what becomes of a row. Tables of plain files take no merges.
 *
 * Spark: `pyspark.sql.MergeIntoWriter`.
 *
 * @example
 * ```ts
 * await changes.alias("source")
 *   .mergeInto("shop.sales", "source.id = shop.sales.id")
 *   .whenMatched("source.gone").delete()
 *   .whenMatched().updateAll()
 *   .whenNotMatched().insertAll()
 *   .merge();
 * ```
 */
export class MergeIntoWriter {
  readonly #state: SessionState;
  readonly #merge: Merge;

  /** Programs reach it by `df.mergeInto(table, condition)`. */
  constructor(state: SessionState, merge: Merge) {
    this.#state = state;
    this.#merge = merge;
  }

  /**
   * What becomes of rows of the table that match, all or those that meet a condition too.
   *
   * @param condition - over columns of both sides; a row for which it is null does not meet it
   * @throws ParseError when a text is no expression
   * @example const writer = merge.whenMatched("source.amount > 5").updateAll();
   */
  whenMatched(condition?: MergeCondition): WhenMatched {
    return new WhenMatched(this.#clause("matched", condition));
  }

  /**
   * What becomes of rows that match none of the table.
   *
   * @param condition - over columns of the source; all such rows when absent
   * @throws ParseError when a text is no expression
   * @example const writer = merge.whenNotMatched().insertAll();
   */
  whenNotMatched(condition?: MergeCondition): WhenNotMatched {
    return new WhenNotMatched(this.#clause("notMatched", condition));
  }

  /**
   * What becomes of rows of the table that nothing matches.
   *
   * @param condition - over columns of the table; all such rows when absent
   * @throws ParseError when a text is no expression
   * @example const writer = merge.whenNotMatchedBySource("amount < 1").delete();
   */
  whenNotMatchedBySource(condition?: MergeCondition): WhenNotMatchedBySource {
    return new WhenNotMatchedBySource(this.#clause("notMatchedBySource", condition));
  }

  /**
   * Lets the table take the columns that it does not have yet.
   *
   * @example const writer = merge.withSchemaEvolution().whenMatched().updateAll();
   */
  withSchemaEvolution(): MergeIntoWriter {
    return new MergeIntoWriter(this.#state, { ...this.#merge, schemaEvolution: true });
  }

  /**
   * Merges.
   *
   * @param options - `signal`, `onStart`
   * @throws AnalysisError `NO_MERGE_ACTION_SPECIFIED` without a clause; `TABLE_OR_VIEW_NOT_FOUND`
   * @throws AnalysisError `UNSUPPORTED_FEATURE.TABLE_OPERATION` for tables of plain files
   * @example await merge.whenMatched().updateAll().whenNotMatched().insertAll().merge();
   */
  async merge(options: ActionOptions = {}): Promise<void> {
    const { matched, notMatched, notMatchedBySource } = this.#merge;
    if (matched.length + notMatched.length + notMatchedBySource.length === 0) throw noAction();
    const origin = this.#state.recordsOrigins ? { origin: callOrigin("merge") } : {};
    await this.#state.executeCommand(Object.freeze({ kind: "merge into", ...this.#merge, ...origin }), options);
  }

  #clause(clauses: Clauses, condition: MergeCondition | undefined): Append {
    return (action, assignments = {}) => {
      const made = mergeAction(action, condition, assignments);
      return new MergeIntoWriter(this.#state, { ...this.#merge, [clauses]: [...this.#merge[clauses], made] });
    };
  }
}

/** What becomes of rows that match. */
export class WhenMatched {
  readonly #append: Append;

  /** Programs reach it by `whenMatched`. */
  constructor(append: Append) {
    this.#append = append;
  }

  /**
   * Gives all columns of the table the values of the columns with their names.
   *
   * @example const writer = merge.whenMatched().updateAll();
   */
  updateAll(): MergeIntoWriter {
    return this.#append("update all");
  }

  /**
   * Gives some columns of the table new values.
   *
   * @param assignments - columns by name; those that are not named keep their values
   * @example const writer = merge.whenMatched().update({ amount: col("source.amount") });
   */
  update(assignments: MergeAssignments): MergeIntoWriter {
    return this.#append("update", assignments);
  }

  /**
   * Takes the rows out of the table.
   *
   * @example const writer = merge.whenMatched("source.amount IS NULL").delete();
   */
  delete(): MergeIntoWriter {
    return this.#append("delete");
  }
}

/** What becomes of rows that match none of the table. */
export class WhenNotMatched {
  readonly #append: Append;

  /** Programs reach it by `whenNotMatched`. */
  constructor(append: Append) {
    this.#append = append;
  }

  /**
   * Adds the rows, columns by name.
   *
   * @example const writer = merge.whenNotMatched().insertAll();
   */
  insertAll(): MergeIntoWriter {
    return this.#append("insert all");
  }

  /**
   * Adds rows of these values.
   *
   * @param assignments - columns by name; those that are not named get their default, or null
   * @example const writer = merge.whenNotMatched().insert({ user: col("source.user"), amount: lit(0) });
   */
  insert(assignments: MergeAssignments): MergeIntoWriter {
    return this.#append("insert", assignments);
  }
}

/** What becomes of rows of the table that nothing matches. */
export class WhenNotMatchedBySource extends WhenMatched {}

/** The merge of rows into a table, without a clause yet. */
export const emptyMerge = (table: string, source: Merge["source"], condition: MergeCondition): Merge => ({
  target: nameParts(table),
  source,
  condition: mergeCondition(condition),
  matched: [],
  notMatched: [],
  notMatchedBySource: [],
  schemaEvolution: false,
});

/** A clause. */
export const mergeAction = (
  action: MergeAction["action"],
  condition: MergeCondition | undefined,
  assignments: MergeAssignments = {},
): MergeAction => ({
  kind: "merge action",
  action,
  ...(condition === undefined ? {} : { condition: mergeCondition(condition) }),
  assignments: mergeAssignments(assignments),
});

/** A condition as an expression. */
export const mergeCondition = (condition: MergeCondition): Expression =>
  typeof condition === "string" ? parseExpression(condition) : valueExpression(condition);

/** Values by column as a clause has them. */
export const mergeAssignments = (assignments: MergeAssignments): MergeAction["assignments"] =>
  Object.entries(assignments).map(([name, value]) => ({
    kind: "merge assignment",
    column: columnExpression(name),
    value: valueExpression(value),
  }));

const noAction = (): AnalysisError =>
  new AnalysisError(
    "df.mergeInto needs to be followed by at least one of whenMatched/whenNotMatched/whenNotMatchedBySource",
    {
      condition: "NO_MERGE_ACTION_SPECIFIED",
      sqlState: "42K0E",
      hint: "Say what becomes of rows: .whenMatched().updateAll(), .whenNotMatched().insertAll().",
    },
  );
