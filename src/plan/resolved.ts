/**
 * The analysed plan: what an engine executes. Far smaller than the unresolved plan, and nothing is left to guess.
 *
 * Every column has an id of its own, every expression its type and nullability, every cast is written out, every function
 * is known. An engine needs no name lookup and no implicit conversion. A relation used twice is one object met twice;
 * an engine may compute it once.
 */
import type { Batch } from "../types/batch.ts";
import type { DataType, StructType } from "../types/data-type.ts";
import type { Metadata } from "../types/metadata.ts";
import type { TimeParser } from "./analysis-settings.ts";
import type { ListedFiles } from "./listed-files.ts";
import type { Origin } from "./node.ts";
import type { Options } from "./relation.ts";

/** A column that a relation gives. */
export interface OutputColumn {
  readonly id: number;
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata?: Metadata;
}

interface Typed {
  readonly type: DataType;
  readonly nullable: boolean;
}

/** What may fail on data knows where it was written; equality ignores that. */
interface MayFail extends Typed {
  readonly origin?: Origin;
}

/** What may read a clock. */
interface OnClock {
  /** The zone of the view or the function which it was written in; that of the session when absent. */
  readonly timeZone?: string;
}

/** A column of an input, or of an enclosing query where no input has the id. */
export interface ColumnReference extends Typed {
  readonly kind: "column";
  readonly id: number;
}

/** A constant in its storage form; null has no type of its own but the one given here. */
export interface Constant extends Typed {
  readonly kind: "constant";
  readonly value: unknown;
}

/** A function under the catalogue's canonical name, with arguments of the types that it works on. */
export interface ResolvedCall extends MayFail, OnClock {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly ResolvedExpression[];
  readonly deterministic: boolean;
  /** On calls that know date-time patterns, where Spark's own parser is not the one. */
  readonly timeParser?: TimeParser;
  /** Present on aggregates and window functions. */
  readonly aggregate?: AggregateDetails;
}

export interface AggregateDetails {
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter?: ResolvedExpression;
  readonly order: readonly ResolvedOrder[];
}

/**
 * A conversion that fails (`ansi`) or gives null (`try`) where a value does not fit; `legacy` ones wrap numbers around and
 * give null for the rest.
 */
export interface ResolvedCast extends MayFail, OnClock {
  readonly kind: "cast";
  readonly input: ResolvedExpression;
  readonly mode: "ansi" | "try" | "legacy";
  /** The column of a table that the value is written to; CHAR is then padded, and longer text than CHAR and VARCHAR hold fails. */
  readonly storedIn?: string;
}

/** The first branch whose condition is true, else `otherwise`, else null. */
export interface Conditional extends Typed {
  readonly kind: "conditional";
  readonly branches: readonly { readonly when: ResolvedExpression; readonly then: ResolvedExpression }[];
  readonly otherwise?: ResolvedExpression;
}

/** Field `index` of a struct. */
export interface FieldAccess extends Typed {
  readonly kind: "field";
  readonly input: ResolvedExpression;
  readonly index: number;
}

/** A struct made of values, in the order of its type's fields. */
export interface StructValue extends Typed {
  readonly kind: "struct";
  readonly fields: readonly ResolvedExpression[];
}

export interface ResolvedLambda extends Typed {
  readonly kind: "lambda";
  readonly parameters: readonly OutputColumn[];
  readonly body: ResolvedExpression;
}

export interface ResolvedWindow extends Typed {
  readonly kind: "window";
  readonly call: ResolvedExpression;
  readonly partitionBy: readonly ResolvedExpression[];
  readonly orderBy: readonly ResolvedOrder[];
  readonly frame?: ResolvedFrame;
}

export interface ResolvedFrame {
  readonly unit: "rows" | "range";
  readonly lower: FrameBound;
  readonly upper: FrameBound;
}

/** `offset` counts rows, or is a value of the ordering's type; never negative: `direction` says where. */
export type FrameBound =
  | { readonly at: "unbounded" }
  | { readonly at: "current row" }
  | { readonly at: "offset"; readonly direction: "preceding" | "following"; readonly offset: ResolvedExpression };

export interface ResolvedOrder {
  readonly expression: ResolvedExpression;
  readonly direction: "ascending" | "descending";
  readonly nulls: "first" | "last";
}

/**
 * A query as a value: its only value, whether it has rows, or whether `values`, one for each column of `plan`, are one of
 * its rows. `in` and `not in` are false where that is not known for nulls, as Spark has it.
 */
