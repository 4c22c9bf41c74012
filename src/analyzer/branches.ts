/** The branches of CASE and `if`: their conditions, and whether one that may be taken gives null. */
import type { Call } from "../plan/expression.ts";
import type { Conditional, ResolvedExpression } from "../plan/resolved.ts";
import { booleanType } from "../types/data-type.ts";
import { converted } from "./conversion.ts";
import { unexpectedInputType } from "./errors.ts";
import { prettyText } from "./names.ts";

/** Behind a condition that is `true` itself no branch of CASE is taken. */
export function mayGiveNull(
  branches: Conditional["branches"],
  otherwise: ResolvedExpression | undefined,
  call: Call,
): boolean {
  const last = isNamedIf(call) ? -1 : branches.findIndex(({ when }) => when.kind === "constant" && when.value === true);
  if (last >= 0) return branches.slice(0, last + 1).some(({ then }) => then.nullable);
  return otherwise === undefined || otherwise.nullable || branches.some(({ then }) => then.nullable);
}

/** `if(condition, then, otherwise)`, of which Spark knows less than of CASE. */
export const isNamedIf = ({ name }: Call): boolean => name.at(-1)!.toLowerCase() === "if";

/** A condition of a branch: BOOLEAN, or for `if` an untyped null. */
export function condition(expression: ResolvedExpression, index: number, call: Call): ResolvedExpression {
  const isUntyped = expression.type.kind === "void" && isNamedIf(call);
  if (expression.type.kind !== "boolean" && !isUntyped) {
    throw unexpectedInputType(
      prettyText(call),
      index,
      prettyText(call.arguments[index * 2]!),
      '"BOOLEAN"',
      expression.type,
    );
  }
  return converted(expression, booleanType);
}
