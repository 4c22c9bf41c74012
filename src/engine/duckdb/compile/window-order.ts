/** The order in which the rows of windows come where Spark has them all in one partition: that of the windows. */
import type { ResolvedExpression, ResolvedOrder, ResolvedProject, ResolvedWindow } from "../../../plan/resolved.ts";
import { resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import type { CompileContext } from "./context.ts";
import { compileOrder } from "./order.ts";
import { estimatedBytes } from "./size.ts";

/** Of more, Spark makes several partitions, and sorting would cost something. */
const mostBytes = 1_000_000;

const windowsIn = (expression: ResolvedExpression): readonly ResolvedWindow[] =>
  expression.kind === "window" ? [expression] : resolvedChildren(expression).flatMap(windowsIn);

const ascending = (expression: ResolvedExpression): ResolvedOrder => ({
  expression,
  direction: "ascending",
  nulls: "first",
});

/** ` ORDER BY …`, or empty where there is no window, where there are different ones, or many rows. */
export function windowOrder({ input, columns }: ResolvedProject, context: CompileContext): string {
  const windows = columns.flatMap(({ expression }) => windowsIn(expression));
  if (windows.length === 0 || estimatedBytes(input, context.scanBytes) > mostBytes) return "";
  const orders = windows.map(({ partitionBy, orderBy }) =>
    compileOrder([...partitionBy.map(ascending), ...orderBy], context),
  );
  const isOne = orders[0] !== "" && orders.every((order) => order === orders[0]);
  return isOne ? ` ORDER BY ${orders[0]}` : "";
}
