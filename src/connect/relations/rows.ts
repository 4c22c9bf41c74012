/** Which rows there are, and in which order: filters, limits, sorts, samples, partitions. */
import type { Expression } from "../../plan/expression.ts";
import { intType } from "../../types/data-type.ts";
import { given, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import { noMessage, refuseStep, refusing } from "../refusal.ts";

type Kind =
  | "filter"
  | "sort"
  | "limit"
  | "offset"
  | "tail"
  | "deduplicate"
  | "sample"
  | "hint"
  | "repartition"
  | "repartition by expression"
  | "subquery alias"
  | "function query"
  | "observe"
  | "with watermark";

export const rowEncoders: RelationEncoders<Kind> = {
  filter: ({ input, condition, isStep }, to) => {
    refuseStep(isStep);
    return { case: "filter", value: { input: to.relation(input), condition: to.expression(condition) } };
  },
  sort: ({ input, order, global, byAll, isStep }, to) => {
    refuseStep(isStep);
    if (byAll === true) throw noMessage("ORDER BY ALL", "Name the columns, or write the query as SQL text.");
    return { case: "sort", value: { input: to.relation(input), order: to.order(order), isGlobal: global } };
  },
  limit: ({ input, count }, to) => {
    if (count === undefined)
      throw noMessage("LIMIT ALL by itself", "Write the whole query as SQL text: spark.sql(text).");
    return { case: "limit", value: { input: to.relation(input), limit: constantCount(count) } };
  },
  offset: ({ input, count }, to) => ({
    case: "offset",
    value: { input: to.relation(input), offset: constantCount(count) },
  }),
  tail: ({ input, count }, to) => ({
    case: "tail",
    value: { input: to.relation(input), limit: constantCount(count) },
  }),
  deduplicate: ({ input, columns, withinWatermark }, to) => ({
    case: "deduplicate",
    value: {
      input: to.relation(input),
      columnNames: [...(columns ?? [])],
      allColumnsAsKeys: columns === undefined,
      withinWatermark,
    },
  }),
  sample: ({ input, lower, upper, withReplacement, seed, deterministicOrder }, to) => ({
    case: "sample",
    value: {
      input: to.relation(input),
      lowerBound: lower,
      upperBound: upper,
      withReplacement,
      ...given("seed", seed),
      deterministicOrder: deterministicOrder ?? false,
    },
  }),
  hint: ({ input, name, parameters }, to) => ({
    case: "hint",
    value: { input: to.relation(input), name, parameters: to.expressions(parameters) },
  }),
  repartition: ({ input, count, shuffle }, to) => ({
    case: "repartition",
    value: { input: to.relation(input), numPartitions: count, shuffle },
  }),
  "repartition by expression": ({ input, expressions, count, direct }, to) => {
    const sent = to.expressions(expressions);
    const partitionExprs =
      direct === true
        ? sent.map((child) => ({ exprType: { case: "directShufflePartitionId", value: { child } } as const }))
        : sent;
    return {
      case: "repartitionByExpression",
      value: { input: to.relation(input), partitionExprs, ...given("numPartitions", count) },
    };
  },
  "subquery alias": ({ input, name, columns }, to) => {
    if (columns !== undefined) throw noMessage("an alias with names of columns", "Rename them by toDF.");
    return { case: "subqueryAlias", value: { input: to.relation(input), alias: name } };
  },
  "function query": refusing(() => noMessage("the query of a table function", "Call the function by its name.")),
  observe: ({ input, name, metrics }, to) => ({
    case: "collectMetrics",
    value: { input: to.relation(input), name, metrics: to.expressions(metrics) },
  }),
  "with watermark": ({ input, column, delay }, to) => ({
    case: "withWatermark",
    value: { input: to.relation(input), eventTime: column, delayThreshold: delay },
  }),
};

type Case =
  | "filter"
  | "sort"
  | "limit"
  | "offset"
  | "tail"
  | "deduplicate"
  | "sample"
  | "hint"
  | "repartition"
  | "repartitionByExpression"
  | "subqueryAlias"
  | "collectMetrics"
  | "withWatermark";

export const rowDecoders: RelationDecoders<Case> = {
  filter: ({ input, condition }, from) => ({
    kind: "filter",
    input: from.relation(input),
    condition: from.expression(condition),
  }),
  sort: ({ input, order, isGlobal = false }, from) => ({
    kind: "sort",
    input: from.relation(input),
    order: from.order(order),
    global: isGlobal,
  }),
  limit: ({ input, limit }, from) => ({ kind: "limit", input: from.relation(input), count: count(limit) }),
  offset: ({ input, offset }, from) => ({ kind: "offset", input: from.relation(input), count: count(offset) }),
  tail: ({ input, limit }, from) => ({ kind: "tail", input: from.relation(input), count: count(limit) }),
  deduplicate: ({ input, columnNames, allColumnsAsKeys, withinWatermark = false }, from) => ({
    kind: "deduplicate",
    input: from.relation(input),
    ...(allColumnsAsKeys === true ? {} : { columns: columnNames }),
    withinWatermark,
  }),
  sample: ({ input, lowerBound, upperBound, withReplacement = false, seed, deterministicOrder }, from) => ({
    kind: "sample",
    input: from.relation(input),
    lower: lowerBound,
    upper: upperBound,
    withReplacement,
    ...given("seed", seed),
    ...(deterministicOrder ? { deterministicOrder } : {}),
  }),
  hint: ({ input, name, parameters }, from) => ({
    kind: "hint",
    input: from.relation(input),
    name,
    parameters: from.expressions(parameters),
  }),
  repartition: ({ input, numPartitions, shuffle = false }, from) => ({
    kind: "repartition",
    input: from.relation(input),
    count: numPartitions,
    shuffle,
  }),
  repartitionByExpression: ({ input, partitionExprs, numPartitions }, from) => {
    const [first] = partitionExprs;
    const direct = first?.exprType.case === "directShufflePartitionId" ? first.exprType.value : undefined;
    return {
      kind: "repartition by expression",
      input: from.relation(input),
      expressions: direct === undefined ? from.expressions(partitionExprs) : [from.expression(direct.child)],
      ...given("count", numPartitions),
      ...(direct === undefined ? {} : { direct: true }),
    };
  },
  subqueryAlias: ({ input, alias }, from) => ({ kind: "subquery alias", input: from.relation(input), name: alias }),
  collectMetrics: ({ input, name, metrics }, from) => ({
    kind: "observe",
    input: from.relation(input),
    name,
    metrics: from.expressions(metrics),
  }),
  withWatermark: ({ input, eventTime, delayThreshold }, from) => ({
    kind: "with watermark",
    input: from.relation(input),
    column: eventTime,
    delay: delayThreshold,
  }),
};

const count = (value: number): Expression => Object.freeze({ kind: "literal", type: intType, value });

function constantCount(expression: Expression): number {
  if (expression.kind === "literal" && expression.type.kind === "int") return expression.value as number;
  throw noMessage("a number of rows that is not a constant INT", "Give a number, or write the query as SQL text.");
}
