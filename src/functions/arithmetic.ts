/**
 * The arithmetic operators: which types the two sides are cast to and what comes out. Spark's source:
 * `BinaryArithmeticWithDatetimeResolver`, `DivisionTypeCoercion`, `IntegralDivisionTypeCoercion` and `arithmetic.scala`.
 */
import {
  bigintType,
  type DataType,
  type DayTimeIntervalType,
  type DecimalType,
  dateType,
  dayTimeIntervalType,
  doubleType,
  intervalType,
  isIntegral,
  isInterval,
  isNumeric,
  isText,
  type TimeType,
  type TypeKind,
  timestampNtzType,
  timestampType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { type Operand, tightest } from "./coercion.ts";
import { decimalProduct, decimalQuotient, decimalRemainder, decimalSum } from "./decimal-precision.ts";
import { ansiCoercion, type Coercion } from "./type-coercion.ts";

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "div";

export interface Operation {
  /** What both sides are cast to. */
  readonly operands: readonly [DataType, DataType];
  readonly result: DataType;
}

/**
 * What an arithmetic operator makes of two types.
 *
 * @param operator - `%` stands for `mod` and `pmod` too
 * @param left - the left side; its constant, if it is one, decides how many digits an integer needs beside a decimal
 * @param right - the right side
 * @param coercion - how the sides become values of one type
 * @returns undefined when Spark has no such operation
 * @example
 * ```ts
 * arithmeticOperation("+", { type: dateType }, { type: intType }); // { operands: [date, int], result: date }
 * ```
 */
export function arithmeticOperation(
  operator: ArithmeticOperator,
  left: Operand,
  right: Operand,
  coercion: Coercion = ansiCoercion,
): Operation | undefined {
  // Of what is taken from a date, Spark asks no more than that it can be read as one.
  if (operator === "-" && isText(left.type) && right.type.kind === "date")
    return minus(dateType, dateType, dateType, dateType);
  const [a, b] = coercion.operandTypes(left, right);
  if (a.kind === "void" && b.kind === "void") return ofNulls(operator);
  // An untyped null before a decimal is a DOUBLE to division, the only operator that looks at null so early.
  if (operator === "/" && left.type.kind === "void" && isNumeric(b))
    return operation(doubleType, doubleType, doubleType);
  if (isNumeric(a) && isNumeric(b)) return ofNumbers(operator, a, b, isText(left.type) || isText(right.type));
  if (operator === "+") {
    const nothing = besideNothing(left.type, right.type) ?? swapped(besideNothing(right.type, left.type));
    return nothing ?? plus(a, b) ?? swapped(plus(b, a));
  }
  if (operator === "-") return minus(a, b, left.type, right.type);
  if (operator === "*") return scaled(a, b, right.type) ?? swapped(scaled(b, a, left.type));
  if (operator === "/") return scaled(a, b, right.type);
  return operator === "div" ? spanQuotient(a, b) : undefined;
}

const operation = (left: DataType, right: DataType, result: DataType): Operation => ({
  operands: [left, right],
  result,
});

const swapped = (found: Operation | undefined): Operation | undefined =>
  found && operation(found.operands[1], found.operands[0], found.result);

const ofNulls = (operator: ArithmeticOperator): Operation =>
  operator === "div" ? operation(bigintType, bigintType, bigintType) : operation(doubleType, doubleType, doubleType);

/** An untyped null added to a date, a timestamp or a time is an interval. */
function besideNothing(a: DataType, b: DataType): Operation | undefined {
  if (b.kind === "void" && a.kind === "time") {
    const span = dayTimeIntervalType();
    return operation(a, span, movedTime(a, span));
  }
  if (b.kind !== "void" || (a.kind !== "date" && !instants.has(a.kind))) return undefined;
  const moment = a.kind === "date" ? timestampType : a;
  return operation(moment, dayTimeIntervalType(), moment);
}

type DecimalRule = (left: DecimalType, right: DecimalType) => DataType;
const decimalResults: { readonly [operator in ArithmeticOperator]: DecimalRule } = {
  "+": decimalSum,
  "-": decimalSum,
  "*": decimalProduct,
  "/": decimalQuotient,
  "%": decimalRemainder,
  div: () => bigintType,
};

function ofNumbers(operator: ArithmeticOperator, a: DataType, b: DataType, fromText: boolean): Operation | undefined {
  if (a.kind === "decimal" && b.kind === "decimal") return operation(a, b, decimalResults[operator](a, b));
  if (operator === "div") return isIntegral(a) ? operation(bigintType, bigintType, bigintType) : undefined;
  if (operator !== "/") return operation(a, b, a);
  // Text beside an integer is read as an integer, so that '1.5' / 2 fails as in Spark.
  return fromText ? operation(a, b, doubleType) : operation(doubleType, doubleType, doubleType);
}

const days: ReadonlySet<TypeKind> = new Set<TypeKind>(["tinyint", "smallint", "int"]);
const instants: ReadonlySet<TypeKind> = new Set<TypeKind>(["timestamp", "timestamp_ntz"]);

/** A date or timestamp moved by days or an interval, or two intervals of one family. */
function plus(a: DataType, b: DataType): Operation | undefined {
  if (isText(a) && (b.kind === "day-time interval" || b.kind === "interval"))
    return operation(timestampType, b, timestampType);
  if (instants.has(a.kind) && isInterval(b)) return operation(a, b, a);
  if (a.kind === "time" && b.kind === "day-time interval") return operation(a, b, movedTime(a, b));
  if (isInterval(a) && isInterval(b)) return ofSpans(a, b);
  if (a.kind !== "date") return undefined;
  if (b.kind === "day-time interval" && b.end === "day") return operation(a, b, dateType);
  if (b.kind === "day-time interval") return operation(timestampType, b, timestampType);
  return days.has(b.kind) || isInterval(b) ? operation(dateType, b, dateType) : undefined;
}

/** A time moved by seconds has all of their digits. */
const movedTime = (time: TimeType, span: DayTimeIntervalType): DataType => ({
  kind: "time",
  precision: span.end === "second" ? 6 : time.precision,
});

function minus(a: DataType, b: DataType, left: DataType, right: DataType): Operation | undefined {
  if (a.kind === "date" && b.kind === "date") return operation(a, b, dayTimeIntervalType("day", "day"));
  if (a.kind === "time" && b.kind === "time") return operation(a, b, dayTimeIntervalType("hour", "second"));
  if (instants.has(a.kind) && instants.has(b.kind)) {
    const mixed = left.kind !== right.kind && instants.has(left.kind) && instants.has(right.kind);
    return mixed
      ? operation(timestampNtzType, timestampNtzType, dayTimeIntervalType())
      : operation(a, b, dayTimeIntervalType());
  }
  return plus(a, b);
}

function ofSpans(a: DataType, b: DataType): Operation | undefined {
  const common = tightest(a, b);
  return common && operation(common, common, common);
}

/** An interval times or divided by a number, or by an untyped null. */
function scaled(a: DataType, b: DataType, given: DataType): Operation | undefined {
  const number = isText(b) || given.kind === "void" ? doubleType : isNumeric(b) ? b : undefined;
  if (number === undefined || !isInterval(a)) return undefined;
  if (a.kind === "interval") return operation(intervalType, doubleType, intervalType);
  return operation(a, number, a.kind === "day-time interval" ? dayTimeIntervalType() : yearMonthIntervalType());
}

function spanQuotient(a: DataType, b: DataType): Operation | undefined {
  const common = a.kind === b.kind && a.kind !== "interval" && isInterval(a) ? tightest(a, b) : undefined;
  return common && operation(common, common, bigintType);
}