export interface ResolvedSubquery extends MayFail {
  readonly kind: "subquery";
  readonly form: "scalar" | "exists" | "in" | "not in";
  readonly plan: ResolvedRelation;
  readonly values: readonly ResolvedExpression[];
  /** The columns of the enclosing query that the plan reads, as often as it does. */
  readonly outer: readonly OutputColumn[];
}

/** A user's function that the session holds under `id`. */
export interface ResolvedUserFunction extends Typed {
  readonly kind: "user function";
  readonly id: string;
  readonly name: string;
  readonly arguments: readonly ResolvedExpression[];
  readonly deterministic: boolean;
  readonly vectorized: boolean;
  readonly asynchronous: boolean;
  /** Present where the function is an aggregate. */
  readonly aggregate?: AggregateDetails;
}

export type ResolvedExpression =
  | ColumnReference
  | Constant
  | ResolvedCall
  | ResolvedCast
  | Conditional
  | FieldAccess
  | StructValue
  | ResolvedLambda
  | ResolvedWindow
  | ResolvedSubquery
  | ResolvedUserFunction;

export type ResolvedExpressionKind = ResolvedExpression["kind"];

interface Resolved {
  readonly output: readonly OutputColumn[];
  readonly origin?: Origin;
}

/** A column that a node computes. */
export interface NamedExpression {
  readonly column: OutputColumn;
  readonly expression: ResolvedExpression;
}

/** Rows from outside; the run's bindings say from where. `fields` are the source's names of the output columns. */
export interface Scan extends Resolved {
  readonly kind: "scan";
  readonly leaf: number;
  readonly fields: readonly string[];
  /** Columns such as `_metadata` that the source computes. */
  readonly hidden?: readonly OutputColumn[];
}

export interface LocalRows extends Resolved {
  readonly kind: "local rows";
  readonly batches: readonly Batch[];
}

export interface RangeRows extends Resolved {
  readonly kind: "range rows";
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
}

/** Rows of expressions without input; one row without columns for a query without FROM. */
export interface ValueRows extends Resolved {
  readonly kind: "value rows";
  readonly rows: readonly (readonly ResolvedExpression[])[];
}

export interface ResolvedProject extends Resolved {
  readonly kind: "project";
  readonly input: ResolvedRelation;
  readonly columns: readonly NamedExpression[];
}

export interface ResolvedFilter extends Resolved {
  readonly kind: "filter";
  readonly input: ResolvedRelation;
  readonly condition: ResolvedExpression;
}

/**
 * `lateral`: the right side refers to columns of the left. `broadcast` is the side a hint says is small. `asOf`: of the right
 * rows for which the condition holds, only the one nearest by its only inequality; all else in it is equalities.
 */
export interface ResolvedJoin extends Resolved {
  readonly kind: "join";
  readonly left: ResolvedRelation;
  readonly right: ResolvedRelation;
  readonly type: "inner" | "left" | "right" | "full" | "left semi" | "left anti" | "cross";
  readonly condition?: ResolvedExpression;
  readonly lateral: boolean;
  readonly asOf?: boolean;
  readonly broadcast?: "left" | "right";
}

/** Columns pair by position and have equal types. */
export interface ResolvedSetOperation extends Resolved {
  readonly kind: "set operation";
  readonly left: ResolvedRelation;
  readonly right: ResolvedRelation;
  readonly operation: "union" | "intersect" | "except";
  readonly all: boolean;
}

export interface ResolvedSort extends Resolved {
  readonly kind: "sort";
  readonly input: ResolvedRelation;
  readonly order: readonly ResolvedOrder[];
  readonly global: boolean;
}

/** Rows `offset` to `offset + count`; `last` counts from the end. */
export interface Slice extends Resolved {
  readonly kind: "slice";
  readonly input: ResolvedRelation;
  readonly offset: bigint;
  readonly count?: bigint;
  readonly last: boolean;
}

/**
 * One row a group. Output: keys, then aggregates; with `groupingSets` (lists of key positions) keys outside the set are
 * null and `groupingId`, when present, holds the set's bits.
 */
export interface ResolvedAggregate extends Resolved {
  readonly kind: "aggregate";
  readonly input: ResolvedRelation;
  readonly keys: readonly NamedExpression[];
  readonly aggregates: readonly NamedExpression[];
  readonly groupingSets?: readonly (readonly number[])[];
  readonly groupingId?: OutputColumn;
}

