/**
 * The expressions of the unresolved plan, shaped like Spark Connect's.
 *
 * Every expression is frozen plain data. Names are not looked up, types are not known and no cast is implied: the
 * analyzer does all of that. Operators are function calls under their SQL names (`+`, `AND`, `=`).
 */

import type { DataType, StructType } from "../types/data-type.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import type { Placed } from "./node.ts";
import type { Relation } from "./relation.ts";

/**
 * A constant. `value` is the storage value of `type`: days for dates, microseconds for timestamps, unscaled digits for
 * decimals; `null` for a typed null. Arrays, maps and structs hold storage values too.
 *
 * | literal | type | value |
 * |---|---|---|
 * | `lit(3)` | int | 3 |
 * | `DATE'1970-01-02'` | date | 1 |
 * | `1.50BD` | decimal(3,2) | 150n |
 */
export interface Literal extends Placed {
  readonly kind: "literal";
  readonly type: DataType;
  readonly value: unknown;
  /** Of a timestamp that names no zone, where that of the session is not known yet: the value is what its clocks show. */
  readonly onClock?: true;
}

/**
 * A column by name. `name` has one part a dot outside back-ticks: `a.b` is column `b` of relation `a` or field `b` of
 * column `a`. With `planId` the name is looked up in the output of that relation only (self-joins).
 */
export interface Attribute extends Placed {
  readonly kind: "attribute";
  readonly name: readonly string[];
  readonly planId?: number;
}

/** All columns, or those of the relation or struct named by `target`: `*`, `t.*`; `except` names are left out, or have the value of `replacement` at their place. */
export interface Star extends Placed {
  readonly kind: "star";
  readonly target?: readonly string[];
  readonly planId?: number;
  readonly except?: readonly (readonly string[])[];
  readonly replacement?: Expression;
}

/** All columns, of a relation where one is named, whose whole name matches a Java regular expression: `` `(id|name)?` ``. */
export interface RegularExpressionStar extends Placed {
  readonly kind: "regular expression star";
  readonly target?: readonly string[];
  readonly pattern: string;
  readonly planId?: number;
}

/** A metadata column such as `_metadata`, hidden from stars. */
export interface MetadataAttribute extends Placed {
  readonly kind: "metadata attribute";
  readonly name: string;
  readonly planId?: number;
}

/** A function by its SQL name; operators are functions. `distinct` removes equal arguments first (aggregates). */
export interface Call extends Placed {
  readonly kind: "call";
  readonly name: readonly string[];
  readonly arguments: readonly Expression[];
  readonly distinct?: boolean;
  /** `FILTER (WHERE …)` of an aggregate. */
  readonly filter?: Expression;
  /** `WITHIN GROUP (ORDER BY …)` of an aggregate. */
  readonly withinGroup?: readonly SortOrder[];
  readonly ignoreNulls?: boolean;
}

/** `name => value` in an argument list. */
export interface NamedArgument extends Placed {
  readonly kind: "named argument";
  readonly name: string;
  readonly value: Expression;
}

/** The value of `input` under a name; several names for a generator or a struct that becomes several columns. */
export interface Alias extends Placed {
  readonly kind: "alias";
  readonly input: Expression;
  readonly names: readonly string[];
  readonly metadata?: { readonly [name: string]: import("../types/metadata.ts").MetadataValue };
}

/** A change of type: `ansi` fails on values that do not fit, `try` gives null. */
export interface Cast extends Placed {
  readonly kind: "cast";
  readonly input: Expression;
  readonly type: DataType;
  /** `try` gives null where a value does not fit; what else becomes of it is the ANSI mode's to say. */
  readonly mode: "ansi" | "try";
  /** The column of a table that the value is written to: CHAR and VARCHAR then have their lengths, and failures name it. */
  readonly storedIn?: string;
}

/** The order of rows by one expression. */
export interface SortOrder extends Placed {
  readonly kind: "sort order";
  readonly input: Expression;
  readonly direction: "ascending" | "descending";
  readonly nulls: "first" | "last";
}

/** A function over the rows around each row. `frame` is absent for Spark's default of the function. */
export interface Window extends Placed {
  readonly kind: "window";
  readonly call: Expression;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortOrder[];
  readonly frame?: WindowFrame;
  /** A window of the `WINDOW` clause, by name. */
  readonly reference?: string;
}

