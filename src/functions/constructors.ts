/** Columns to begin with: by name, by value, by SQL text, by conditions. */
import { type Column, makeColumn, type Operand, valueExpression, type When } from "./column.ts";
import { namedExpression } from "./column-name.ts";
import { parseExpression } from "./parsers.ts";
import type { ColumnLike, Exp, LiteralExp, LiteralValue, Ref, ValueExp } from "./phantom.ts";

/**
 * The column of a name. It knows no DataFrame; the methods of a DataFrame check it against theirs.
 *
 * Spark: `pyspark.sql.functions.col`. `*` and `t.*` are all columns; dots reach into structs, back-ticks quote a name.
 *
 * @param name - `amount`, `address.city`, `` `a.b` ``, `t.*`
 * @throws AnalysisError when back-ticks do not match
 * @example
 * ```ts
 * df.filter(col("amount").gt(3));
 * ```
 */
export function col<const N extends string>(name: N): Column<Ref<N>> {
  return makeColumn(namedExpression(name));
}

/**
 * The column of a constant. Numbers are INT or BIGINT when integral and DOUBLE otherwise, a `Date` is a TIMESTAMP; a
 * column is returned as it is.
 *
 * Spark: `pyspark.sql.functions.lit`.
 *
 * @param value - a value or an array of them
 * @throws UnsupportedError for objects that are no value of Spark's
 * @example
 * ```ts
 * df.withColumn("source", lit("web"));
 * ```
 */
export function lit<const V extends LiteralValue | readonly LiteralValue[] | ColumnLike>(
  value: V,
): Column<V extends ColumnLike ? Exp<V> : LiteralExp<V>> {
  return makeColumn(valueExpression(value));
}

/**
 * The column of an SQL expression. The compiler knows nothing of it.
 *
 * Spark: `pyspark.sql.functions.expr`.
 *
 * @param text - `amount * 2 AS double`
 * @throws ParseError when the text is no expression
 * @example
 * ```ts
 * df.select(expr("amount * 2 AS double"));
 * ```
 */
export function expr(text: string): Column {
  return makeColumn(parseExpression(text));
}

/**
 * A value where a condition holds; `.when(…)` adds branches and `.otherwise(…)` the rest, which is null without it.
 *
 * Spark: `pyspark.sql.functions.when`. A string is a value.
 *
 * @param condition - a boolean column
 * @param value - a column or a value
 * @example
 * ```ts
 * df.withColumn("band", when(col("amount").gt(100), "high").otherwise("low"));
 * ```
 */
export function when<C extends ColumnLike, const V extends Operand>(
  condition: C,
  value: V,
): When<[Exp<C>, ValueExp<V>]> {
  const branches = [valueExpression(condition), valueExpression(value)];
  return makeColumn({ kind: "call", name: ["when"], arguments: Object.freeze(branches) }) as When<
    [Exp<C>, ValueExp<V>]
  >;
}

/** What takes advice to the engine: a DataFrame. */
interface Hinted<Frame> {
  /** The same rows, with advice of a name. */
  hint(name: string): Frame;
}

/**
 * A DataFrame that is small enough to be sent to every worker of a join.
 *
 * Spark: `pyspark.sql.functions.broadcast`.
 *
 * @param frame - the smaller side of the join
 * @example
 * ```ts
 * sales.join(broadcast(users), "user");
 * ```
 */
export function broadcast<Frame extends Hinted<Frame>>(frame: Frame): Frame {
  return frame.hint("broadcast");
}
