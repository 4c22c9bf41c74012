/**
 * Comparisons of an integer with a decimal constant, which Spark makes comparisons with a whole number: `n > 1.1` is
 * `n > 1`, and `n > 1E20BD` is false for every row. Spark's source: `DecimalPrecisionTypeCoercion`.
 */
import type { Call, Expression, Literal } from "../plan/expression.ts";
import type { DataType } from "../types/data-type.ts";
import { isIntegral } from "../types/data-type.ts";

type Rounding = "down" | "up";

/** How the constant on the right is rounded; on the left it is rounded the other way. */
const roundings: Readonly<Record<string, Rounding>> = { ">": "down", ">=": "up", "<": "up", "<=": "down" };
const mirrored: Readonly<Record<Rounding, Rounding>> = { down: "up", up: "down" };

const leastLong = -(2n ** 63n);
const mostLong = 2n ** 63n - 1n;

/** What a comparison comes to: the same with another operand in place of the constant, or an answer for every row. */
export type WholeComparison =
  | { readonly position: 0 | 1; readonly constant: Literal }
  | { readonly position?: undefined; readonly answer: boolean };

/**
 * What Spark makes of a comparison.
 *
 * @param call - any call
 * @param typeOf - the type of an operand, where it is known
 * @returns undefined for what is no comparison of an integer with a decimal constant
 */
export function wholeComparison(
  { name, arguments: operands }: Call,
  typeOf: (operand: Expression) => DataType | undefined,
): WholeComparison | undefined {
  const operator = name.at(-1)!;
  const rounding = roundings[operator];
  const position = operands.findIndex(isDecimal) as 0 | 1 | -1;
  if (rounding === undefined || position < 0) return undefined;
  const other = operands[1 - position];
  const type = other && typeOf(other);
  if (type === undefined || !isIntegral(type)) return undefined;
  const constant = operands[position] as Literal;
  return compared(constant, position as 0 | 1, operator, position === 1 ? rounding : mirrored[rounding]);
}

function compared(
  constant: Literal,
  position: 0 | 1,
  operator: string,
  rounding: Rounding,
): WholeComparison | undefined {
  const { down, up } = wholeNumbers(constant);
  const isLess = operator.startsWith("<") === (position === 1);
  if (down < leastLong) return { answer: !isLess };
  if (up > mostLong) return { answer: isLess };
  return { position, constant: { ...constant, type: { kind: "bigint" }, value: rounding === "down" ? down : up } };
}

const isDecimal = (operand: Expression): boolean =>
  operand.kind === "literal" && operand.type.kind === "decimal" && operand.value !== null;

function wholeNumbers({ type, value }: Literal): { readonly down: bigint; readonly up: bigint } {
  const unit = 10n ** BigInt(type.kind === "decimal" ? type.scale : 0);
  const whole = (value as bigint) / unit;
  const rest = (value as bigint) % unit;
  return { down: rest < 0n ? whole - 1n : whole, up: rest > 0n ? whole + 1n : whole };
}
