/** `spark.catalog`: the temporary views of a session. */
import { isLakewrightError } from "../errors.ts";
import { nameParts } from "../functions/column-name.ts";
import { identified } from "./derive.ts";
import type { SessionState } from "./session-state.ts";

/**
 * The temporary views of a session. Spark: `pyspark.sql.Catalog`.
 *
 * @example
 * ```ts
 * if (await spark.catalog.tableExists("sales")) await spark.catalog.dropTempView("sales");
 * ```
 */
export class Catalog {
  readonly #state: SessionState;

  /** Programs reach it by `spark.catalog`. */
  constructor(state: SessionState) {
    this.#state = state;
  }

  /** Whether a table or view of that name exists. */
  async tableExists(name: string): Promise<boolean> {
    const relation = identified({ kind: "read table", name: nameParts(name), options: {}, isStreaming: false });
    try {
      await this.#state.resolveSchema(relation);
      return true;
    } catch (error) {
      if (isLakewrightError(error) && error.condition === "TABLE_OR_VIEW_NOT_FOUND") return false;
      throw error;
    }
  }

  /** Drops a temporary view of this session; false when there is none. */
  dropTempView(name: string): Promise<boolean> {
    return this.#drop(name, name, false);
  }

  /** Drops a view of all sessions; false when there is none. */
  dropGlobalTempView(name: string): Promise<boolean> {
    return this.#drop(name, `global_temp.${name}`, true);
  }

  async #drop(name: string, fullName: string, global: boolean): Promise<boolean> {
    if (!(await this.tableExists(fullName))) return false;
    await this.#state.executeCommand({ kind: "drop view", name, global });
    return true;
  }
}
