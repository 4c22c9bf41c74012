/** Joins of each row with the one that is nearest to it in time, or in any other measure. */
import { UnsupportedError } from "../../errors.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import type { AsOfJoin } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedCall, ResolvedExpression, ResolvedRelation } from "../../plan/resolved.ts";
import { reference, referencedColumns } from "../../plan/resolved-rewrite.ts";
import { isNumeric, type TypeKind } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { conditional, conjunction, constant } from "../conversion.ts";
import { misplaced } from "../errors.ts";
import { isFoldable } from "../foldable.ts";
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
    return equality(
      name,
      resolveOver(context, left.scope, key),
      name,
      resolveOver(context, right.scope, key),
      context.analysis.coercion,
    );
  });
  const own = join.condition === undefined ? keys : [...keys, joinCondition(join.condition, scope, context)];
  const near = conditionsOf(join).map((condition) => resolveOver(context, scope, condition));
  const expression = resolveOver(context, scope, distances[join.direction](join.leftTime, join.rightTime));
  if (join.direction !== "nearest" && own.every((key) => isKey(key, left, right)) && isMeasured(near[0]!, left, right))
    return inOneDirection(join, left, right, own, near);
  const condition = [...own, ...near].reduce(conjunction, applyFunction("isnotnull", [expression]));
  const order = { expression, direction: "ascending", nulls: "last" } as const;
  const nearest = firstRows(right.relation, condition, order, 1);
  return joined(left, { ...right, relation: nearest }, join.type, undefined, { lateral: true });
}

/** Engines find the nearest row in one direction without comparing all pairs. */
function inOneDirection(
  { type }: AsOfJoin,
  left: Analysed,
  right: Analysed,
  keys: readonly ResolvedExpression[],
  [inequality, ...tolerances]: readonly ResolvedExpression[],
): Analysed {
  const condition = [...keys, inequality!].reduce<ResolvedExpression | undefined>(conjunction, undefined);
  const pair = joined(left, right, type, condition, { asOf: true });
  const test = tolerances.reduce<ResolvedExpression | undefined>(conjunction, undefined);
  return test === undefined ? pair : { ...pair, relation: within(test, pair.relation, right) };
}

/** The pairs that are near enough; where the left rows stay, those that are not have no right side. */
function within(
  condition: ResolvedExpression,
  input: ResolvedRelation,
  { relation: right }: Analysed,
): ResolvedRelation {
  const { output } = input;
  if (input.kind === "join" && input.type === "inner") return { kind: "filter", input, condition, output };
  const columns = output.map((column): NamedExpression => {
    const value = reference(column);
    const isLeft = !right.output.some(({ id }) => id === column.id);
    return { column, expression: isLeft ? value : conditional(condition, value, constant(column.type, null)) };
  });
  return { kind: "project", input, columns, output };
}

/** Whether a condition is that a value of one side is equal to one of the other. */
const isKey = (condition: ResolvedExpression, left: Analysed, right: Analysed): boolean =>
  condition.kind === "call" &&
  condition.name === "=" &&
  (comparesSides(condition, left, right) || comparesSides(condition, right, left));

/** Whether times are compared as numbers are: their order is that of their distances. */
const isMeasured = (condition: ResolvedExpression, left: Analysed, right: Analysed): boolean =>
  condition.kind === "call" &&
  comparesSides(condition, left, right) &&
  condition.arguments.every(({ type }) => isNumeric(type) || measures.includes(type.kind));

const comparesSides = ({ arguments: [one, other] }: ResolvedCall, first: Analysed, second: Analysed): boolean =>
  isOf(one!, first) && isOf(other!, second);

function isOf(expression: ResolvedExpression, { relation }: Analysed): boolean {
  const ids = [...referencedColumns(expression)];
  return ids.length > 0 && ids.every((id) => relation.output.some((column) => column.id === id));
}

const measures: readonly TypeKind[] = ["date", "timestamp", "timestamp_ntz"];

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

const wrongTolerance = (reason: string, what: string, hint: string): Error =>
  misplaced(
    `AS_OF_JOIN.${reason}`,
    "42604",
    `Invalid as-of join. The input argument \`tolerance\` must be ${what}`,
    hint,
  );
