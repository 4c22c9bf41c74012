/** SQL of numbers as Java writes them. */
import { type DataType, stringType } from "../../../types/data-type.ts";
import { plainDecimal } from "../casts/decimal-text.ts";
import { compileCast } from "../compile/cast.ts";
import type { CompileContext } from "../compile/context.ts";

type Decimal = Extract<DataType, { kind: "decimal" }>;

/** The most places at which `BigDecimal.toString` never has an exponent. */
const plainScale = 6;

/** The SQL of `BigDecimal.toString`, which has an exponent where the first digit is beyond the sixth place. */
export function decimalText(value: string, type: Decimal): string {
  const { scale } = type;
  const plain = plainDecimal(value, type);
  if (scale <= plainScale) return plain;
  const digits = `ltrim(replace(abs(${value})::VARCHAR, '.', ''), '0')`;
  const mantissa = `${digits}[1] || CASE WHEN length(${digits}) > 1 THEN '.' || ${digits}[2:] ELSE '' END`;
  const exponent = `'E-' || (${scale + 1} - length(${digits}))`;
  return (
    `CASE WHEN abs(${value}) >= 0.000001 THEN ${plain} WHEN ${value} = 0 THEN '0E-${scale}' ` +
    `ELSE CASE WHEN ${value} < 0 THEN '-' ELSE '' END || ${mantissa} || ${exponent} END`
  );
}

/** The SQL of a value's text by Spark's cast, decimals as Java writes them. */
export const plainText = (
  value: string,
  type: DataType,
  context: Pick<CompileContext, "timeZone" | "kernel">,
): string =>
  type.kind === "decimal" ? decimalText(value, type) : compileCast(value, type, stringType, "ansi", context);
