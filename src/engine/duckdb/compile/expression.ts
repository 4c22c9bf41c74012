/** Expressions as DuckDB SQL. Types, conversions and names are settled: this only writes. */
import type {
  Conditional,
  FrameBound,
  ResolvedCall,
  ResolvedCast,
  ResolvedExpression,
  ResolvedExpressionKind,
  ResolvedFrame,
  ResolvedLambda,
  ResolvedOrder,
  ResolvedUserFunction,
  ResolvedWindow,
} from "../../../plan/resolved.ts";
import { isIntegral } from "../../../types/data-type.ts";
import { compileStored } from "../casts/stored.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { compileAggregate } from "../functions/aggregate-call.ts";
import type { Drawing } from "../functions/drawn.ts";
import { lowerCall } from "../functions/index.ts";
import { writtenOnce } from "../functions/written-once.ts";
import { columnName, sqlError } from "../sql-text.ts";
import { compileCast } from "./cast.ts";
import { constantOf, specialConstant } from "./constant-cast.ts";
import type { CompileContext } from "./context.ts";
import { compileConstant } from "./literal.ts";
import { compileOrder } from "./order.ts";
import { compileSubquery } from "./subquery.ts";
import { compileUserAggregate } from "./user-aggregate.ts";

type Compile<Kind extends ResolvedExpressionKind> = (
  expression: Extract<ResolvedExpression, { kind: Kind }>,
  context: CompileContext,
) => string;

/** The context of what draws numbers somewhere else than once a row. */
export function drawingIn(context: CompileContext, drawing: Drawing): CompileContext {
  const inside: CompileContext = {
    ...context,
    drawing,
    compileExpression: (expression, other = drawing) =>
      compileExpression(expression, other === drawing ? inside : drawingIn(context, other)),
  };
  return inside;
}

/** The SQL of an expression. */
export function compileExpression(expression: ResolvedExpression, context: CompileContext): string {
  const compile = compilers[expression.kind] as Compile<ResolvedExpressionKind>;
  return context.sites.ofExpression(expression, () => compile(expression, context));
}

const compilers: { [Kind in ResolvedExpressionKind]: Compile<Kind> } = {
  column: ({ id }) => columnName(id),
  constant: ({ value, type }) => compileConstant(value, type),
  call: compileCall,
  cast: compileConversion,
  conditional: compileConditional,
  field: ({ input, index, type }, context) => {
    const struct = compileExpression(input, context);
    return struct.startsWith("(NULL::") ? compileConstant(null, type) : `(${struct}).${structFieldName(index)}`;
  },
  struct: ({ fields }, context) =>
    fields.length === 0
      ? "NULL"
      : `{${fields.map((field, index) => `${structFieldName(index)}: ${compileExpression(field, context)}`).join(", ")}}`,
  lambda: compileLambda,
  window: compileWindow,
  subquery: compileSubquery,
  "user function": compileUserFunction,
};

function compileConversion(cast: ResolvedCast, context: CompileContext): string {
  const constant = constantOf(cast, context.timeZone) ?? specialConstant(cast, context);
  if (constant !== undefined) return compileConstant(constant.value, constant.type);
  const { input, type, mode, storedIn } = cast;
  const { timeZone = context.timeZone } = cast;
  const onClock = { ...context, timeZone };
  return writtenOnce([compileExpression(input, context)], ([value]) =>
    storedIn === undefined
      ? compileCast(value!, input.type, type, mode, onClock)
      : compileStored(value!, cast, storedIn, onClock),
  );
}

function compileCall(call: ResolvedCall, context: CompileContext): string {
  if (call.aggregate !== undefined) return compileAggregate(call, context);
  const args = call.arguments.map((argument) => compileExpression(argument, context));
  const lowered = lowerCall(call, args, context);
  if (context.sites.isSearching && isWholeArithmetic(call)) return withinRange(lowered, call, args);
  // DuckDB forgets the type of what it reads from a constant null.
  return args.some((argument) => argument.startsWith("(NULL::")) ? `(${lowered})::${duckType(call.type)}` : lowered;
}

const isWholeArithmetic = ({ name, type, arguments: args }: ResolvedCall): boolean =>
  ["+", "-", "*"].includes(name) && args.every((argument) => argument.type.kind === type.kind) && isIntegral(type);

