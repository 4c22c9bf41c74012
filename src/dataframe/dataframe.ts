/** `DataFrame`: a relation of the plan with the session that runs it, and the methods that make larger ones of it. */

import { AnalysisError } from "../errors.ts";
import { type Column, columnExpression, makeColumn, valueExpression } from "../functions/column.ts";
import { namedExpression } from "../functions/column-name.ts";
import type { KindOf, Lookup } from "../functions/evaluation.ts";
import type { LastPart } from "../functions/generated-name.ts";
import type { Untyped } from "../functions/kinds.ts";
import { literalOf } from "../functions/literal.ts";
import { parseExpression, sqlParser } from "../functions/parsers.ts";
import type { ColumnLike, Exp, Known, LiteralValue } from "../functions/phantom.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import { TableArgument } from "../functions/table-argument.ts";
import { sortOrder } from "../functions/window.ts";
import type { Alias, Expression } from "../plan/expression.ts";
import type { Relation, SetOperation } from "../plan/relation.ts";
import { someNode } from "../plan/rewrite.ts";
import { arrowStream } from "../types/arrow/arrow-stream.ts";
import type { StructType } from "../types/data-type.ts";
import { inspection } from "../types/inspect.ts";
import type { MetadataValue } from "../types/metadata.ts";
import { simpleString, treeString } from "../types/type-name.ts";
import { viewName } from "../types/view-name.ts";
import { expectArgument, given } from "./arguments.ts";
import { type AsOfJoinOptions, asOfJoinRelation } from "./as-of-join.ts";
import { type BatchColumns, type BatchResult, batchFunction, statedSchema } from "./batch-function.ts";
import { identified, type Unidentified } from "./derive.ts";
import type { DataFrameLike, frameSchema } from "./frame-like.ts";
import { Grouped, type Groups } from "./grouped.ts";
import { type JoinOptions, joinRelation, lateralJoinRelation } from "./join.ts";
import type {
  AsOfJoinName,
  Joined,
  JoinKeys,
  JoinName,
  JoinOn,
  LateralJoinName,
  United,
  UnitedLoosely,
  Unmatched,
} from "./join-kinds.ts";
import { emptyMerge, type MergeCondition, MergeIntoWriter } from "./merge-writer.ts";
import { NullFunctions } from "./null-functions.ts";
import { Observation } from "./observation.ts";
import { callOrigin } from "./origin.ts";
import type { Row, RowAs, RowOptions } from "./row-kinds.ts";
import { collectRows, rowsOf } from "./rows.ts";
import type {
  Aggregates,
  AnyColumns,
  Nullable,
  Omitted,
  OnlyKind,
  Predicate,
  Renamed,
  Selected,
  Suggest,
  Valid,
  ValidAll,
  ValidName,
  ValidNames,
  With,
  WithAll,
} from "./schema-kinds.ts";
import type { SparkSession } from "./session.ts";
import { sessionOf } from "./session-of.ts";
import type {
  ActionOptions,
  Execution,
  ExecutionInfo,
  ExplainMode,
  SessionState,
  StorageLevel,
} from "./session-state.ts";
import { type Fractions, randomSeed, StatisticFunctions } from "./statistic-functions.ts";
import { DataFrameWriter } from "./writer.ts";
import { DataFrameWriterV2 } from "./writer-v2.ts";

/** How `show` draws rows. */
export interface ShowOptions extends ActionOptions {
  /** Cuts values at 20 characters (`true`, the default), at a number of them, or not at all. */
  readonly truncate?: boolean | number;
  /** Draws a line a value instead of a line a row. */
  readonly vertical?: boolean;
}

/** How rows are collected. */
export type CollectOptions = RowOptions & ActionOptions;

/**
 * Rows with named columns, computed when an action asks for them.
 *
 * Methods make new DataFrames and read nothing; actions (`collect`, `show`, `count`, …) return promises. `S` is the
 * schema as the compiler knows it; `DataFrame` alone is one about which nothing is known, and takes every other.
 *
 * Spark: `pyspark.sql.DataFrame`.
 *
 * @example
 * ```ts
 * const totals = sales
 *   .filter(col("amount").gt(3))
 *   .groupBy("user")
 *   .agg(sum("amount").as("total"));
 * await totals.show();
 * ```
 */
export class DataFrame<out S = Untyped> implements DataFrameLike<S> {
  /** For the compiler only. */
  declare readonly [frameSchema]: S;
  /** The relation of the plan. */
  readonly plan: Relation;
  /** What runs it. */
  readonly state: SessionState;

  /** Programs make DataFrames with a session. */
  constructor(state: SessionState, plan: Relation) {
    this.state = state;
    this.plan = plan;
  }

  // -------------------------------------------------------------------------------------------- columns

  /**
   * A column of this DataFrame and of no other, which tells the sides of a join apart.
   *
   * @param name - the column; `*` for all
   * @throws AnalysisError `CANNOT_RESOLVE_DATAFRAME_COLUMN` at the first action for a column that this DataFrame does not
   * have
   * @example
   * ```ts
   * sales.join(users, sales.col("user").eq(users.col("id")));
   * ```
   */
  col<S, const N extends Suggest<S>>(
    this: DataFrameLike<S>,
    name: ValidName<S, N>,
  ): Column<Known<Lookup<S, N>, LastPart<N>>> {
    return makeColumn(namedExpression(name as string, partsOf(this).plan.planId));
  }

