/**
 * The relations of the unresolved plan: what a DataFrame, a query or a Spark Connect request means, before names and
 * types are known. Shaped like Spark Connect's relations (Spark 4.2), in full words.
 *
 * Each node says what it means, what must hold and what its output is. Whoever executes a plan reads this file.
 * `input` is the relation a node works on; a node's output schema is the input's unless it says otherwise.
 */

import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import type { CatalogueQuestion } from "./catalogue-query.ts";
import type { Alias, Call, Expression, Literal, SortOrder, UserFunction, UserTableFunction } from "./expression.ts";
import type { NodeOrigin, SqlStatement } from "./node.ts";

/** What names files and tables to read or write: Spark's options, with case-insensitive names. */
export type Options = Readonly<Record<string, string>>;

/** Options whose values are moments that expressions give when the relation is looked up, by their names. */
export type Moments = Readonly<Record<string, Expression>>;

// ------------------------------------------------------------------------------------------------ leaves

/**
 * The rows of a data source: `SELECT * FROM json.'events/'`.
 *
 * Output: `schema` where given, else what the source says; partition columns follow. `predicates` belong to JDBC.
 *
 * | format | paths | output |
 * |---|---|---|
 * | json | `["events/"]` | a: bigint, day: date |
 */
export interface Read extends NodeOrigin {
  readonly kind: "read";
  readonly format: string | null;
  readonly paths: readonly string[];
  readonly schema?: StructType;
  readonly options: Options;
  readonly moments?: Moments;
  readonly predicates?: readonly string[];
  readonly isStreaming: boolean;
}

/** The rows of a table or view of the catalogue; one part a dot: `["spark_catalog", "default", "sales"]`. */
export interface ReadTable extends NodeOrigin {
  readonly kind: "read table";
  readonly name: readonly string[];
  readonly options: Options;
  readonly moments?: Moments;
  readonly isStreaming: boolean;
}

/** Rows that the program holds: columnar batches, by reference. Output: `schema`. */
export interface LocalRelation extends NodeOrigin {
  readonly kind: "local relation";
  readonly schema: StructType;
  readonly batches: readonly Batch[];
}

/** `id: bigint` from `start` (included) by `step` to `end` (excluded). `step` is never 0. */
export interface Range extends NodeOrigin {
  readonly kind: "range";
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
  readonly partitions?: number;
}

/** `VALUES (1, 'a'), (2, 'b')`: rows of expressions, all of one width. Output: `col1`, `col2`, … of the widest types. */
export interface InlineTable extends NodeOrigin {
  readonly kind: "inline table";
  readonly rows: readonly (readonly Expression[])[];
}

/** The rows that a table function gives: `range(3)`, `explode(array(1, 2))`. */
export interface TableFunction extends NodeOrigin {
  readonly kind: "table function";
  readonly name: readonly string[];
  readonly arguments: readonly Expression[];
}

/** The rows that a user's table function gives. Output: its schema. */
export interface UserTableFunctionRelation extends NodeOrigin {
  readonly kind: "user table function relation";
  readonly call: UserTableFunction;
}

/** Rows held by a server under `id`, such as a checkpointed DataFrame. */
export interface CachedRemoteRelation extends NodeOrigin {
  readonly kind: "cached remote relation";
  readonly id: string;
}

/** Rows sent to a server earlier: whole under a content hash, or in parts, each and the schema under a hash of its own. */
export interface CachedLocalRelation extends NodeOrigin {
  readonly kind: "cached local relation";
  readonly hashes: { readonly whole: string } | { readonly parts: readonly string[]; readonly schema?: string };
}

/** The changes of a table between two versions or times: its columns and `_change_type`, `_commit_version`, `_commit_timestamp`. */
export interface RelationChanges extends NodeOrigin {
  readonly kind: "relation changes";
  readonly name: readonly string[];
  readonly options: Options;
  readonly moments?: Moments;
  readonly isStreaming: boolean;
}

/** What the catalogue answers: `SHOW …`, `DESCRIBE …`. `catalogue-query.ts` says which columns each question gives. */
export interface CatalogueQuery extends NodeOrigin {
  readonly kind: "catalogue query";
  readonly question: CatalogueQuestion;
  /** The query of `DESCRIBE QUERY`. */
  readonly input?: Relation;
}

/** A use of a common table expression of an enclosing `with`. */
export interface CommonTableReference extends NodeOrigin {
  readonly kind: "common table reference";
  readonly name: string;
}

/** The one row without columns that a query without FROM reads. */
export interface OneRow extends NodeOrigin {
  readonly kind: "one row";
}

// ------------------------------------------------------------------------------------------------ rows in, rows out

