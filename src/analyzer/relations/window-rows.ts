/** Rows beside the windows of time that they lie in. */

import { timeWindowType } from "../../functions/time-window-type.ts";
import type { Call } from "../../plan/expression.ts";
import type {
  NamedExpression,
  OutputColumn,
  ResolvedExpression,
  ResolvedFilter,
  ResolvedGenerate,
  ResolvedProject,
  ResolvedRelation,
} from "../../plan/resolved.ts";
import { passed, reference } from "../../plan/resolved-rewrite.ts";
import { bigintType, intType } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { conjunction, constant } from "../conversion.ts";
import { wrongArgumentCount } from "../errors.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { gapOf, momentOfCall, type Spans, spansOf } from "../time-window-arguments.ts";

/** Rows and the column among theirs that is their window. */
export interface Windowed {
  readonly rows: Analysed;
  readonly column: OutputColumn;
}

/** The input's rows, each as often as it lies in a window of equal length. */
export function windowRows(call: Call, input: Analysed, context: RelationContext): Windowed {
  const args = call.arguments.map((argument) => resolveOver(context, input.scope, argument));
  const spans = spansOf(call, args);
  const time = momentOfCall(call, args[0]!, context.analysis.coercion);
  const window = (earlier: ResolvedExpression): ResolvedExpression =>
    timeWindow("window", time, [...[spans.duration, spans.slide, spans.start].map(whole), earlier]);
  const isSingle = spans.duration === spans.slide;
  const column = windowColumn("window", window(whole(0n)), !isSingle, context);
  if (isSingle) {
    const present = filtered(input.relation, applyFunction("isnotnull", [time]));
    return windowed(input, withColumn(present, { column, expression: window(whole(0n)) }), column);
  }
  const { relation, index } = repeated(input.relation, spans, context);
  const rows = withColumn(relation, { column, expression: window(index) });
  return windowed(input, filtered(rows, inside(time, column, spans)), column);
}

const whole = (value: bigint): ResolvedExpression => constant(bigintType, value);

// Every window holds the time where their length is a number of slides.
function inside(time: ResolvedExpression, column: OutputColumn, { duration, slide }: Spans): ResolvedExpression {
  if (duration % slide === 0n) return applyFunction("isnotnull", [time]);
  const [start, end] = boundsOf(column);
  return conjunction(applyFunction(">=", [time, start]), applyFunction("<", [time, end]));
}

/** The rows as often as windows may overlap, beside the number of slides to go back. */
function repeated(input: ResolvedRelation, { duration, slide }: Spans, { analysis }: RelationContext) {
  const most = Number((duration + slide - 1n) / slide) - 1;
  const numbers = applyFunction("sequence", [constant(intType, 0), constant(intType, most)]);
  const number = analysis.newColumn("earlier", intType, false);
  const relation: ResolvedGenerate = {
    kind: "generate",
    input,
    generator: applyFunction("explode", [numbers]),
    generated: [number],
    outer: false,
    output: [...input.output, number],
  };
  return { relation, index: reference(number) };
}

/** The input's rows with the sessions that they open. */
export function sessionRows(call: Call, input: Analysed, context: RelationContext): Windowed {
  if (call.arguments.length !== 2) throw wrongArgumentCount("session_window", "2", call.arguments.length);
  const [start, written] = call.arguments.map((argument) => resolveOver(context, input.scope, argument));
  const time = momentOfCall(call, start!, context.analysis.coercion);
  const expression = timeWindow("session_window", time, [applyFunction("+", [time, gapOf(written!)])]);
  const column = windowColumn("session_window", expression, false, context);
  const rows = withColumn(input.relation, { column, expression });
  const [first, last] = boundsOf(column);
  const condition = conjunction(applyFunction("isnotnull", [time]), applyFunction(">", [last, first]));
  return windowed(input, filtered(rows, condition), column);
}

const timeWindow = (
  name: "window" | "session_window",
  time: ResolvedExpression,
  rest: readonly ResolvedExpression[],
): ResolvedExpression => ({
  kind: "call",
  name,
  arguments: [time, ...rest],
  type: timeWindowType(time.type),
  nullable: false,
  deterministic: true,
});

const windowColumn = (
  name: "window" | "session_window",
  { type }: ResolvedExpression,
  nullable: boolean,
  { analysis }: RelationContext,
): OutputColumn =>
  analysis.newColumn(name, type, nullable, {
    [name === "window" ? "spark.timeWindow" : "spark.sessionWindow"]: true,
  });

/** The start and the end of a window. */
export const boundsOf = (column: OutputColumn): readonly [ResolvedExpression, ResolvedExpression] => {
  const bound = (index: number): ResolvedExpression => {
    const type = column.type.kind === "struct" ? column.type.fields[index]!.type : column.type;
    return { kind: "field", input: reference(column), index, type, nullable: true };
  };
  return [bound(0), bound(1)];
};

const filtered = (input: ResolvedRelation, condition: ResolvedExpression): ResolvedFilter => ({
  kind: "filter",
  input,
  condition,
  output: input.output,
});

/** The rows with a column more. */
export const withColumn = (input: ResolvedRelation, named: NamedExpression): ResolvedProject => ({
  kind: "project",
  input,
  columns: [...passed(input.output), named],
  output: [...input.output, named.column],
});

/** Rows that answer to the input's names, and to the window's where a name is written. */
export const windowed = ({ scope }: Analysed, relation: ResolvedRelation, column: OutputColumn): Windowed => ({
  rows: { relation, scope: { ...scope, hidden: [...scope.hidden, { column, qualifier: [] }] } },
  column,
});
