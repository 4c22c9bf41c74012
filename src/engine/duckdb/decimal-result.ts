/** Results of decimals that fit no type, as Spark's errors tell them. */
import { powerOfTen } from "../../types/decimal.ts";

/** A number of as many digits as it takes: `digits` with the point moved to the left. */
interface Exact {
  readonly digits: bigint;
  readonly scale: number;
}

/** The most digits that products keep, and those behind the point that quotients have: Spark's `Decimal.MATH_CONTEXT`. */
const mostDigits = 39;

type Operator = "+" | "-" | "*" | "/" | "%";

const results: Readonly<Record<Operator, (left: Exact, right: Exact) => Exact>> = {
  "+": (left, right) => atOneScale(left, right, (a, b) => a + b),
  "-": (left, right) => atOneScale(left, right, (a, b) => a - b),
  "%": (left, right) => atOneScale(left, right, (a, b) => a % b),
  "*": (left, right) => rounded({ digits: left.digits * right.digits, scale: left.scale + right.scale }),
  "/": (left, right) => ({
    digits: halfUp(left.digits * powerOfTen(mostDigits + right.scale), right.digits * powerOfTen(left.scale)),
    scale: mostDigits,
  }),
};

/**
 * The result of an operation on decimals.
 *
 * @param told - such as `1.5 * 2`; a plain number is its own result
 */
export function decimalResult(told: string): string {
  const [, left, operator, right] = /^(-?[\d.]+) ([-+*/%]) (-?[\d.]+)$/.exec(told) ?? [];
  if (operator === undefined) return told;
  return plainText(results[operator as Operator](exact(left!), exact(right!)));
}

function exact(text: string): Exact {
  const [whole, fraction = ""] = text.split(".") as [string, string?];
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function atOneScale(left: Exact, right: Exact, result: (left: bigint, right: bigint) => bigint): Exact {
  const scale = Math.max(left.scale, right.scale);
  const at = (number: Exact): bigint => number.digits * powerOfTen(scale - number.scale);
  return { digits: result(at(left), at(right)), scale };
}

function rounded({ digits, scale }: Exact): Exact {
  const extra = String(digits).replace("-", "").length - mostDigits;
  return extra <= 0 ? { digits, scale } : { digits: halfUp(digits, powerOfTen(extra)), scale: scale - extra };
}

function halfUp(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n === divisor < 0n ? 1n : -1n;
  const [numerator, denominator] = [dividend, divisor].map((value) => (value < 0n ? -value : value)) as [
    bigint,
    bigint,
  ];
  return (sign * (2n * numerator + denominator)) / (2n * denominator);
}

function plainText({ digits, scale }: Exact): string {
  if (scale <= 0) return String(digits * powerOfTen(-scale));
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  return `${digits < 0n ? "-" : ""}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
