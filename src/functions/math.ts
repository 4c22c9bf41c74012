/** Mathematics: arithmetic, rounding, logarithms, trigonometry, bits and random numbers. */
import { alone, scalar, synonym } from "./define.ts";

/**
 * The value without its sign.
 *
 * @param value - a number or an interval
 * @example abs(lit(-2)) // 2
 */
export const abs = scalar("abs(value: numericOrInterval): first");

/**
 * The angle whose cosine is the value, in radians.
 *
 * @example acos(lit(1)) // 0.0
 */
export const acos = scalar("acos(value: double): double nullable in name");

/**
 * The inverse hyperbolic cosine.
 *
 * @example acosh(lit(1)) // 0.0
 */
export const acosh = scalar("acosh(value: double): double nullable in name");

/**
 * The angle whose sine is the value, in radians.
 *
 * @example asin(lit(0)) // 0.0
 */
export const asin = scalar("asin(value: double): double nullable in name");

/**
 * The inverse hyperbolic sine.
 *
 * @example asinh(lit(0)) // 0.0
 */
export const asinh = scalar("asinh(value: double): double nullable in name");

/**
 * The angle whose tangent is the value, in radians.
 *
 * @example atan(lit(0)) // 0.0
 */
export const atan = scalar("atan(value: double): double nullable in name");

/**
 * The angle between the positive x axis and a point, in radians.
 *
 * @param y - the point's y
 * @param x - the point's x
 * @example atan2(lit(0), lit(1)) // 0.0
 */
export const atan2 = scalar("atan2(y: double, x: double): double");

/**
 * The inverse hyperbolic tangent.
 *
 * @example atanh(lit(0)) // 0.0
 */
export const atanh = scalar("atanh(value: double): double nullable in name");

/**
 * The binary digits of an integer.
 *
 * @example bin(lit(13)) // 1101
 */
export const bin = scalar("bin(value: bigint): string");

/**
 * The number of bits that are set.
 *
 * @param value - an integer or a boolean
 * @example bitCount(lit(7)) // 3
 */
export const bitCount = scalar("bit_count(value: integralOrBoolean): int");

/**
 * One bit of an integer, 0 or 1.
 *
 * @param value - an integer
 * @param position - which bit, from 0 for the lowest
 * @example bitGet(lit(11), lit(2)) // 0
 */
export const bitGet = scalar("bit_get(value: integral, position: int): tinyint");

/**
 * One bit of an integer, 0 or 1; another name of `bitGet`.
 *
 * @example getbit(lit(11), lit(0)) // 1
 */
export const getbit = synonym("getbit(value: integral, position: int): tinyint", bitGet);

/**
 * All bits turned over.
 *
 * @example bitwiseNot(lit(0)) // -1
 */
export const bitwiseNot = scalar("~(value: integral): first");

/**
 * The value rounded to `scale` digits behind the point, halves to the even neighbour.
 *
 * @param value - a number
 * @param scale - digits behind the point, 0 when left out; negative for tens, hundreds, …
 * @example bround(lit(2.5)) // 2.0
 */
export const bround = scalar("bround(value: numeric, scale?: constantInt): rounded nullable in name");

/**
 * The cube root.
 *
 * @example cbrt(lit(27)) // 3.0
 */
export const cbrt = scalar("cbrt(value: double): double nullable in name");

/**
 * The least integer that is not less than the value; with a scale, the least number of so many digits.
 *
 * @param value - a number
 * @param scale - digits behind the point
 * @example ceil(lit(-0.1)) // 0
 */
export const ceil = scalar("ceil(value: rounded, scale?: scale): roundedToInteger nullable in name");

/**
 * The least integer that is not less than the value; another name of `ceil`.
 *
 * @example ceiling(lit(2.2)) // 3
 */
export const ceiling = synonym("ceiling(value: rounded, scale?: scale): roundedToInteger nullable in name", ceil);

/**
 * A number written in another base.
 *
 * @param value - its digits as text
 * @param from - the base of the digits
 * @param to - the base wanted; negative for a signed result
 * @example conv(lit("100"), 2, 10) // 4
 */
export const conv = scalar("conv(value: string, from: int, to: int): string nullable");

/**
 * The cosine of an angle in radians.
 *
 * @example cos(lit(0)) // 1.0
 */
export const cos = scalar("cos(value: double): double nullable in name");

/**
 * The hyperbolic cosine.
 *
 * @example cosh(lit(0)) // 1.0
 */
export const cosh = scalar("cosh(value: double): double nullable in name");

/**
 * The cotangent of an angle in radians.
 *
 * @example round(cot(lit(1)), 4) // 0.6421
 */
export const cot = scalar("cot(value: double): double nullable in name");

/**
 * The cosecant of an angle in radians.
 *
 * @example round(csc(lit(1)), 4) // 1.1884
 */
