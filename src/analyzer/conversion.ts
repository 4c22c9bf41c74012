/** Writing out the conversions that Spark implies. */
import { cannotCast } from "../functions/cannot-cast.ts";
import { type CastMode, canCast, castMayGiveNull } from "../functions/cast-rules.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { booleanType, type DataType, type TypeKind } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { holdsShape } from "../types/some-type.ts";

/** The expression as a value of `type`: itself where it has that type already, a typed null for a null constant. */
export function converted(expression: ResolvedExpression, type: DataType, mode: CastMode = "ansi"): ResolvedExpression {
  if (sameShape(expression.type, type)) return expression;
  if (expression.kind === "constant") {
    const value = expression.value === null ? null : widenedConstant(expression.value, expression.type, type);
    if (value !== undefined) return { ...expression, type, value };
  }
  // Of what Spark takes for one type here, it casts only shapes not.
  const isSpatial = holdsShape(expression.type) || holdsShape(type);
  if (isSpatial && !canCast(expression.type, type, mode)) throw cannotCast(expression.type, type);
  const nullable = expression.nullable || mode === "try" || castMayGiveNull(expression.type, type);
  return { kind: "cast", input: expression, type, mode, nullable };
}

const wholeTypes: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint"];

/** The storage value of a whole number in a type that holds it for certain; undefined where that needs a cast. */
function widenedConstant(value: unknown, from: DataType, to: DataType): unknown {
  const narrow = wholeTypes.indexOf(from.kind);
  if (narrow < 0) return undefined;
  if (wholeTypes.indexOf(to.kind) >= narrow) return to.kind === "bigint" ? BigInt(value as number) : Number(value);
  return to.kind === "double" && from.kind !== "bigint" ? Number(value) : undefined;
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

/** Many conditions as one, from the left; long lists in halves, so that what walks the tree need not go as deep. */
export function inHalves(
  conditions: readonly ResolvedExpression[],
  both: (left: ResolvedExpression, right: ResolvedExpression) => ResolvedExpression,
): ResolvedExpression {
  if (conditions.length <= 64) return conditions.reduce(both);
  const half = Math.ceil(conditions.length / 2);
  return both(inHalves(conditions.slice(0, half), both), inHalves(conditions.slice(half), both));
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
