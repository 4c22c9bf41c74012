/**
 * The precision and scale of decimal results, as Spark has them with `spark.sql.decimalOperations.allowPrecisionLoss` on:
 * at most 38 digits, and where more would be needed, digits behind the point are given up first.
 *
 * Spark's source: `DecimalType`, `DecimalPrecisionTypeCoercion` and the `resultDecimalType` of each operator.
 */
import { type DataType, type DecimalType, decimalType } from "../types/data-type.ts";

const mostDigits = 38;
/** Digits behind the point that multiplication and division keep, however many stand before it. */
const leastScale = 6;

/** A decimal of `precision` digits, cut to 38 by giving up digits behind the point. */
function preferIntegralDigits(precision: number, scale: number): DecimalType {
  if (precision <= mostDigits) return decimalType(precision, scale);
  return decimalType(mostDigits, Math.max(0, scale - (precision - mostDigits)));
}

/** A decimal of `precision` digits, cut to 38 by giving up digits behind the point, but not the first six. */
function adjusted(precision: number, scale: number): DecimalType {
  if (precision <= mostDigits) return decimalType(precision, scale);
  const integralDigits = precision - scale;
  return decimalType(mostDigits, Math.max(mostDigits - integralDigits, Math.min(scale, leastScale)));
}

const integralDigits = ({ precision, scale }: DecimalType): number => precision - scale;

/**
 * The decimal that holds every value of two decimals, as far as 38 digits go.
 *
 * @example
 * ```ts
 * console.log(widerDecimal(decimalType(10, 2), decimalType(5, 4))); // decimal(12,4)
 * ```
 */
export function widerDecimal(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(left.scale, right.scale);
  return preferIntegralDigits(Math.max(integralDigits(left), integralDigits(right)) + scale, scale);
}

/** The type of `left + right` and of `left - right`. */
export function decimalSum(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(left.scale, right.scale);
  return adjusted(Math.max(integralDigits(left), integralDigits(right)) + scale + 1, scale);
}

/** The type of `left * right`. */
export const decimalProduct = (left: DecimalType, right: DecimalType): DecimalType =>
  adjusted(left.precision + right.precision + 1, left.scale + right.scale);

/** The type of `left / right`. */
export function decimalQuotient(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(leastScale, left.scale + right.precision + 1);
  return adjusted(integralDigits(left) + right.scale + scale, scale);
}

/** The type of `left % right` and of `pmod`. */
export function decimalRemainder(left: DecimalType, right: DecimalType): DecimalType {
  const scale = Math.max(left.scale, right.scale);
  return adjusted(Math.min(integralDigits(left), integralDigits(right)) + scale, scale);
}

/** The type of the sum of a column: ten digits more. */
export const decimalTotal = ({ precision, scale }: DecimalType): DecimalType => bounded(precision + 10, scale);

/** The type of the average of a column: four digits more on both sides of the point. */
export const decimalAverage = ({ precision, scale }: DecimalType): DecimalType => bounded(precision + 4, scale + 4);

/** A decimal with both precision and scale cut to 38. */
export const bounded = (precision: number, scale: number): DecimalType =>
  decimalType(Math.min(precision, mostDigits), Math.min(scale, mostDigits));

const decimals: { readonly [kind in DataType["kind"]]?: DecimalType } = {
  boolean: decimalType(1, 0),
  tinyint: decimalType(3, 0),
  smallint: decimalType(5, 0),
  int: decimalType(10, 0),
  bigint: decimalType(20, 0),
  float: decimalType(14, 7),
  double: decimalType(30, 15),
};

/**
 * The decimal that stands for another numeric type: `decimal(10,0)` for INT.
 *
 * @param type - a numeric type or BOOLEAN; undefined for any other
 */
export const decimalFor = (type: DataType): DecimalType | undefined =>
  type.kind === "decimal" ? type : decimals[type.kind];

/**
 * The smallest decimal of an integral constant: `decimal(1,0)` for 7, so that `price * 7` keeps its scale.
 *
 * @param value - the constant
 */
export const decimalForConstant = (value: number | bigint): DecimalType =>
  decimalType(String(value).replace("-", "").length, 0);

/** Whether every value of a type fits a decimal: never those of FLOAT and DOUBLE. */
export function holdsAll(decimal: DecimalType, type: DataType): boolean {
  const other = decimalFor(type);
  if (other === undefined || type.kind === "float" || type.kind === "double") return false;
  return integralDigits(decimal) >= integralDigits(other) && decimal.scale >= other.scale;
}