  /**
   * Columns of this DataFrame or made of them. Aggregates alone make one row of all.
   *
   * @param columns - names or columns; `"*"` for all
   * @throws AnalysisError `UNRESOLVED_COLUMN` at the first action, as all methods that take names of columns
   * @example
   * ```ts
   * sales.select("user", col("amount").multiply(2).as("double"));
   * ```
   */
  select<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): DataFrame<Selected<S, C>> {
    const expressions = expressionsOf(columns, "select");
    return derive(this, "select", (input) => ({ kind: "project", input, expressions }));
  }

  /**
   * Columns as SQL expressions; the compiler knows nothing of them.
   *
   * @param expressions - `amount * 2 AS double`
   * @throws ParseError when a text is no expression
   * @example
   * ```ts
   * sales.selectExpr("user", "amount * 2 AS double");
   * ```
   */
  selectExpr(...expressions: readonly string[]): DataFrame {
    return derive(this, "selectExpr", (input) => ({
      kind: "project",
      input,
      expressions: expressions.map(parseExpression),
    }));
  }

  /**
   * The rows for which a condition is true; rows where it is false or null go.
   *
   * @param condition - a boolean column, or SQL text
   * @throws ParseError when a text is no expression
   * @throws AnalysisError `DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN` at the first action
   * @example
   * ```ts
   * sales.filter(col("amount").gt(3).and(col("user").eq("ann")));
   * ```
   */
  filter<S, const C extends ColumnLike | string>(this: DataFrameLike<S>, condition: Predicate<S, C>): DataFrame<S> {
    return derive(this, "filter", (input) => ({ kind: "filter", input, condition: conditionOf(condition) }));
  }

  /**
   * `filter`, as SQL calls it.
   *
   * @param condition - a boolean column, or SQL text
   * @throws ParseError when a text is no expression
   * @example sales.where(col("amount").gt(5));
   */
  where<S, const C extends ColumnLike | string>(this: DataFrameLike<S>, condition: Predicate<S, C>): DataFrame<S> {
    return derive(this, "where", (input) => ({ kind: "filter", input, condition: conditionOf(condition) }));
  }

  /**
   * This DataFrame with a column added, or replaced where the name exists.
   *
   * @param name - its name
   * @param column - its value
   * @throws AnalysisError `MISSING_GROUP_BY` at the first action for an aggregate without a window
   * @example
   * ```ts
   * sales.withColumn("net", col("amount").divide(1.2));
   * ```
   */
  withColumn<S, const N extends string, C extends ColumnLike>(
    this: DataFrameLike<S>,
    name: N,
    column: Valid<S, C>,
  ): DataFrame<With<S, N, KindOf<S, Exp<C>>>> {
    expectArgument("withColumn", "a column", column, 'withColumn("net", col("amount")), or lit(1) for a value');
    return derive(this, "withColumn", (input) => ({ kind: "with columns", input, columns: [aliased(name, column)] }));
  }

  /**
   * This DataFrame with several columns added or replaced, each computed from the columns as they were.
   *
   * @param columns - columns by name
   * @example
   * ```ts
   * sales.withColumns({ net: col("amount").divide(1.2), year: year("day") });
   * ```
   */
  withColumns<S, const M extends { readonly [name: string]: ColumnLike }>(
    this: DataFrameLike<S>,
    columns: ValidAll<S, M>,
  ): DataFrame<WithAll<S, M>> {
    expectArgument(
      "withColumns",
      "one last object of options",
      columns,
      'withColumns({ net: col("amount").divide(1.2) })',
    );
    const added = Object.entries(columns).map(([name, column]) => aliased(name, column));
    return derive(this, "withColumns", (input) => ({ kind: "with columns", input, columns: added }));
  }

  /**
   * This DataFrame with a column under another name. Spark ignores unknown names; the compiler does not.
   *
   * @param from - the column
   * @param to - its new name
   * @example sales.withColumnRenamed("amount", "price");
   */
  withColumnRenamed<S, const From extends Suggest<S>, const To extends string>(
    this: DataFrameLike<S>,
    from: ValidName<S, From>,
    to: To,
  ): DataFrame<Renamed<S, { [K in From]: To }>> {
    const renames = { [from as string]: to };
    return derive(this, "withColumnRenamed", (input) => ({ kind: "with columns renamed", input, renames }));
  }

  /**
   * This DataFrame with several columns under other names.
   *
   * @param names - new names by old ones
   * @example
   * ```ts
   * sales.withColumnsRenamed({ amount: "price", user: "buyer" });
   * ```
   */
  withColumnsRenamed<S, const M extends { readonly [name: string]: string }>(
    this: DataFrameLike<S>,
    names: { [K in keyof M]: ValidName<S, K> extends K ? M[K] : ValidName<S, K> },
  ): DataFrame<Renamed<S, M>> {
    expectArgument(
      "withColumnsRenamed",
      "one last object of options",
      names,
      'withColumnsRenamed({ amount: "price" })',
    );
    const renames = { ...(names as Record<string, string>) };
    return derive(this, "withColumnsRenamed", (input) => ({ kind: "with columns renamed", input, renames }));
  }

  /**
   * All columns under new names, by position.
   *
   * @param names - as many as there are columns
   * @throws AnalysisError `ASSIGNMENT_ARITY_MISMATCH` at the first action for more or fewer names
   * @example sales.toDF("who", "where", "price", "when");
   */
  toDF<const N extends readonly string[]>(...names: N): DataFrame<Untyped> {
    expectArgument("toDF", "names one after the other", names, 'toDF("who", "price"), or toDF(...names)');
    return derive(this, "toDF", (input) => ({ kind: "to columns", input, names }));
  }

  /**
   * This DataFrame without some columns. Spark ignores unknown names; the compiler does not.
   *
   * @param columns - names, or columns of a DataFrame
   * @example
   * ```ts
   * sales.drop("comment", "source");
   * ```
   */
  drop<S, const N extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidNames<S, N>
  ): DataFrame<Omitted<S, N[number]>> {
    expectArgument("drop", "columns one after the other", columns, 'drop("comment", "source")');
    return derive(this, "drop", (input) => ({ kind: "drop", input, columns: columns.map(droppedColumn) }));
  }

  // -------------------------------------------------------------------------------------------- joins

  /**
   * Pairs of rows of two DataFrames.
   *
   * @param other - the right side
   * @param on - the name of a shared column, several, or a boolean column over both sides; absent for all pairs
   * @param how - the type of the join: `"inner"`, `"left"`, `"right"`, `"full"`, `"semi"`, `"anti"`, `"cross"`
   * @throws AnalysisError `UNSUPPORTED_JOIN_TYPE`; `UNRESOLVED_USING_COLUMN_FOR_JOIN` at the first action
   * @example
   * ```ts
   * sales.join(users, "user", "left");
   * ```
   */
  join<
    S,
    R,
    const On extends ColumnLike | Suggest<S> | readonly (ColumnLike | Suggest<S>)[] = [],
    const How extends JoinName = "inner",
  >(
    this: DataFrameLike<S>,
    other: DataFrameLike<R>,
    on?: JoinOn<S, R, On>,
    how?: How | JoinOptions<How>,
  ): DataFrame<Joined<S, R, JoinKeys<On>, How>> {
    const right = planOf(other, "join");
    return derive(this, "join", (left) => joinRelation(left, right, on, how));
  }

  /**
   * All pairs of rows of two DataFrames.
   *
   * @param other - the right side
   * @example sales.crossJoin(users);
   */
  crossJoin<S, R>(this: DataFrameLike<S>, other: DataFrameLike<R>): DataFrame<Joined<S, R, never, "cross">> {
    const right = planOf(other, "crossJoin");
    return derive(this, "crossJoin", (left) => joinRelation(left, right, undefined, "cross"));
  }

  /**
   * Each row with the rows that another DataFrame has for it: the right side may read columns of the left.
   *
   * @param other - the right side; names that it does not have mean columns of the left
   * @param on - a boolean column over both sides; absent or null for all pairs
   * @param how - `"inner"`, `"left"` or `"cross"`
   * @throws AnalysisError `UNSUPPORTED_JOIN_TYPE` for other types
   * @example
   * ```ts
   * users.lateralJoin(sales.filter(col("user").eq(col("id").outer())).orderBy(col("amount").desc()).limit(3), undefined, "left");
   * ```
   */
  lateralJoin<S, R, const How extends LateralJoinName = "inner">(
    this: DataFrameLike<S>,
    other: DataFrameLike<R>,
    on?: ColumnLike | null,
    how?: How | JoinOptions<How>,
  ): DataFrame<Joined<S, R, never, How>> {
    const right = planOf(other, "lateralJoin");
    return derive(this, "lateralJoin", (left) => lateralJoinRelation(left, right, on, how));
  }

  /**
   * Each row with the rows of another DataFrame that are nearest to it.
   *
   * @param other - the right side
   * @param ranking - how near a pair of rows is; rows for which it is null are never near
   * @param count - how many rows of the right side, from 1 to 100000
   * @param mode - `"exact"`, or `"approximate"`, for which the embedded engine is exact too
   * @param direction - `"distance"` for the smallest ranking, `"similarity"` for the largest
   * @param options - `joinType`: `"inner"`, or `"left"` to keep rows without any near
   * @throws AnalysisError `NEAREST_BY_JOIN.NUM_RESULTS_OUT_OF_RANGE` for another count
   * @example
   * ```ts
   * clicks.nearestByJoin(prices, abs(col("clicked").minus(col("quoted"))), 1, "exact", "distance");
   * ```
   */
  nearestByJoin<S, R, const How extends "inner" | "left" = "inner">(
    this: DataFrameLike<S>,
    other: DataFrameLike<R>,
    ranking: ColumnLike,
    count: number,
    mode: "exact" | "approximate",
    direction: "distance" | "similarity",
    options: { readonly joinType?: How } = {},
  ): DataFrame<Joined<S, R, never, How>> {
    const right = planOf(other, "nearestByJoin");
    const type = options.joinType ?? "inner";
    return derive(this, "nearestByJoin", (left) => ({
      kind: "nearest-by join",
      left,
      right,
      ranking: columnExpression(ranking),
      count,
      type,
      mode,
      direction,
    }));
  }

  /**
   * Each row with the one of another DataFrame that is nearest to it in time, or in any other measure.
   *
   * The name is that of Spark's own method, `Dataset.joinAsOf`, which pandas' `merge_asof` on Spark is made of. Columns that
   * both sides are joined `on` come from both. Of rows that are equally near, any is taken. It is fast in one direction and
   * `on` equal values; else all pairs of rows are compared.
   *
   * @param other - the right side
   * @param leftAsOf - the time of a row of this DataFrame: a name, or a column
   * @param rightAsOf - the time of a row of the other: a name, or a column
   * @param options - `on`, `how`, `tolerance`, `allowExactMatches`, `direction`
   * @throws AnalysisError `AS_OF_JOIN.UNSUPPORTED_DIRECTION`, `AS_OF_JOIN.TOLERANCE_IS_NON_NEGATIVE`,
   * `AS_OF_JOIN.TOLERANCE_IS_UNFOLDABLE`, `UNSUPPORTED_JOIN_TYPE` for what these cannot be
   * @example numbers.joinAsOf(numbers.toDF("time", "price"), "a", "time", { direction: "forward", tolerance: 3 });
   */
  joinAsOf<S, R, const L extends Suggest<S>, const T extends Suggest<R>, const How extends AsOfJoinName = "inner">(
    this: DataFrameLike<S>,
    other: DataFrameLike<R>,
    leftAsOf: ColumnLike | ValidName<S, L>,
    rightAsOf: ColumnLike | ValidName<R, T>,
    options: AsOfJoinOptions<How> = {},
  ): DataFrame<Joined<S, R, never, How>> {
    const right = planOf(other, "joinAsOf");
    return derive(this, "joinAsOf", (left) => asOfJoinRelation(left, right, leftAsOf, rightAsOf, options));
  }

  // -------------------------------------------------------------------------------------------- sub-queries

  /**
   * The only value of this DataFrame as a column of another: null without a row.
   *
   * @throws AnalysisError `INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN` when there are
   * several columns; ExecutionError `SCALAR_SUBQUERY_TOO_MANY_ROWS` when there are several rows
   * @example
   * ```ts
   * sales.filter(col("amount").gt(sales.select(avg("amount")).scalar()));
   * ```
   */
  scalar<S>(this: DataFrameLike<S>): Column<Known<OnlyKind<S>>> {
    return makeColumn({ kind: "subquery", form: "scalar", plan: partsOf(this).plan });
  }

  /**
   * Whether this DataFrame has a row, as a column of another.
   *
   * @example
   * ```ts
   * users.filter(sales.filter(col("user").eq(col("id").outer())).exists());
   * ```
   */
  exists(): Column<Known<"boolean">> {
    return makeColumn({ kind: "subquery", form: "exists", plan: this.plan });
  }

  /**
   * The rows of this DataFrame as an argument of a table function, in partitions and in order if you like.
   *
   * Spark: `DataFrame.asTable`.
   *
   * @example
   * ```ts
   * const counted = udtf({ row: "struct<user STRING>" }, "user STRING", function* ({ row }) {
   *   if (row !== null) yield { user: row.user };
   * });
   * spark.table(counted(sales.asTable().partitionBy("user")));
   * ```
   */
  asTable(): TableArgument {
    return new TableArgument(this.plan);
  }

  // -------------------------------------------------------------------------------------------- groups

  /**
   * Groups of rows with equal values, to aggregate.
   *
   * @param columns - names or columns; none for one group of all
   * @example
   * ```ts
   * sales.groupBy("user").agg(sum("amount").as("total"), count("*").as("sales"));
   * ```
   */
  groupBy<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): Grouped<S, Selected<S, C>> {
    return grouped(this, "group by", columns);
  }

  /**
   * Groups as `groupBy`, with subtotals for each prefix of the columns.
   *
   * @param columns - names or columns, the outermost first; in subtotals those that are left out are null
   * @example sales.rollup("country", "user").agg(sum("amount"));
   */
  rollup<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): Grouped<S, Nullable<Selected<S, C>>> {
    return grouped(this, "rollup", columns);
  }

  /**
   * Groups as `groupBy`, with subtotals for each subset of the columns.
   *
   * @param columns - names or columns; in subtotals those that are left out are null
   * @example sales.cube("country", "user").agg(sum("amount"));
   */
  cube<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): Grouped<S, Nullable<Selected<S, C>>> {
    return grouped(this, "cube", columns);
  }

  /**
   * Groups as `groupBy`, once for each set of columns; columns outside a set are null there.
   *
   * @param sets - the sets, each a list of names or columns
   * @param columns - the columns that the result shows
   * @example
   * ```ts
   * sales.groupingSets([["user", "day"], ["user"], []], "user", "day").agg(sum("amount"), groupingId());
   * ```
   */
  groupingSets<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    sets: readonly (readonly (ColumnLike | Suggest<S>)[])[],
    ...columns: ValidAll<S, C>
  ): Grouped<S, Nullable<Selected<S, C>>> {
    return grouped(this, "grouping sets", columns, { groupingSets: sets.map((set) => expressionsOf(set)) });
  }

  /**
   * One row of aggregates over all rows.
   *
   * @param columns - aggregates
   * @throws AnalysisError `MISSING_GROUP_BY` at the first action for a column that is no aggregate
   * @example
   * ```ts
   * sales.agg(sum("amount").as("total"));
   * ```
   */
  agg<S, const C extends readonly ColumnLike[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): DataFrame<Aggregates<S, C>> {
    return derive(this, "agg", (input) => ({
      kind: "aggregate",
      input,
      type: "group by",
      grouping: [],
      aggregates: expressionsOf(columns, "agg"),
    }));
  }

  // -------------------------------------------------------------------------------------------- sets

  /**
   * The rows of both DataFrames, by position, equal ones included.
   *
   * @param other - a DataFrame with the same columns in the same order
   * @throws AnalysisError `NUM_COLUMNS_MISMATCH`; `INCOMPATIBLE_COLUMN_TYPE` where two columns have no common type
   * @example sales.union(sales.filter(col("amount").gt(5)));
   */
  union<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "union", other, { operation: "union", all: true });
  }

  /**
   * `union`, as Spark also calls it.
   *
   * @param other - a DataFrame with the same columns in the same order
   * @throws AnalysisError as `union` does
   * @example sales.unionAll(sales);
   */
  unionAll<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "unionAll", other, { operation: "union", all: true });
  }

  /**
   * The rows of both DataFrames, by name.
   *
   * @param other - a DataFrame with the same columns in any order
   * @param options - `allowMissingColumns` fills columns that one side lacks with null
   * @throws AnalysisError `UNRESOLVED_COLUMN_AMONG_FIELD_NAMES` at the first action for a column that one side lacks
   * @example sales.unionByName(sales.select("day", "user"), { allowMissingColumns: true });
   */
  unionByName<S, T, const Allow extends boolean = false>(
    this: DataFrameLike<S>,
    other: Allow extends true
      ? DataFrameLike<T>
      : [Unmatched<S, T>] extends [never]
        ? DataFrameLike<T>
        : Unmatched<S, T>,
    options: { readonly allowMissingColumns?: Allow } = {},
  ): DataFrame<Allow extends true ? UnitedLoosely<S, T> : United<S, T>> {
    expectArgument(
      "unionByName",
      "one last object of options",
      options,
      "unionByName(other, { allowMissingColumns: true })",
    );
    const allowMissingColumns = options.allowMissingColumns ?? false;
    return combined(this, "unionByName", other, { operation: "union", all: true, byName: true, allowMissingColumns });
  }

  /**
   * The rows that both DataFrames have, each once.
   *
   * @param other - a DataFrame with the same columns in the same order; null equals null
   * @throws AnalysisError as `union` does
   * @example sales.select("user").intersect(users.select("user"));
   */
  intersect<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "intersect", other, { operation: "intersect", all: false });
  }

  /**
   * The rows that both DataFrames have, as often as both have them.
   *
   * @param other - a DataFrame with the same columns in the same order; null equals null
   * @throws AnalysisError as `union` does
   * @example sales.select("user").intersectAll(users.select("user"));
   */
  intersectAll<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "intersectAll", other, { operation: "intersect", all: true });
  }

  /**
   * The rows that the other DataFrame has not, each once: SQL's `EXCEPT`.
   *
   * @param other - a DataFrame with the same columns in the same order; null equals null
   * @throws AnalysisError as `union` does
   * @example sales.select("user").subtract(users.select("user"));
   */
  subtract<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "subtract", other, { operation: "except", all: false });
  }

  /**
   * The rows that the other DataFrame has not, less one for each that it has: SQL's `EXCEPT ALL`.
   *
   * @param other - a DataFrame with the same columns in the same order; null equals null
   * @throws AnalysisError as `union` does
   * @example sales.select("user").exceptAll(users.select("user"));
   */
  exceptAll<S, T>(
    this: DataFrameLike<S>,
    other: [Unmatched<S, T>] extends [never] ? DataFrameLike<T> : Unmatched<S, T>,
  ): DataFrame<United<S, T>> {
    return combined(this, "exceptAll", other, { operation: "except", all: true });
  }

  /**
   * Each row once.
   *
   * @example sales.select("country").distinct();
   */
  distinct(): DataFrame<S> {
    return derive(this, "distinct", (input) => ({ kind: "deduplicate", input, withinWatermark: false }));
  }

  /**
   * One row for each combination of some columns; which one is not defined.
   *
   * @param subset - the columns; all when absent
   * @throws AnalysisError `UNRESOLVED_COLUMN_AMONG_FIELD_NAMES` at the first action
   * @example sales.dropDuplicates(["user", "day"]);
   */
  dropDuplicates<S, const N extends readonly Suggest<S>[]>(
    this: DataFrameLike<S>,
    subset?: ValidNames<S, N>,
  ): DataFrame<S> {
    if (subset !== undefined) expectArgument("dropDuplicates", "a list", subset, 'dropDuplicates(["user", "day"])');
    const columns = subset === undefined ? {} : { columns: [...(subset as readonly string[])] };
    return derive(this, "dropDuplicates", (input) => ({
      kind: "deduplicate",
      input,
      ...columns,
      withinWatermark: false,
    }));
  }

  // -------------------------------------------------------------------------------------------- order and amount

  /**
   * The rows in order: ascending with nulls first, unless a column says otherwise.
   *
   * @param columns - names or columns
   * @example
   * ```ts
   * sales.orderBy("user", col("amount").desc());
   * ```
   */
  orderBy<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): DataFrame<S> {
    return sorted(this, "orderBy", columns, true);
  }

  /**
   * `orderBy`, as Spark also calls it.
   *
   * @param columns - names or columns; ascending with nulls first, unless a column says otherwise
   * @example sales.sort("country", col("amount").desc());
   */
  sort<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): DataFrame<S> {
    return sorted(this, "sort", columns, true);
  }

  /**
   * The rows of each partition in order.
   *
   * @param columns - names or columns; ascending with nulls first, unless a column says otherwise
   * @example sales.sortWithinPartitions("day");
   */
  sortWithinPartitions<S, const C extends readonly (ColumnLike | Suggest<S>)[]>(
    this: DataFrameLike<S>,
    ...columns: ValidAll<S, C>
  ): DataFrame<S> {
    return sorted(this, "sortWithinPartitions", columns, false);
  }

  /**
   * The first `count` rows.
   *
   * @param count - how many, 0 for none; all when there are fewer
   * @throws AnalysisError `INVALID_LIMIT_LIKE_EXPRESSION` when it is negative or not whole
   * @example sales.orderBy("day").limit(10);
   */
  limit(count: number): DataFrame<S> {
    return derive(this, "limit", (input) => ({ kind: "limit", input, count: literalOf(count) }));
  }

  /**
   * All but the first `count` rows.
   *
   * @param count - how many are left out; all when there are fewer
   * @throws AnalysisError `INVALID_LIMIT_LIKE_EXPRESSION` when it is negative or not whole
   * @example sales.orderBy("day").offset(10);
   */
  offset(count: number): DataFrame<S> {
    return derive(this, "offset", (input) => ({ kind: "offset", input, count: literalOf(count) }));
  }

  /**
   * Each row with a chance.
   *
   * @param fraction - the chance, from 0 to 1; the expected number of times with replacement, by Poisson's law
   * @param options - `withReplacement`, and `seed` for the same rows each time
   * @throws AnalysisError `INVALID_SAMPLE_FRACTION` at the first action for a chance that is out of range
   * @example sales.sample(0.1, { seed: 7 });
   */
  sample(
    fraction: number,
    options: { readonly withReplacement?: boolean; readonly seed?: number | bigint } = {},
  ): DataFrame<S> {
    const example = "sample(0.5, { withReplacement: true, seed: 7 })";
    expectArgument("sample", "a number", fraction, example);
    expectArgument("sample", "one last object of options", options, example);
    const seed = options.seed === undefined ? {} : { seed: BigInt(options.seed) };
    const withReplacement = options.withReplacement ?? false;
    return derive(this, "sample", (input) => ({
      kind: "sample",
      input,
      lower: 0,
      upper: fraction,
      withReplacement,
      ...seed,
    }));
  }

  /**
   * The rows with a last column more, their places from 0 without gaps.
   *
   * @param name - the new column; `index` when it is left out
   * @example sales.orderBy("day").zipWithIndex("place");
   */
  zipWithIndex<S, const N extends string = "index">(
    this: DataFrameLike<S>,
    name: N = "index" as N,
  ): DataFrame<With<S, N, Exp<"bigint">>> {
    return derive(this, "zipWithIndex", (input) => ({ kind: "zip with index", input, name }));
  }

  // -------------------------------------------------------------------------------------------- nulls and statistics

  /** Methods for null and NaN. */
  get na(): NullFunctions<S> {
    return new NullFunctions((method, make) => derive(this, method, make));
  }

  /**
   * Count, mean, standard deviation, smallest and largest value of columns, as text.
   *
   * @param columns - names; all numbers and texts when none is given
   * @example await sales.describe("amount").show();
   */
  describe<S, const N extends readonly Suggest<S>[]>(this: DataFrameLike<S>, ...columns: ValidNames<S, N>): DataFrame {
    expectArgument("describe", "names one after the other", columns, 'describe("amount", "user")');
    const chosen = columns.length === 0 ? {} : { columns: [...columns] as string[] };
    return derive(this, "describe", (input) => ({ kind: "describe", input, ...chosen }));
  }

  /**
   * Statistics of all columns of numbers and texts, as text.
   *
   * @param statistics - `count`, `mean`, `stddev`, `min`, `max`, `25%`, …; the usual ones when none is given
   * @throws UnsupportedError at the first action for another statistic
   * @example await sales.summary("count", "min", "75%").show();
   */
  summary(...statistics: readonly string[]): DataFrame {
    expectArgument("summary", "names one after the other", statistics, 'summary("count", "min")');
    return derive(this, "summary", (input) => ({ kind: "describe", input, statistics }));
  }

  /**
   * This DataFrame, noting aggregates over its rows while an action reads them.
   *
   * @param observation - an `Observation`, or a name
   * @param metrics - aggregates with names
   * @throws AnalysisError `INVALID_OBSERVED_METRICS` at the first action for what is no aggregate
   * @example
   * ```ts
   * const seen = new Observation();
   * await sales.observe(seen, count("*").as("rows")).write.parquet("out");
   * console.log(await seen.get());
   * ```
   */
  observe<S, const C extends readonly ColumnLike[]>(
    this: DataFrameLike<S>,
    observation: Observation | string,
    ...metrics: ValidAll<S, C>
  ): DataFrame<S> {
    const noted = typeof observation === "string" ? new Observation(observation) : observation;
    const observed = derive<S>(this, "observe", (input) => ({
      kind: "observe",
      input,
      name: noted.name,
      metrics: expressionsOf(metrics, "observe"),
    }));
    noted.bind(observed.state);
    return observed;
  }

  /** Methods for statistics of columns. */
  get stat(): StatisticFunctions<S> {
    return new StatisticFunctions((method, make) => derive(this, method, make));
  }

  /**
   * `stat.approxQuantile`: quantiles of columns of numbers.
   *
   * @param column - a name
   * @param probabilities - from 0 (smallest) to 1 (largest)
   * @param relativeError - how far off a rank may be, as a share of the rows; 0 for exact
   * @throws AnalysisError when a probability or the error is out of range, or a column holds no numbers
   * @example const [median] = await sales.approxQuantile("amount", [0.5], 0);
   */
  approxQuantile(column: string, probabilities: readonly number[], relativeError: number): Promise<number[]>;
  /**
   * The quantiles of each of several columns.
   *
   * @param columns - names, in the order of the result
   */
  approxQuantile(
    columns: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[][]>;
  approxQuantile(
    columns: string | readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[] | number[][]> {
    const { stat } = partsOf(this);
    return typeof columns === "string"
      ? stat.approxQuantile(columns, probabilities, relativeError)
      : stat.approxQuantile(columns, probabilities, relativeError);
  }

  /**
   * `stat.corr`: Pearson's correlation of two columns of numbers.
   *
   * @param column1 - a name
   * @param column2 - a name
   * @returns from -1 to 1; NaN where it is not defined, as without rows
   * @throws AnalysisError `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE` when a column holds no numbers
   * @example await numbers.corr("a", "b");
   */
  corr<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): Promise<number> {
    return partsOf(this).stat.corr(column1 as string, column2 as string);
  }

  /**
   * `stat.cov`: the sample covariance of two columns of numbers.
   *
   * @param column1 - a name
   * @param column2 - a name
   * @returns NaN for fewer than two rows
   * @throws AnalysisError `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE` when a column holds no numbers
   * @example await numbers.cov("a", "b");
   */
  cov<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): Promise<number> {
    return partsOf(this).stat.cov(column1 as string, column2 as string);
  }

  /**
   * `stat.crosstab`: how often pairs of values occur.
   *
   * @param column1 - gives the rows, and with the other the name of the first column, `a_b`
   * @param column2 - gives the columns
   * @example await sales.crosstab("user", "country").show();
   */
  crosstab<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): DataFrame {
    return partsOf(this).stat.crosstab(column1 as string, column2 as string);
  }

  /**
   * `stat.freqItems`: values that occur often, and perhaps others.
   *
   * @param columns - names
   * @param support - the share of the rows from which a value is frequent, from 0.0001 to 1; 0.01 when absent
   * @throws AnalysisError when the share is out of range, or there is no such column
   * @example await sales.freqItems(["user", "country"], 0.4).show();
   */
  freqItems<S, const N extends readonly Suggest<S>[]>(
    this: DataFrameLike<S>,
    columns: ValidNames<S, N>,
    support?: number,
  ): DataFrame {
    return partsOf(this).stat.freqItems(columns as readonly string[], support);
  }

  /**
   * `stat.sampleBy`: each row with the chance that its value of a column has.
   *
   * @param column - a name or column
   * @param fractions - the chances by value, from 0 to 1; 0 for values without one
   * @param seed - for the same rows each time
   * @throws AnalysisError `INVALID_SAMPLE_FRACTION` when a chance is out of range
   * @example sales.sampleBy("country", { CH: 0.5, IN: 0.1 }, 7);
   */
  sampleBy(column: ColumnLike | string, fractions: Fractions, seed?: number | bigint): DataFrame<S> {
    return this.stat.sampleBy(column, fractions, seed) as DataFrame<S>;
  }

  /**
   * The rows dealt out at random to several DataFrames, each row to one.
   *
   * @param weights - the share of each; they are made to add up to 1
   * @param seed - for the same rows each time
   * @throws AnalysisError when a weight is negative or all are 0
   * @example
   * ```ts
   * const [training, test] = sales.randomSplit([0.8, 0.2], 7);
   * ```
   */
  randomSplit(weights: readonly number[], seed: number | bigint = randomSeed()): DataFrame<S>[] {
    expectArgument("randomSplit", "a list", weights, "randomSplit([0.8, 0.2], 7)");
    return shares(weights).map(([lower, upper]) =>
      derive(this, "randomSplit", (input) => ({
        kind: "sample",
        input,
        lower,
        upper,
        withReplacement: false,
        seed: BigInt(seed),
        deterministicOrder: true,
      })),
    );
  }

  /**
   * Rows become columns: a row for each column but one, whose values name the columns. Rows where it is null go.
   *
   * @param index - the column that gives the names; the first when absent
   * @throws AnalysisError `TRANSPOSE_NO_LEAST_COMMON_TYPE` when the other columns have no common type;
   * `TRANSPOSE_EXCEED_ROW_LIMIT` for more than 500 rows
   * @example await numbers.transpose("a").show();
   */
  transpose<S, const N extends Suggest<S>>(this: DataFrameLike<S>, index?: ColumnLike | ValidName<S, N>): DataFrame {
    const by = index === undefined ? {} : { index: columnExpression(index) };
    return derive(this, "transpose", (input) => ({ kind: "transpose", input, ...by }));
  }

  /**
   * Columns become rows: one for each value column, with its name and value.
   *
   * @param ids - the columns that stay: a name, or several
   * @param values - the columns that become rows; all others when null
   * @param variableColumnName - the column for their names
   * @param valueColumnName - the column for their values
   * @throws AnalysisError `UNPIVOT_VALUE_DATA_TYPE_MISMATCH` when the value columns have no common type
   * @example
   * ```ts
   * scores.unpivot("user", ["maths", "music"], "subject", "score");
   * ```
   */
  unpivot(
    ids: ColumnLike | string | AnyColumns,
    values: ColumnLike | string | AnyColumns | null,
    variableColumnName: string,
    valueColumnName: string,
  ): DataFrame {
    const chosen = values === null ? {} : { values: listed(values).map((column) => [columnExpression(column)]) };
    return derive(this, "unpivot", (input) => ({
      kind: "unpivot",
      input,
      identifiers: expressionsOf(listed(ids)),
      ...chosen,
      variableColumn: variableColumnName,
      valueColumns: [valueColumnName],
    }));
  }

  /**
   * `unpivot`, as Spark also calls it.
   *
   * @param ids - the columns that stay: a name, or several
   * @param values - the columns that become rows; all others when null
   * @param variableColumnName - the column for their names
   * @param valueColumnName - the column for their values
   * @throws AnalysisError as `unpivot` does
   * @example numbers.melt(["a"], ["b"], "name", "value");
   */
  melt(
    ids: ColumnLike | string | AnyColumns,
    values: ColumnLike | string | AnyColumns | null,
    variableColumnName: string,
    valueColumnName: string,
  ): DataFrame {
    return this.unpivot(ids, values, variableColumnName, valueColumnName);
  }

  // -------------------------------------------------------------------------------------------- names, hints, partitions

  /**
   * The columns reordered, cast and filled with null to a schema, by name.
   *
   * @param schema - DDL text or a schema
   * @throws AnalysisError when a column cannot be had without loss, or a column without null is missing
   * @example
   * ```ts
   * sales.to("amount DOUBLE, user STRING");
   * ```
   */
  to<const T extends string>(schema: T): DataFrame<Ddl<T>>;
  to(schema: StructType): DataFrame;
  to(schema: string | StructType): DataFrame {
    return derive(this, "to", (input) => ({ kind: "to schema", input, schema: statedSchema(schema) }));
  }

  /**
   * This DataFrame with other metadata for a column, which its schema shows.
   *
   * @param name - the column
   * @param metadata - values by name
   * @example sales.withMetadata("amount", { unit: "CHF" });
   */
  withMetadata<S, const N extends Suggest<S>>(
    this: DataFrameLike<S>,
    name: ValidName<S, N>,
    metadata: { readonly [name: string]: MetadataValue },
  ): DataFrame<S> {
    const column: Alias = { ...aliased(name as string, makeColumn(namedExpression(name as string))), metadata };
    return derive(this, "withMetadata", (input) => ({ kind: "with columns", input, columns: [column] }));
  }

  /**
   * The columns whose whole name matches a Java regular expression between back-ticks; without them, a column by name.
   *
   * @param pattern - such as `` `(user|day)_.*` ``
   * @example sales.select(sales.colRegex("`.*t.*`"));
   */
  colRegex(pattern: string): Column {
    const { planId } = this.plan;
    const quoted = /^`(.*)`$/s.exec(pattern)?.[1];
    if (quoted === undefined) return makeColumn(namedExpression(pattern, planId));
    const bound = planId === undefined ? {} : { planId };
    return makeColumn({ kind: "regular expression star", pattern: quoted, ...bound });
  }

  /**
   * A metadata column of the source, such as `_metadata` of files, also where a column has its name.
   *
   * @param name - its name
   * @example await spark.read.parquet("sales.parquet").metadataColumn("_metadata");
   */
  metadataColumn(name: string): Column {
    return makeColumn({ kind: "metadata attribute", name });
  }

  /**
   * One column `value` with each row as a JSON text; null fields are left out.
   *
   * @example await sales.toJSON().show(1, { truncate: false });
   */
  toJSON(): DataFrame<{ value: "string" }> {
    const row: Expression = { kind: "call", name: ["struct"], arguments: [{ kind: "star" }] };
    const value: Alias = {
      kind: "alias",
      input: { kind: "call", name: ["to_json"], arguments: [row] },
      names: ["value"],
    };
    return derive(this, "toJSON", (input) => ({ kind: "project", input, expressions: [value] }));
  }

  /**
   * This DataFrame under a name, so that its columns answer to `name.column`.
   *
   * @param name - one part, which names of columns may begin with
   * @example sales.alias("s").filter(col("s.amount").gt(5));
   */
  alias(name: string): DataFrame<S> {
    return derive(this, "alias", (input) => ({ kind: "subquery alias", input, name }));
  }

  /**
   * Advice to the engine; it never changes the rows.
   *
   * @param name - such as `broadcast`
   * @param parameters - columns or values
   * @example users.hint("broadcast");
   */
  hint(name: string, ...parameters: readonly (ColumnLike | LiteralValue)[]): DataFrame<S> {
    return derive(this, "hint", (input) => ({
      kind: "hint",
      input,
      name,
      parameters: parameters.map(valueExpression),
    }));
  }

  /**
   * The rows over partitions: a number of them, by the hash of columns, or both.
   *
   * @param count - how many partitions, or the first column
   * @param columns - rows with equal values come into one partition
   * @throws AnalysisError `INVALID_NUMBER_OF_PARTITIONS` for a number below 1
   * @example sales.repartition(4, "country");
   */
  repartition(count: number | ColumnLike | string, ...columns: AnyColumns): DataFrame<S> {
    expectArgument("repartition", "columns one after the other", [count, ...columns], 'repartition(4, "country")');
    return derive(this, "repartition", (input) => {
      if (typeof count === "number" && columns.length === 0)
        return { kind: "repartition", input, count, shuffle: true };
      return { kind: "repartition by expression", input, ...partitioning(count, columns) };
    });
  }

  /**
   * The rows over partitions by ranges of columns.
   *
   * @param count - how many partitions, from 1, or the first column
   * @param columns - whose values make the ranges; ascending with nulls first, unless a column says otherwise
   * @throws AnalysisError `INVALID_NUMBER_OF_PARTITIONS` for a number below 1
   * @example sales.repartitionByRange(4, "day");
   */
  repartitionByRange(count: number | ColumnLike | string, ...columns: AnyColumns): DataFrame<S> {
    const { expressions, ...number } = partitioning(count, columns);
    const order = expressions.map((expression) => sortOrder(makeColumn(expression)));
    return derive(this, "repartitionByRange", (input) => ({
      kind: "repartition by expression",
      input,
      expressions: order,
      ...number,
    }));
  }

  /**
   * The rows over partitions by their numbers.
   *
   * @param count - how many partitions there are
   * @param partition - an INT, whose remainder by `count` is the number of the row's partition; 0 for null
   * @throws AnalysisError `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE` when it is no INT
   * @throws AnalysisError `INVALID_NUMBER_OF_PARTITIONS` for a number below 1
   * @example sales.repartitionById(4, col("amount").cast("int"));
   */
  repartitionById(count: number, partition: ColumnLike | string): DataFrame<S> {
    return derive(this, "repartitionById", (input) => ({
      kind: "repartition by expression",
      input,
      expressions: [columnExpression(partition)],
      count,
      direct: true,
    }));
  }

  /**
   * The rows over fewer partitions, without moving them all.
   *
   * @param count - how many partitions at most, from 1
   * @throws AnalysisError `INVALID_NUMBER_OF_PARTITIONS` for a number below 1
   * @example sales.coalesce(1);
   */
  coalesce(count: number): DataFrame<S> {
    return derive(this, "coalesce", (input) => ({ kind: "repartition", input, count, shuffle: false }));
  }

  /**
   * What a function makes of this DataFrame, to chain steps of one's own.
   *
   * @param step - takes and gives a DataFrame
   * @example
   * ```ts
   * sales.transform(withNetAmount).transform(onlyWeekdays);
   * ```
   */
  transform<S, T>(this: DataFrameLike<S>, step: (frame: DataFrame<S>) => DataFrame<T>): DataFrame<T> {
    expectArgument("transform", "a function", step, "transform((df) => df.filter(…))");
    return step(partsOf(this) as unknown as DataFrame<S>);
  }

  /**
   * What a function makes of the rows, batch by batch: it is called with an array of values for each column, and gives an
   * array for each column of `schema`, of any length. How rows fall into batches is up to the engine.
   *
   * Spark: `pyspark.sql.DataFrame.mapInArrow`. It runs in this process: the embedded engine only.
   *
   * @param call - takes columns by name, and how many rows they have; may be async
   * @param schema - the columns that it gives, as DDL text or a schema
   * @throws ParseError when the text is no DDL
   * @example
   * ```ts
   * sales.mapBatches(async ({ user }) => ({ user, score: await scores(user) }), "user STRING, score DOUBLE");
   * ```
   */
  mapBatches<S, const T extends string>(
    this: DataFrameLike<S>,
    call: (columns: BatchColumns<S>, rows: number) => BatchResult<Ddl<T>> | Promise<BatchResult<Ddl<T>>>,
    schema: T,
  ): DataFrame<Ddl<T>>;
  mapBatches<S>(
    this: DataFrameLike<S>,
    call: (columns: BatchColumns<S>, rows: number) => BatchResult<Untyped> | Promise<BatchResult<Untyped>>,
    schema: StructType,
  ): DataFrame;
  mapBatches<T>(
    this: DataFrameLike<unknown>,
    call: (columns: never, rows: number) => never,
    schema: string | StructType,
  ): DataFrame<T> {
    const mapper = batchFunction(call as never, statedSchema(schema));
    return derive(this, "mapBatches", (input) => ({ kind: "map batches", input, function: mapper }));
  }

  // -------------------------------------------------------------------------------------------- the session

  /**
   * A temporary view of this DataFrame; fails when the name is taken.
   *
   * @param name - the view's, without a namespace
   * @throws AnalysisError `TEMP_TABLE_OR_VIEW_ALREADY_EXISTS`
   * @example sales.createTempView("sales_once");
   */
  createTempView(name: string): Promise<void> {
    return createView(this, "createTempView", name, { global: false, replace: false });
  }

  /**
   * A temporary view of this DataFrame, in place of one of the same name.
   *
   * @param name - the view's, without a namespace; signs other than letters, digits and underscores need back-ticks
   * @throws AnalysisError `_LEGACY_ERROR_TEMP_1321` for what is no name
   * @example sales.createOrReplaceTempView("sales");
   */
  createOrReplaceTempView(name: string): Promise<void> {
    return createView(this, "createOrReplaceTempView", name, { global: false, replace: true });
  }

  /**
   * A view for all sessions, `global_temp.name`; fails when the name is taken.
   *
   * @param name - the view's, without `global_temp`
   * @throws AnalysisError `TEMP_TABLE_OR_VIEW_ALREADY_EXISTS`
   * @example sales.createGlobalTempView("all_sales_once");
   */
  createGlobalTempView(name: string): Promise<void> {
    return createView(this, "createGlobalTempView", name, { global: true, replace: false });
  }

  /**
   * A view for all sessions, `global_temp.name`, in place of one of the same name.
   *
   * @param name - the view's, without `global_temp`
   * @example sales.createOrReplaceGlobalTempView("all_sales");
   */
  createOrReplaceGlobalTempView(name: string): Promise<void> {
    return createView(this, "createOrReplaceGlobalTempView", name, { global: true, replace: true });
  }

  /**
   * Keeps the rows from the next action on.
   *
   * @example const kept = sales.cache();
   */
  cache(): DataFrame<S> {
    return this.persist();
  }

  /**
   * Keeps the rows from the next action on.
   *
   * @param level - where
   * @example const kept = sales.persist("MEMORY_AND_DISK");
   */
  persist(level: StorageLevel = "MEMORY_AND_DISK"): DataFrame<S> {
    this.state.cache(this.plan, level);
    return this;
  }

  /**
   * Forgets the rows that `cache` or `persist` kept.
   *
   * @example await sales.cache().unpersist();
   */
  async unpersist(): Promise<DataFrame<S>> {
    await this.state.uncache(this.plan);
    return this;
  }

  /**
   * This DataFrame with its rows kept from now on, and no longer computed from where they came.
   *
   * @param options - `eager: false` to keep them at the next action
   * @example const kept = await sales.localCheckpoint();
   */
  async localCheckpoint(options: { readonly eager?: boolean } & ActionOptions = {}): Promise<DataFrame<S>> {
    // An advice without meaning tells the kept rows from those of this DataFrame.
    const kept = derive<S>(this, "localCheckpoint", (input) => ({
      kind: "hint",
      input,
      name: "checkpoint",
      parameters: [literalOf(input.planId ?? 0)],
    }));
    this.state.cache(kept.plan, "MEMORY_AND_DISK", true);
    if (options.eager ?? true) await kept.count(options);
    return kept;
  }

  /**
   * `localCheckpoint`: a session of one process has no other place.
   *
   * @param options - `eager: false` to keep the rows at the next action; `signal`
   * @example const kept = await sales.checkpoint({ eager: false });
   */
  checkpoint(options: { readonly eager?: boolean } & ActionOptions = {}): Promise<DataFrame<S>> {
    return this.localCheckpoint(options);
  }

  /** Whether the rows are held by the program, so that no engine is needed to have them. */
  get isLocal(): boolean {
    return this.plan.kind === "local relation";
  }

  /** Whether a source of this DataFrame is a stream. */
  get isStreaming(): boolean {
    return isStreaming(this.plan);
  }

  /**
   * The files that this DataFrame reads, as URIs.
   *
   * @example await sales.inputFiles();
   */
  async inputFiles(): Promise<string[]> {
    return [...(await this.state.inputFiles(this.plan))];
  }

  /**
   * Whether another DataFrame gives the same rows by the same steps, whatever its columns are called.
   *
   * @param other - of the same session
   * @example const same = await sales.sameSemantics(sales.filter("true"));
   */
  async sameSemantics(other: DataFrame): Promise<boolean> {
    const [own, others] = await Promise.all([this.state.semantics(this.plan), this.state.semantics(other.plan)]);
    return own === others;
  }

  /**
   * A whole number that is equal for DataFrames of the same semantics.
   *
   * @example const hash = await sales.semanticHash();
   */
  async semanticHash(): Promise<number> {
    return textHash(await this.state.semantics(this.plan));
  }

  /** The session that made this DataFrame. Spark: `pyspark.sql.DataFrame.sparkSession`. */
  get sparkSession(): SparkSession {
    return sessionOf(this.state);
  }

  /**
   * What is known of the last action that read all rows of this DataFrame, such as `collect`; null before the first. Those
   * of the DataFrames that `count`, `show` and `first` make of it do not count, as in Spark.
   *
   * Spark: `pyspark.sql.DataFrame.executionInfo`.
   */
  get executionInfo(): ExecutionInfo | null {
    return this.state.executionInfo(this.plan) ?? null;
  }

  /** Where the rows are kept. */
  get storageLevel(): StorageLevel {
    return this.state.storageLevel(this.plan);
  }

  /** Writes the rows: `df.write.mode("overwrite").parquet(path)`. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.state, this.plan);
  }

  /**
   * Writes the rows to a table, as statements do.
   *
   * @param table - its name
   * @example await sales.writeTo("new_sales").using("parquet").create();
   */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.state, this.plan, { table });
  }

  /**
   * Merges the rows into a table, clause by clause; the writer's `merge` does it.
   *
   * @param table - its name
   * @param condition - which rows match: a column, or SQL text
   * @throws ParseError when a text is no expression
   * @example sales.alias("s").mergeInto("shop.sales", "s.id = shop.sales.id").whenNotMatched().insertAll();
   */
  mergeInto(table: string, condition: MergeCondition): MergeIntoWriter {
    return new MergeIntoWriter(this.state, emptyMerge(table, this.plan, condition));
  }

  // -------------------------------------------------------------------------------------------- actions

  /**
   * The schema, with types and nullability.
   *
   * @example const { fields } = await sales.schema();
   */
  schema(): Promise<StructType> {
    return this.state.resolveSchema(this.plan);
  }

  /**
   * The names of the columns.
   *
   * @example const names = await sales.columns(); // ["user", "country", "amount", "day"]
   */
  async columns(): Promise<string[]> {
    return (await this.schema()).fields.map((field) => field.name);
  }

  /**
   * The names and types of the columns.
   *
   * @example const types = await sales.dtypes();
   */
  async dtypes(): Promise<[name: string, type: string][]> {
    return (await this.schema()).fields.map((field) => [field.name, simpleString(field.type)]);
  }

  /**
   * Prints the schema as a tree.
   *
   * @param level - how many levels; all when absent
   * @example await sales.printSchema();
   */
  async printSchema(level?: number): Promise<void> {
    console.log(treeString(await this.schema(), level));
  }

  /**
   * Prints the plan.
   *
   * @param mode - `simple`, `extended`, `cost`, `formatted`; `true` for `extended`
   * @example await sales.filter(col("amount").gt(5)).explain("extended");
   */
  async explain(mode: ExplainMode | boolean = "simple"): Promise<void> {
    const chosen = typeof mode === "string" ? mode : mode ? "extended" : "simple";
    console.log(await this.state.explain(this.plan, chosen));
  }

  /**
   * The query as text of Spark SQL, which gives the same rows where its tables, files and views exist; `drop` and
   * `withColumn` become `DROP` and `SET`, for which the column must be there. Not in Spark.
   *
   * @returns one query; read by `spark.sql` it is the same plan, or an equal one for what only the API has
   * @throws UnsupportedError for what SQL cannot say, by its name: rows and functions of the program, for example
   * @example
   * ```ts
   * console.log(spark.sql("SELECT 1 AS n").filter("n > 0").toSQL()); // SELECT 1 AS n |> WHERE n > 0
   * ```
   */
  toSQL(): string {
    return sqlParser().print(this.plan);
  }

  /**
   * Prints the first rows as a table.
   *
   * @param rows - how many
   * @param options - `truncate`, `vertical`, `signal`, `timeout`
   * @example
   * ```ts
   * await sales.show(5, { truncate: false });
   * ```
   */
  async show(rows = 20, options: ShowOptions = {}): Promise<void> {
    const example = "show(20, { truncate: false, vertical: true })";
    expectArgument("show", "a number", rows, example);
    expectArgument("show", "one last object of options", options, example);
    const { truncate = true, vertical = false, signal, timeout } = options;
    const width = typeof truncate === "number" ? truncate : truncate ? 20 : 0;
    const drawn = derive<{ show_string: "string" }>(this, "show", (input) => ({
      kind: "show string",
      input,
      rows,
      truncate: width,
      vertical,
    }));
    const [row] = await drawn.collect(given({ signal, timeout }));
    console.log(row?.show_string ?? "");
  }

  /**
   * All rows.
   *
   * @param options - `longs`, `rows`, `signal`
   * @throws ExecutionError when a BIGINT is beyond 2^53 and `longs` is not `"bigint"`
   * @throws AnalysisError when two columns have one name and `rows` is not `"array"`
   * @example
   * ```ts
   * const rows = await sales.collect({ longs: "bigint" });
   * ```
   */
  async collect<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    options?: O,
  ): Promise<RowAs<S, O>[]> {
    return collectRows(executionOf(this, options), options ?? {});
  }

  /**
   * All rows as the bytes of an Arrow stream, which other programs read without Lakewright.
   *
   * `toArrowTable` of `lakewright/arrow` gives a table instead. Spark: `pyspark.sql.DataFrame.toArrow`.
   *
   * @param options - `signal`
   * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION` for TIME and intervals with months, as in PySpark
   * @example
   * ```ts
   * const bytes = await sales.toArrow();
   * ```
   */
  async toArrow(options: ActionOptions = {}): Promise<Uint8Array> {
    const { schema, batches } = await executionOf(this, options)();
    return arrowStream(schema, batches, this.state.configuration.get("spark.sql.session.timeZone", "UTC"));
  }

  /**
   * The rows one after the other, read as they are asked for.
   *
   * @param options - as `collect`'s
   * @example
   * ```ts
   * for await (const row of sales.toLocalIterator()) console.log(row.user);
   * ```
   */
  toLocalIterator<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    options?: O,
  ): AsyncIterableIterator<RowAs<S, O>> {
    return rowsOf(executionOf(this, options), options ?? {});
  }

  /**
   * Calls a function with each row, one after the other.
   *
   * @param call - may be async; the next row waits for it
   * @param options - as `collect`'s
   * @throws what the function throws; the rows behind are not read then
   * @example await sales.foreach((row) => console.log(row.user));
   */
  async foreach<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    call: (row: RowAs<S, O>) => unknown,
    options?: O,
  ): Promise<void> {
    for await (const row of rowsOf<RowAs<S, O>>(executionOf(this, options), options ?? {})) await call(row);
  }

  /**
   * Calls a function with the rows of each partition; the embedded engine has one.
   *
   * @param call - may be async
   * @param options - as `collect`'s
   * @example await sales.foreachPartition(async (rows) => { for await (const { user } of rows) console.log(user); });
   */
  async foreachPartition<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    call: (rows: AsyncIterableIterator<RowAs<S, O>>) => unknown,
    options?: O,
  ): Promise<void> {
    await call(rowsOf<RowAs<S, O>>(executionOf(this, options), options ?? {}));
  }

  /**
   * The number of rows.
   *
   * @param options - `signal`, `onStart`
   * @example const rows = await sales.count();
   */
  async count(options: ActionOptions = {}): Promise<number> {
    const counted = derive<{ count: "bigint" }>(this, "count", (input) => ({
      kind: "aggregate",
      input,
      type: "group by",
      grouping: [],
      aggregates: [countOfRows],
    }));
    const [row] = await counted.collect(options);
    return row!.count;
  }

  /**
   * The first row, or null.
   *
   * @param options - as `collect`'s
   * @example const row = await sales.orderBy("day").first();
   */
  async first<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    options?: O,
  ): Promise<RowAs<S, O> | null> {
    const rows = derive<S>(this, "first", (input) => ({ kind: "limit", input, count: literalOf(1) }));
    return (await rows.collect(options))[0] ?? null;
  }

  /**
   * The first rows.
   *
   * @param count - how many
   * @param options - as `collect`'s
   * @throws AnalysisError `INVALID_LIMIT_LIKE_EXPRESSION` when the number is negative or not whole
   * @example const rows = await sales.orderBy("day").take(3);
   */
  take<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    count: number,
    options?: O,
  ): Promise<RowAs<S, O>[]> {
    return derive<S>(this, "take", (input) => ({ kind: "limit", input, count: literalOf(count) })).collect(options);
  }

  /**
   * The first row or null; with a number, the first rows.
   *
   * @example const row = await sales.head();
   */
  head<S>(this: DataFrameLike<S>): Promise<Row<S> | null>;
  /**
   * The first rows.
   *
   * @param count - how many; an array of rows is given also for 1
   * @throws AnalysisError `INVALID_LIMIT_LIKE_EXPRESSION` when it is negative or not whole
   */
  head<S>(this: DataFrameLike<S>, count: number): Promise<Row<S>[]>;
  head<S>(this: DataFrameLike<S>, count?: number): Promise<Row<S>[] | Row<S> | null> {
    const frame = partsOf(this) as unknown as DataFrame<S>;
    return count === undefined ? frame.first() : frame.take(count);
  }

  /**
   * The last rows.
   *
   * @param count - how many
   * @param options - as `collect`'s
   * @throws AnalysisError `INVALID_LIMIT_LIKE_EXPRESSION` when the number is negative or not whole
   * @example const rows = await sales.orderBy("day").tail(3);
   */
  tail<S, const O extends CollectOptions = Record<never, never>>(
    this: DataFrameLike<S>,
    count: number,
    options?: O,
  ): Promise<RowAs<S, O>[]> {
    return derive<S>(this, "tail", (input) => ({ kind: "tail", input, count: literalOf(count) })).collect(options);
  }

  /**
   * True when there is no row.
   *
   * @param options - `signal`, `onStart`
   * @example const none = await sales.isEmpty();
   */
  async isEmpty(options: ActionOptions = {}): Promise<boolean> {
    const rows = derive(this, "isEmpty", (input) => ({ kind: "limit", input, count: literalOf(1) }));
    const { batches } = await this.state.execute(rows.plan, options);
    for await (const batch of batches) if (batch.rows > 0) return false;
    return true;
  }

  /**
   * `DataFrame[user: string, amount: double]`, without running anything; `…` where the schema is not yet known.
   *
   * @example console.log(sales.toString()); // DataFrame[user: string, country: string, amount: double, day: date]
   */
  toString(): string {
    const known = this.state.knownSchema(this.plan);
    const fields = known?.fields.map((field) => `${field.name}: ${simpleString(field.type)}`);
    return `DataFrame[${fields?.join(", ") ?? "…"}]`;
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return this.toString();
  }
}

