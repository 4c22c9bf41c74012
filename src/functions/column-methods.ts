/** The methods of `Column`, with the type that the compiler gives each result. */
import type { Expression, Window } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import type { DataType } from "../types/data-type.ts";
import type { inspection } from "../types/inspect.ts";
import type { MetadataValue } from "../types/metadata.ts";
import type { Dynamic } from "./kinds.ts";
import type { Operator, operators } from "./operators.ts";
import type {
  Aliased,
  Call,
  CastTo,
  ColumnLike,
  Extracted,
  Known,
  LiteralExp,
  LiteralValue,
  Opaque,
  Over,
  phantom,
  TriedCast,
  ValueExp,
} from "./phantom.ts";

/** What an operator takes: a column or a value; a string is a value, as in Spark's operators. */
export type Operand = ColumnLike | LiteralValue;

/** What `over` takes: made by `Window`. */
export interface WindowLike {
  readonly specification: Pick<Window, "partitionBy" | "orderBy" | "frame">;
}

/** What holds the rows of a sub-query: a DataFrame. */
export interface PlanHolder {
  readonly plan: Relation;
}

/** A column made by an operator. */
export type Operation<Name extends Operator, Arguments> = Column<Call<(typeof operators)[Name], Arguments>>;

/** A column made by an operator with one operand. */
type Binary<Name extends Operator, E, B> = Operation<Name, [E, ValueExp<B>]>;

/**
 * An expression over the columns of a DataFrame; nothing is computed until an action.
 *
 * Methods make new columns and change nothing. Operators follow Spark's Java API; `eq ne gte lte` are short for
 * `equalTo notEqual geq leq`. A column has no value of its own, so `a + b`, `a > b` and `` `${a}` `` throw.
 * `Column` alone is the dynamic column: what a helper takes and returns when it does not care about types.
 *
 * @example
 * ```ts
 * df.filter(col("amount").gt(3).and(col("user").eq("ann"))).select(col("amount").multiply(2).as("double"));
 * ```
 */
export interface Column<out E = unknown> extends ColumnLike {
  /** For the compiler only. */
  readonly [phantom]: E;
  /** The expression of the plan. */
  readonly expression: Expression;

  /** The sum; fails on overflow (ANSI). Dates take days. */
  plus<const B extends Operand>(other: B): Binary<"plus", E, B>;
  /** The difference; of two dates, a day-time interval. */
  minus<const B extends Operand>(other: B): Binary<"minus", E, B>;
  /** The product; fails on overflow (ANSI). */
  multiply<const B extends Operand>(other: B): Binary<"multiply", E, B>;
  /** The quotient, a DOUBLE of integers; division by zero fails (ANSI). */
  divide<const B extends Operand>(other: B): Binary<"divide", E, B>;
  /** The remainder, with the sign of the dividend; zero as divisor fails (ANSI). */
  mod<const B extends Operand>(other: B): Binary<"mod", E, B>;
  /** The value with the other sign. */
  negate(): Operation<"negate", [E]>;

  /** True where both are equal; null where either is null. */
  equalTo<const B extends Operand>(other: B): Binary<"equalTo", E, B>;
  /** `equalTo` in two letters. */
  eq<const B extends Operand>(other: B): Binary<"equalTo", E, B>;
  /** True where both differ; null where either is null. */
  notEqual<const B extends Operand>(other: B): Binary<"notEqual", E, B>;
  /** `notEqual` in two letters. */
  ne<const B extends Operand>(other: B): Binary<"notEqual", E, B>;
  /** Greater than. */
  gt<const B extends Operand>(other: B): Binary<"gt", E, B>;
  /** Greater than or equal to. */
  geq<const B extends Operand>(other: B): Binary<"geq", E, B>;
  /** `geq` as other languages call it. */
  gte<const B extends Operand>(other: B): Binary<"geq", E, B>;
  /** Less than. */
  lt<const B extends Operand>(other: B): Binary<"lt", E, B>;
  /** Less than or equal to. */
  leq<const B extends Operand>(other: B): Binary<"leq", E, B>;
  /** `leq` as other languages call it. */
  lte<const B extends Operand>(other: B): Binary<"leq", E, B>;
  /** Equality that is never null: two nulls are equal. */
  eqNullSafe<const B extends Operand>(other: B): Binary<"eqNullSafe", E, B>;
  /** True where the value lies in the range, ends included. */
  between<const L extends Operand, const U extends Operand>(
    lower: L,
    upper: U,
  ): Operation<
    "and",
    [Call<(typeof operators)["geq"], [E, ValueExp<L>]>, Call<(typeof operators)["leq"], [E, ValueExp<U>]>]
  >;
  /**
   * True where the value is one of those given, as arguments or as one array.
   *
   * @example
   * ```ts
   * df.filter(col("country").isin("IN", "US"));
   * ```
   */
  isin<const B extends Operand>(...values: readonly B[] | readonly [readonly B[]]): Operation<"isin", [E, ValueExp<B>]>;
  /**
   * True where the value is one of a DataFrame's rows; of several columns, compare `struct(…)`.
   *
   * @param rows - a DataFrame with a column for each value
   * @throws AnalysisError `DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH` when there are more or fewer columns
   * @example
   * ```ts
   * df.filter(col("user").isin(banned.select("id")));
   * ```
   */
  isin(rows: PlanHolder): Column<Known<"boolean" | null>>;

  /** True where both are; Spark's three-valued logic. */
  and<const B extends Operand>(other: B): Binary<"and", E, B>;
  /** True where either is; Spark's three-valued logic. */
  or<const B extends Operand>(other: B): Binary<"or", E, B>;
  /** True where the value is false. */
  not(): Operation<"not", [E]>;