export const csc = scalar("csc(value: double): double nullable in name");

/**
 * Radians as degrees.
 *
 * @example degrees(lit(3.141592653589793)) // 180.0
 */
export const degrees = scalar("degrees(value: double): double nullable in name");

/**
 * Euler's number.
 *
 * @example e() // 2.718281828459045
 */
export const e = scalar("e(): double not null");

/**
 * Euler's number to the power of the value.
 *
 * @example exp(lit(0)) // 1.0
 */
export const exp = scalar("exp(value: double): double nullable in name");

/**
 * `exp(value) - 1`, exact for small values.
 *
 * @example expm1(lit(0)) // 0.0
 */
export const expm1 = scalar("expm1(value: double): double nullable in name");

/**
 * The product of the integers from 1 to the value; null outside 0 to 20.
 *
 * @example factorial(lit(5)) // 120
 */
export const factorial = scalar("factorial(value: int): bigint nullable");

/**
 * The greatest integer that is not greater than the value; with a scale, the greatest number of so many digits.
 *
 * @param value - a number
 * @param scale - digits behind the point
 * @example floor(lit(-0.1)) // -1
 */
export const floor = scalar("floor(value: rounded, scale?: scale): roundedToInteger nullable in name");

/**
 * The hexadecimal digits of an integer, or of the bytes of a text.
 *
 * @param value - an integer, a binary value or text
 * @example hex(lit(17)) // 11
 */
export const hex = scalar("hex(value: bigintBinaryOrString): string");

/**
 * The length of the hypotenuse over two legs.
 *
 * @example hypot(lit(3), lit(4)) // 5.0
 */
export const hypot = scalar("hypot(left: double, right: double): double");

/**
 * The natural logarithm; null where the value is not positive.
 *
 * @example ln(lit(1)) // 0.0
 */
export const ln = scalar("ln(value: double): double nullable");

/**
 * The logarithm of a value in some base, or with one argument its natural logarithm; null where it is not positive.
 *
 * @param base - the base; the value when it stands alone
 * @param value - the value
 * @example log(lit(10), lit(100)) // 2.0
 */
export const log = scalar("log(base: double, value?: double): double nullable", { called: alone("ln") });

/**
 * The logarithm in base 10; null where the value is not positive.
 *
 * @example log10(lit(10)) // 1.0
 */
export const log10 = scalar("log10(value: double): double nullable");

/**
 * The natural logarithm of `value + 1`, exact for small values.
 *
 * @example log1p(lit(0)) // 0.0
 */
export const log1p = scalar("log1p(value: double): double nullable");

/**
 * The logarithm in base 2; null where the value is not positive.
 *
 * @example log2(lit(2)) // 1.0
 */
export const log2 = scalar("log2(value: double): double nullable");

/**
 * The value with the other sign.
 *
 * @param value - a number or an interval
 * @example negative(lit(1)) // -1
 */
export const negative = scalar("negative(value: arithmetic): first");

/**
 * The value with the other sign; another name of `negative`.
 *
 * @example negate(lit(1)) // -1
 */
export const negate = negative;

/**
 * The number pi.
 *
 * @example pi() // 3.141592653589793
 */
export const pi = scalar("pi(): double not null");

/**
 * The remainder of a division, never negative for a positive divisor.
 *
 * @example pmod(lit(-10), lit(3)) // 2
 */
export const pmod = scalar("pmod(dividend: modulo, divisor: modulo): remainder nullable in name");

/**
 * The value itself.
 *
 * @param value - a number or an interval
 * @example positive(lit(1)) // 1
 */
export const positive = scalar("positive(value: arithmetic): first");

/**
 * A number to the power of another.
 *
 * @example pow(lit(2), lit(3)) // 8.0
 */
export const pow = scalar("pow(base: double, exponent: double): double");

/**
 * A number to the power of another; another name of `pow`.
 *
 * @example power(lit(2), lit(0)) // 1.0
 */
export const power = synonym("power(base: double, exponent: double): double", pow);

/**
 * Degrees as radians.
 *
 * @example radians(lit(180)) // 3.141592653589793
 */
export const radians = scalar("radians(value: double): double nullable in name");

/**
 * A random number for each row, evenly spread over 0 to 1 without 1.
 *
 * @param seed - an integer that repeats the same numbers
 * @example rand(42).gte(0) // true
 */
export const rand = scalar("rand(seed?: seed): double not null", {
  aliases: ["random"],
  deterministic: false,
});

/**
 * A random number for each row from the standard normal distribution.
 *
 * @param seed - an integer that repeats the same numbers
 * @example randn(42).isNotNull() // true
 */
export const randn = scalar("randn(seed?: seed): double not null", { deterministic: false });

/**
 * The nearest integer as a DOUBLE, halves to the even neighbour.
 *
 * @example rint(lit(12.3456)) // 12.0
 */
