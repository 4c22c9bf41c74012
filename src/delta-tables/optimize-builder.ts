/** Files of a table put together. */
import type { DataFrame } from "../dataframe/dataframe.ts";
import type { ActionOptions, SessionState } from "../dataframe/session-state.ts";
import { parseExpression } from "../functions/parsers.ts";
import type { OptimizeTable } from "../plan/maintenance-command.ts";
import { answerOf } from "./commands.ts";

/**
 * What `table.optimize()` makes: which partitions, then how.
 *
 * Spark: `delta.tables.DeltaOptimizeBuilder`.
 *
 * @example await events.optimize().where("day = '2026-01-01'").executeCompaction();
 */
export class DeltaOptimizeBuilder {
  readonly #state: SessionState;
  readonly #command: OptimizeTable;

  /** Programs reach it by `table.optimize()`. */
  constructor(state: SessionState, command: OptimizeTable) {
    this.#state = state;
    this.#command = command;
  }

  /**
   * Only partitions that meet a condition.
   *
   * @param condition - SQL text over the columns of the partitions
   * @throws ParseError when the text is no expression; what executes fails under `DELTA_NON_PARTITION_COLUMN_REFERENCE`
   * for other columns
   * @example await events.optimize().where("day >= '2026-01-01'").executeCompaction();
   */
  where(condition: string): DeltaOptimizeBuilder {
    return new DeltaOptimizeBuilder(this.#state, { ...this.#command, condition: parseExpression(condition) });
  }

  /**
   * Puts small files together; gives a row of metrics.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @example await users.optimize().executeCompaction();
   */
  executeCompaction(options: ActionOptions = {}): Promise<DataFrame> {
    return answerOf(this.#command, this.#state, options);
  }

  /**
   * Writes files with deleted rows anew without these; gives a row of metrics.
   *
   * Spark: `REORG TABLE … APPLY (PURGE)`.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @example await users.optimize().executePurge();
   */
  executePurge(options: ActionOptions = {}): Promise<DataFrame> {
    return answerOf({ ...this.#command, purges: true }, this.#state, options);
  }

  /**
   * Puts rows beside their likes by some columns; gives a row of metrics.
   *
   * @param columns - names of columns that are no partitions
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST`
   * @example await users.optimize().executeZOrderBy(["id"]);
   */
  executeZOrderBy(columns: readonly string[], options: ActionOptions = {}): Promise<DataFrame> {
    return answerOf({ ...this.#command, zOrderBy: columns }, this.#state, options);
  }
}
