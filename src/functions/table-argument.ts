/** A DataFrame as the argument of a table function. */
import { AnalysisError } from "../errors.ts";
import type { Subquery } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { columnExpression } from "./column.ts";
import type { ColumnLike } from "./phantom.ts";
import { sortOrder } from "./window.ts";

/**
 * The rows of a DataFrame as an argument of a table function: the function is called for each row, with the row as a struct.
 * In partitions, an object of its own serves each, so that its state and its `terminate` belong to the partition.
 *
 * Spark: `pyspark.sql.table_arg.TableArg`.
 *
 * @example
 * ```ts
 * spark.table(totals(sales.asTable().partitionBy("user").orderBy("at")));
 * ```
 */
export class TableArgument {
  /** What a plan holds of it. */
  readonly expression: Subquery;

  /** Programs make it by `frame.asTable()`. */
  constructor(plan: Relation, partitioning: Pick<Subquery, "partitionBy" | "orderBy" | "singlePartition"> = {}) {
    this.expression = Object.freeze({ kind: "subquery", form: "table", plan, ...partitioning });
  }

  /**
   * Rows of equal values in a partition.
   *
   * @param columns - names or columns
   * @throws AnalysisError where the partitions are already said
   * @example const table = sales.asTable().partitionBy("country");
   */
  partitionBy(...columns: readonly (string | ColumnLike)[]): TableArgument {
    this.#mustBeWhole("partitionBy");
    return this.#with({ partitionBy: Object.freeze(columns.map((column) => columnExpression(column))) });
  }

  /**
   * The order of the rows in each partition.
   *
   * @param columns - names or columns, ascending without `.desc()`
   * @throws AnalysisError before `partitionBy` or `withSinglePartition`
   * @example const table = sales.asTable().partitionBy("country").orderBy(col("amount").desc());
   */
  orderBy(...columns: readonly (string | ColumnLike)[]): TableArgument {
    if (!this.#isPartitioned)
      throw new AnalysisError("Please call partitionBy() or withSinglePartition() before orderBy()");
    return this.#with({ orderBy: Object.freeze(columns.map(sortOrder)) });
  }

  /**
   * All rows in one partition.
   *
   * @throws AnalysisError where the partitions are already said
   * @example const table = sales.asTable().withSinglePartition();
   */
  withSinglePartition(): TableArgument {
    this.#mustBeWhole("withSinglePartition");
    return this.#with({ singlePartition: true });
  }

  get #isPartitioned(): boolean {
    return this.expression.partitionBy !== undefined || this.expression.singlePartition === true;
  }

  #mustBeWhole(method: string): void {
    if (this.#isPartitioned)
      throw new AnalysisError(`Cannot call ${method}() after partitionBy() or withSinglePartition() has been called`);
  }

  #with(added: Pick<Subquery, "partitionBy" | "orderBy" | "singlePartition">): TableArgument {
    const { plan, partitionBy, orderBy, singlePartition } = this.expression;
    const now = {
      ...(partitionBy === undefined ? {} : { partitionBy }),
      ...(orderBy === undefined ? {} : { orderBy }),
      ...(singlePartition === undefined ? {} : { singlePartition }),
    };
    return new TableArgument(plan, { ...now, ...added });
  }
}