/**
 * One output column for each expression; a star gives several. Aggregates make it a global aggregation.
 *
 * | `SELECT a + 1 AS b` | b |
 * |---|---|
 * | a = 1 | 2 |
 */
export interface Project extends NodeOrigin {
  readonly kind: "project";
  readonly input: Relation;
  readonly expressions: readonly Expression[];
  /** True for a step behind `|>`, which sees what the step before shows, and nothing else. */
  readonly isStep?: boolean;
}

/** The rows for which `condition` is true; false and null go. `condition` is boolean. */
export interface Filter extends NodeOrigin {
  readonly kind: "filter";
  readonly input: Relation;
  readonly condition: Expression;
  /** True for a step behind `|>`, which sees what the step before shows, and nothing else. */
  readonly isStep?: boolean;
}

/**
 * The rows of a projection for which `condition` is true, where the condition may compute window functions over the
 * projection's columns and those of its own input: `QUALIFY row_number() OVER (…) = 1`. Output: the projection's.
 */
export interface Qualify extends NodeOrigin {
  readonly kind: "qualify";
  readonly input: Relation;
  readonly condition: Expression;
}

export type JoinType = "inner" | "left" | "right" | "full" | "left semi" | "left anti" | "cross";

/**
 * Pairs of rows for which `condition` is true, or whose `using` columns are equal.
 *
 * Output: left then right columns; with `using` each key once, first (coalesced in a full join); only left columns for
 * semi and anti joins. An outer side becomes nullable. `condition` and `using` exclude each other.
 *
 * | left | right | inner using k | left using k |
 * |---|---|---|---|
 * | k=1, k=2 | k=2, v=x | (2, x) | (1, null), (2, x) |
 */
export interface Join extends NodeOrigin {
  readonly kind: "join";
  readonly left: Relation;
  readonly right: Relation;
  readonly type: JoinType;
  readonly condition?: Expression;
  readonly using: readonly string[];
  readonly natural?: boolean;
}

/** A join whose right side may refer to columns of the left: `LATERAL`. */
export interface LateralJoin extends NodeOrigin {
  readonly kind: "lateral join";
  readonly left: Relation;
  readonly right: Relation;
  readonly type: JoinType;
  readonly condition?: Expression;
}

/**
 * For each left row the right row whose `rightTime` is nearest before, after or around `leftTime`, within `tolerance`.
 *
 * Output: left then right columns; the right ones are nullable in a left join. Unlike a join's, the `using` columns come
 * from both sides. `type` is inner or left.
 */
export interface AsOfJoin extends NodeOrigin {
  readonly kind: "as-of join";
  readonly left: Relation;
  readonly right: Relation;
  readonly leftTime: Expression;
  readonly rightTime: Expression;
  readonly type: JoinType;
  readonly condition?: Expression;
  readonly using: readonly string[];
  readonly tolerance?: Expression;
  readonly allowExactMatches: boolean;
  readonly direction: "backward" | "forward" | "nearest";
}

/** For each left row the `count` right rows with the smallest (or largest) `ranking`. */
export interface NearestByJoin extends NodeOrigin {
  readonly kind: "nearest-by join";
  readonly left: Relation;
  readonly right: Relation;
  readonly ranking: Expression;
  readonly count: number;
  readonly type: "inner" | "left";
  readonly mode: "approximate" | "exact";
  readonly direction: "distance" | "similarity";
}

/**
 * Rows of both inputs (union), of both alike (intersect), or of the left not in the right (except); equal rows once
 * unless `all`. Columns pair by position, or by name with `byName`; `allowMissingColumns` fills absent ones with null.
 * Output: the left's names, the widest types.
 */
export interface SetOperation extends NodeOrigin {
  readonly kind: "set operation";
  readonly left: Relation;
  readonly right: Relation;
  readonly operation: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly byName: boolean;
  readonly allowMissingColumns: boolean;
}

/** The rows in order; within each partition only when not `global`. */
export interface Sort extends NodeOrigin {
  readonly kind: "sort";
  readonly input: Relation;
  readonly order: readonly SortOrder[];
  readonly global: boolean;
  /** `ORDER BY ALL`: by every column, `order` holding one entry for the direction. */
  readonly byAll?: boolean;
  /** True for a step behind `|>`, which sees what the step before shows, and nothing else. */
  readonly isStep?: boolean;
}

/** The first `count` rows, a constant, not negative; all when absent, with as many rows of recursions below as there are. */
export interface Limit extends NodeOrigin {
  readonly kind: "limit";
  readonly input: Relation;
  readonly count?: Expression;
}

