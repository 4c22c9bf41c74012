/** Joins with the nearest rows by a ranking. */
import { isOrderable } from "../../functions/rule.ts";
import type { Expression } from "../../plan/expression.ts";
import type { NearestByJoin } from "../../plan/relation.ts";
import type {
  ResolvedExpression,
  ResolvedFilter,
  ResolvedOrder,
  ResolvedRelation,
  Slice,
} from "../../plan/resolved.ts";
import type { DataType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { joinScopes } from "../scope.ts";
import { joined } from "./join.ts";

/** Spark: `RewriteNearestByJoin`. Rows whose ranking is null are never near. */
export function analyseNearestByJoin(join: NearestByJoin, context: RelationContext): Analysed {
  checkCount(join.count);
  const left = context.input(join.left);
  const right = context.input(join.right);
  const ranking = resolveOver(context, joinScopes(left.scope, right.scope), join.ranking);
  if (!isOrderable(ranking.type)) throw notOrderable(join.ranking, ranking.type);
  const direction = join.direction === "distance" ? "ascending" : "descending";
  const order: ResolvedOrder = { expression: ranking, direction, nulls: "last" };
  const near = firstRows(right.relation, applyFunction("isnotnull", [ranking]), order, join.count);
  return joined(left, { ...right, relation: near }, join.type, undefined, { lateral: true });
}

function notOrderable(ranking: Expression, unfit: DataType): Error {
  const [expression, type] = [prettyText(ranking), sqlName(unfit)].map((text) => `"${text}"`) as [string, string];
  return misplaced(
    "NEAREST_BY_JOIN.NON_ORDERABLE_RANKING_EXPRESSION",
    "42604",
    `The ranking expression ${expression} has the type ${type}, which has no order`,
    "Rank by a number, such as a distance.",
    { expression, type },
  );
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

/** The first rows for which a condition holds, in an order. */
export function firstRows(
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
