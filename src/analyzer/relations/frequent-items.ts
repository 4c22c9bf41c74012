/** Values that occur often, by the algorithm of Karp, Papadimitriou and Shenker as Spark runs it. */
import { AnalysisError } from "../../errors.ts";
import { nameParts } from "../../functions/column-name.ts";
import type { FrequentItems } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedAggregate, ResolvedCall, ResolvedExpression } from "../../plan/resolved.ts";
import { arrayType, intType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { constant } from "../conversion.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";

/** Spark: `FrequentItems.singlePassFreqItems`. */
export function analyseFrequentItems(relation: FrequentItems, context: RelationContext): Analysed {
  const { input, columns, support } = relation;
  checkSupport(support);
  if (columns.length === 0) return context.input({ kind: "project", input, expressions: [] });
  const rows = context.input(input);
  const size = Math.trunc(1 / support);
  const aggregates = columns.map((name): NamedExpression => {
    const value = resolveOver(context, rows.scope, { kind: "attribute", name: nameParts(name) });
    const expression = collected(value, size);
    return { column: context.analysis.newColumn(`${name}_freqItems`, expression.type, false), expression };
  });
  const output = aggregates.map(({ column }) => column);
  const aggregate: ResolvedAggregate = { kind: "aggregate", input: rows.relation, keys: [], aggregates, output };
  return { relation: aggregate, scope: scopeOf(output) };
}

/** `collect_frequent_items` is no function of programs, in Spark neither. */
const collected = (value: ResolvedExpression, size: number): ResolvedCall => ({
  kind: "call",
  name: "collect_frequent_items",
  arguments: [value, constant(intType, size)],
  deterministic: false,
  aggregate: { distinct: false, ignoreNulls: false, order: [] },
  type: arrayType(value.type, value.nullable),
  nullable: false,
});

function checkSupport(support: number): void {
  if (support >= 1e-4 && support <= 1) return;
  throw new AnalysisError(`Support must be in [1e-4, 1], but got ${support}`, {
    hint: "Give the share of the rows from which a value is frequent, such as 0.01.",
  });
}