/** All but the first `count` rows. */
export interface Offset extends NodeOrigin {
  readonly kind: "offset";
  readonly input: Relation;
  readonly count: Expression;
}

/** The last `count` rows, in their order. */
export interface Tail extends NodeOrigin {
  readonly kind: "tail";
  readonly input: Relation;
  readonly count: Expression;
}

export type Grouping = "group by" | "rollup" | "cube" | "grouping sets" | "pivot" | "all";

/**
 * One row for each group of equal `grouping` values (nulls are equal). Without grouping one row, also of no input.
 *
 * Output: the grouping expressions, then the aggregates. `rollup` adds the groups of each prefix, `cube` of each subset,
 * `grouping sets` of each set listed. `pivot` gives a column for each value of `pivot.column` (found when `values` is
 * absent) and aggregate. `all` groups by every aggregate-free expression of `aggregates`.
 *
 * | a, b | `GROUP BY a: sum(b)` |
 * |---|---|
 * | (x, 1), (x, 2), (y, 3) | (x, 3), (y, 3) |
 */
export interface Aggregate extends NodeOrigin {
  readonly kind: "aggregate";
  readonly input: Relation;
  readonly type: Grouping;
  readonly grouping: readonly Expression[];
  readonly aggregates: readonly Expression[];
  readonly groupingSets?: readonly (readonly Expression[])[];
  readonly pivot?: Pivot;
  /** True when the output is `aggregates` alone, as in SQL; the API puts the grouping first. */
  readonly aggregatesOnly?: boolean;
  /** True for a pivot that groups by every column that neither it nor the aggregates use, as in SQL. */
  readonly groupsByRest?: boolean;
  /** True for a step behind `|>`, which sees what the step before shows, and nothing else. */
  readonly isStep?: boolean;
}

export interface Pivot {
  readonly column: Expression;
  readonly values?: readonly Expression[];
}

/** One row for each combination of `columns` (all when absent); which one is not defined. */
export interface Deduplicate extends NodeOrigin {
  readonly kind: "deduplicate";
  readonly input: Relation;
  readonly columns?: readonly string[];
  readonly withinWatermark: boolean;
}

/** Each row with a chance between `lower` and `upper`; the same rows for the same `seed` and input order. */
export interface Sample extends NodeOrigin {
  readonly kind: "sample";
  readonly input: Relation;
  readonly lower: number;
  readonly upper: number;
  readonly withReplacement: boolean;
  readonly seed?: bigint;
  readonly deterministicOrder?: boolean;
}

/** The input with a last column more: the place of each row, from 0. */
export interface ZipWithIndex extends NodeOrigin {
  readonly kind: "zip with index";
  readonly input: Relation;
  readonly name: string;
}

/** The input without some columns; unknown names are ignored, as Spark does. */
export interface Drop extends NodeOrigin {
  readonly kind: "drop";
  readonly input: Relation;
  readonly columns: readonly Expression[];
}

/** The input with columns added at the end, or replaced where a name (in any case) exists. */
export interface WithColumns extends NodeOrigin {
  readonly kind: "with columns";
  readonly input: Relation;
  readonly columns: readonly Alias[];
}

/** The input with columns renamed; unknown names are ignored, as Spark does. */
export interface WithColumnsRenamed extends NodeOrigin {
  readonly kind: "with columns renamed";
  readonly input: Relation;
  readonly renames: Readonly<Record<string, string>>;
}

/** All columns renamed by position. */
export interface ToColumns extends NodeOrigin {
  readonly kind: "to columns";
  readonly input: Relation;
  readonly names: readonly string[];
}

/** The columns reordered, cast and filled to `schema`, by name. */
export interface ToSchema extends NodeOrigin {
  readonly kind: "to schema";
  readonly input: Relation;
  readonly schema: StructType;
}

/**
 * A row for each value column: `identifiers`, the column's name as `variableColumn`, its value as `valueColumn`.
 *
 * | id, x, y | unpivot id: x, y |
 * |---|---|
 * | (1, 5, 6) | (1, x, 5), (1, y, 6) |
 */
export interface Unpivot extends NodeOrigin {
  readonly kind: "unpivot";
  readonly input: Relation;
  readonly identifiers: readonly Expression[];
  /** True where all columns but the values identify a row, as in SQL; `identifiers` is empty then. */
  readonly identifiersAreRest?: boolean;
  /** All other columns when absent; several columns a group give several value columns. */
  readonly values?: readonly (readonly Expression[])[];
  readonly variableColumn: string;
  readonly valueColumns: readonly string[];
  readonly aliases?: readonly (string | null)[];
  readonly includeNulls?: boolean;
}

