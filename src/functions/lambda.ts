/** JavaScript functions of columns as lambdas of the plan. */
import { AnalysisError } from "../errors.ts";
import type { Lambda } from "../plan/expression.ts";
import { type Column, expressionOf, makeColumn } from "./column.ts";

const names = ["x", "y", "z"] as const;
let made = 0;

/**
 * The lambda of a function such as `(x, i) => x.plus(i)`, its parameters named `x`, `y`, `z` with a number that keeps
 * nested lambdas apart, as in PySpark.
 *
 * @param body - takes one to three columns and gives a column
 * @throws AnalysisError when the function does not return a column
 */
export function lambdaExpression(body: (...columns: Column[]) => unknown): Lambda {
  made += 1;
  const parameters = names.slice(0, Math.max(1, body.length)).map((name) => `${name}_${made}`);
  const result = expressionOf(
    body(...parameters.map((name) => makeColumn<unknown>({ kind: "lambda parameter", name }))),
  );
  if (result === undefined) {
    throw new AnalysisError("a function that is passed to a higher-order function must return a Column", {
      condition: "HIGHER_ORDER_FUNCTION_SHOULD_RETURN_COLUMN",
      hint: "Wrap a plain value in lit(…).",
    });
  }
  return Object.freeze({ kind: "lambda", parameters: Object.freeze(parameters), body: result });
}
