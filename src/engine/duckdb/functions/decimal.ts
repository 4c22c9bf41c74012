/** Exact decimal division, which DuckDB does in floating point. */
import type { DecimalType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";

const powerOfTen = (exponent: number): string => `${"1".padEnd(exponent + 1, "0")}::HUGEINT`;

/** The unscaled number of a decimal, as a 128-bit integer; digits, since a product may not fit a decimal. */
export const unscaled = (value: string, { scale }: DecimalType): string =>
  scale === 0 ? `(${value})::HUGEINT` : `replace((${value})::DECIMAL(38,${scale})::VARCHAR, '.', '')::HUGEINT`;

/**
 * A quotient of decimals' digits and a number of rows, rounded half up at the scale of the result.
 *
 * @param digits - the dividend as an unscaled integer, of the scale of `from`
 * @param count - the divisor
 * @param overflow - SQL for a quotient that the result's type does not hold
 * @param once - has what is written several times computed once
 */
export function decimalQuotient(
  digits: string,
  count: string,
  from: DecimalType,
  to: DecimalType,
  overflow: string,
  once: (sql: string) => string,
): string {
  const shift = Math.max(0, to.scale - from.scale);
  const [dividend, divisor] = [`(${digits})`, once(`(${count})::HUGEINT`)];
  const whole = once(`(${dividend} // ${divisor})`);
  const rest = once(`(${dividend} % ${divisor} * ${powerOfTen(shift)})`);
  const rounded = `CASE WHEN abs(${rest} % ${divisor}) * 2 >= ${divisor} THEN sign(${rest}) ELSE 0 END`;
  const value = `(${whole} * ${powerOfTen(shift)} + ${rest} // ${divisor} + ${rounded})`;
  return `CASE WHEN ${count} = 0 THEN NULL WHEN abs(${whole}) >= ${powerOfTen(to.precision - shift)} THEN ${overflow} ELSE ${scaled(value, to)} END`;
}

/** The decimal of an unscaled 128-bit integer. */
export const scaled = (value: string, type: DecimalType): string =>
  type.scale === 0
    ? `(${value})::${duckType(type)}`
    : `((${value})::DECIMAL(38,0) * ${`0.${"1".padStart(type.scale, "0")}`}::DECIMAL(38,${type.scale}))::${duckType(type)}`;
