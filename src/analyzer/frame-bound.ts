/** The bounds of frames: what Spark casts them to, and their size. Spark's source: `WindowFrameCoercion`. */
import { canCast } from "../functions/cast-rules.ts";
import type { ResolvedCall, ResolvedExpression } from "../plan/resolved.ts";
import { type DataType, isInterval, isNumeric, isTemporal } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";

/** The type to which a bound of a range is cast; undefined where it stays as it is. */
export function boundConversion(bound: DataType, order: DataType): DataType | undefined {
  if (isTemporal(order) || sameShape(bound, order)) return undefined;
  return canCast(bound, order, "ansi") ? order : undefined;
}

/** Whether rows ordered by one type can be as far apart as a value of the other says. */
export function measures(bound: DataType, order: DataType): boolean {
  if (!isTemporal(order)) return sameShape(bound, order);
  if (bound.kind === "year-month interval") return true;
  if (order.kind === "date") return bound.kind === "int" || (bound.kind === "day-time interval" && isWholeDays(bound));
  return bound.kind === "interval" || bound.kind === "day-time interval";
}

const isWholeDays = ({ start, end }: Extract<DataType, { kind: "day-time interval" }>): boolean =>
  start === "day" && end === "day";

/** Whether bounds of a type can be added to numbers or moments. */
export const isDistance = (type: DataType): boolean => isNumeric(type) || isInterval(type);

/** The value of a bound, in the unit of its type; undefined where only running it would tell. */
export function sizeOf(bound: ResolvedExpression): number | undefined {
  if (bound.kind === "cast") return sizeOf(bound.input);
  if (bound.kind === "constant") return sizeOfConstant(bound);
  if (bound.kind !== "call") return undefined;
  const sizes = bound.arguments.map(sizeOf);
  return sizes.includes(undefined) ? undefined : arithmetic[bound.name]?.(...(sizes as number[]));
}

function sizeOfConstant({ type, value }: Extract<ResolvedExpression, { kind: "constant" }>): number | undefined {
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  return Number(value) / 10 ** (type.kind === "decimal" ? type.scale : 0);
}

type Size = (...sizes: number[]) => number;
const negative: Size = (size) => -size!;
const sum: Size = (left, right) => left! + right!;
const difference: Size = (left, right) => left! - right!;
const product: Size = (left, right) => left! * right!;

/** By the names that calls have in the ANSI mode, and outside of it. */
const arithmetic: Readonly<Record<string, Size>> = {
  negative,
  wrapping_negative: negative,
  positive: (size) => size!,
  "+": sum,
  wrapping_add: sum,
  "-": difference,
  wrapping_subtract: difference,
  "*": product,
  wrapping_multiply: product,
};

/** Whether a bound counts the other way round what is in it. */
export const isNegated = (bound: ResolvedExpression): bound is ResolvedCall =>
  bound.kind === "call" && arithmetic[bound.name] === negative;