/** Rows become columns: a row for each column, a column for each value of `index` (the first column when absent). */
export interface Transpose extends NodeOrigin {
  readonly kind: "transpose";
  readonly input: Relation;
  readonly index?: Expression;
}

/** Advice to the engine, such as `broadcast`; never changes the rows. */
export interface Hint extends NodeOrigin {
  readonly kind: "hint";
  readonly input: Relation;
  readonly name: string;
  readonly parameters: readonly Expression[];
}

/** The rows spread over `count` partitions; without `shuffle` only fewer partitions are made (coalesce). */
export interface Repartition extends NodeOrigin {
  readonly kind: "repartition";
  readonly input: Relation;
  readonly count: number;
  readonly shuffle: boolean;
}

/** The rows spread by `pmod(hash(expressions), count)`, or by range where the expressions are sort orders. */
export interface RepartitionByExpression extends NodeOrigin {
  readonly kind: "repartition by expression";
  readonly input: Relation;
  readonly expressions: readonly Expression[];
  readonly count?: number;
  /** The only expression is the number of the partition itself. */
  readonly direct?: boolean;
}

/** The input under a name: its columns answer to `name.column`; `columns` renames them. */
export interface SubqueryAlias extends NodeOrigin {
  readonly kind: "subquery alias";
  readonly input: Relation;
  readonly name: string;
  readonly columns?: readonly string[];
}

/** The query of a table function, which means what it meant where the function was made. */
export interface FunctionQuery extends NodeOrigin {
  readonly kind: "function query";
  readonly input: Relation;
  /** Those that the function was made with. */
  readonly settings: AnalysisSettings;
}

/** Each row with the rows of a generator: `LATERAL VIEW [OUTER] explode(xs) t AS x`. */
export interface Generate extends NodeOrigin {
  readonly kind: "generate";
  readonly input: Relation;
  readonly generator: Call;
  readonly outer: boolean;
  readonly name?: string;
  readonly columns: readonly string[];
}

/** Common table expressions and the query that uses them; recursive ones may refer to themselves. */
export interface With extends NodeOrigin {
  readonly kind: "with";
  readonly input: Relation;
  readonly tables: readonly CommonTable[];
  readonly recursive: boolean;
}

export interface CommonTable {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly plan: Relation;
  readonly maxRecursion?: number;
}

/** A query as its SQL text: it is read when it runs, since only the session knows the names that it computes. */
export interface SqlText extends NodeOrigin {
  readonly kind: "sql text";
  readonly statement: SqlStatement;
}

// ------------------------------------------------------------------------------------------------ nulls and statistics

/** Nulls replaced: by one value in the columns whose type fits, or by `values[i]` in `columns[i]`. */
export interface FillNulls extends NodeOrigin {
  readonly kind: "fill nulls";
  readonly input: Relation;
  readonly columns?: readonly string[];
  readonly values: readonly Literal[];
}

/** The rows with at least `minimumNonNulls` values (all when absent) that are neither null nor NaN in `columns`. */
export interface DropNulls extends NodeOrigin {
  readonly kind: "drop nulls";
  readonly input: Relation;
  readonly columns?: readonly string[];
  readonly minimumNonNulls?: number;
}

/** Values replaced by others in `columns` (all whose type fits when absent). */
export interface ReplaceValues extends NodeOrigin {
  readonly kind: "replace values";
  readonly input: Relation;
  readonly columns?: readonly string[];
  readonly replacements: readonly (readonly [Literal, Literal])[];
}

/** `summary: string` and a column each: count, mean, stddev, min, max (describe) or those named, with percentiles (summary). */
export interface Describe extends NodeOrigin {
  readonly kind: "describe";
  readonly input: Relation;
  readonly columns?: readonly string[];
  readonly statistics?: readonly string[];
}

/** A contingency table of two columns: a row for each value of the first, a column for each of the second. */
export interface Crosstab extends NodeOrigin {
  readonly kind: "crosstab";
  readonly input: Relation;
  readonly column1: string;
  readonly column2: string;
}

/** One row with the covariance or Pearson correlation of two columns. */
export interface PairStatistic extends NodeOrigin {
  readonly kind: "pair statistic";
  readonly input: Relation;
  readonly statistic: "covariance" | "correlation";
  readonly column1: string;
  readonly column2: string;
}

/** One row with an array of approximate quantiles for each column. */
export interface ApproximateQuantile extends NodeOrigin {
  readonly kind: "approximate quantile";
  readonly input: Relation;
  readonly columns: readonly string[];
  readonly probabilities: readonly number[];
  readonly relativeError: number;
}

