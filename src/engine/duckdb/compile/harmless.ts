/** Conditions that may be tested on any rows, also on such as would not reach them. */
import type { ResolvedCast, ResolvedExpression } from "../../../plan/resolved.ts";
import { resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import { type DataType, isIntegral } from "../../../types/data-type.ts";

/** Comparisons and the like, which have a value for all operands. */
const harmlessCalls =
  /^(?:[<>=]|<=|>=|<=>|!=|and|or|not|isnull|isnotnull|in|year|month|startswith|endswith|contains)$/i;

/** Whether an expression cannot fail, is always the same and calls nothing of the user's. */
export function isHarmless(expression: ResolvedExpression): boolean {
  switch (expression.kind) {
    case "column":
    case "constant":
      return true;
    case "cast":
      return isWidening(expression) && isHarmless(expression.input);
    case "conditional":
      return resolvedChildren(expression).every(isHarmless);
    case "call":
      return harmlessCalls.test(expression.name) && resolvedChildren(expression).every(isHarmless);
    default:
      return false;
  }
}

/** The digits that a whole number of a type may have. */
const digits: Partial<Record<DataType["kind"], number>> = { tinyint: 3, smallint: 5, int: 10, bigint: 19 };

function isWidening({ input, type, storedIn }: ResolvedCast): boolean {
  const from = input.type;
  if (storedIn !== undefined) return false;
  if (type.kind === "decimal") return fits(from, type.precision - type.scale, type.scale);
  if (type.kind === "double") return from.kind === "float" || from.kind === "decimal" || isIntegral(from);
  if (isIntegral(from) && isIntegral(type)) return digits[from.kind]! <= digits[type.kind]!;
  return from.kind === "date" && type.kind === "timestamp_ntz";
}

function fits(from: DataType, whole: number, scale: number): boolean {
  if (from.kind === "decimal") return from.precision - from.scale <= whole && from.scale <= scale;
  return (digits[from.kind] ?? Number.POSITIVE_INFINITY) <= whole;
}