  /** True where the value is null; never null itself. */
  isNull(): Operation<"isNull", [E]>;
  /** True where there is a value; never null itself. */
  isNotNull(): Operation<"isNotNull", [E]>;
  /** True where the value is NaN; never null itself. */
  isNaN(): Operation<"isNaN", [E]>;

  /** True where the text matches an SQL pattern: `%` for any text, `_` for a character, `\` to escape. */
  like<const B extends Operand>(pattern: B): Binary<"like", E, B>;
  /** `like` in any case. */
  ilike<const B extends Operand>(pattern: B): Binary<"ilike", E, B>;
  /** True where a Java regular expression is found in the text. */
  rlike<const B extends Operand>(pattern: B): Binary<"rlike", E, B>;
  /** True where the text begins with `prefix`. */
  startsWith<const B extends Operand>(prefix: B): Binary<"startsWith", E, B>;
  /** True where the text ends with `suffix`. */
  endsWith<const B extends Operand>(suffix: B): Binary<"endsWith", E, B>;
  /** True where `part` is in the text. */
  contains<const B extends Operand>(part: B): Binary<"contains", E, B>;
  /** `length` characters from position `start`, counted from 1. */
  substr<const A extends Operand, const B extends Operand>(
    start: A,
    length: B,
  ): Operation<"substr", [E, ValueExp<A>, ValueExp<B>]>;

  /** The element at a position (from 0), the value of a key, or a field by name. */
  getItem<const K extends Operand>(key: K): Column<Extracted<E, ValueExp<K>>>;
  /** A field of a struct, by name. */
  getField<const N extends string>(name: N): Column<Extracted<E, LiteralExp<N>>>;
  /** The struct with a field added or replaced; a dotted name reaches into structs. */
  withField(name: string, value: ColumnLike): Column<Opaque<E>>;
  /** The struct without some fields; dotted names reach into structs. */
  dropFields(...names: readonly string[]): Column<Opaque<E>>;

  /** Bits set in both. */
  bitwiseAnd<const B extends Operand>(other: B): Binary<"bitwiseAnd", E, B>;
  /** Bits set in either. */
  bitwiseOr<const B extends Operand>(other: B): Binary<"bitwiseOr", E, B>;
  /** Bits set in one of both. */
  bitwiseXor<const B extends Operand>(other: B): Binary<"bitwiseXor", E, B>;

  /**
   * The column under a name.
   *
   * @param name - its name in the output
   * @param options - `metadata` that the field of the schema shall carry
   * @example
   * ```ts
   * df.select(sum("amount").as("total"));
   * ```
   */
  as<const N extends string>(
    name: N,
    options?: { readonly metadata?: { readonly [name: string]: MetadataValue } },
  ): Column<Aliased<N, E>>;
  /** The columns of a generator under several names: `explode("map").as("key", "value")`. */
  as(...names: readonly [string, string, ...string[]]): Column<Aliased<string, E>>;
  /** `as`, as PySpark calls it. */
  alias<const N extends string>(
    name: N,
    options?: { readonly metadata?: { readonly [name: string]: MetadataValue } },
  ): Column<Aliased<N, E>>;

  /**
   * The value as another type; a value that does not fit fails (ANSI).
   *
   * @param type - as SQL writes it (`"decimal(10,2)"`), or a data type
   */
  cast<const T extends string | DataType>(type: T): Column<CastTo<T & string, E>>;
  /** `cast` that gives null where a value does not fit. */
  tryCast<const T extends string | DataType>(type: T): Column<TriedCast<T & string, E>>;

  /** Ascending order, nulls first. */
  asc(): Column<E>;
  /** Upwards, nulls before all values. */
  ascNullsFirst(): Column<E>;
  /** Upwards, nulls after all values. */
  ascNullsLast(): Column<E>;
  /** Descending order, nulls last. */
  desc(): Column<E>;
  /** Downwards, nulls before all values. */
  descNullsFirst(): Column<E>;
  /** Downwards, nulls after all values. */
  descNullsLast(): Column<E>;

  /**
   * The function over a window of rows.
   *
   * @param window - made by `Window.partitionBy(…).orderBy(…)`
   * @example
   * ```ts
   * df.withColumn("rank", rowNumber().over(Window.partitionBy("user").orderBy(col("amount").desc())));
   * ```
   */
  over(window: WindowLike): Column<Over<E>>;

  /**
   * The column, said to be one of the query around a sub-query, which the compiler does not look up. As in Spark a name
   * means a column of the sub-query first, so tell them apart by `alias`.
   *
   * @example
   * ```ts
   * sales.filter(users.filter(col("id").eq(col("user").outer())).exists());
   * ```
   */
  outer(): Column<Known<Dynamic>>;
  /**
   * What a function makes of the column, to chain steps of one's own.
   *
   * @param step - takes and gives a column
   */
  transform<F>(step: (column: Column<E>) => Column<F>): Column<F>;

  /** A column has no value: throws, naming the method to use. */
  [Symbol.toPrimitive](hint: string): never;
  /** What `console.log` shows. */
  [inspection](): string;
}

/** A column of `when(…)`: more branches, then the rest. */
export interface When<A extends readonly unknown[]> extends Column<Call<WhenDefinition, A>> {
  /** The value where no branch before holds and this condition does. */
  when<C extends ColumnLike, const V extends Operand>(
    condition: C,
    value: V,
  ): When<[...A, C extends { readonly [phantom]: infer X } ? X : never, ValueExp<V>]>;
  /** The value where no branch holds; without it that is null. */
  otherwise<const V extends Operand>(value: V): Column<Call<WhenDefinition, [...A, ValueExp<V>]>>;
}

export type WhenDefinition = "when(...branches: any): branches null if branches";
