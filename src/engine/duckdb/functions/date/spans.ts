/** Arithmetic of intervals as DuckDB SQL: with one another, and with numbers, where halves are rounded away from zero. */
import { type DataType, type DecimalType, decimalType, isIntegral, isInterval } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { sqlError, text } from "../../sql-text.ts";
import { type Lowering, type LoweringContext, strict } from "../lowering.ts";
import { interval, spanOf } from "./moved.ts";

/** The decimal that holds every interval's number of months or microseconds. */
const whole = decimalType(19, 0);

/** The result of an attempt, or an error where it does not fit; the arguments are known then not to be null. */
const fitted = (args: readonly string[], attempt: string, error: string): string =>
  strict(args, `coalesce(TRY(${attempt}), ${error})`);

const arithmeticOverflow = (): string => sqlError("ARITHMETIC_OVERFLOW");

/** The sum or difference of two intervals of one type. */
const combined =
  (operator: "+" | "-"): Lowering =>
  ([left, right]) =>
    `(${left} ${operator} ${right})`;

/** An interval the other way round. */
export const turned: Lowering = ([value], { types: [type] }) => {
  const overflow = sqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION");
  return fitted(
    [value!],
    `(-(${value}))::${duckType(type!)}`,
    type!.kind === "interval" ? arithmeticOverflow() : overflow,
  );
};

type Scaled = (span: string, number: string, type: DataType, context: LoweringContext) => string;

const exactly =
  (name: "decimal_product" | "decimal_quotient"): Scaled =>
  (span, number, type, { kernel }) =>
    kernel(name, [`(${span})::DECIMAL(19,0)`, number], [whole, type as DecimalType, decimalType(38, 0)]);

/** A quotient of integers, rounded half away from zero. */
const nearest: Scaled = (span, number) => {
  const [dividend, divisor] = [`(${span})::HUGEINT`, `(${number})::HUGEINT`];
  return `((2 * abs(${dividend}) + abs(${divisor})) // (2 * abs(${divisor})) * sign(${dividend}) * sign(${divisor}))`;
};

/** By the kind of number: integers, decimals, fractions. */
interface Scaling {
  readonly integer: Scaled;
  readonly decimal: Scaled;
  readonly fraction: Scaled;
}

const scalings: Readonly<Record<"*" | "/", Scaling>> = {
  "*": {
    integer: (span, number) => `((${span})::HUGEINT * ${number})`,
    decimal: exactly("decimal_product"),
    fraction: (span, number) => `round((${span})::DOUBLE * ${number})`,
  },
  "/": {
    integer: nearest,
    decimal: exactly("decimal_quotient"),
    fraction: (span, number) => `round((${span})::DOUBLE / ${number})`,
  },
};

function scaledNumber(operator: "*" | "/", span: string, number: string, context: LoweringContext): string {
  const type = context.types.find((candidate) => !isInterval(candidate))!;
  const kind = isIntegral(type) ? "integer" : type.kind === "decimal" ? "decimal" : "fraction";
  return `(${scalings[operator][kind](span, number, type, context)})::${duckType(context.call.type)}`;
}

// Days keep what is left of a day as time, months lose what is left of a month.
function scaledCalendar(operator: "*" | "/", span: string, number: string): string {
  const { months, days, microseconds } = spanOf(span, { kind: "interval" });
  const scaled = (part: string | undefined) => `((${part})::DOUBLE ${operator} ${number})`;
  const rest = `(${scaled(days)} - trunc(${scaled(days)})) * 86400000000`;
  return interval({
    months: `trunc(${scaled(months)})`,
    days: `trunc(${scaled(days)})`,
    microseconds: `round(${scaled(microseconds)} + ${rest})`,
  });
}

/** An interval times a number or divided by one. */
const scaled =
  (operator: "*" | "/"): Lowering =>
  (args, context) => {
    const [span, number] = isInterval(context.types[0]!) ? [args[0]!, args[1]!] : [args[1]!, args[0]!];
    return context.call.type.kind === "interval"
      ? scaledCalendar(operator, span, number)
      : scaledNumber(operator, span, number, context);
  };

export type SpanOperator = "+" | "-" | "*" | "/";

/** What may fail where the result does not fit. */
export const spanAttempts: Readonly<Record<SpanOperator, Lowering>> = {
  "+": combined("+"),
  "-": combined("-"),
  "*": scaled("*"),
  "/": scaled("/"),
};

const alternatives: Partial<Record<SpanOperator, string>> = { "+": "try_add", "-": "try_subtract" };

function overflow(operator: SpanOperator, type: DataType): string {
  const name = alternatives[operator];
  if (name === undefined || type.kind === "interval") return arithmeticOverflow();
  return sqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", { functionName: text(name) });
}

/** An operation of two intervals or of an interval and a number. */
export const spanArithmetic =
  (operator: SpanOperator): Lowering =>
  (args, context) => {
    const value = fitted(args, spanAttempts[operator](args, context), overflow(operator, context.call.type));
    if (operator !== "/") return value;
    return `CASE WHEN ${args[1]} = 0 AND ${args[0]} IS NOT NULL THEN ${sqlError("INTERVAL_DIVIDED_BY_ZERO")} ELSE ${value} END`;
  };

/** The whole quotient of two intervals of one type. */
export const spanQuotient: Lowering = ([left, right]) =>
  `CASE WHEN ${right} = 0 AND ${left} IS NOT NULL THEN ${sqlError("INTERVAL_DIVIDED_BY_ZERO")} ELSE (${left} // ${right})::BIGINT END`;