const countOfRows: Alias = Object.freeze({
  kind: "alias",
  input: Object.freeze({ kind: "call", name: ["count"], arguments: [literalOf(1)] }),
  names: ["count"],
});

const listed = (columns: ColumnLike | string | AnyColumns): AnyColumns =>
  Array.isArray(columns) ? (columns as AnyColumns) : [columns as ColumnLike | string];

/** The ranges of chance of parts with weights. */
function shares(weights: readonly number[]): (readonly [lower: number, upper: number])[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0) || weights.some((weight) => !(weight >= 0)))
    throw new AnalysisError(`Weights must be nonnegative and add up to more than 0, but got [${weights.join(", ")}]`, {
      hint: "Give a positive number for each part.",
    });
  let sum = 0;
  return weights.map((weight) => {
    const lower = sum;
    sum += weight / total;
    return [lower, Math.min(sum, 1)] as const;
  });
}

const isStreaming = (plan: Relation): boolean => someNode(plan, (node) => "isStreaming" in node && node.isStreaming);

const textHash = (text: string): number =>
  [...text].reduce((hash, letter) => (Math.imul(hash, 31) + letter.codePointAt(0)!) | 0, 7);

/** The frame behind the shallow type by which methods take their schema. */
const partsOf = (frame: DataFrameLike<unknown>): DataFrame => frame as unknown as DataFrame;

