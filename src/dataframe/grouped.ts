/** Groups of rows that wait for their aggregates. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { columnExpression } from "../functions/column.ts";
import type { Untyped } from "../functions/kinds.ts";
import { literalOf } from "../functions/literal.ts";
import type { ColumnLike } from "../functions/phantom.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { Row } from "../functions/value-kinds.ts";
import type { Alias, Expression } from "../plan/expression.ts";
import type { Grouping, Pivot, Relation } from "../plan/relation.ts";
import type { StructType } from "../types/data-type.ts";
import { expectArgument } from "./arguments.ts";
import { type BatchColumns, type BatchResult, functionName, statedSchema } from "./batch-function.ts";
import { Cogrouped } from "./cogrouped.ts";
import type { DataFrame } from "./dataframe.ts";
import type { Derive } from "./derive.ts";
import { groupFunction } from "./group-function.ts";
import type { Group, Key } from "./group-reader.ts";
import type { Grouped as GroupedRows, PivotValue, Shortcut } from "./grouped-kinds.ts";
import type { Suggest, ValidAll, ValidName, ValidNames } from "./schema-kinds.ts";

/** What rows are grouped by. */
export interface Groups {
  readonly input: Relation;
  readonly type: Exclude<Grouping, "all">;
  readonly grouping: readonly Expression[];
  readonly groupingSets?: readonly (readonly Expression[])[];
  readonly pivot?: Pivot;
}

/**
 * Groups of rows, made by `groupBy`, `rollup`, `cube` and `groupingSets`; `V` holds the names of a pivot's columns.
 *
 * Spark: `pyspark.sql.GroupedData`.
 *
 * @example
 * ```ts
 * sales.groupBy("user").agg(sum("amount").as("total"), max("day").as("last"));
 * ```
 */
export class Grouped<S, Keys, V extends string = never> {
  readonly #groups: Groups;
  readonly #derive: Derive;

  /** Programs make groups with `groupBy`. */
  constructor(groups: Groups, derive: Derive) {
    this.#groups = groups;
    this.#derive = derive;
  }

