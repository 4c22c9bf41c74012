/** Groups of two DataFrames with equal keys. */
import type { Untyped } from "../functions/kinds.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { Row } from "../functions/value-kinds.ts";
import type { UserFunction } from "../plan/expression.ts";
import type { StructType } from "../types/data-type.ts";
import { type BatchColumns, type BatchResult, functionName, statedSchema } from "./batch-function.ts";
import type { DataFrame } from "./dataframe.ts";
import { groupFunction } from "./group-function.ts";
import type { Group, Key } from "./group-reader.ts";

/**
 * Pairs of groups with equal keys, made by `groupBy(…).cogroup(…)`. Spark: `pyspark.sql.PandasCogroupedOps`.
 */
export class Cogrouped<L, R, Keys> {
  readonly #apply: <T>(applied: UserFunction) => DataFrame<T>;

  /** Programs make pairs of groups with `cogroup`. */
  constructor(apply: <T>(applied: UserFunction) => DataFrame<T>) {
    this.#apply = apply;
  }

  /**
   * What a function makes of each pair of groups: it is called for every key that either side has, with an array of values
   * for each column of both; a side without the key has empty arrays.
   *
   * Spark: `applyInPandas` and `applyInArrow` of co-grouped data. It runs in this process: the embedded engine only.
   *
   * @param call - takes the columns of both sides by name, and the key by the names of the left side; may be async
   * @param schema - the columns that it gives, as DDL text or a schema
   * @throws ParseError when the text is no DDL
   * @example const pairs = sales.groupBy("user").cogroup(users.groupBy("user")).applyBatches((left) => ({ n: [left.user.length] }), "n INT");
   */
  applyBatches<const T extends string>(
    call: (
      left: BatchColumns<L>,
      right: BatchColumns<R>,
      key: Row<Keys>,
    ) => BatchResult<Ddl<T>> | Promise<BatchResult<Ddl<T>>>,
    schema: T,
  ): DataFrame<Ddl<T>>;
  applyBatches(
    call: (
      left: BatchColumns<L>,
      right: BatchColumns<R>,
      key: Row<Keys>,
    ) => BatchResult<Untyped> | Promise<BatchResult<Untyped>>,
    schema: StructType,
  ): DataFrame;
  applyBatches<T>(call: (left: never, right: never, key: never) => never, schema: string | StructType): DataFrame<T> {
    const wrapped = ([left, right]: readonly Group[], key: Key) =>
      call(left!.columns as never, right!.columns as never, key as never);
    return this.#apply(groupFunction(functionName(call, "applyBatches"), wrapped, statedSchema(schema)));
  }
}
