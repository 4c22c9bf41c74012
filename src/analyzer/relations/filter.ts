import type { Filter } from "../../plan/relation.ts";
import type { ResolvedFilter } from "../../plan/resolved.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf, rejectGenerators, windowsOf } from "../found-calls.ts";
import { lifted } from "../lifted.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver, withRelation } from "../relation-context.ts";
import { resolveCondition } from "../resolve-condition.ts";
import { inputOf, isUnfitColumn, widened } from "../widened.ts";

/** The rows for which the condition holds; the condition may use names that a projection below has dropped. */
export function analyseFilter(filter: Filter, context: RelationContext): Analysed {
  const select = filter.isStep === true ? undefined : having(filter, "having", context);
  if (select === undefined) return filterRows(filter, context);
  try {
    return select();
  } catch (error) {
    if (!isUnfitColumn(error)) throw error;
    return having(filter, "having by names", context)?.() ?? filterRows(filter, context);
  }
}

/** The analysis of a filter over a select into which parts of its condition are lifted; undefined where none is. */
function having(filter: Filter, kind: "having" | "having by names", context: RelationContext) {
  const select = lifted(filter.input, [filter.condition], kind, context.analysis);
  if (select === undefined) return undefined;
  const over = { ...filter, input: select.relation, condition: select.expressions[0]! };
  return (): Analysed => select.hide(filterRows(over, context));
}

function filterRows(filter: Filter, context: RelationContext): Analysed {
  const input = inputOf(filter, context);
  check(filter, input, context);
  return widened(input, (wide) => {
    const condition = resolveCondition(filter.condition, context.over(wide.scope));
    const relation: ResolvedFilter = { kind: "filter", input: wide.relation, condition, output: wide.relation.output };
    return withRelation(wide, relation);
  });
}

function check({ condition }: Filter, { scope }: Analysed, context: RelationContext): void {
  const text = prettyText(condition);
  rejectGenerators("Filter", [condition]);
  if (windowsOf(condition).length > 0) {
    throw misplaced(
      "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE",
      "42601",
      "It is not allowed to use window functions inside WHERE clause",
      "Compute it with withColumn(…) first and filter the result.",
      { clauseName: "WHERE" },
    );
  }
  const aggregates = callsOf(condition, "aggregate");
  if (aggregates.length === 0) return;
  for (const call of aggregates)
    for (const argument of call.arguments) if (argument.kind !== "star") resolveOver(context, scope, argument);
  const expressionList = aggregates.map((call) => prettyText(call)).join(", ");
  throw misplaced(
    "INVALID_WHERE_CONDITION",
    "42903",
    `The WHERE condition "${text}" contains invalid expressions: ${expressionList}`,
    "Compute them with agg(…) or withColumn(…) first and filter the result.",
    { condition: `"${text}"`, expressionList },
  );
}
