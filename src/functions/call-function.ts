import { type Column, columnExpression, makeColumn } from "./column.ts";
import { nameParts } from "./column-name.ts";
import type { Dynamic } from "./kinds.ts";
import type { ColumnLike, Known, LiteralValue } from "./phantom.ts";

/**
 * A function by its SQL name: one of Spark's, or one that was registered with `spark.udf.register`. The compiler knows
 * nothing of it.
 *
 * Spark: `pyspark.sql.functions.call_function`.
 *
 * @param name - in any case
 * @param columns - its arguments: columns, names, or values that are no strings
 * @throws AnalysisError `UNRESOLVED_ROUTINE` at an action when there is no such function
 * @example callFunction("upper", lit("a")) // A
 */
export const callFunction = (
  name: string,
  ...columns: readonly (ColumnLike | LiteralValue)[]
): Column<Known<Dynamic>> =>
  makeColumn({
    kind: "call",
    name: nameParts(name),
    arguments: Object.freeze(columns.map((column) => columnExpression(column))),
  });