/** Which rows of the partition a window function sees; a bound that is an expression is an offset, negative before. */
export interface WindowFrame extends Placed {
  readonly kind: "window frame";
  readonly unit: "rows" | "range";
  readonly lower: "unbounded" | "current row" | Expression;
  readonly upper: "unbounded" | "current row" | Expression;
}

/** A function as an argument: `(x, i) -> x + i`. Its parameters shadow columns. */
export interface Lambda extends Placed {
  readonly kind: "lambda";
  readonly parameters: readonly string[];
  readonly body: Expression;
}

/** A parameter of an enclosing lambda. */
export interface LambdaParameter extends Placed {
  readonly kind: "lambda parameter";
  readonly name: string;
}

/** An element of an array, a value of a map or a field of a struct. */
export interface ExtractValue extends Placed {
  readonly kind: "extract value";
  readonly input: Expression;
  readonly extraction: Expression;
}

/** A struct with one field set (`value` given) or dropped (absent); `field` may be a dotted path. */
export interface UpdateField extends Placed {
  readonly kind: "update field";
  readonly input: Expression;
  readonly field: readonly string[];
  readonly value?: Expression;
}

/**
 * A query inside an expression.
 *
 * `scalar` is one value (null without a row, an error with several), `exists` is true when there is a row, `in` compares
 * `values` with the rows, `table` passes the rows to a table function.
 */
export interface Subquery extends Placed {
  readonly kind: "subquery";
  readonly form: "scalar" | "exists" | "in" | "table";
  readonly plan: Relation;
  readonly values?: readonly Expression[];
  readonly partitionBy?: readonly Expression[];
  readonly orderBy?: readonly SortOrder[];
  readonly singlePartition?: boolean;
}

/**
 * A function of the user's, held by the session under `id`; the plan holds its types only. `vectorized` functions take
 * and give columnar batches, `asynchronous` ones promises.
 */
export interface UserFunction extends Placed {
  readonly kind: "user function";
  readonly id: string;
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly parameters: readonly DataType[];
  readonly type: DataType;
  readonly deterministic: boolean;
  readonly vectorized: boolean;
  readonly asynchronous: boolean;
  readonly aggregate?: boolean;
}

/** A call of a function whose body is an expression: columns are named by the call, the value is that of `input`. */
export interface ExpandedCall extends Placed {
  readonly kind: "expanded call";
  readonly text: string;
  readonly input: Expression;
  /** Those that the function was made with; those around the call when absent. */
  readonly settings?: AnalysisSettings;
}

/** A value inside the body of a function that means what it means where the function is called. */
export interface FunctionArgument extends Placed {
  readonly kind: "function argument";
  readonly input: Expression;
}

/** A session variable or a parameter of SQL text. */
export interface Variable extends Placed {
  readonly kind: "variable";
  readonly form: "session" | "named parameter" | "positional parameter";
  readonly name: readonly string[];
}

/** A call of a table function such as `explode`, `range` or `json_tuple`, where a relation is made of it. */
export interface TableFunctionCall extends Placed {
  readonly kind: "table function call";
  readonly name: readonly string[];
  readonly arguments: readonly Expression[];
}

/** A user table function: rows of `schema` for each call. */
export interface UserTableFunction extends Placed {
  readonly kind: "user table function";
  readonly id: string;
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly parameters: readonly DataType[];
  readonly schema: StructType;
  readonly deterministic: boolean;
}

/** One clause of a merge: what to do with a matched, unmatched or source-less row. */
export interface MergeAction extends Placed {
  readonly kind: "merge action";
  readonly action: "delete" | "insert" | "insert all" | "update" | "update all";
  readonly condition?: Expression;
  readonly assignments: readonly MergeAssignment[];
}

export interface MergeAssignment extends Placed {
  readonly kind: "merge assignment";
  readonly column: Expression;
  readonly value: Expression;
}

export type Expression =
  | Literal
  | Attribute
  | Star
  | RegularExpressionStar
  | MetadataAttribute
  | Call
  | NamedArgument
  | Alias
  | Cast
  | SortOrder
  | Window
  | WindowFrame
  | Lambda
  | LambdaParameter
  | ExtractValue
  | UpdateField
  | Subquery
  | UserFunction
  | ExpandedCall
  | FunctionArgument
  | Variable
  | TableFunctionCall
  | UserTableFunction
  | MergeAction
  | MergeAssignment;

export type ExpressionKind = Expression["kind"];
