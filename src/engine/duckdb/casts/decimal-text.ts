/** Decimals as text without an exponent. */
import type { DecimalType } from "../../../types/data-type.ts";

const mostDigits = 38;

/**
 * SQL of a decimal's digits with a zero before the point, which DuckDB leaves out where the type has no place for it.
 *
 * @param value - SQL of the decimal
 */
export function plainDecimal(value: string, { precision, scale }: DecimalType): string {
  if (scale < precision) return `(${value})::VARCHAR`;
  if (precision < mostDigits) return `(${value})::DECIMAL(${precision + 1},${scale})::VARCHAR`;
  return `regexp_replace((${value})::VARCHAR, '^(-?)[.]', '\\10.')`;
}
