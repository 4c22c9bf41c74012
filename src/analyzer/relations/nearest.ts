/** Joins with the nearest rows: by time, or by any ranking. */
import type { AsOfJoin, NearestByJoin } from "../../plan/relation.ts";
import type {
  ResolvedExpression,
  ResolvedFilter,
  ResolvedOrder,
  ResolvedRelation,
  Slice,
} from "../../plan/resolved.ts";
import { booleanType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { conjunction, converted } from "../conversion.ts";
import { misplaced } from "../errors.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { resolveCondition } from "../resolve-expression.ts";
import { joinScopes } from "../scope.ts";
import { joined, usingEqualities } from "./join.ts";

/** Spark: `RewriteNearestByJoin`. Rows whose ranking is null are never near. */
export function analyseNearestByJoin(join: NearestByJoin, context: RelationContext): Analysed {
  checkCount(join.count);
  const left = context.input(join.left);
  const right = context.input(join.right);
  const ranking = resolveOver(context, joinScopes(left.scope, right.scope), join.ranking);
  const direction = join.direction === "distance" ? "ascending" : "descending";
  const order: ResolvedOrder = { expression: ranking, direction, nulls: "last" };
  const near = first(right.relation, applyFunction("isnotnull", [ranking]), order, join.count);
  return joined(left, { ...right, relation: near }, join.type, undefined, { lateral: true });
}

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return;
  throw misplaced(
    "NEAREST_BY_JOIN.NUM_RESULTS_OUT_OF_RANGE",
    "22003",
    `The number of results ${count} must be between 1 and 100000`,
    "Give the number of rows that each row is joined with.",
    { numResults: String(count), min: "1", max: "100000" },
  );
}

/** Spark: `RewriteAsOfJoin`. */
export function analyseAsOfJoin(join: AsOfJoin, context: RelationContext): Analysed {
  const left = context.input(join.left);
  const right = context.input(join.right);
  const scope = joinScopes(left.scope, right.scope);
  const own = join.condition === undefined ? [] : [resolveCondition(join.condition, context.over(scope))];
  const keys = usingEqualities(join.using, left, right, context);
  const leftTime = resolveOver(context, left.scope, join.leftTime);
  const rightTime = resolveOver(context, right.scope, join.rightTime);
  const distance = distanceOf(join, leftTime, rightTime);
  const conditions = [...own, ...keys, ...timeConditions(join, leftTime, rightTime, context)];
  const condition = conditions.reduce<ResolvedExpression | undefined>(conjunction, undefined)!;
  const order: ResolvedOrder = { expression: distance, direction: "ascending", nulls: "last" };
  const near = first(right.relation, condition, order, 1);
  const type = join.type === "left" ? "left" : "inner";
  return joined(left, { ...right, relation: near }, type, undefined, { lateral: true });
}

const later = (left: ResolvedExpression, right: ResolvedExpression): ResolvedExpression =>
  applyFunction("-", [left, right]);

function distanceOf({ direction }: AsOfJoin, left: ResolvedExpression, right: ResolvedExpression): ResolvedExpression {
  if (direction === "backward") return later(left, right);
  if (direction === "forward") return later(right, left);
  const isAfter = applyFunction(">", [left, right]);
  const then = later(left, right);
  const otherwise = later(right, left);
  return { kind: "conditional", branches: [{ when: isAfter, then }], otherwise, type: then.type, nullable: true };
}

function timeConditions(
  join: AsOfJoin,
  left: ResolvedExpression,
  right: ResolvedExpression,
  context: RelationContext,
): readonly ResolvedExpression[] {
  const { direction, allowExactMatches: exact, tolerance } = join;
  const sides = { backward: exact ? ">=" : ">", forward: exact ? "<=" : "<", nearest: "<=>" } as const;
  const within = direction !== "nearest" ? [applyFunction(sides[direction], [left, right])] : [];
  const apart = direction === "nearest" && !exact ? [applyFunction("NOT", [applyFunction("=", [left, right])])] : [];
  if (tolerance === undefined) return [...within, ...apart, applyFunction("isnotnull", [right])];
  const limit = resolveOver(context, { columns: [], hidden: [] }, tolerance);
  const distance = distanceOf(join, left, right);
  return [
    ...within,
    ...apart,
    converted(applyFunction("<=", [distance, converted(limit, distance.type)]), booleanType),
  ];
}

/** The first rows for which a condition holds, in an order. */
function first(
  input: ResolvedRelation,
  condition: ResolvedExpression,
  order: ResolvedOrder,
  count: number,
): ResolvedRelation {
  const { output } = input;
  const kept: ResolvedFilter = { kind: "filter", input, condition, output };
  const sorted: ResolvedRelation = { kind: "sort", input: kept, order: [order], global: true, output };
  return { kind: "slice", input: sorted, offset: 0n, count: BigInt(count), last: false, output } satisfies Slice;
}
