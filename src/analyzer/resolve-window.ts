/** Window functions: their frame made explicit, its bounds checked. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { Call, Expression, Window, WindowFrame } from "../plan/expression.ts";
import type { FrameBound, ResolvedExpression, ResolvedFrame, ResolvedOrder, ResolvedWindow } from "../plan/resolved.ts";
import { isAggregateCall } from "../plan/resolved-rewrite.ts";
import { intType, isNumeric, type TypeKind } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";
import { converted } from "./conversion.ts";
import { misplaced } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { frameOfFunction, frameText, prettyText, specificationText } from "./names.ts";
import { resolveCall } from "./resolve-call.ts";

/** The window with its call, partition and order resolved. */
export function resolveWindow(window: Window, context: ExpressionContext): ResolvedExpression {
  if (window.reference !== undefined) throw missingSpecification(window.reference);
  const call = windowCall(window, context);
  const orderBy = window.orderBy.map((order) => resolveOrder(order, context));
  if (needsOrder(call) && orderBy.length === 0) throw missingOrder(window);
  const resolved: ResolvedWindow = {
    kind: "window",
    call,
    partitionBy: window.partitionBy.map((expression) => resolveIn(context, expression)),
    orderBy,
    type: call.type,
    nullable: call.nullable,
  };
  const frame = frameOf(window, call, orderBy, context);
  return frame === undefined ? resolved : { ...resolved, frame };
}

const missingSpecification = (windowName: string): Error =>
  misplaced(
    "MISSING_WINDOW_SPECIFICATION",
    "42P20",
    `Window specification is not defined in the WINDOW clause for \`${windowName}\``,
    "Define it: WINDOW name AS (PARTITION BY … ORDER BY …).",
    { windowName },
  );

/** One entry of an order; a plain expression sorts ascending, nulls first. */
export function resolveOrder(expression: Expression, context: ExpressionContext): ResolvedOrder {
  const resolved = resolveIn(context, expression);
  if (expression.kind !== "sort order") return { expression: resolved, direction: "ascending", nulls: "first" };
  return { expression: resolved, direction: expression.direction, nulls: expression.nulls };
}

function windowCall(window: Window, context: ExpressionContext): ResolvedExpression {
  const call = isWindowFunction(window.call) ? resolveCall(window.call, context) : resolveIn(context, window.call);
  if (isAggregateCall(call) && call.aggregate.distinct) throw distinctWindow(window);
  if (isAggregateCall(call)) return call;
  throw misplaced(
    "UNSUPPORTED_EXPR_FOR_WINDOW",
    "42P20",
    `Expression "${prettyText(window.call)}" not supported within a window function`,
    "Use an aggregate or a window function such as row_number().",
    { sqlExpr: `"${prettyText(window.call)}"` },
  );
}

const isWindowFunction = (expression: Expression): expression is Call =>
  expression.kind === "call" && lookupFunction(expression.name.at(-1)!)?.class === "window";

function distinctWindow(window: Window): Error {
  const text = `"${prettyText(window)}"`;
  return misplaced(
    "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
    "0A000",
    `Distinct window functions are not supported: ${text}`,
    "Count with size(collectSet(…).over(…)), or aggregate and join.",
    { windowExpr: text },
  );
}

const ownFrames = new Set(["row_number", "rank", "dense_rank", "percent_rank", "ntile", "cume_dist", "lag", "lead"]);

const needsOrder = (call: ResolvedExpression): boolean => call.kind === "call" && ownFrames.has(call.name);

function missingOrder(window: Window): Error {
  return misplaced(
    "WINDOW_FUNCTION_FRAME_NOT_ORDERED",
    "42601",
    `Window function ${prettyText(window.call)} requires window to be ordered, please add ORDER BY clause`,
    `Add .orderBy(…) to its window, for example Window.partitionBy("key").orderBy("time").`,
    { wf_name: (window.call as Call).name.at(-1)!.toLowerCase(), wf_expr: prettyText(window.call) },
  );
}

function frameOf(
  window: Window,
  call: ResolvedExpression,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): ResolvedFrame | undefined {
  const { frame } = window;
  if (frame !== undefined) checkFrame(frame, window, orderBy);
  if (call.kind === "call" && ownFrames.has(call.name) && lookupFunction(call.name)?.class === "window")
    return undefined;
  if (frame === undefined) return defaultFrame(orderBy.length > 0);
  return {
    unit: frame.unit,
    lower: boundOf(frame.lower, frame, orderBy, context),
    upper: boundOf(frame.upper, frame, orderBy, context),
  };
}

const defaultFrame = (ordered: boolean): ResolvedFrame =>
  ordered
    ? { unit: "range", lower: { at: "unbounded" }, upper: { at: "current row" } }
    : { unit: "rows", lower: { at: "unbounded" }, upper: { at: "unbounded" } };

function checkFrame(frame: WindowFrame, window: Window, orderBy: readonly ResolvedOrder[]): void {
  checkOwnFrame(frame, window);
  checkRange(frame, window, orderBy);
  const [lower, upper] = [offsetOf(frame.lower, -Infinity), offsetOf(frame.upper, Infinity)];
  if (lower === undefined || upper === undefined || lower <= upper) return;
  throw wrongFrame(
    "SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
    frameText(frame),
    "The lower bound of a window frame must be less than or equal to the upper bound",
    {
      comparison: "less than or equal",
    },
  );
}

