/** Aggregations, by every way of grouping that the API has. */
import type { Expression, Literal } from "../../plan/expression.ts";
import type { Aggregate, Grouping, Pivot } from "../../plan/relation.ts";
import { type Decoder, type Encoder, given, keyOf, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import {
  Aggregate_GroupType as GroupType,
  type Aggregate_Pivot as PivotMessage,
} from "../generated/spark/connect/relations_pb.ts";
import { decodeLiteral, encodeLiteral } from "../literal.ts";
import { invalidMessage, noMessage, refuseStep } from "../refusal.ts";

const types = {
  "group by": GroupType.GROUPBY,
  rollup: GroupType.ROLLUP,
  cube: GroupType.CUBE,
  "grouping sets": GroupType.GROUPING_SETS,
  pivot: GroupType.PIVOT,
} as const satisfies Record<Exclude<Grouping, "all">, number>;

export const groupingEncoders: RelationEncoders<"aggregate"> = {
  aggregate: (relation, to) => {
    refuseSqlForms(relation);
    refuseStep(relation.isStep);
    const { input, type, grouping, aggregates, groupingSets = [], pivot } = relation;
    return {
      case: "aggregate",
      value: {
        input: to.relation(input),
        groupType: types[type as Exclude<Grouping, "all">],
        groupingExpressions: to.expressions(grouping),
        aggregateExpressions: to.expressions(aggregates),
        ...given("pivot", pivot && encodePivot(pivot, to)),
        groupingSets: groupingSets.map((set) => ({ groupingSet: to.expressions(set) })),
      },
    };
  },
};

export const groupingDecoders: RelationDecoders<"aggregate"> = {
  aggregate: ({ input, groupType, groupingExpressions, aggregateExpressions, pivot, groupingSets }, from) => {
    const type = keyOf(types, groupType);
    if (type === undefined) throw invalidMessage("an aggregation has no type");
    const sets = groupingSets.map(({ groupingSet }) => from.expressions(groupingSet));
    return {
      kind: "aggregate",
      input: from.relation(input),
      type,
      grouping: from.expressions(groupingExpressions),
      aggregates: from.expressions(aggregateExpressions),
      ...(type === "grouping sets" ? { groupingSets: sets } : {}),
      ...given("pivot", pivot && decodePivot(pivot, from)),
    };
  },
};

function refuseSqlForms({ type, aggregatesOnly, groupsByRest }: Aggregate): void {
  if (type === "all" || aggregatesOnly === true || groupsByRest === true)
    throw noMessage("GROUP BY of SQL", "Use groupBy, or write the whole query as SQL text.");
}

const encodePivot = ({ column, values = [] }: Pivot, to: Encoder) => ({
  col: to.expression(column),
  values: values.map((value) => encodeLiteral(constant(value))),
});

const decodePivot = ({ col, values }: PivotMessage, from: Decoder): Pivot => ({
  column: from.expression(col),
  ...(values.length > 0 ? { values: values.map(decodeLiteral) } : {}),
});

function constant(value: Expression): Literal {
  if (value.kind === "literal") return value;
  throw noMessage("a value of a pivot that is not a constant", "Give numbers, texts, booleans or dates.");
}
