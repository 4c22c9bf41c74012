/** What the FILTER of an aggregate may be. Spark's source: `resolveAggregateFunction`. */
import { AnalysisError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { isAggregateCall, someResolved } from "../plan/resolved-rewrite.ts";
import { callsOf, windowsOf } from "./found-calls.ts";
import { prettyText } from "./names.ts";
import { isRandom } from "./random-values.ts";

/**
 * Checks the condition under which an aggregate takes a row.
 *
 * @throws AnalysisError `INVALID_AGGREGATE_FILTER`: it depends on chance, is no boolean, or is computed of several rows
 */
export function checkFilter(filter: ResolvedExpression, written: Expression): void {
  if (isRandom(filter)) throw invalid(written, "NON_DETERMINISTIC", "Expected a deterministic FILTER expression");
  if (filter.type.kind !== "boolean")
    throw invalid(written, "NOT_BOOLEAN", "Expected a FILTER expression of the BOOLEAN type");
  if (someResolved(filter, isAggregateCall)) {
    const aggExpr = `"${prettyText(callsOf(written, "aggregate")[0] ?? written)}"`;
    const sentence = `Expected a FILTER expression without an aggregation, but found ${aggExpr}`;
    if (!holdsWindow(filter)) throw invalid(written, "CONTAINS_AGGREGATE", sentence, { aggExpr });
  }
  if (!holdsWindow(filter)) return;
  const windowExpr = `"${prettyText(windowsOf(written)[0] ?? written)}"`;
  const sentence = `Expected a FILTER expression without a window function, but found ${windowExpr}`;
  throw invalid(written, "CONTAINS_WINDOW_FUNCTION", sentence, { windowExpr });
}

const holdsWindow = (filter: ResolvedExpression): boolean => someResolved(filter, ({ kind }) => kind === "window");

function invalid(
  written: Expression,
  part: string,
  sentence: string,
  parameters: Readonly<Record<string, string>> = {},
): AnalysisError {
  const filterExpr = `"${prettyText(written)}"`;
  return new AnalysisError(`The FILTER expression ${filterExpr} in an aggregate function is invalid. ${sentence}`, {
    condition: `INVALID_AGGREGATE_FILTER.${part}`,
    sqlState: "42903",
    parameters: { filterExpr, ...parameters },
    hint: "Compute the condition as a column of the rows first.",
  });
}
