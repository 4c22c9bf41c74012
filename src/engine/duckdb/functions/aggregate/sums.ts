/** Sums and averages, exact for decimals. */
import type { DecimalType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { sqlError } from "../../sql-text.ts";
import { decimalQuotient, scaled, unscaled } from "../decimal.ts";
import type { LoweringContext } from "../lowering.ts";
import { type AggregateLowering, type AggregateModifiers, aggregateCall } from "./call.ts";

/** What becomes of a sum that its type does not hold. */
type Overflow = "fails" | "is null";

const overflow = (how: Overflow): string =>
  how === "fails" ? sqlError("ARITHMETIC_OVERFLOW", { alternative: "'try_add'" }) : "NULL";

// Sums of so many digits may need more than 128 bits on the way.
const safePrecision = 28;
const longLimits = "-9223372036854775808 AND 9223372036854775807";
const intLimits = "-2147483648 AND 2147483647";
const half = "10000000000000000000::HUGEINT";

/** The sum of decimals as an unscaled integer, null or an error where it has more than 38 digits. */
function digitSum(args: readonly string[], modifiers: AggregateModifiers, type: DecimalType, how: Overflow): string {
  const digits = unscaled(args[0]!, type);
  if (type.precision <= safePrecision) return unscaled(`(${aggregateCall("sum", args, modifiers)})`, type);
  const high = aggregateCall("sum", [`${digits} // ${half}`], modifiers);
  const low = aggregateCall("sum", [`${digits} % ${half}`], modifiers);
  const upper = `(${high} + ${low} // ${half})`;
  return `CASE WHEN abs(${upper}) >= ${half} THEN ${overflow(how)} ELSE ${upper} * ${half} + ${low} % ${half} END`;
}

const decimalSum = (
  args: readonly string[],
  modifiers: AggregateModifiers,
  from: DecimalType,
  to: DecimalType,
  how: Overflow,
): string =>
  from.precision <= safePrecision || modifiers.distinct
    ? `(${aggregateCall("sum", args, modifiers)})::${duckType(to)}`
    : scaled(digitSum(args, modifiers, from, how), to);

/** A sum whose overflow fails or is null. */
export const sum =
  (how: Overflow): AggregateLowering =>
  (args, modifiers, context) => {
    const [from] = context.types;
    const to = context.call.type;
    if (from?.kind === "decimal" && to.kind === "decimal") return decimalSum(args, modifiers, from, to, how);
    const total = aggregateCall("sum", args, modifiers);
    if (to.kind === "double") return `(${total})::DOUBLE`;
    const limits = to.kind === "year-month interval" ? intLimits : longLimits;
    return `CASE WHEN ${total} NOT BETWEEN ${limits} THEN ${overflow(how)} ELSE (${total})::${duckType(to)} END`;
  };

/** An average; of decimals it is rounded half up at the scale of the result. */
export const average =
  (how: Overflow): AggregateLowering =>
  (args, modifiers, context) => {
    const [from] = context.types;
    const to = context.call.type;
    if (from?.kind === "decimal" && to.kind === "decimal") {
      const rows = aggregateCall("count", args, modifiers);
      return decimalQuotient(digitSum(args, modifiers, from, how), rows, from, to, overflow(how));
    }
    if (to.kind !== "double") return ofIntervals(args, modifiers, context);
    // Spark adds doubles, whatever the type.
    return `(${aggregateCall("avg", from?.kind === "bigint" ? [`(${args[0]})::DOUBLE`] : args, modifiers)})::DOUBLE`;
  };

const ofIntervals = (args: readonly string[], modifiers: AggregateModifiers, { call }: LoweringContext): string =>
  `round(${aggregateCall("avg", args, modifiers)})::${duckType(call.type)}`;
