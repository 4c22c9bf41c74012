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

  /**
   * The sum; fails on overflow (ANSI). Dates take days.
   *
   * @param other - a number; days or an interval for a date, an interval for a timestamp; null makes null
   */
  plus<const B extends Operand>(other: B): Binary<"plus", E, B>;
  /**
   * The difference; of two dates, a day-time interval.
   *
   * @param other - a number; days, an interval or a date for a date, an interval or a timestamp for a timestamp; null
   * makes null
   */
  minus<const B extends Operand>(other: B): Binary<"minus", E, B>;
  /**
   * The product; fails on overflow (ANSI).
   *
   * @param other - a number, also for an interval; null makes null
   */
  multiply<const B extends Operand>(other: B): Binary<"multiply", E, B>;
  /**
   * The quotient, a DOUBLE of integers; division by zero fails (ANSI).
   *
   * @param other - a number, also for an interval; null makes null
   */
  divide<const B extends Operand>(other: B): Binary<"divide", E, B>;
  /**
   * The remainder, with the sign of the dividend; zero as divisor fails (ANSI).
   *
   * @param other - a number; null makes null
   */
  mod<const B extends Operand>(other: B): Binary<"mod", E, B>;
  /** The value with the other sign. */
  negate(): Operation<"negate", [E]>;

  /**
   * True where both are equal; null where either is null.
   *
   * @param other - of a comparable type, or a value; a text beside a number, a date or a time is read as one
   */
  equalTo<const B extends Operand>(other: B): Binary<"equalTo", E, B>;
  /**
   * `equalTo` in two letters.
   *
   * @param other - as `equalTo`'s
   */
  eq<const B extends Operand>(other: B): Binary<"equalTo", E, B>;
  /**
   * True where both differ; null where either is null.
   *
   * @param other - as `equalTo`'s
   */
  notEqual<const B extends Operand>(other: B): Binary<"notEqual", E, B>;
  /**
   * `notEqual` in two letters.
   *
   * @param other - as `equalTo`'s
   */
  ne<const B extends Operand>(other: B): Binary<"notEqual", E, B>;
  /**
   * Greater than.
   *
   * @param other - of a comparable type, or a value; null makes null, NaN is greater than every number
   */
  gt<const B extends Operand>(other: B): Binary<"gt", E, B>;
  /**
   * Greater than or equal to.
   *
   * @param other - as `gt`'s
   */
  geq<const B extends Operand>(other: B): Binary<"geq", E, B>;
  /**
   * `geq` as other languages call it.
   *
   * @param other - as `gt`'s
   */
  gte<const B extends Operand>(other: B): Binary<"geq", E, B>;
  /**
   * Less than.
   *
   * @param other - as `gt`'s
   */
  lt<const B extends Operand>(other: B): Binary<"lt", E, B>;
  /**
   * Less than or equal to.
   *
   * @param other - as `gt`'s
   */
  leq<const B extends Operand>(other: B): Binary<"leq", E, B>;
  /**
   * `leq` as other languages call it.
   *
   * @param other - as `gt`'s
   */
  lte<const B extends Operand>(other: B): Binary<"leq", E, B>;
  /**
   * Equality that is never null: two nulls are equal.
   *
   * @param other - as `equalTo`'s
   */
  eqNullSafe<const B extends Operand>(other: B): Binary<"eqNullSafe", E, B>;
  /**
   * True where the value lies in the range, ends included.
   *
   * @param lower - the smallest value that is in it; with null the result is false or null, never true
   * @param upper - the largest value that is in it, as `lower`
   */
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
   * @param values - columns or values; where one is null and none is equal, the result is null
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

  /**
   * True where both are; Spark's three-valued logic.
   *
   * @param other - a boolean; with null the result is false where this is false, else null
   */
  and<const B extends Operand>(other: B): Binary<"and", E, B>;
  /**
   * True where either is; Spark's three-valued logic.
   *
   * @param other - a boolean; with null the result is true where this is true, else null
   */
  or<const B extends Operand>(other: B): Binary<"or", E, B>;
  /** True where the value is false. */
  not(): Operation<"not", [E]>;

  /** True where the value is null; never null itself. */
  isNull(): Operation<"isNull", [E]>;
  /** True where there is a value; never null itself. */
  isNotNull(): Operation<"isNotNull", [E]>;
  /** True where the value is NaN; never null itself. */
  isNaN(): Operation<"isNaN", [E]>;

  /**
   * True where the text matches an SQL pattern: `%` for any text, `_` for a character, `\` to escape.
   *
   * @param pattern - matched with the whole text; null makes null
   * @throws ExecutionError `INVALID_FORMAT.ESC_AT_THE_END` for a pattern that ends with a single `\`
   */
  like<const B extends Operand>(pattern: B): Binary<"like", E, B>;
  /**
   * `like` in any case.
   *
   * @param pattern - as `like`'s
   */
  ilike<const B extends Operand>(pattern: B): Binary<"ilike", E, B>;
  /**
   * True where a Java regular expression is found in the text.
   *
   * @param pattern - found anywhere unless it has `^` and `$`; null makes null
   * @throws ExecutionError `INVALID_PARAMETER_VALUE.PATTERN` for what is no regular expression
   */
  rlike<const B extends Operand>(pattern: B): Binary<"rlike", E, B>;
  /**
   * True where the text begins with `prefix`.
   *
   * @param prefix - letters in their case, unless a collation ignores it; null makes null
   */
  startsWith<const B extends Operand>(prefix: B): Binary<"startsWith", E, B>;
  /**
   * True where the text ends with `suffix`.
   *
   * @param suffix - letters in their case, unless a collation ignores it; null makes null
   */
  endsWith<const B extends Operand>(suffix: B): Binary<"endsWith", E, B>;
  /**
   * True where `part` is in the text.
   *
   * @param part - letters in their case, unless a collation ignores it; null makes null
   */
  contains<const B extends Operand>(part: B): Binary<"contains", E, B>;
  /**
   * `length` characters from position `start`, counted from 1.
   *
   * @param start - from 1; 0 means 1 too, a negative one counts from the end
   * @param length - in characters; a negative one gives an empty text
   */
  substr<const A extends Operand, const B extends Operand>(
    start: A,
    length: B,
  ): Operation<"substr", [E, ValueExp<A>, ValueExp<B>]>;

  /**
   * The element at a position (from 0), the value of a key, or a field by name.
   *
   * @param key - a position from 0, a key of the map, or the name of a field; a key that is not in the map gives null
   * @throws ExecutionError `INVALID_ARRAY_INDEX` for a position that the array does not have
   * @throws AnalysisError `FIELD_NOT_FOUND`
   */
  getItem<const K extends Operand>(key: K): Column<Extracted<E, ValueExp<K>>>;
  /**
   * A field of a struct, by name.
   *
   * @param name - in any case
   * @throws AnalysisError `FIELD_NOT_FOUND`
   */
  getField<const N extends string>(name: N): Column<Extracted<E, LiteralExp<N>>>;
  /**
   * The struct with a field added or replaced; a dotted name reaches into structs.
   *
   * @param name - of the field, with the structs around it before dots, which must be there
   * @param value - a column, such as `lit(null)` for null
   * @throws AnalysisError `FIELD_NOT_FOUND` for a struct that is not there
   */
  withField(name: string, value: ColumnLike): Column<Opaque<E>>;
  /**
   * The struct without some fields; dotted names reach into structs.
   *
   * @param names - of fields, with the structs around them before dots; a name that is not there is ignored
   * @throws AnalysisError `DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS` when no field would be left
   */
  dropFields(...names: readonly string[]): Column<Opaque<E>>;

  /**
   * Bits set in both.
   *
   * @param other - a whole number; null makes null
   */
  bitwiseAnd<const B extends Operand>(other: B): Binary<"bitwiseAnd", E, B>;
  /**
   * Bits set in either.
   *
   * @param other - a whole number; null makes null
   */
  bitwiseOr<const B extends Operand>(other: B): Binary<"bitwiseOr", E, B>;
  /**
   * Bits set in one of both.
   *
   * @param other - a whole number; null makes null
   */
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
  /**
   * The columns of a generator under several names: `explode("map").as("key", "value")`.
   *
   * @param names - one for each of its columns
   */
  as(...names: readonly [string, string, ...string[]]): Column<Aliased<string, E>>;
  /**
   * `as`, as PySpark calls it.
   *
   * @param name - its name in the output
   * @param options - `metadata` that the field of the schema shall carry
   */
  alias<const N extends string>(
    name: N,
    options?: { readonly metadata?: { readonly [name: string]: MetadataValue } },
  ): Column<Aliased<N, E>>;

  /**
   * The value as another type; a value that does not fit fails (ANSI).
   *
   * @param type - as SQL writes it (`"decimal(10,2)"`), or a data type
   * @throws ParseError `UNSUPPORTED_DATATYPE` for a text that is no type
   * @throws AnalysisError `DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION` for types that never fit
   * @throws ExecutionError `CAST_INVALID_INPUT`, `CAST_OVERFLOW` for a value that does not fit
   */
  cast<const T extends string | DataType>(type: T): Column<CastTo<T & string, E>>;
  /**
   * `cast` that gives null where a value does not fit.
   *
   * @param type - as `cast`'s
   */
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
