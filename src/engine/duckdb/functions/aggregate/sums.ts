/** Sums and averages, exact for decimals. */
import { type DataType, type DecimalType, isAnsiInterval } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { lastBits } from "../../last-bits.ts";
import { text as quoted, sqlError } from "../../sql-text.ts";
import { decimalQuotient, scaled, unscaled } from "../decimal.ts";
import { type AggregateLowering, type AggregateModifiers, aggregateCall, once } from "./call.ts";

/** What becomes of a sum that its type does not hold. */
type Overflow = "fails" | "is null";

/** Spark's words for a sum of intervals, of decimals, and of any other numbers. */
function overflow(how: Overflow, type: DataType, value = "''"): string {
  if (how === "is null") return "NULL";
  if (isAnsiInterval(type))
    return sqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", { functionName: "'try_add'" });
  if (type.kind !== "decimal") return sqlError("ARITHMETIC_OVERFLOW", { alternative: "'try_add'" });
  const [precision, scale] = [type.precision, type.scale].map((size) => quoted(String(size))) as [string, string];
  return sqlError("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", { value, precision, scale });
}

// Sums of so many digits may need more than 128 bits on the way.
const safePrecision = 28;
const mostDigits = 38;
const longLimits = "-9223372036854775808 AND 9223372036854775807";
const intLimits = "-2147483648 AND 2147483647";
const half = "10000000000000000000::HUGEINT";

/** The sum of decimals as an unscaled integer, null or an error where it has more than 38 digits. */
function digitSum(args: readonly string[], modifiers: AggregateModifiers, type: DecimalType, how: Overflow): string {
  const digits = unscaled(args[0]!, type);
  if (type.precision <= safePrecision) return unscaled(`(${aggregateCall("sum", args, modifiers)})`, type);
  const high = aggregateCall("sum", [`${digits} // ${half}`], modifiers);
  const low = aggregateCall("sum", [`${digits} % ${half}`], modifiers);
  const upper = once(`(${high} + ${low} // ${half})`, modifiers);
  return `CASE WHEN abs(${upper}) >= ${half} THEN ${overflow(how, type)} ELSE ${upper} * ${half} + ${low} % ${half} END`;
}

/** The sum of decimals of so few digits that 128 bits hold it. */
export const decimalSum = (value: string, modifiers: AggregateModifiers, to: DecimalType): string =>
  `(${aggregateCall("sum", [value], modifiers)})::${duckType(to)}`;

function checkedSum(
  args: readonly string[],
  modifiers: AggregateModifiers,
  from: DecimalType,
  to: DecimalType,
  how: Overflow,
): string {
  if (from.precision <= safePrecision || modifiers.distinct) return decimalSum(args[0]!, modifiers, to);
  const total = aggregateCall("sum", args, modifiers);
  // What 128 bits do not hold is an error of DuckDB's, as it is one of Spark's on the way to a sum.
  return how === "fails" ? fitted(total, to) : scaled(digitSum(args, modifiers, from, how), to);
}

/** DuckDB's sums may have more digits than a decimal. */
function fitted(total: string, type: DecimalType): string {
  const most = decimalText(type);
  return `CASE WHEN abs(${total}) > ${most} THEN ${overflow("fails", type, total)} ELSE ${total} END`;
}

const decimalText = ({ precision, scale }: DecimalType): string =>
  `${"9".repeat(precision - scale)}.${"9".repeat(scale)}::DECIMAL(${precision},${scale})`;

/**
 * The sum of decimals that are added up in two parts.
 *
 * @param one - a value, or null where it is part of the others
 * @param other - a value of which there are mostly none
 */
export function sumOfParts(one: string, other: string, modifiers: AggregateModifiers, type: DecimalType): string {
  const [first, second] = [one, other].map((value) => aggregateCall("sum", [value], modifiers));
  const both = `(coalesce(${first}, 0::${duckType(type)}) + ${second})`;
  const value = `concat_ws(' + ', ${first}, ${second})`;
  // DuckDB tries nothing that is made of windows.
  const checked =
    modifiers.over === "" ? `coalesce(TRY(${both}), ${overflow("fails", type, value)})` : fitted(both, type);
  const total = type.precision < mostDigits ? both : checked;
  return `(CASE WHEN ${second} IS NULL THEN ${first} ELSE ${total} END)::${duckType(type)}`;
}

/** A sum of integers that wraps around. */
export const wrappedSum: AggregateLowering = (args, modifiers) =>
  lastBits(aggregateCall("sum", args, modifiers), "bigint");

/** A sum whose overflow fails or is null. */
export const sum =
  (how: Overflow): AggregateLowering =>
  (args, modifiers, context) => {
    const [from] = context.types;
    const to = context.call.type;
    if (from?.kind === "decimal" && to.kind === "decimal") return checkedSum(args, modifiers, from, to, how);
    const total = aggregateCall("sum", args, modifiers);
    if (to.kind === "double") return `(${total})::DOUBLE`;
    return within(total, `(${total})::${duckType(to)}`, to, how);
  };

/** What is made of a total, where the type of the sum holds it. */
function within(total: string, made: string, type: DataType, how: Overflow): string {
  const limits = type.kind === "year-month interval" ? intLimits : longLimits;
  return `CASE WHEN ${total} NOT BETWEEN ${limits} THEN ${overflow(how, type)} ELSE ${made} END`;
}

/** An average; of decimals it is rounded half up at the scale of the result. */
export const average =
  (how: Overflow): AggregateLowering =>
  (args, modifiers, context) => {
    const [from] = context.types;
    const to = context.call.type;
    if (from?.kind === "decimal" && to.kind === "decimal") {
      const rows = aggregateCall("count", args, modifiers);
      const digits = once(digitSum(args, modifiers, from, how), modifiers);
      return decimalQuotient(digits, rows, from, to, overflow(how, to), (sql) => once(sql, modifiers));
    }
    if (to.kind !== "double") return ofIntervals(args, modifiers, to, how);
    // Spark adds doubles, whatever the type.
    return `(${aggregateCall("avg", from?.kind === "bigint" ? [`(${args[0]})::DOUBLE`] : args, modifiers)})::DOUBLE`;
  };

function ofIntervals(args: readonly string[], modifiers: AggregateModifiers, type: DataType, how: Overflow): string {
  const average = `round(${aggregateCall("avg", args, modifiers)})::${duckType(type)}`;
  return within(aggregateCall("sum", args, modifiers), average, type, how);
}
