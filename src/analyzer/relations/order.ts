import type { AnalysisError } from "../../errors.ts";
import { isOrderable } from "../../functions/rule.ts";
import type { AnalysisSettings } from "../../plan/analysis-settings.ts";
import type { Expression, SortOrder } from "../../plan/expression.ts";
import type {
  Limit,
  Offset,
  Relation,
  Repartition,
  RepartitionByExpression,
  Sample,
  Sort,
  Tail,
  ZipWithIndex,
} from "../../plan/relation.ts";
import type { Distribution, ResolvedExpression, ResolvedSample, ResolvedSort, Slice } from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { rejectSubqueriesIn } from "../correlation.ts";
import { misplaced, unexpectedInputType } from "../errors.ts";
import type { ExpressionContext } from "../expression-context.ts";
import { isFoldable } from "../foldable.ts";
import { callsOf, rejectGenerators, rejectGrouped } from "../found-calls.ts";
import { lifted } from "../lifted.ts";
import { prettyText } from "../names.ts";
import { itemAt, positionOf } from "../positions.ts";
import { type RelationContext, resolveOver, withRelation } from "../relation-context.ts";
import { checkOrderable, resolveOrder } from "../resolve-window.ts";
import { inputOf, widened } from "../widened.ts";
import { withoutRowLimit } from "./recursion.ts";

export function analyseSort(sort: Sort, context: RelationContext): Analysed {
  const select = sort.isStep === true ? undefined : lifted(sort.input, sort.order, "order by", context.analysis);
  if (select === undefined) return sortRows(sort, context);
  return select.hide(sortRows({ ...sort, input: select.relation, order: select.expressions }, context));
}

function sortRows(sort: Sort, context: RelationContext): Analysed {
  const input = inputOf(sort, context);
  rejectGenerators("Sort", sort.order);
  return widened(
    input,
    (wide) => {
      rejectAggregatesIn(sort.order, context.over(wide.scope));
      const order =
        sort.byAll === true
          ? orderByAll(sort, wide)
          : sort.order.map(
              (item) => orderAt(item, input, context.analysis.settings) ?? resolveOrder(item, context.over(wide.scope)),
            );
      for (const [index, { expression }] of order.entries())
        checkOrderable(expression, sort.order[index] ?? sort.order[0]!);
      rejectSubqueriesIn(
        "Sort",
        order.map(({ expression }) => expression),
      );
      const relation: ResolvedSort = {
        kind: "sort",
        input: wide.relation,
        order,
        global: sort.global,
        output: wide.relation.output,
      };
      return withRelation(wide, relation);
    },
    "sort",
  );
}

// What an aggregate reads is looked up first: it may be missing.
function rejectAggregatesIn(order: readonly SortOrder[], over: ExpressionContext): void {
  const calls = order.flatMap((item) => callsOf(item, "aggregate"));
  for (const { arguments: read } of calls)
    for (const argument of read) if (argument.kind !== "star") over.resolve(argument, over);
  rejectGrouped("an order", order);
}

// A whole number is the position of a column.
function orderAt({ input: source, direction, nulls }: SortOrder, { scope }: Analysed, settings: AnalysisSettings) {
  const position = positionOf(source, "ORDER BY", settings);
  if (position === undefined) return undefined;
  return { expression: reference(itemAt(scope.columns, position, "ORDER BY").column), direction, nulls };
}

function orderByAll({ order }: Sort, input: Analysed) {
  const { direction, nulls } = order[0] ?? { direction: "ascending" as const, nulls: "first" as const };
  return input.scope.columns.map(({ column }) => ({ expression: reference(column), direction, nulls }));
}

export const analyseLimit = ({ input, count }: Limit, context: RelationContext): Analysed =>
  count === undefined
    ? context.analysis.withAllRows(true, () => context.input(input))
    : slice(input, context, (inner) => ({ offset: 0n, count: rowCount(count, "limit", inner, context), last: false }));

export const analyseOffset = ({ input, count }: Offset, context: RelationContext): Analysed =>
  slice(input, context, (inner) => ({ offset: rowCount(count, "offset", inner, context), last: false }));

export const analyseTail = ({ input, count }: Tail, context: RelationContext): Analysed =>
  slice(input, context, (inner) => ({ offset: 0n, count: rowCount(count, "tail", inner, context), last: true }));

type Bounds = Pick<Slice, "offset" | "count" | "last">;

function slice(below: Relation, context: RelationContext, bounds: (input: Analysed) => Bounds): Analysed {
  const input = context.input(below);
  const { output } = input.relation;
  const { offset, count, last } = bounds(input);
  const rows = count === undefined || last ? input.relation : withoutRowLimit(input.relation, offset + count);
  return {
    ...input,
    relation: { kind: "slice", input: rows, offset, last, output, ...(count === undefined ? {} : { count }) },
  };
}

// Counts of the API may be longer than Spark's.
const wholeTypes: ReadonlySet<string> = new Set(["int", "bigint"]);

