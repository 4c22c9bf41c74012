/** Exact decimal division, which DuckDB does in floating point. */
import type { DecimalType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";

/** The unscaled number of a decimal, as a 128-bit integer. */
const unscaled = (value: string, { scale }: DecimalType): string =>
  scale === 0 ? `(${value})::HUGEINT` : `((${value})::DECIMAL(38,${scale}) * ${"1".padEnd(scale + 1, "0")}::DECIMAL(${Math.min(38, scale + 1)},0))::HUGEINT`;

/** The average of decimals: their sum divided by their number, rounded half up at the scale of the result. */
export function decimalAverage(sum: string, count: string, from: DecimalType, to: DecimalType): string {
  const shift = Math.max(0, to.scale - from.scale);
  const numerator = `(${unscaled(sum, from)} * ${"1".padEnd(shift + 1, "0")}::HUGEINT)`;
  return scaled(halfUp(numerator, `(${count})::HUGEINT`), to);
}

/** A quotient of 128-bit integers rounded half up, away from zero. */
const halfUp = (numerator: string, divisor: string): string =>
  `((${numerator} // ${divisor}) + CASE WHEN abs(${numerator} % ${divisor}) * 2 >= abs(${divisor}) THEN sign(${numerator}) * sign(${divisor}) ELSE 0 END)`;

/** The decimal of an unscaled 128-bit integer. */
const scaled = (value: string, type: DecimalType): string =>
  type.scale === 0
    ? `(${value})::${duckType(type)}`
    : `((${value})::DECIMAL(38,0) * ${`0.${"1".padStart(type.scale, "0")}`}::DECIMAL(38,${type.scale}))::${duckType(type)}`;