/** The plan of the other DataFrame that a method takes. */
function planOf(other: unknown, method: string): Relation {
  expectArgument(method, "a DataFrame", other, `${method}(other, …) with a DataFrame`);
  return (other as DataFrame).plan;
}

/** The only place where the schema of a DataFrame is claimed: the compiler has checked the call, the analyzer will. */
function derive<T>(
  frame: DataFrameLike<unknown>,
  method: string,
  make: (input: Relation) => Unidentified,
): DataFrame<T> {
  const { state, plan } = partsOf(frame);
  return new DataFrame<T>(state, identified(make(plan), state.recordsOrigins ? method : undefined));
}

/** Runs the plan of a frame, when it is called. */
const executionOf = (frame: DataFrameLike<unknown>, options: ActionOptions = {}): (() => Promise<Execution>) => {
  const { state, plan } = partsOf(frame);
  const { signal, timeout, onStart } = options;
  return () => state.execute(plan, { ...given({ signal, timeout }), ...(onStart === undefined ? {} : { onStart }) });
};

/** What is given as columns to a method; a list or an object would else be a constant. */
function expressionsOf(columns: readonly unknown[], method = "groupBy"): Expression[] {
  expectArgument(
    method,
    "columns one after the other",
    columns,
    `${method}${columnExamples[method] ?? columnExamples.select}`,
  );
  return columns.map((column) => columnExpression(column));
}

