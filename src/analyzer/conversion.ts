/** Writing out the conversions that Spark implies. */
import type { ResolvedExpression } from "../plan/resolved.ts";
import { booleanType, type DataType } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";

/** The expression as a value of `type`: itself where it has that type already, a typed null for a null constant. */
export function converted(expression: ResolvedExpression, type: DataType, mode: "ansi" | "try" = "ansi"): ResolvedExpression {
  if (sameShape(expression.type, type)) return expression;
  if (expression.kind === "constant" && expression.value === null) return { ...expression, type };
  return { kind: "cast", input: expression, type, mode, nullable: expression.nullable || mode === "try" };
}

export const constant = (type: DataType, value: unknown): ResolvedExpression => ({
  kind: "constant",
  type,
  value,
  nullable: value === null,
});

/** Both conditions; the other one where one is absent. */
export function conjunction(left: ResolvedExpression | undefined, right: ResolvedExpression): ResolvedExpression {
  if (left === undefined) return right;
  return {
    kind: "call",
    name: "AND",
    arguments: [left, right],
    type: booleanType,
    nullable: left.nullable || right.nullable,
    deterministic: true,
  };
}

/** A value, or another where a condition holds. */
export function conditional(
  when: ResolvedExpression,
  then: ResolvedExpression,
  otherwise: ResolvedExpression,
): ResolvedExpression {
  return {
    kind: "conditional",
    branches: [{ when, then }],
    otherwise,
    type: then.type,
    nullable: then.nullable || otherwise.nullable,
  };
}
