/** The conditions of choices and loops. */
import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import { originText } from "../../plan/node.ts";
import type { Place } from "./machine.ts";

/**
 * Whether a condition is true; null is false.
 *
 * @throws AnalysisError `INVALID_BOOLEAN_STATEMENT` for one of another type
 */
export async function isTrue(condition: Expression, { context }: Place): Promise<boolean> {
  const { type, value } = await context.evaluate(condition);
  if (type.kind === "boolean") return value === true;
  const written = condition.origin === undefined ? "another type" : originText(condition.origin);
  throw new AnalysisError(`Boolean statement is expected in the condition, but ${written} was found`, {
    condition: "INVALID_BOOLEAN_STATEMENT",
    sqlState: "22546",
    parameters: { invalidStatement: written },
    hint: "Compare it with something.",
  });
}
