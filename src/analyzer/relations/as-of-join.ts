/** Joins of each row with the one that is nearest to it in time, or in any other measure. */
import { UnsupportedError } from "../../errors.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import type { AsOfJoin } from "../../plan/relation.ts";
import type { ResolvedExpression } from "../../plan/resolved.ts";
import type { Analysed } from "../context.ts";
import { conjunction } from "../conversion.ts";
import { misplaced } from "../errors.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { joinScopes } from "../scope.ts";
import { equality, joinCondition, joined } from "./join.ts";
import { firstRows } from "./nearest.ts";

/** Spark: `AsOfJoin` and `RewriteAsOfJoin`. Rows without a time are never near; of equally near ones any is taken. */
export function analyseAsOfJoin(join: AsOfJoin, context: RelationContext): Analysed {
  const left = context.input(join.left);
  const right = context.input(join.right);
  const scope = joinScopes(left.scope, right.scope);
  if (join.tolerance !== undefined) checkTolerance(resolveOver(context, scope, join.tolerance));
  const keys = join.using.map((name) => {
    const key = { kind: "attribute", name: [name] } as const;
    return equality(name, resolveOver(context, left.scope, key), name, resolveOver(context, right.scope, key));
  });
  const own = join.condition === undefined ? keys : [...keys, joinCondition(join.condition, scope, context)];
  const near = conditionsOf(join).map((condition) => resolveOver(context, scope, condition));
  const expression = resolveOver(context, scope, distances[join.direction](join.leftTime, join.rightTime));
  const condition = [...own, ...near].reduce(conjunction, applyFunction("isnotnull", [expression]));
  const order = { expression, direction: "ascending", nulls: "last" } as const;
  const nearest = firstRows(right.relation, condition, order, 1);
  return joined(left, { ...right, relation: nearest }, join.type, undefined, { lateral: true });
}

const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: "call", name: [name], arguments: args });

type Direction = AsOfJoin["direction"];

/** How far the times of a pair are from each other. */
const distances: Readonly<Record<Direction, (left: Expression, right: Expression) => Expression>> = {
  backward: (left, right) => call("-", left, right),
  forward: (left, right) => call("-", right, left),
  nearest: (left, right) => call("when", call(">", left, right), call("-", left, right), call("-", right, left)),
};

/** Which pairs are near enough, on the right side of each other. */
function conditionsOf({ direction, leftTime, rightTime, allowExactMatches, tolerance }: AsOfJoin): readonly Call[] {
  const [atLeast, atMost] = allowExactMatches ? [">=", "<="] : [">", "<"];
  const isSame = call("=", leftTime, rightTime);
  const sides: Readonly<Record<Direction, readonly Call[]>> = {
    backward: [call(atLeast!, leftTime, rightTime)],
    forward: [call(atMost!, leftTime, rightTime)],
    nearest: allowExactMatches ? [] : [call("NOT", isSame)],
  };
  if (tolerance === undefined) return sides[direction];
  const earliest = call(atLeast!, rightTime, call("-", leftTime, tolerance));
  const latest = call(atMost!, rightTime, call("+", leftTime, tolerance));
  const limits = { backward: [earliest], forward: [latest], nearest: [earliest, latest] };
  return [...sides[direction], ...limits[direction]];
}

function checkTolerance(tolerance: ResolvedExpression): void {
  const value = written(tolerance);
  if (value !== null && Number(value) < 0)
    throw wrongTolerance("TOLERANCE_IS_NON_NEGATIVE", "non-negative", "Give a number or an interval of 0 or more.");
}

/** The number that a tolerance is; only constants have their value before anything runs. */
function written(tolerance: ResolvedExpression): unknown {
  if (tolerance.kind === "constant") return tolerance.value;
  if (tolerance.kind === "cast") return written(tolerance.input);
  if (tolerance.kind === "call" && tolerance.name === "negative") return -Number(written(tolerance.arguments[0]!));
  if (isFoldable(tolerance))
    throw new UnsupportedError("a tolerance of an as-of join that has to be computed is not supported", {
      hint: "Write a number or an interval.",
    });
  throw wrongTolerance("TOLERANCE_IS_UNFOLDABLE", "foldable", "Write a number or an interval, not a column.");
}

const isFoldable = (expression: ResolvedExpression): boolean =>
  expression.kind === "constant" ||
  (expression.kind === "cast" && isFoldable(expression.input)) ||
  (expression.kind === "call" && expression.deterministic && expression.arguments.every(isFoldable));

const wrongTolerance = (reason: string, what: string, hint: string): Error =>
  misplaced(
    `AS_OF_JOIN.${reason}`,
    "42604",
    `Invalid as-of join. The input argument \`tolerance\` must be ${what}`,
    hint,
  );