const columnExamples: Readonly<Record<string, string>> = {
  select: '("user", "day"), or spread a list: (...columns)',
  agg: '(max("amount"), min("day"))',
};

const conditionOf = (condition: unknown): Expression =>
  typeof condition === "string" ? parseExpression(condition) : valueExpression(condition);

const aliased = (name: string, column: unknown): Alias =>
  Object.freeze({ kind: "alias", input: valueExpression(column), names: [name] });

/** Names of columns to drop are whole: dots and back-ticks are part of them. */
const droppedColumn = (column: unknown): Expression =>
  typeof column === "string" ? Object.freeze({ kind: "attribute", name: [column] }) : columnExpression(column);

function grouped<S, Keys>(
  frame: DataFrameLike<S>,
  type: Exclude<Groups["type"], "pivot">,
  columns: readonly unknown[],
  sets: Pick<Groups, "groupingSets"> = {},
): Grouped<S, Keys> {
  const input = partsOf(frame).plan;
  return new Grouped({ input, type, grouping: expressionsOf(columns), ...sets }, (method, make) =>
    derive(frame, method, make),
  );
}

function combined<T>(
  frame: DataFrameLike<unknown>,
  method: string,
  other: unknown,
  operation: Pick<SetOperation, "operation" | "all"> & Partial<SetOperation>,
): DataFrame<T> {
  const right = planOf(other, method);
  return derive(frame, method, (left) => ({
    kind: "set operation",
    left,
    right,
    byName: false,
    allowMissingColumns: false,
    ...operation,
  }));
}

function sorted<T>(
  frame: DataFrameLike<T>,
  method: string,
  columns: readonly unknown[],
  global: boolean,
): DataFrame<T> {
  const example = `${method}("user", col("day").desc()), or spread a list: ${method}(...columns)`;
  expectArgument(method, "columns one after the other", columns, example);
  return derive(frame, method, (input) => ({ kind: "sort", input, order: columns.map(sortOrder), global }));
}

function partitioning(count: unknown, columns: AnyColumns): { expressions: Expression[]; count?: number } {
  return typeof count === "number"
    ? { expressions: expressionsOf(columns), count }
    : { expressions: expressionsOf([count, ...columns]) };
}

async function createView(
  frame: DataFrame<unknown>,
  method: string,
  name: string,
  options: { global: boolean; replace: boolean },
): Promise<void> {
  const origin = frame.state.recordsOrigins ? { origin: callOrigin(method) } : {};
  await frame.state.executeCommand({
    kind: "create view",
    input: frame.plan,
    name: viewName(name),
    ...options,
    ...origin,
  });
}