/** One row for each combination of the columns with ids `keys`; which one is not defined. */
export interface ResolvedDistinct extends Resolved {
  readonly kind: "distinct";
  readonly input: ResolvedRelation;
  readonly keys: readonly number[];
}

/** The input's columns, then the generator's. */
export interface ResolvedGenerate extends Resolved {
  readonly kind: "generate";
  readonly input: ResolvedRelation;
  readonly generator: ResolvedCall;
  readonly generated: readonly OutputColumn[];
  readonly outer: boolean;
}

export interface ResolvedSample extends Resolved {
  readonly kind: "sample";
  readonly input: ResolvedRelation;
  readonly lower: number;
  readonly upper: number;
  readonly withReplacement: boolean;
  readonly seed: bigint;
}

/** Rows placed in partitions: by hash of `keys`, by range of `order`, or in turn. Matters to partition ids and files. */
export interface Distribution extends Resolved {
  readonly kind: "distribution";
  readonly input: ResolvedRelation;
  readonly partitions: number | null;
  readonly keys: readonly ResolvedExpression[];
  readonly order: readonly ResolvedOrder[];
  readonly shuffle: boolean;
  /** The only key is the number of the partition itself. */
  readonly direct?: boolean;
  /** The last column of the output, when it says which partition a row lies in. */
  readonly partitionId?: number;
  /** The input's column of the same kind and how many partitions the input has, where they are only put together. */
  readonly inputPartitions?: { readonly id: number; readonly count: number };
}

export interface ResolvedObserve extends Resolved {
  readonly kind: "observe";
  readonly input: ResolvedRelation;
  readonly name: string;
  readonly metrics: readonly NamedExpression[];
}

/**
 * Batches through a user's function: all of them, or those of each group. The last `keys` columns of an input are the keys
 * of its groups; groups of several inputs belong together where their keys are equal, nulls included.
 */
export interface Stage extends Resolved {
  readonly kind: "stage";
  readonly inputs: readonly StageInput[];
  readonly grouped: boolean;
  readonly function: string;
  readonly schema: StructType;
  /**
   * How many columns of the input are passed on before those that the function makes, for functions that are called a row
   * at a time; their arguments follow.
   */
  readonly kept?: number;
}

export interface StageInput {
  readonly relation: ResolvedRelation;
  readonly keys: number;
}

/**
 * The rows of `anchor`, then those of `step` over the rows that were added last, until it adds none. After `levels` steps,
 * or `rows` rows in all, that is an error; those that are absent have no limit.
 */
export interface Recursion extends Resolved {
  readonly kind: "recursion";
  /** A number that tells recursions apart. */
  readonly id: number;
  readonly anchor: ResolvedRelation;
  readonly step: ResolvedRelation;
  readonly levels?: number;
  readonly rows?: number;
  /** How many rows are asked for: with these it ends, whatever the step would add. */
  readonly most?: bigint;
}

/** Inside the step of a recursion: the rows that were added last. */
export interface RecursiveReference extends Resolved {
  readonly kind: "recursive reference";
  readonly recursion: number;
}

/** Rows that the engine keeps for the session under a cache entry. */
export interface Cached extends Resolved {
  readonly kind: "cached";
  readonly entry: string;
  readonly input: ResolvedRelation;
}

export type ResolvedRelation =
  | Scan
  | LocalRows
  | RangeRows
  | ValueRows
  | ResolvedProject
  | ResolvedFilter
  | ResolvedJoin
  | ResolvedSetOperation
  | ResolvedSort
  | Slice
  | ResolvedAggregate
  | ResolvedDistinct
  | ResolvedGenerate
  | ResolvedSample
  | Distribution
  | ResolvedObserve
  | Stage
  | Recursion
  | RecursiveReference
  | Cached;

export type ResolvedRelationKind = ResolvedRelation["kind"];

/** What a leaf of the plan is bound to when it is analysed: its schema and how an engine finds the rows again. */
export interface Leaf {
  readonly id: number;
  readonly schema: StructType;
  readonly format: string;
  readonly paths: readonly string[];
  readonly options: Options;
  /** Columns taken from folder names such as `date=2025-02-01`. */
  readonly partitionColumns: readonly string[];
  /** The files found, as URIs. */
  readonly files?: readonly string[];
  /** What the engine noted when it described the source, such as the files found. */
  readonly details?: unknown;
  /** Where a table lists its files itself: those to read, known once the plan is analysed. */
  readonly listed?: ListedFiles;
}
