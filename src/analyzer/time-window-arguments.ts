/** What `window` and `session_window` are given: lengths of time and the moment that lies in them. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { parameterRules } from "../functions/parameter-rules.ts";
import { isTimeWindow } from "../functions/time-window-type.ts";
import type { Coercion } from "../functions/type-coercion.ts";
import type { Call } from "../plan/expression.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { decimalType, intervalType, intType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";
import { constant, converted } from "./conversion.ts";
import { misplaced, unexpectedInputType, wrongArgumentCount } from "./errors.ts";
import { prettyText } from "./names.ts";
import { applyFunction } from "./resolve-call.ts";
import { readSpan, type Span, spanOfText } from "./span-text.ts";

/** Microseconds of the spans of `window`. */
export interface Spans {
  readonly duration: bigint;
  readonly slide: bigint;
  readonly start: bigint;
}

/** The lengths that a call of `window` states. */
export function spansOf(call: Call, args: readonly ResolvedExpression[]): Spans {
  if (args.length < 2 || args.length > 4) throw wrongArgumentCount("window", "[2, 3, 4]", args.length);
  const [duration, slide = duration, start = 0n] = args.slice(1).map((argument, index) => {
    const length = microseconds(argument);
    if (length !== undefined) return length;
    throw misplaced(
      "_LEGACY_ERROR_TEMP_1207",
      undefined,
      "The duration and time inputs to window must be an integer, long or string literal",
      `Write the value itself in place of ${prettyText(call.arguments[index + 1]!)}.`,
    );
  }) as [bigint, bigint?, bigint?];
  requirePositive(call, "window_duration", duration);
  requirePositive(call, "slide_duration", slide);
  if (slide > duration) throw outOfBounds(call, ["slide_duration", slide], "<=", ["window_duration", duration]);
  const distance = start < 0n ? -start : start;
  if (distance >= slide) throw outOfBounds(call, ["abs(start_time)", distance], "<", ["slide_duration", slide]);
  return { duration, slide, start };
}

function microseconds(argument: ResolvedExpression): bigint | undefined {
  if (argument.kind !== "constant" || argument.value === null) return undefined;
  const { value, type } = argument;
  if (type.kind === "int" || type.kind === "bigint") return BigInt(value as number | bigint);
  if (type.kind !== "string") return undefined;
  const span = spanOfText(String(value));
  if (span.months === 0) return BigInt(span.days) * 86_400_000_000n + span.microseconds;
  throw misplaced(
    "_LEGACY_ERROR_TEMP_3231",
    undefined,
    `Intervals greater than a month is not supported (${String(value)})`,
    "Months differ in length: write days, or group by date_trunc('month', …).",
    { interval: String(value) },
  );
}

function requirePositive(call: Call, name: string, value: bigint): void {
  if (value > 0n) return;
  const valueRange = "(0, 9223372036854775807]";
  const sqlExpr = `"${prettyText(call)}"`;
  throw misplaced(
    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
    "42K09",
    `Cannot resolve ${sqlExpr} due to data type mismatch: The \`${name}\` must be between ${valueRange} (current value = ${value}L)`,
    "Give a length such as 10 minutes.",
    { sqlExpr, exprName: `\`${name}\``, valueRange, currentValue: `${value}L` },
  );
}

type Named = readonly [name: string, value: bigint];

function outOfBounds(call: Call, [left, first]: Named, constraint: string, [right, second]: Named): AnalysisError {
  const sqlExpr = `"${prettyText(call)}"`;
  return misplaced(
    "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION",
    "42K09",
    `Cannot resolve ${sqlExpr} due to data type mismatch: The \`${left}\`(${first}L) must be ${constraint} the \`${right}\`(${second}L)`,
    "A slide is at most as long as the window, a start shorter than the slide.",
    {
      sqlExpr,
      constraint,
      leftExprName: `\`${left}\``,
      leftExprValue: `${first}L`,
      rightExprName: `\`${right}\``,
      rightExprValue: `${second}L`,
    },
  );
}

/** The moment that lies in spans; of a span, its last. */
export function momentOfCall(call: Call, argument: ResolvedExpression, coercion: Coercion): ResolvedExpression {
  const rule = parameterRules.windowTime;
  const target = rule.accept({ types: [argument.type], index: 0, same: [0], coercion });
  if (target === undefined)
    throw unexpectedInputType(prettyText(call), 0, prettyText(call.arguments[0]!), rule.required, argument.type);
  return isTimeWindow(target)
    ? applyFunction("window_time", [argument])
    : converted(argument, target, coercion.castMode);
}

const interval = ({ months, days, microseconds }: Span): ResolvedExpression =>
  applyFunction("make_interval", [
    ...[0, months, 0, days, 0, 0].map((amount) => constant(intType, amount)),
    constant(decimalType(18, 6), microseconds),
  ]);

// A text that is no interval is no gap, as for a row of a column.
function constantGap(text: string): ResolvedExpression {
  const span = readSpan(text);
  return span === undefined ? constant(intervalType, null) : interval(span);
}

/** The gap of a session as an interval. */
export function gapOf(gap: ResolvedExpression): ResolvedExpression {
  if (gap.type.kind === "interval") return gap;
  if (gap.kind === "constant" && gap.value === null) return constant(intervalType, null);
  if (gap.kind === "constant" && gap.type.kind === "string") return constantGap(String(gap.value));
  if (gap.kind === "conditional") {
    const branches = gap.branches.map(({ when, then }) => ({ when, then: gapOf(then) }));
    const otherwise = gap.otherwise === undefined ? {} : { otherwise: gapOf(gap.otherwise) };
    return { kind: "conditional", branches, ...otherwise, type: intervalType, nullable: gap.nullable };
  }
  if (gap.type.kind === "string")
    throw new UnsupportedError("a gap of session_window that is the text of a column is not supported", {
      hint: "Choose between constants with when(…), or make an interval with make_interval(…).",
    });
  throw new AnalysisError(
    `Gap duration expression used in session window must be CalendarIntervalType, but got "${sqlName(gap.type)}"`,
    {
      condition: "_LEGACY_ERROR_TEMP_1040",
      parameters: { dt: `"${sqlName(gap.type)}"` },
      hint: 'Write a text such as "5 minutes".',
    },
  );
}