function rowCount(expression: Expression, name: string, { scope }: Analysed, context: RelationContext): bigint {
  rejectGenerators("LocalLimit", [expression]);
  const resolved = resolveOver(context, scope, expression);
  const expr = `"${prettyText(expression)}"`;
  const invalid = (reason: string, sentence: string, more: Readonly<Record<string, string>> = {}): Error =>
    misplaced(
      `INVALID_LIMIT_LIKE_EXPRESSION.${reason}`,
      "42K0E",
      `The limit like expression ${expr} is invalid. ${sentence}`,
      "Use a whole number from 0 on.",
      { name, expr, ...more },
    );
  if (!isFoldable(resolved)) throw invalid("IS_UNFOLDABLE", `The ${name} expression must evaluate to a constant value`);
  if (resolved.kind !== "constant" || !wholeTypes.has(resolved.type.kind)) {
    const dataType = `"${sqlName(resolved.type)}"`;
    throw invalid("DATA_TYPE", `The ${name} expression must be integer type, but got ${dataType}`, { dataType });
  }
  if (resolved.value === null) throw invalid("IS_NULL", `The evaluated ${name} expression must not be null`);
  const count = BigInt(resolved.value as number);
  if (count < 0n) {
    const v = String(count);
    throw invalid("IS_NEGATIVE", `The ${name} expression must be equal to or greater than 0, but got ${v}`, { v });
  }
  return count;
}

export function analyseSample(
  { input, lower, upper, withReplacement, seed, deterministicOrder }: Sample,
  context: RelationContext,
): Analysed {
  const given = context.input(input);
  const inner = deterministicOrder === true ? sortedByAll(given) : given;
  if (upper < lower || lower < 0 || (!withReplacement && upper > 1)) {
    throw misplaced(
      "INVALID_SAMPLE_FRACTION",
      "22023",
      `The sample fraction ${upper - lower} is outside [0, 1]`,
      "Give a fraction between 0 and 1.",
    );
  }
  const relation: ResolvedSample = {
    kind: "sample",
    input: inner.relation,
    lower,
    upper,
    withReplacement,
    seed: seed ?? 42n,
    output: inner.relation.output,
  };
  return withRelation(inner, relation);
}

/** Spark: `distributed_sequence_id`, which is the place of a row where there is one partition. */
export const analyseZipWithIndex = ({ input, name }: ZipWithIndex, context: RelationContext): Analysed =>
  context.input({
    kind: "project",
    input,
    expressions: [
      { kind: "star" },
      { kind: "alias", input: { kind: "call", name: ["monotonically_increasing_id"], arguments: [] }, names: [name] },
    ],
  });

// The parts of a random split have the same rows in the same order to choose from.
function sortedByAll(input: Analysed): Analysed {
  const { output } = input.relation;
  const order = output
    .filter(({ type }) => isOrderable(type))
    .map((column) => ({ expression: reference(column), direction: "ascending" as const, nulls: "first" as const }));
  return order.length === 0
    ? input
    : withRelation(input, { kind: "sort", input: input.relation, order, global: false, output });
}

export function analyseDistribution({ input, count, shuffle }: Repartition, context: RelationContext): Analysed {
  if (count <= 0) throw invalidPartitionCount(count);
  const inner = context.input(input);
  const relation: Distribution = {
    kind: "distribution",
    input: inner.relation,
    partitions: count,
    keys: [],
    order: [],
    shuffle,
    output: inner.relation.output,
  };
  return withRelation(inner, relation);
}

export function analyseDistributionByExpression(relation: RepartitionByExpression, context: RelationContext): Analysed {
  if (relation.count !== undefined && relation.count <= 0) throw invalidPartitionCount(relation.count);
  const input = context.input(relation.input);
  const byRange = relation.expressions.some((expression) => expression.kind === "sort order");
  const over = context.over(input.scope);
  const keys = byRange ? [] : relation.expressions.map((expression) => over.resolve(expression, over));
  if (relation.direct === true) checkPartitionNumber(keys[0]!, relation.expressions[0]!);
  const distribution: Distribution = {
    kind: "distribution",
    input: input.relation,
    partitions: relation.count ?? null,
    keys,
    order: byRange ? relation.expressions.map((expression) => resolveOrder(expression, over)) : [],
    shuffle: true,
    ...(relation.direct === true ? { direct: true } : {}),
    output: input.relation.output,
  };
  return withRelation(input, distribution);
}

function checkPartitionNumber({ type }: ResolvedExpression, source: Expression): void {
  if (type.kind === "int") return;
  const text = prettyText(source);
  throw unexpectedInputType(`direct_shuffle_partition_id(${text})`, 0, text, '"INT"', type);
}

const invalidPartitionCount = (count: number): AnalysisError =>
  misplaced(
    "INVALID_NUMBER_OF_PARTITIONS",
    "22023",
    `Number of partitions (${count}) must be positive`,
    "Give at least 1.",
  );
