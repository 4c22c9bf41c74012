/** Values that bounds and constants have, in storage form, and their order. */
import type { DataType } from "../../types/data-type.ts";
import { parseDate, parseTimestamp } from "../../types/temporal-text.ts";

/** A value in storage form that has an order. */
export type Bound = string | number | bigint | boolean;

/** Spark's order: text by code points, which is that of its bytes. */
export function compareBounds(left: Bound, right: Bound): number {
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === length) return left.length - right.length;
  // Halves of surrogate pairs come before U+E000 in UTF-16, and after it in UTF-8.
  const one = left.charCodeAt(at);
  const other = right.charCodeAt(at);
  const [oneIsHalf, otherIsHalf] = [isHalf(one), isHalf(other)];
  return oneIsHalf === otherIsHalf ? one - other : oneIsHalf ? 1 : -1;
}

const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

const wholeKinds: ReadonlySet<string> = new Set(["tinyint", "smallint", "int", "bigint"]);
const microsPerDay = 86_400_000_000n;

/**
 * A value as another type has it, where the conversion keeps the order of values; undefined where it may not, or the value
 * is none of the type.
 */
export function converted(value: Bound, from: DataType, to: DataType, timeZone: string): Bound | undefined {
  if (from.kind === to.kind && from.kind !== "decimal" && from.kind !== "time") return value;
  if (wholeKinds.has(from.kind)) return ofWhole(BigInt(value as number | bigint), to);
  if (from.kind === "decimal") return ofDecimal(value as bigint, from.scale, to);
  if (from.kind === "float" && to.kind === "double") return value;
  if (from.kind === "date" && to.kind === "timestamp_ntz") return BigInt(value as number) * microsPerDay;
  if (from.kind === "date" && to.kind === "timestamp" && timeZone === "UTC")
    return BigInt(value as number) * microsPerDay;
  if (from.kind === "string") return ofText(String(value), to, timeZone);
  return isText(from) && isText(to) ? value : undefined;
}

const isText = ({ kind }: DataType): boolean => kind === "string" || kind === "varchar" || kind === "char";

function ofWhole(value: bigint, to: DataType): Bound | undefined {
  if (to.kind === "decimal") return value * 10n ** BigInt(to.scale);
  if (to.kind === "double") return Number(value);
  if (to.kind === "bigint") return value;
  return wholeKinds.has(to.kind) ? Number(value) : undefined;
}

function ofDecimal(value: bigint, scale: number, to: DataType): Bound | undefined {
  if (to.kind === "decimal" && to.scale >= scale) return value * 10n ** BigInt(to.scale - scale);
  return undefined;
}

// The order of texts is another than that of what they mean: only constants may go this way.
function ofText(text: string, to: DataType, timeZone: string): Bound | undefined {
  if (to.kind === "date") return parseDate(text);
  if (to.kind === "timestamp") return parseTimestamp(text, timeZone);
  if (to.kind === "timestamp_ntz") return parseTimestamp(text);
  return undefined;
}