  /**
   * A row for each group: its keys, then the aggregates.
   *
   * @param columns - aggregates
   * @throws AnalysisError `MISSING_AGGREGATION` at the first action for a column that is no aggregate of the groups
   * @example sales.groupBy("country").agg(sum("amount").as("total"), count("*").as("sales"));
   */
  agg<const C extends readonly ColumnLike[]>(...columns: ValidAll<S, C>): DataFrame<GroupedRows<S, Keys, V, C>> {
    expectArgument("agg", "columns one after the other", columns, 'agg(max("amount"), min("day"))');
    return this.#aggregate(
      "agg",
      columns.map((column) => columnExpression(column)),
    );
  }

  /**
   * The number of rows of each group, as `count`.
   *
   * @example sales.groupBy("country").count();
   */
  count(): DataFrame<Shortcut<S, Keys, V, "count", readonly []>> {
    return this.#aggregate("count", [aliased(call("count", literalOf(1)), "count")]);
  }

  /**
   * The sum of each column, as `sum(column)`.
   *
   * @param columns - names of columns of numbers or of texts that are numbers; nulls are left out
   * @throws UnsupportedError without a name
   * @throws ExecutionError `CAST_INVALID_INPUT` for a text that is no number
   * @example sales.groupBy("country").sum("amount");
   */
  sum<const N extends readonly Suggest<S>[]>(...columns: ValidNames<S, N>): DataFrame<Shortcut<S, Keys, V, "sum", N>> {
    return this.#shortcut("sum", columns);
  }

  /**
   * The mean of each column, as `avg(column)`.
   *
   * @param columns - names of columns of numbers or of texts that are numbers; nulls are left out
   * @throws UnsupportedError without a name
   * @throws ExecutionError `CAST_INVALID_INPUT` for a text that is no number
   * @example sales.groupBy("country").avg("amount");
   */
  avg<const N extends readonly Suggest<S>[]>(...columns: ValidNames<S, N>): DataFrame<Shortcut<S, Keys, V, "avg", N>> {
    return this.#shortcut("avg", columns);
  }

  /**
   * The smallest value of each column, as `min(column)`.
   *
   * @param columns - names of columns of any type that has an order; nulls are left out
   * @throws UnsupportedError without a name
   * @example sales.groupBy("country").min("amount");
   */
  min<const N extends readonly Suggest<S>[]>(...columns: ValidNames<S, N>): DataFrame<Shortcut<S, Keys, V, "min", N>> {
    return this.#shortcut("min", columns);
  }

  /**
   * The largest value of each column, as `max(column)`.
   *
   * @param columns - names of columns of any type that has an order; nulls are left out
   * @throws UnsupportedError without a name
   * @example sales.groupBy("country").max("amount");
   */
  max<const N extends readonly Suggest<S>[]>(...columns: ValidNames<S, N>): DataFrame<Shortcut<S, Keys, V, "max", N>> {
    return this.#shortcut("max", columns);
  }

  /**
   * A column for each value of a column.
   *
   * @param column - whose values become columns
   * @param values - those values; without them they are looked up when the plan is run, and the compiler knows no names
   * @throws AnalysisError `REPEATED_CLAUSE` when the groups are pivoted already
   * @throws UnsupportedError after `rollup` and `cube`, as in Spark
   * @example
   * ```ts
   * sales.groupBy("day").pivot("country", ["IN", "US"]).agg(sum("amount"));
   * ```
   */
  pivot<const N extends Suggest<S>, const W extends readonly PivotValue[] = readonly string[]>(
    column: ValidName<S, N>,
    values?: W,
  ): Grouped<S, Keys, `${W[number]}`> {
    if (values !== undefined) expectArgument("pivot", "a list", values, 'pivot("country", ["IN", "US"])');
    if (this.#groups.type === "pivot") throw repeatedPivot();
    if (this.#groups.type !== "group by") throw pivotAfter(this.#groups.type);
    const pivot = {
      column: columnExpression(column),
      ...(values === undefined ? {} : { values: values.map(literalOf) }),
    };
    return new Grouped({ ...this.#groups, type: "pivot", pivot }, this.#derive);
  }

  /**
   * What a function makes of each group: it is called with an array of values for each column of the group's rows, and
   * gives an array for each column of `schema`, of any length. All rows of a group are in memory at once. Groups come in
   * the order of their keys, the rows of a group in the order of the input.
   *
   * Spark: `pyspark.sql.GroupedData.applyInPandas` and `applyInArrow`. It runs in this process: the embedded engine only.
   *
   * @param call - takes columns by name, how many rows they have, and the group's key by name; may be async
   * @param schema - the columns that it gives, as DDL text or a schema
   * @throws ParseError when the text is no DDL
   * @throws UnsupportedError after `rollup`, `cube` and `pivot`
   * @example
   * ```ts
   * sales.groupBy("user").applyBatches(
   *   ({ amount }, rows, { user }) => ({ user: [user], middle: [Array.from(amount).sort()[rows >> 1] ?? null] }),
   *   "user STRING, middle DOUBLE",
   * );
   * ```
   */
  applyBatches<const T extends string>(
    call: (
      columns: BatchColumns<S>,
      rows: number,
      key: Row<Keys>,
    ) => BatchResult<Ddl<T>> | Promise<BatchResult<Ddl<T>>>,
    schema: T,
  ): DataFrame<Ddl<T>>;
  applyBatches(
    call: (
      columns: BatchColumns<S>,
      rows: number,
      key: Row<Keys>,
    ) => BatchResult<Untyped> | Promise<BatchResult<Untyped>>,
    schema: StructType,
  ): DataFrame;
  applyBatches<T>(
    call: (columns: never, rows: number, key: never) => never,
    schema: string | StructType,
  ): DataFrame<T> {
    const grouping = plainGrouping(this.#groups, "applyBatches");
    const wrapped = ([group]: readonly Group[], key: Key) => call(group!.columns as never, group!.rows, key as never);
    const applied = groupFunction(functionName(call, "applyBatches"), wrapped, statedSchema(schema));
    return this.#derive("applyBatches", (input) => ({ kind: "apply to groups", input, grouping, function: applied }));
  }

  /**
   * These groups together with those of another DataFrame that have equal keys, for `applyBatches`.
   *
   * Spark: `pyspark.sql.GroupedData.cogroup`.
   *
   * @param other - groups by as many columns
   * @throws UnsupportedError after `rollup`, `cube` and `pivot`
   * @example
   * ```ts
   * sales.groupBy("user").cogroup(visits.groupBy("user")).applyBatches(
   *   (sold, visited, { user }) => ({ user: [user], sales: [sold.amount.length], visits: [visited.day.length] }),
   *   "user STRING, sales INT, visits INT",
   * );
   * ```
   */
  cogroup<R, OtherKeys>(other: Grouped<R, OtherKeys>): Cogrouped<S, R, Keys> {
    const leftGrouping = plainGrouping(this.#groups, "cogroup");
    const rightGrouping = plainGrouping(other.#groups, "cogroup");
    const right = other.#groups.input;
    return new Cogrouped((applied) =>
      this.#derive("applyBatches", (left) => ({
        kind: "apply to cogroups",
        left,
        right,
        leftGrouping,
        rightGrouping,
        function: applied,
      })),
    );
  }

  #shortcut<T>(name: string, columns: readonly unknown[]): DataFrame<T> {
    expectArgument(name, "names one after the other", columns, `${name}("amount", "tax")`);
    if (columns.length === 0) {
      throw new UnsupportedError(
        `${name}() without columns needs the schema, which is not known before the plan runs`,
        {
          hint: `Name the columns: .${name}("amount").`,
        },
      );
    }
    return this.#aggregate(
      name,
      columns.map((column) => call(name, columnExpression(column))),
    );
  }

  #aggregate<T>(method: string, aggregates: readonly Expression[]): DataFrame<T> {
    return this.#derive(method, () => ({ kind: "aggregate", ...this.#groups, aggregates }));
  }
}

const call = (name: string, argument: Expression): Expression =>
  Object.freeze({ kind: "call", name: [name], arguments: [argument] });

const aliased = (input: Expression, name: string): Alias => Object.freeze({ kind: "alias", input, names: [name] });

function plainGrouping({ type, grouping }: Groups, method: string): readonly Expression[] {
  if (type === "group by") return grouping;
  throw new UnsupportedError(`${method} is not possible after ${type}`, { hint: "Group with groupBy(…)." });
}

const repeatedPivot = (): AnalysisError =>
  new AnalysisError("The PIVOT clause may be used at most once per SUBQUERY operation", {
    condition: "REPEATED_CLAUSE",
    sqlState: "42614",
    parameters: { clause: "PIVOT", operation: "SUBQUERY" },
  });

const pivotAfter = (type: string): UnsupportedError =>
  new UnsupportedError(`pivot is not possible after ${type}`, {
    condition: "UNSUPPORTED_FEATURE.PIVOT_AFTER_GROUP_BY",
    hint: "Group with groupBy(…), and pivot its result.",
  });