/**
 * One row with an array for each column, `<name>_freqItems`: every value that at least a share `support` of the rows has, and
 * perhaps others. Nulls count as a value.
 */
export interface FrequentItems extends NodeOrigin {
  readonly kind: "frequent items";
  readonly input: Relation;
  readonly columns: readonly string[];
  readonly support: number;
}

/** A sample with a fraction for each value of `column`. */
export interface SampleBy extends NodeOrigin {
  readonly kind: "sample by";
  readonly input: Relation;
  readonly column: Expression;
  readonly fractions: readonly (readonly [Literal, number])[];
  readonly seed?: bigint;
}

/** The input, while aggregates over it are noted under `name`; they do not change the rows. */
export interface Observe extends NodeOrigin {
  readonly kind: "observe";
  readonly input: Relation;
  readonly name: string;
  readonly metrics: readonly Expression[];
}

/** Rows parsed from the only column of `input`: JSON or CSV text. Output: `schema`, inferred when absent. */
export interface Parse extends NodeOrigin {
  readonly kind: "parse";
  readonly input: Relation;
  readonly format: "json" | "csv";
  readonly schema?: StructType;
  readonly options: Options;
}

/** One row `show_string: string`: the first rows drawn as a table. */
export interface ShowString extends NodeOrigin {
  readonly kind: "show string";
  readonly input: Relation;
  readonly rows: number;
  readonly truncate: number;
  readonly vertical: boolean;
}

/** How much `explain` tells, as in Spark. */
export type ExplainMode = "simple" | "extended" | "codegen" | "cost" | "formatted";

/** One row `plan: string`: how the input would be computed. */
export interface Explain extends NodeOrigin {
  readonly kind: "explain";
  readonly input: Relation;
  readonly mode: ExplainMode;
}

// ------------------------------------------------------------------------------------------------ streams and user functions

/** The input of a stream, whose rows later than `delay` behind the newest `column` may be dropped. */
export interface WithWatermark extends NodeOrigin {
  readonly kind: "with watermark";
  readonly input: Relation;
  readonly column: string;
  readonly delay: string;
}

/** What `function` makes of the input's batches. Output: the struct that is its type. */
export interface MapBatches extends NodeOrigin {
  readonly kind: "map batches";
  readonly input: Relation;
  readonly function: UserFunction;
  readonly isBarrier?: boolean;
}

/** What `function` makes of each group of rows. Output: the struct that is its type. */
export interface ApplyToGroups extends NodeOrigin {
  readonly kind: "apply to groups";
  readonly input: Relation;
  readonly grouping: readonly Expression[];
  readonly function: UserFunction;
}

/** What `function` makes of each pair of groups with equal keys. */
export interface ApplyToCogroups extends NodeOrigin {
  readonly kind: "apply to cogroups";
  readonly left: Relation;
  readonly right: Relation;
  readonly leftGrouping: readonly Expression[];
  readonly rightGrouping: readonly Expression[];
  readonly function: UserFunction;
}

/** A stateful function over the groups of a stream. */
export interface ApplyWithState extends NodeOrigin {
  readonly kind: "apply with state";
  readonly input: Relation;
  readonly grouping: readonly Expression[];
  readonly function: UserFunction;
  readonly state: StructType;
  readonly outputMode: "append" | "update" | "complete";
  readonly timeout: "none" | "processing time" | "event time";
}

export type Relation =
  | Read
  | ReadTable
  | LocalRelation
  | Range
  | InlineTable
  | TableFunction
  | UserTableFunctionRelation
  | CachedRemoteRelation
  | CachedLocalRelation
  | RelationChanges
  | CatalogueQuery
  | CommonTableReference
  | OneRow
  | Project
  | Filter
  | Qualify
  | Join
  | LateralJoin
  | AsOfJoin
  | NearestByJoin
  | SetOperation
  | Sort
  | Limit
  | Offset
  | Tail
  | Aggregate
  | Deduplicate
  | Sample
  | ZipWithIndex
  | Drop
  | WithColumns
  | WithColumnsRenamed
  | ToColumns
  | ToSchema
  | Unpivot
  | Transpose
  | Hint
  | Repartition
  | RepartitionByExpression
  | SubqueryAlias
  | FunctionQuery
  | Generate
  | With
  | SqlText
  | FillNulls
  | DropNulls
  | ReplaceValues
  | Describe
  | Crosstab
  | PairStatistic
  | ApproximateQuantile
  | FrequentItems
  | SampleBy
  | Observe
  | Parse
  | ShowString
  | Explain
  | WithWatermark
  | MapBatches
  | ApplyToGroups
  | ApplyToCogroups
  | ApplyWithState;

export type RelationKind = Relation["kind"];