// Functions with a frame of their own take no other.
function checkOwnFrame(frame: WindowFrame, { call }: Window): void {
  if (!isWindowFunction(call) || !ownFrames.has(call.name.at(-1)!.toLowerCase())) return;
  const name = call.name.at(-1)!.toLowerCase();
  if (name === "lag" || name === "lead") {
    throw misplaced(
      "_LEGACY_ERROR_TEMP_1035",
      undefined,
      `Cannot specify window frame for ${name} function`,
      "Leave the frame out: the function has its own.",
      {
        prettyName: name,
      },
    );
  }
  const own = frameOfFunction({ call, orderBy: [] });
  if (frameText(frame) === frameText(own)) return;
  const [wf, required] = [internalText(frame), internalText(own)];
  throw misplaced(
    "_LEGACY_ERROR_TEMP_1036",
    undefined,
    `Window Frame ${wf} must match the required frame ${required}`,
    "Leave the frame out: the function has its own.",
    {
      wf,
      required,
    },
  );
}

// The text of Spark's own objects, which is what its error has.
function internalText({ unit, lower, upper }: WindowFrame): string {
  const bound = (value: WindowFrame["lower"], side: string): string =>
    value === "unbounded" ? `unbounded${side}$()` : value === "current row" ? "currentrow$()" : prettyText(value);
  const name = unit === "rows" ? "RowFrame" : "RangeFrame";
  return `specifiedwindowframe(${name}, ${bound(lower, "preceding")}, ${bound(upper, "following")})`;
}

/** A bound as a number, where it is one. */
function offsetOf(bound: WindowFrame["lower"], end: number): number | undefined {
  if (bound === "unbounded") return end;
  if (bound === "current row") return 0;
  const value = typeof bound === "string" || bound.kind !== "literal" ? undefined : bound.value;
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

function checkRange(frame: WindowFrame, window: Window, orderBy: readonly ResolvedOrder[]): void {
  const offset = typeof frame.lower === "string" ? frame.upper : frame.lower;
  if (frame.unit === "rows" || typeof offset === "string") return;
  const specification = specificationText(window);
  if (orderBy.length === 0) {
    throw wrongFrame(
      "RANGE_FRAME_WITHOUT_ORDER",
      specification,
      "A range window frame cannot be used in an unordered window specification",
      {},
    );
  }
  if (orderBy.length > 1) {
    const orderSpec = window.orderBy.map((order) => prettyText(order)).join(",");
    throw wrongFrame(
      "RANGE_FRAME_MULTI_ORDER",
      specification,
      `A range window frame with value boundaries cannot be used in a window specification with multiple order by expressions: ${orderSpec}`,
      { orderSpec },
    );
  }
  checkOrderType(frame, orderBy[0]!.expression);
}

const measured: ReadonlySet<TypeKind> = new Set([
  "date",
  "timestamp",
  "timestamp_ntz",
  "day-time interval",
  "year-month interval",
  "interval",
  "void",
]);
const expectedType = '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")';

function checkOrderType(frame: WindowFrame, { type }: ResolvedExpression): void {
  if (isNumeric(type) || measured.has(type.kind)) return;
  const location = typeof frame.lower === "string" ? "upper" : "lower";
  const exprType = `"${sqlName(type)}"`;
  throw wrongFrame(
    "SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
    frameText(frame),
    `The data type of the ${location} bound ${exprType} does not match the expected data type ${expectedType}`,
    { location, exprType, expectedType },
  );
}

const wrongFrame = (
  condition: string,
  text: string,
  sentence: string,
  parameters: Readonly<Record<string, string>>,
): Error =>
  misplaced(
    `DATATYPE_MISMATCH.${condition}`,
    "42K09",
    `Cannot resolve "${text}" due to data type mismatch: ${sentence}`,
    "Use rowsBetween(…), or order by one number or time.",
    { ...parameters, sqlExpr: `"${text}"` },
  );

function boundOf(
  bound: WindowFrame["lower"],
  frame: WindowFrame,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): FrameBound {
  if (bound === "unbounded") return { at: "unbounded" };
  if (bound === "current row") return { at: "current row" };
  const resolved = resolveIn(context, bound);
  const value = resolved.kind === "constant" ? (resolved.value as number | bigint) : undefined;
  if (value === undefined) {
    throw misplaced(
      "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
      "42K09",
      `Window frame bound "${prettyText(bound)}" is not a constant`,
      "Use a literal number or interval.",
    );
  }
  if (Number(value) === 0) return { at: "current row" };
  const size = typeof value === "bigint" ? (value < 0n ? -value : value) : Math.abs(value);
  const constant: ResolvedExpression = { kind: "constant", type: resolved.type, value: size, nullable: false };
  const target = frame.unit === "rows" ? intType : offsetType(orderBy[0]!.expression, constant);
  const direction = Number(value) < 0 ? "preceding" : "following";
  return {
    at: "offset",
    direction,
    offset: target === undefined ? constant : converted(constant, target, context.analysis.coercion.castMode),
  };
}

// Days before a date and intervals before a timestamp keep their own type.
function offsetType(order: ResolvedExpression, offset: ResolvedExpression): ResolvedExpression["type"] | undefined {
  return order.type.kind === "date" ||
    order.type.kind === "timestamp" ||
    order.type.kind === "timestamp_ntz" ||
    offset.type.kind.includes("interval")
    ? undefined
    : order.type;
}