/** Arithmetic that says which expression it is before DuckDB, which cannot, fails at it. */
function withinRange(lowered: string, { name, type }: ResolvedCall, [left, right]: readonly string[]): string {
  const exact = `((${left})::HUGEINT ${name} (${right})::HUGEINT)`;
  const isOver = `${exact} IS NOT NULL AND TRY_CAST(${exact} AS ${duckType(type)}) IS NULL`;
  return `CASE WHEN ${isOver} THEN ${sqlError("ARITHMETIC_OVERFLOW")} ELSE ${lowered} END`;
}

function compileConditional({ branches, otherwise, type }: Conditional, context: CompileContext): string {
  const parts = branches.map(
    ({ when, then }) => `WHEN ${compileExpression(when, context)} THEN ${compileExpression(then, context)}`,
  );
  const last = otherwise === undefined ? `NULL::${duckType(type)}` : compileExpression(otherwise, context);
  return `CASE ${parts.join(" ")} ELSE ${last} END`;
}

function compileLambda({ parameters, body }: ResolvedLambda, context: CompileContext): string {
  const names = parameters.map(({ id }) => columnName(id));
  const drawing = context.drawing === "in another order" ? context.drawing : { element: names[0]! };
  return `lambda ${names.join(", ")}: ${compileExpression(body, drawingIn(context, drawing))}`;
}

function compileWindow({ call, partitionBy, orderBy, frame }: ResolvedWindow, context: CompileContext): string {
  const parts = [
    partitionBy.length > 0
      ? `PARTITION BY ${partitionBy.map((key) => compileExpression(key, context)).join(", ")}`
      : "",
    orderBy.length > 0 ? `ORDER BY ${compileOrder(orderBy, context)}` : "",
    frame === undefined ? "" : frameText(frame, orderBy, context),
  ];
  const over = `OVER (${parts.filter((part) => part !== "").join(" ")})`;
  if (call.kind === "user function") return compileUserAggregate(call, context, over);
  const inner = call as ResolvedCall;
  const value = compileAggregate(inner, context, over);
  return inner.name === "count" && frame !== undefined && isBackward(frame) ? `greatest(${value}, 0)` : value;
}

// DuckDB counts the rows of a frame that ends before it begins as less than none.
const isBackward = ({ lower, upper }: ResolvedFrame): boolean =>
  isBeyond(lower, "FOLLOWING") || isBeyond(upper, "PRECEDING");

function frameText(
  { unit, lower, upper }: ResolvedFrame,
  orderBy: readonly ResolvedOrder[],
  context: CompileContext,
): string {
  const kind = unit === "range" ? orderBy[0]?.expression.type.kind : undefined;
  const bound = (given: FrameBound, side: string, other: FrameBound) => boundText(given, side, other, kind, context);
  return `${unit.toUpperCase()} BETWEEN ${bound(lower, "PRECEDING", upper)} AND ${bound(upper, "FOLLOWING", lower)}`;
}

function boundText(
  bound: FrameBound,
  side: string,
  other: FrameBound,
  ordered: string | undefined,
  context: CompileContext,
): string {
  if (bound.at === "unbounded") return `UNBOUNDED ${side}`;
  if (bound.at === "current row") return isBeyond(other, side) ? noDistance(other, ordered) : "CURRENT ROW";
  const offset = compileExpression(bound.offset, context);
  return `${rangeOffset(offset, bound.offset.type.kind, ordered)} ${bound.direction.toUpperCase()}`;
}

// Spark's frame without rows is a mistake to DuckDB, unless the current row is some distance away too.
const isBeyond = (other: FrameBound, side: string): other is Extract<FrameBound, { at: "offset" }> =>
  other.at === "offset" && other.direction.toUpperCase() === side;

const noDistance = (other: Extract<FrameBound, { at: "offset" }>, ordered: string | undefined): string =>
  `${rangeOffset("0", other.offset.type.kind, ordered)} ${other.direction.toUpperCase()}`;

// DuckDB counts back from dates and timestamps in intervals; ours are numbers of days, months and microseconds.
function rangeOffset(offset: string, kind: string, ordered: string | undefined): string {
  if (ordered?.includes("interval")) return offset;
  if (ordered === "date" && kind === "int") return `to_days(${offset})`;
  if (kind === "day-time interval") return `to_microseconds(${offset})`;
  if (kind === "year-month interval") return `to_months(${offset})`;
  return offset;
}

function compileUserFunction(call: ResolvedUserFunction, context: CompileContext): string {
  if (call.aggregate !== undefined) return compileUserAggregate(call, context);
  const args = call.arguments.map((argument) => compileExpression(argument, context));
  return context.userFunction(call, args);
}
