/** Windows: the rows around each row that a function sees. */
import type { Expression, SortOrder, Window as WindowExpression, WindowFrame } from "../plan/expression.ts";
import { columnExpression, valueExpression } from "./column.ts";
import type { WindowLike } from "./column-methods.ts";
import type { ColumnLike } from "./phantom.ts";

/** A column or the name of one. */
export type ColumnOrName = ColumnLike | string;

/** A bound of a frame: an offset from the current row, negative before it, or one of `Window`'s constants. */
export type FrameBound = number | bigint | ColumnLike;

type Specification = Pick<WindowExpression, "partitionBy" | "orderBy" | "frame">;

/**
 * A window: its partitions, its order, its frame. Methods make new windows.
 *
 * @example
 * ```ts
 * sum("amount").over(Window.partitionBy("user").orderBy("day").rowsBetween(-6, Window.currentRow));
 * ```
 */
export class WindowSpec implements WindowLike {
  /** What the plan holds of it. */
  readonly specification: Specification;

  constructor(specification: Specification) {
    this.specification = Object.freeze(specification);
  }

  /**
   * Rows with equal values make a partition.
   *
   * @param columns - names or columns, in place of those given before; nulls are equal; none for one partition of all
   * rows
   * @example Window.orderBy("day").partitionBy("user");
   */
  partitionBy(...columns: readonly ColumnOrName[]): WindowSpec {
    return this.#with({ partitionBy: columns.map((column) => columnExpression(column)) });
  }

  /**
   * The order of rows in a partition; ascending with nulls first unless a column says otherwise.
   *
   * @param columns - names or columns, in place of those given before
   * @example Window.partitionBy("user").orderBy(col("amount").desc());
   */
  orderBy(...columns: readonly ColumnOrName[]): WindowSpec {
    return this.#with({ orderBy: columns.map(sortOrder) });
  }

  /**
   * The frame by numbers of rows, both ends included.
   *
   * @param start - a whole number of rows from the current one, negative before it, or a constant of `Window`
   * @param end - as `start`, and not before it, which the first action refuses
   * @example Window.partitionBy("user").orderBy("day").rowsBetween(Window.unboundedPreceding, Window.currentRow);
   */
  rowsBetween(start: FrameBound, end: FrameBound): WindowSpec {
    return this.#with({ frame: frame("rows", start, end) });
  }

  /**
   * The frame by distance in the value that orders the rows, both ends included.
   *
   * @param start - a distance from the current row's value, negative before it, in its unit (days for dates), an
   * interval, or a constant of `Window`
   * @param end - as `start`, and not before it; distances need an order by one column, which the first action checks
   * @example Window.partitionBy("user").orderBy("day").rangeBetween(-6, Window.currentRow);
   */
  rangeBetween(start: FrameBound, end: FrameBound): WindowSpec {
    return this.#with({ frame: frame("range", start, end) });
  }

  #with(change: Partial<Specification>): WindowSpec {
    return new WindowSpec({ ...this.specification, ...change });
  }
}

const empty = new WindowSpec({ partitionBy: [], orderBy: [] });

/**
 * Where a window begins. Spark: `pyspark.sql.Window`.
 *
 * @example
 * ```ts
 * const running = Window.partitionBy("user").orderBy("day").rowsBetween(Window.unboundedPreceding, Window.currentRow);
 * ```
 */
export const Window = Object.freeze({
  /** From the first row of the partition. */
  unboundedPreceding: Number.NEGATIVE_INFINITY,
  /** To the last row of the partition. */
  unboundedFollowing: Number.POSITIVE_INFINITY,
  /** The row itself; with `rangeBetween`, all rows equal to it in order. */
  currentRow: 0,
  /** Rows with equal values make a partition. */
  partitionBy: (...columns: readonly ColumnOrName[]): WindowSpec => empty.partitionBy(...columns),
  /** The order of all rows. */
  orderBy: (...columns: readonly ColumnOrName[]): WindowSpec => empty.orderBy(...columns),
  /** A frame by numbers of rows. */
  rowsBetween: (start: FrameBound, end: FrameBound): WindowSpec => empty.rowsBetween(start, end),
  /** A frame by distance in value. */
  rangeBetween: (start: FrameBound, end: FrameBound): WindowSpec => empty.rangeBetween(start, end),
});

/**
 * The sort order of a column: its own, or ascending with nulls first.
 *
 * @param column - a column, a name, or a column with `.desc()` and the like
 */
export function sortOrder(column: unknown): SortOrder {
  const expression = columnExpression(column);
  if (expression.kind === "sort order") return expression;
  return Object.freeze({ kind: "sort order", input: expression, direction: "ascending", nulls: "first" });
}

function frame(unit: WindowFrame["unit"], start: FrameBound, end: FrameBound): WindowFrame {
  return Object.freeze({ kind: "window frame", unit, lower: bound(start), upper: bound(end) });
}

/** Spark's own bounds are the ends of its long integers; whatever lies beyond them is unbounded. */
function bound(value: FrameBound): "unbounded" | "current row" | Expression {
  if (typeof value !== "number" && typeof value !== "bigint") return valueExpression(value);
  if (value === 0 || value === 0n) return "current row";
  return value <= -(2 ** 63) || value >= 2 ** 63 ? "unbounded" : valueExpression(value);
}
