/** Window functions: what they may be, and their frame made explicit. */
import { lookupFunction } from "../functions/catalogue.ts";
import { isOrderable } from "../functions/rule.ts";
import type { Call, Expression, Window, WindowFrame } from "../plan/expression.ts";
import type {
  ResolvedCall,
  ResolvedExpression,
  ResolvedFrame,
  ResolvedOrder,
  ResolvedWindow,
} from "../plan/resolved.ts";
import { isAggregateCall } from "../plan/resolved-rewrite.ts";
import { sqlName } from "../types/type-name.ts";
import { invalidOrderingType, misplaced } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { frameOfFunction, frameText, prettyText } from "./names.ts";
import { resolveCall } from "./resolve-call.ts";
import { resolveFrame } from "./window-frame.ts";

/** The window with its call, partition and order resolved. */
export function resolveWindow(window: Window, context: ExpressionContext): ResolvedExpression {
  if (window.reference !== undefined) throw missingSpecification(window.reference);
  const call = windowCall(window, context);
  const orderBy = window.orderBy.map((order) => resolveOrder(order, context));
  if (hasOwnFrame(call) && orderBy.length === 0) throw missingOrder(window);
  const resolved: ResolvedWindow = {
    kind: "window",
    call,
    partitionBy: window.partitionBy.map((expression) => partitionKey(expression, context)),
    orderBy,
    type: call.type,
    nullable: call.nullable,
  };
  const frame = frameOf(window, call, orderBy, context);
  return frame === undefined ? resolved : { ...resolved, call: callInFrame(resolved, frame), frame };
}

const firstOnes: ReadonlySet<string> = new Set(["first", "first_value", "any_value"]);

// Where the first value of an ordered window stays the same, Spark takes the first row's, and looks at no filter.
function callInFrame({ call, orderBy }: ResolvedWindow, frame: ResolvedFrame): ResolvedWindow["call"] {
  const isFixed = frame.unit === "rows" && frame.lower.at === "unbounded" && orderBy.length > 0;
  if (!isFixed || call.kind !== "call" || call.aggregate?.filter === undefined || !firstOnes.has(call.name))
    return call;
  const { filter: _, ...aggregate } = call.aggregate;
  return { ...call, aggregate };
}

/** Spark sorts by what it parts by. */
function partitionKey(expression: Expression, context: ExpressionContext): ResolvedExpression {
  const key = resolveIn(context, expression);
  if (isOrderable(key.type)) return key;
  const [expr, exprType] = [prettyText(expression), sqlName(key.type)].map((text) => `"${text}"`) as [string, string];
  throw misplaced(
    "EXPRESSION_TYPE_IS_NOT_ORDERABLE",
    "42822",
    `Column expression ${expr} cannot be sorted because its type ${exprType} is not orderable`,
    "Part by something that has an order, such as a key or a field of it.",
    { expr, exprType },
  );
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
  checkOrderable(resolved, expression);
  if (expression.kind !== "sort order") return { expression: resolved, direction: "ascending", nulls: "first" };
  return { expression: resolved, direction: expression.direction, nulls: expression.nulls };
}

/** Refuses to sort by maps, variants and what holds them. */
export function checkOrderable({ type }: ResolvedExpression, source: Expression): void {
  if (isOrderable(type)) return;
  throw invalidOrderingType(prettyText(source), "sortorder", type);
}

function windowCall(window: Window, context: ExpressionContext): ResolvedExpression {
  const call = isWindowFunction(window.call) ? resolveCall(window.call, context) : resolveIn(context, window.call);
  if (isAggregateCall(call) && call.aggregate.distinct) throw distinctWindow(window);
  if (isAggregateCall(call)) {
    const isOrdered = window.orderBy.length > 0 || window.frame !== undefined;
    if (call.kind === "call" && isOrdered && isOfWholeGroup(call)) throw onlyPartitions(call, window);
    return call;
  }
  throw misplaced(
    "UNSUPPORTED_EXPR_FOR_WINDOW",
    "42P20",
    `Expression "${prettyText(window.call)}" not supported within a window function`,
    "Use an aggregate or a window function such as row_number().",
    { sqlExpr: `"${prettyText(window.call)}"` },
  );
}

/** Aggregates that Spark computes of whole partitions alone. */
const wholeGroups: ReadonlySet<string> = new Set(["median", "percentile_cont", "percentile_disc"]);

const isOfWholeGroup = ({ name, aggregate }: ResolvedCall): boolean =>
  wholeGroups.has(name) || (name === "listagg" && (aggregate?.order.length ?? 0) > 0);

function onlyPartitions({ name }: ResolvedCall, { call }: Window): Error {
  const { arguments: given, withinGroup = [] } = call as Call;
  const aggFunc = `"${name}(${[...withinGroup.map(({ input }) => input), ...given].map((each) => prettyText(each)).join(", ")})"`;
  return misplaced(
    "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
    "42601",
    `Cannot specify ORDER BY or a window frame for ${aggFunc}`,
    "Leave a window with PARTITION BY alone.",
    { aggFunc },
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

const hasOwnFrame = (call: ResolvedExpression): call is ResolvedCall =>
  call.kind === "call" && ownFrames.has(call.name);

function missingOrder({ call }: Window): Error {
  const name = (call as Call).name.at(-1)!.toLowerCase();
  const written = prettyText(call);
  return misplaced(
    "WINDOW_FUNCTION_FRAME_NOT_ORDERED",
    "42601",
    `Window function ${name} requires the window to be ordered. You need to add an ORDER BY clause. For example: SELECT ${written} OVER (PARTITION BY window_partition ORDER BY window_ordering) FROM table`,
    `Add .orderBy(…) to its window, for example Window.partitionBy("key").orderBy("time").`,
    { wf_name: name, wf_expr: written },
  );
}

function frameOf(
  window: Window,
  call: ResolvedExpression,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): ResolvedFrame | undefined {
  const { frame } = window;
  const resolved = frame === undefined ? defaultFrame(orderBy.length > 0) : resolveFrame(window, orderBy, context);
  if (frame !== undefined) checkOwnFrame(frame, window);
  return hasOwnFrame(call) && lookupFunction(call.name)?.class === "window" ? undefined : resolved;
}

const defaultFrame = (ordered: boolean): ResolvedFrame =>
  ordered
    ? { unit: "range", lower: { at: "unbounded" }, upper: { at: "current row" } }
    : { unit: "rows", lower: { at: "unbounded" }, upper: { at: "unbounded" } };

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
