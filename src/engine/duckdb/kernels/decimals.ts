/** Arithmetic of decimals whose digits outgrow DuckDB's: exact, then rounded half up to the type of the result. */
import { bigintType, type DataType, type DecimalType } from "../../../types/data-type.ts";
import type { ScalarFunction } from "../trampoline.ts";
import { kernelOf } from "./kernel.ts";

const mostDigits = 38;
const powers: readonly bigint[] = Array.from({ length: 200 }, (_, index) => 10n ** BigInt(index));
const power = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** A quotient rounded half up, away from zero. */
function quotient(dividend: bigint, divisor: bigint): bigint {
  const whole = dividend / divisor;
  const rest = dividend % divisor;
  if (size(rest) * 2n < size(divisor)) return whole;
  return whole + (dividend < 0n === divisor < 0n ? 1n : -1n);
}

/** A number of another scale. */
const rescaled = (value: bigint, from: number, to: number): bigint =>
  to >= from ? value * power(to - from) : quotient(value, power(from - to));

/** The result of the type, or null where it has too many digits. */
function fitted(value: bigint, scale: number, type: DecimalType): bigint | null {
  const result = rescaled(value, scale, type.scale);
  return size(result) < power(type.precision) ? result : null;
}

type Operate = (left: bigint, right: bigint, types: readonly [DecimalType, DecimalType, DecimalType]) => bigint | null;

/** Both numbers at the greater of their scales. */
const aligned =
  (operate: (left: bigint, right: bigint) => bigint | null): Operate =>
  (left, right, [first, second, result]) => {
    const scale = Math.max(first.scale, second.scale);
    const value = operate(rescaled(left, first.scale, scale), rescaled(right, second.scale, scale));
    return value === null ? null : fitted(value, scale, result);
  };

// Java's product keeps 39 digits.
const product: Operate = (left, right, [first, second, result]) => {
  const exact = left * right;
  const scale = first.scale + second.scale;
  const surplus = size(exact).toString().length - mostDigits - 1;
  if (surplus <= 0) return fitted(exact, scale, result);
  const kept = quotient(exact, power(surplus));
  return fitted(scale >= surplus ? kept : kept * power(surplus - scale), Math.max(0, scale - surplus), result);
};

// Spark divides to 38 digits behind the point first.
const division: Operate = (left, right, [first, second, result]) => {
  if (right === 0n) return null;
  const digits = quotient(left * power(mostDigits + second.scale), right * power(first.scale));
  return fitted(digits, mostDigits, result);
};

const remainder = aligned((left, right) => (right === 0n ? null : left % right));

const positiveRemainder = aligned((left, right) => {
  if (right === 0n) return null;
  const rest = left % right;
  return rest < 0n ? (rest + right) % right : rest;
});

const operations: Readonly<Record<string, Operate>> = {
  decimal_sum: aligned((left, right) => left + right),
  decimal_difference: aligned((left, right) => left - right),
  decimal_product: product,
  decimal_quotient: division,
  decimal_remainder: remainder,
  decimal_pmod: positiveRemainder,
};

/** By the types of the operands and of the result. */
const kernelFor =
  (name: string, operate: Operate) =>
  (types: readonly DataType[]): ScalarFunction => {
    const decimals = types as readonly [DecimalType, DecimalType, DecimalType];
    const [left, right, result] = decimals;
    return kernelOf(name, {
      parameters: [left, right],
      result,
      call: (a: bigint, b: bigint) => operate(a, b, decimals),
    });
  };

/** The whole quotient; null where it has more digits than a decimal. */
function wholeQuotient(
  left: bigint,
  right: bigint,
  [first, second]: readonly [DecimalType, DecimalType],
): bigint | null {
  if (right === 0n) return null;
  const scale = Math.max(first.scale, second.scale);
  const value = rescaled(left, first.scale, scale) / rescaled(right, second.scale, scale);
  return size(value) < power(mostDigits) ? BigInt.asIntN(64, value) : null;
}

const wholeKernel = (types: readonly DataType[]): ScalarFunction => {
  const decimals = types as readonly [DecimalType, DecimalType];
  const parameters = decimals.slice(0, 2);
  return kernelOf("div", {
    parameters,
    result: bigintType,
    call: (a: bigint, b: bigint) => wholeQuotient(a, b, decimals),
  });
};

/** Kernels of two decimals, which give null by zero and where the result does not fit. */
export const decimalKernels: Readonly<Record<string, (types: readonly DataType[]) => ScalarFunction>> = {
  ...Object.fromEntries(Object.entries(operations).map(([name, operate]) => [name, kernelFor(name, operate)])),
  decimal_div: wholeKernel,
};