export const rint = scalar("rint(value: double): double nullable in name");

/**
 * The value rounded to `scale` digits behind the point, halves away from zero.
 *
 * @param value - a number
 * @param scale - digits behind the point, 0 when left out; negative for tens, hundreds, …
 * @example round(lit(2.5)) // 3.0
 */
export const round = scalar("round(value: numeric, scale?: constantInt): rounded nullable in name");

/**
 * The secant of an angle in radians.
 *
 * @example sec(lit(0)) // 1.0
 */
export const sec = scalar("sec(value: double): double nullable in name");

/**
 * The bits moved to the left, which doubles the value at each step.
 *
 * @param value - an INT or a BIGINT
 * @param bits - how far
 * @example shiftleft(lit(2), 1) // 4
 */
export const shiftleft = scalar("shiftleft(value: intOrBigint, bits: int): first", { aliases: ["<<"] });

/**
 * The bits moved to the right, the sign kept.
 *
 * @param value - an INT or a BIGINT
 * @param bits - how far
 * @example shiftright(lit(-4), 1) // -2
 */
export const shiftright = scalar("shiftright(value: intOrBigint, bits: int): first", { aliases: [">>"] });

/**
 * The bits moved to the right, filled up with zeros.
 *
 * @param value - an INT or a BIGINT
 * @param bits - how far
 * @example shiftrightunsigned(lit(4), 1) // 2
 */
export const shiftrightunsigned = scalar("shiftrightunsigned(value: intOrBigint, bits: int): first", {
  aliases: [">>>"],
});

/**
 * -1, 0 or 1, as the value is negative, zero or positive.
 *
 * @param value - a number or an interval
 * @example signum(lit(-5)) // -1.0
 */
export const signum = scalar("signum(value: doubleOrInterval): double nullable in name");

/**
 * -1, 0 or 1, as the value is negative, zero or positive; another name of `signum`.
 *
 * @example sign(lit(40)) // 1.0
 */
export const sign = synonym("sign(value: doubleOrInterval): double nullable in name", signum);

/**
 * The sine of an angle in radians.
 *
 * @example sin(lit(0)) // 0.0
 */
export const sin = scalar("sin(value: double): double nullable in name");

/**
 * The hyperbolic sine.
 *
 * @example sinh(lit(0)) // 0.0
 */
export const sinh = scalar("sinh(value: double): double nullable in name");

/**
 * The square root; NaN of a negative value.
 *
 * @example sqrt(lit(4)) // 2.0
 */
export const sqrt = scalar("sqrt(value: double): double nullable in name");

/**
 * The tangent of an angle in radians.
 *
 * @example tan(lit(0)) // 0.0
 */
export const tan = scalar("tan(value: double): double nullable in name");

/**
 * The hyperbolic tangent.
 *
 * @example tanh(lit(0)) // 0.0
 */
export const tanh = scalar("tanh(value: double): double nullable in name");

/**
 * The sum, or null where it overflows.
 *
 * @example tryAdd(lit(2147483647), lit(1)) // NULL
 */
export const tryAdd = scalar("try_add(left: addend, right: addend): sum nullable");

/**
 * The quotient, or null where the divisor is zero.
 *
 * @example tryDivide(lit(1), lit(0)) // NULL
 */
export const tryDivide = scalar("try_divide(left: dividend, right: dividend): quotient nullable");

/**
 * The remainder, or null where the divisor is zero.
 *
 * @example tryMod(lit(3), lit(2)) // 1
 */
export const tryMod = scalar("try_mod(left: modulo, right: modulo): remainder nullable");

/**
 * The product, or null where it overflows.
 *
 * @example tryMultiply(lit(2), lit(3)) // 6
 */
export const tryMultiply = scalar("try_multiply(left: factor, right: factor): product nullable");

/**
 * The difference, or null where it overflows.
 *
 * @example trySubtract(lit(2), lit(1)) // 1
 */
export const trySubtract = scalar("try_subtract(left: subtrahend, right: subtrahend): difference nullable");

/**
 * The bytes that hexadecimal digits stand for; null where the text has other characters.
 *
 * @example unhex(lit("537061726B")).cast("string") // Spark
 */
export const unhex = scalar("unhex(value: string): binary nullable");

/**
 * Which of `count` buckets of equal width between two bounds the value lies in: 1 to `count`, 0 below, `count + 1` above.
 *
 * @param value - a number
 * @param least - the lower bound
 * @param most - the upper bound
 * @param count - the number of buckets
 * @example widthBucket(lit(5.3), lit(0.2), lit(10.6), lit(5)) // 3
 */
export const widthBucket = scalar(
  "width_bucket(value: bucketed, least: bucketed, most: bucketed, count: bigint): bigint nullable",
);
