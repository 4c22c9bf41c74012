/** Merges of rows into a table, clause by clause. */
import type { DataFrame } from "../dataframe/dataframe.ts";
import { type MergeCondition, mergeAction } from "../dataframe/merge-writer.ts";
import type { ActionOptions } from "../dataframe/session-state.ts";
import { AnalysisError } from "../errors.ts";
import type { Untyped } from "../functions/kinds.ts";
import type { ColumnLike } from "../functions/phantom.ts";
import type { MergeInto } from "../plan/command.ts";
import type { MergeAction } from "../plan/expression.ts";
import { countsOf } from "./commands.ts";

/** New values by the columns of a table that get them. */
export type AssignmentsTo<S> = Untyped extends S
  ? Readonly<Record<string, ColumnLike>>
  : { readonly [Name in keyof S]?: ColumnLike };

/** How many rows a merge has changed. */
export interface MergeMetrics {
  readonly affected: number;
  readonly updated: number;
  readonly deleted: number;
  readonly inserted: number;
}

type Clauses = "matched" | "notMatched" | "notMatchedBySource";

/** A condition beside the match, and the values. */
interface Setting<S> {
  readonly condition?: MergeCondition;
  readonly set: AssignmentsTo<S>;
}

interface Inserting<S> {
  readonly condition?: MergeCondition;
  readonly values: AssignmentsTo<S>;
}

/**
 * A merge, made by `table.merge(source, condition)`. Its methods make new builders; `execute` merges, as one commit.
 *
 * The first clause of its kind whose condition holds decides what becomes of a row.
 *
 * Spark: `delta.tables.DeltaMergeBuilder`.
 *
 * @example
 * ```ts
 * const { updated, inserted } = await users.alias("t")
 *   .merge(changes.alias("s"), "t.id = s.id")
 *   .whenMatchedDelete("s.gone")
 *   .whenMatchedUpdateAll()
 *   .whenNotMatchedInsertAll()
 *   .execute();
 * ```
 */
export class DeltaMergeBuilder<S = Untyped> {
  readonly #source: DataFrame<unknown>;
  readonly #merge: MergeInto;

  /** Programs reach it by `table.merge(source, condition)`. */
  constructor(source: DataFrame<unknown>, merge: MergeInto) {
    this.#source = source;
    this.#merge = merge;
  }

  /**
   * Gives columns of matched rows new values.
   *
   * @param clause - `set`: the values by column, others stay; `condition`: over columns of both sides, all matches
   * without it
   * @example await merge.whenMatchedUpdate({ set: { name: col("source.name") } }).execute();
   */
  whenMatchedUpdate({ condition, set }: Setting<S>): DeltaMergeBuilder<S> {
    return this.#with("matched", mergeAction("update", condition, set as AssignmentsTo<Untyped>));
  }

  /**
   * Gives all columns of matched rows the values of the columns with their names.
   *
   * @param condition - over columns of both sides; all matches when absent
   * @example await merge.whenMatchedUpdateAll("source.name IS NOT NULL").execute();
   */
  whenMatchedUpdateAll(condition?: MergeCondition): DeltaMergeBuilder<S> {
    return this.#with("matched", mergeAction("update all", condition));
  }

  /**
   * Takes matched rows out of the table.
   *
   * @param condition - over columns of both sides; all matches when absent
   * @example await merge.whenMatchedDelete("source.name = 'gone'").execute();
   */
  whenMatchedDelete(condition?: MergeCondition): DeltaMergeBuilder<S> {
    return this.#with("matched", mergeAction("delete", condition));
  }

  /**
   * Adds rows of these values for rows of the source that match none.
   *
   * @param clause - `values`: by column, others get their default or null; `condition`: over columns of the source
   * @example await merge.whenNotMatchedInsert({ values: { id: col("source.id"), name: lit("new") } }).execute();
   */
  whenNotMatchedInsert({ condition, values }: Inserting<S>): DeltaMergeBuilder<S> {
    return this.#with("notMatched", mergeAction("insert", condition, values as AssignmentsTo<Untyped>));
  }

  /**
   * Adds rows of the source that match none, columns by name.
   *
   * @param condition - over columns of the source; all such rows when absent
   * @example await merge.whenNotMatchedInsertAll().execute();
   */
  whenNotMatchedInsertAll(condition?: MergeCondition): DeltaMergeBuilder<S> {
    return this.#with("notMatched", mergeAction("insert all", condition));
  }

  /**
   * Gives columns of rows that nothing matches new values.
   *
   * @param clause - `set`: the values by column, others stay; `condition`: over columns of the table
   * @example await merge.whenNotMatchedBySourceUpdate({ set: { name: lit("gone") } }).execute();
   */
  whenNotMatchedBySourceUpdate({ condition, set }: Setting<S>): DeltaMergeBuilder<S> {
    return this.#with("notMatchedBySource", mergeAction("update", condition, set as AssignmentsTo<Untyped>));
  }

  /**
   * Takes rows that nothing matches out of the table.
   *
   * @param condition - over columns of the table; all such rows when absent
   * @example await merge.whenNotMatchedBySourceDelete().execute();
   */
  whenNotMatchedBySourceDelete(condition?: MergeCondition): DeltaMergeBuilder<S> {
    return this.#with("notMatchedBySource", mergeAction("delete", condition));
  }

  /**
   * Lets the table take the columns that it does not have yet.
   *
   * @example await merge.withSchemaEvolution().whenMatchedUpdateAll().execute();
   */
  withSchemaEvolution(): DeltaMergeBuilder<S> {
    return new DeltaMergeBuilder(this.#source, { ...this.#merge, schemaEvolution: true });
  }

  /**
   * Merges.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `NO_MERGE_ACTION_SPECIFIED`, `DELTA_MERGE_UNRESOLVED_EXPRESSION`, `DELTA_CONFLICT_SET_COLUMN`
   * @throws ExecutionError `DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE`, `DELTA_VIOLATE_CONSTRAINT_WITH_VALUES`
   * @example const metrics = await merge.whenMatchedUpdateAll().whenNotMatchedInsertAll().execute();
   */
  async execute(options: ActionOptions = {}): Promise<MergeMetrics> {
    const { matched, notMatched, notMatchedBySource } = this.#merge;
    if (matched.length + notMatched.length + notMatchedBySource.length === 0) throw noClause();
    const counts = await countsOf(this.#merge, this.#source.state, options);
    return {
      affected: counts.num_affected_rows!,
      updated: counts.num_updated_rows!,
      deleted: counts.num_deleted_rows!,
      inserted: counts.num_inserted_rows!,
    };
  }

  #with(clauses: Clauses, action: MergeAction): DeltaMergeBuilder<S> {
    return new DeltaMergeBuilder(this.#source, { ...this.#merge, [clauses]: [...this.#merge[clauses], action] });
  }
}

const noClause = (): AnalysisError =>
  new AnalysisError("A merge needs at least one clause before execute()", {
    condition: "NO_MERGE_ACTION_SPECIFIED",
    sqlState: "42K0E",
    hint: "Say what becomes of rows: .whenMatchedUpdateAll(), .whenNotMatchedInsertAll().",
  });
