/** The frames of windows: their bounds cast and checked as `SpecifiedWindowFrame` and `WindowSpecDefinition` do. */
import { UnsupportedError } from "../errors.ts";
import type { CastMode } from "../functions/cast-rules.ts";
import type { Window, WindowFrame } from "../plan/expression.ts";
import type { FrameBound, ResolvedExpression, ResolvedFrame, ResolvedOrder } from "../plan/resolved.ts";
import type { DataType } from "../types/data-type.ts";
import { sqlName } from "../types/type-name.ts";
import { converted } from "./conversion.ts";
import { misplaced, typeText } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { boundConversion, isDistance, isNegated, measures, sizeOf } from "./frame-bound.ts";
import { prettyText, specificationText } from "./names.ts";

/** A bound with what it was resolved to, where it is a distance. */
interface Bound {
  readonly written: WindowFrame["lower"];
  readonly location: "lower" | "upper";
  readonly distance?: ResolvedExpression;
  /** What the distance is cast to. */
  readonly type?: DataType;
}

/** The frame that a window states. */
export function resolveFrame(
  window: Window,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): ResolvedFrame {
  const frame = window.frame!;
  const lower = resolveBound(frame.lower, "lower", frame, orderBy, context);
  const upper = resolveBound(frame.upper, "upper", frame, orderBy, context);
  const text = (expression: Window | WindowFrame) => prettyText(expression, context.analysis.resolutions);
  checkBounds(frame, [lower, upper], text(frame));
  if (frame.unit === "range") checkRange(window, [lower, upper], orderBy, context);
  const mode = context.analysis.coercion.castMode;
  return { unit: frame.unit, lower: analysedBound(lower, mode), upper: analysedBound(upper, mode) };
}

function resolveBound(
  written: WindowFrame["lower"],
  location: Bound["location"],
  { unit }: WindowFrame,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): Bound {
  if (typeof written === "string") return { written, location };
  const distance = resolveIn(context, written);
  const order = unit === "range" && orderBy.length === 1 ? orderBy[0]!.expression.type : undefined;
  const type = order === undefined ? undefined : boundConversion(distance.type, order);
  return { written, location, distance, type: type ?? distance.type };
}

function checkBounds({ unit }: WindowFrame, bounds: readonly [Bound, Bound], text: string): void {
  for (const bound of bounds) checkDistance(bound, unit, text);
  const [lower, upper] = bounds;
  if (lower.type === undefined || upper.type === undefined) return;
  if (lower.type.kind !== upper.type.kind) throw differentTypes(lower.type, upper.type, text);
  if (sizeOfBound(lower) <= sizeOfBound(upper)) return;
  throw wrongFrame(
    "SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
    text,
    "The lower bound of a window frame must be less than or equal to the upper bound",
    { comparison: "less than or equal" },
  );
}

const distances = '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")';

function checkDistance({ type, location }: Bound, unit: WindowFrame["unit"], text: string): void {
  if (type === undefined || (unit === "rows" ? type.kind === "int" : isDistance(type))) return;
  const expectedType = unit === "rows" ? '"INT"' : distances;
  throw wrongFrame(
    "SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
    text,
    `The data type of the ${location} bound ${typeText(type)} does not match the expected data type ${expectedType}`,
    { location, exprType: typeText(type), expectedType },
  );
}

const differentTypes = (lower: DataType, upper: DataType, text: string): Error =>
  wrongFrame(
    "SPECIFIED_WINDOW_FRAME_DIFF_TYPES",
    text,
    `Window frame bounds "${text}" do not have the same type: ${typeText(lower)} <> ${typeText(upper)}`,
    { lower: text, upper: text, lowerType: typeText(lower), upperType: typeText(upper) },
  );

function checkRange(
  window: Window,
  bounds: readonly [Bound, Bound],
  orderBy: readonly ResolvedOrder[],
  { analysis }: ExpressionContext,
): void {
  const distance = bounds.find(({ type }) => type !== undefined)?.type;
  const isWhole = bounds.every(({ written }) => written === "unbounded");
  const specification = specificationText(window, (expression) => prettyText(expression, analysis.resolutions));
  if (orderBy.length === 0 && !isWhole) {
    throw wrongFrame(
      "RANGE_FRAME_WITHOUT_ORDER",
      specification,
      "A range window frame cannot be used in an unordered window specification",
      {},
    );
  }
  if (distance === undefined) return;
  if (orderBy.length > 1) throw severalOrders(window, specification);
  const { type } = orderBy[0]!.expression;
  if (!measures(distance, type)) throw notMeasured(distance, type, specification);
}

function severalOrders({ orderBy }: Window, specification: string): Error {
  const orderSpec = orderBy.map((order) => prettyText(order)).join(",");
  return wrongFrame(
    "RANGE_FRAME_MULTI_ORDER",
    specification,
    `A range window frame with value boundaries cannot be used in a window specification with multiple order by expressions: ${orderSpec}`,
    { orderSpec },
  );
}

const notMeasured = (distance: DataType, order: DataType, specification: string): Error =>
  wrongFrame(
    "RANGE_FRAME_INVALID_TYPE",
    specification,
    `The data type ${typeText(order)} used in the order specification does not support the data type ${typeText(distance)} which is used in the range frame`,
    { orderSpecType: typeText(order), valueBoundaryType: typeText(distance) },
  );

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

function sizeOfBound({ distance, written }: Bound): number {
  const size = sizeOf(distance!);
  if (size !== undefined) return size;
  throw new UnsupportedError(
    `a window frame that ends "${prettyText(written as Exclude<typeof written, string>)}" of ${sqlName(distance!.type)} away is not supported by the embedded engine`,
    { hint: "Write a number or an interval." },
  );
}

function analysedBound(bound: Bound, mode: CastMode): FrameBound {
  const { written, distance } = bound;
  if (distance === undefined) return { at: written === "unbounded" ? "unbounded" : "current row" };
  const size = sizeOfBound(bound);
  if (size === 0) return { at: "current row" };
  const offset = converted(size < 0 ? opposite(distance) : distance, bound.type!, mode);
  return { at: "offset", direction: size < 0 ? "preceding" : "following", offset };
}

function opposite(distance: ResolvedExpression): ResolvedExpression {
  if (isNegated(distance)) return distance.arguments[0]!;
  if (distance.kind === "constant" && (typeof distance.value === "number" || typeof distance.value === "bigint"))
    return { ...distance, value: -distance.value };
  const { type, nullable } = distance;
  return { kind: "call", name: "negative", arguments: [distance], type, nullable, deterministic: true };
}
