/** Rounding to digits before or behind the point, as Spark does it with the decimal digits of a number. */
import type { DataType, DecimalType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { lastBits } from "../last-bits.ts";
import { sqlError } from "../sql-text.ts";
import type { Lowering, LoweringContext } from "./lowering.ts";
import { reused } from "./reuse.ts";

/** Where a tie goes: away from zero, or to the even neighbour. */
export type Tie = "up" | "even";

/** A power of ten as a decimal constant. */
const tens = (exponent: number): string =>
  exponent >= 0
    ? `${"1".padEnd(exponent + 1, "0")}::DECIMAL(${exponent + 1},0)`
    : `0.${"1".padStart(-exponent, "0")}::DECIMAL(${-exponent},${-exponent})`;

/** Half of a power of ten as a decimal constant. */
const halfOf = (exponent: number): string =>
  exponent > 0
    ? `${"5".padEnd(exponent, "0")}::DECIMAL(${exponent},0)`
    : `0.${"5".padStart(1 - exponent, "0")}::DECIMAL(${1 - exponent},${1 - exponent})`;

/** The nearest decimal of a number of digits, ties away from zero. */
function nearestDecimal(value: string, { precision, scale }: DecimalType, digits: number): string {
  // DuckDB takes what has no digit left for nothing, though it may be null, or more than half of the next one.
  const left = precision - scale + digits;
  if (left > 0) return `round(${value}, ${digits})`;
  return left === 0 && precision < 38
    ? `round((${value})::DECIMAL(${precision + 1},${scale}), ${digits})`
    : `CASE WHEN ${value} IS NOT NULL THEN 0::DECIMAL(1,0) END`;
}

/** A decimal rounded to a number of digits behind the point. */
function roundedDecimal(value: string, type: DecimalType, digits: number, tie: Tie): string {
  if (digits >= type.scale) return value;
  const nearest = nearestDecimal(value, type, digits);
  if (tie === "up") return nearest;
  const odd = (number: string): string =>
    digits > 0 ? `(${number} * ${tens(digits)})::HUGEINT % 2 <> 0` : `(${number} / ${tens(-digits)})::HUGEINT % 2 <> 0`;
  return reused(
    [nearest],
    ([number]) =>
      `CASE WHEN abs(${value} - ${number}) = ${halfOf(-digits)} AND ${odd(number!)} THEN ${number} - sign(${value}) * ${tens(-digits)} ELSE ${number} END`,
  );
}

const mostFast = 12;

/** A double: by plain arithmetic where no tie is near, else by its digits. */
function roundedDouble(value: string, digits: number, tie: Tie, { kernel }: LoweringContext): string {
  const slow = kernel(tie === "up" ? "round_up" : "round_even", [value, String(digits)]);
  if (Math.abs(digits) > mostFast) return slow;
  const unit = `1e${Math.abs(digits)}::DOUBLE`;
  const [raise, lower] = digits >= 0 ? ["*", "/"] : ["/", "*"];
  return reused([`(abs(${value}) ${raise} ${unit})`], ([size]) => {
    const clear = `${size} < 1e12 AND abs(${size} - floor(${size}) - 0.5) > 0.001`;
    const nearest = `(floor(${size} + 0.5) ${lower} ${unit})`;
    return `CASE WHEN ${clear} THEN CASE WHEN ${value} < 0 THEN 0 - ${nearest} ELSE ${nearest} END ELSE ${slow} END`;
  });
}

const integralDigits: Partial<Record<DataType["kind"], number>> = { tinyint: 3, smallint: 5, int: 10, bigint: 19 };

/** `round` and `bround`. */
export const rounded =
  (tie: Tie): Lowering =>
  ([value], context) => {
    const type = context.types[0]!;
    const result = duckType(context.call.type);
    const scale = context.constant(1);
    if (scale === null) return `NULL::${result}`;
    const digits = Number(scale ?? 0);
    if (type.kind === "decimal") return `(${roundedDecimal(value!, type, digits, tie)})::${result}`;
    if (type.kind === "double") return roundedDouble(value!, digits, tie, context);
    if (type.kind === "float") return `(${roundedDouble(`(${value})::DOUBLE`, digits, tie, context)})::FLOAT`;
    return digits >= 0 ? value! : roundedWhole(value!, type, digits, tie, result);
  };

/** An integer as a number that has one more digit. */
function nearestWhole(value: string, type: DataType, digits: number, tie: Tie): string {
  const precision = integralDigits[type.kind] ?? 19;
  if (-digits > precision) return `(${value} * 0)`;
  const decimal: DecimalType = { kind: "decimal", precision, scale: 0 };
  return roundedDecimal(`(${value})::DECIMAL(${precision + 1},0)`, decimal, digits, tie);
}

/** `round` and `bround` of integers, which wrap around. */
export const wrappedRound =
  (tie: Tie): Lowering =>
  ([value], { call, constant, types: [type] }) => {
    const scale = constant(1);
    if (scale === null) return `NULL::${duckType(call.type)}`;
    const digits = Number(scale ?? 0);
    return digits >= 0 ? value! : lastBits(nearestWhole(value!, type!, digits, tie), type!.kind);
  };

function roundedWhole(value: string, type: DataType, digits: number, tie: Tie, result: string): string {
  const number = nearestWhole(value, type, digits, tie);
  const overflow = sqlError("ARITHMETIC_OVERFLOW", { message: "'Overflow'" });
  return `coalesce(TRY_CAST(${number} AS ${result}), CASE WHEN ${value} IS NOT NULL THEN ${overflow} END)`;
}

const most = "9223372036854775807";

// Java's conversion of doubles stays at the ends of its range.
const wholeDouble = (name: string, value: string): string =>
  `CASE WHEN isnan(${value}) THEN 0 WHEN ${value} >= 9223372036854774784 THEN ${most} WHEN ${value} <= -9223372036854774784 THEN -${most} - 1 ELSE ${name}(${value})::BIGINT END`;

/** A decimal cut to digits behind the point, upwards or downwards. */
function cut(name: "ceil" | "floor", value: string, type: DecimalType, digits: number): string {
  if (digits >= type.scale) return value;
  const [beyond, back] = name === "ceil" ? ["<", "+"] : [">", "-"];
  return reused(
    [nearestDecimal(value, type, digits)],
    ([nearest]) =>
      `CASE WHEN ${nearest} ${beyond} ${value} THEN ${nearest} ${back} ${tens(-digits)} ELSE ${nearest} END`,
  );
}

/** `ceil` and `floor`: whole numbers as BIGINT or DECIMAL, or a decimal of some digits. */
export const toWhole =
  (name: "ceil" | "floor"): Lowering =>
  ([value], { call, constant, types: [type] }) => {
    if (type!.kind === "double" || type!.kind === "float") return wholeDouble(name, value!);
    if (type!.kind !== "decimal") return value!;
    return `(${cut(name, value!, type as DecimalType, Number(constant(1) ?? 0))})::${duckType(call.type)}`;
  };
