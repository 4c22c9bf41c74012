/** Sessions of groups: those of rows whose other keys are equal are one where they touch. */
import { UnsupportedError } from "../../errors.ts";
import type { Aggregate } from "../../plan/relation.ts";
import type {
  OutputColumn,
  ResolvedExpression,
  ResolvedFrame,
  ResolvedRelation,
  ResolvedWindow,
} from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { intType } from "../../types/data-type.ts";
import { conditional, constant } from "../conversion.ts";
import type { RelationContext } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { groupingKeys, statedGrouping } from "./aggregate.ts";
import { boundsOf, type Windowed, windowed, withColumn } from "./window-rows.ts";

const before: ResolvedFrame = {
  unit: "rows",
  lower: { at: "unbounded" },
  upper: { at: "offset", direction: "preceding", offset: constant(intType, 1) },
};
// Rows that begin together count together.
const untilHere: ResolvedFrame = { unit: "range", lower: { at: "unbounded" }, upper: { at: "current row" } };

/** The rows with the sessions that they lie in together, where the aggregation groups by these. */
export function mergedSessions(aggregate: Aggregate, sessions: Windowed, context: RelationContext): Windowed {
  const keys = groupingKeys(statedGrouping(aggregate, sessions.rows, context), sessions.rows, context).map(
    ({ expression }) => expression,
  );
  const isSession = (key: ResolvedExpression): boolean => key.kind === "column" && key.id === sessions.column.id;
  if (!keys.some(isSession)) return sessions;
  if (aggregate.type === "rollup" || aggregate.type === "cube" || aggregate.type === "grouping sets")
    throw new UnsupportedError("session_window in a rollup, cube or grouping set is not supported", {
      hint: "Group by it in one step, then group the result.",
    });
  return merged(
    sessions,
    keys.filter((key) => !isSession(key)),
    context,
  );
}

function merged(
  { rows, column }: Windowed,
  keys: readonly ResolvedExpression[],
  { analysis }: RelationContext,
): Windowed {
  const [start, end] = boundsOf(column);
  const added = (input: ResolvedRelation, name: string, expression: ResolvedExpression) => {
    const made = analysis.newColumn(name, expression.type, expression.nullable);
    return { relation: withColumn(input, { column: made, expression }), value: reference(made) };
  };
  const latest = added(rows.relation, "latest end", overSessions("max", end, keys, start, before));
  const isApart = applyFunction("OR", [
    applyFunction("isnull", [latest.value]),
    applyFunction(">", [start, latest.value]),
  ]);
  const opens = conditional(isApart, constant(intType, 1), constant(intType, 0));
  const first = added(latest.relation, "opens", opens);
  const number = added(first.relation, "number", overSessions("sum", first.value, keys, start, untilHere));
  const own = [...keys, number.value];
  const expression: ResolvedExpression = {
    kind: "struct",
    fields: [overSessions("min", start, own), overSessions("max", end, own)],
    type: column.type,
    nullable: false,
  };
  const whole: OutputColumn = analysis.newColumn(column.name, column.type, false, column.metadata);
  const relation = withColumn(number.relation, { column: whole, expression });
  const hidden = rows.scope.hidden.filter((known) => known.column.id !== column.id);
  return windowed({ ...rows, scope: { ...rows.scope, hidden } }, relation, whole);
}

function overSessions(
  name: "min" | "max" | "sum",
  value: ResolvedExpression,
  partitionBy: readonly ResolvedExpression[],
  start?: ResolvedExpression,
  frame?: ResolvedFrame,
): ResolvedWindow {
  const call = applyFunction(name, [value]);
  const orderBy =
    start === undefined ? [] : [{ expression: start, direction: "ascending" as const, nulls: "first" as const }];
  const framed = frame === undefined ? {} : { frame };
  return { kind: "window", call, partitionBy, orderBy, ...framed, type: call.type, nullable: true };
}
