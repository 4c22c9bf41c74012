/** Exponentials, logarithms and angles as `StrictMath` has them: fdlibm's, which JavaScript follows but for a few values. */

const e = 2.7182818284590455;
const hyperbolicCosineOfOne = 1.543080634815244;

/** JavaScript gives E itself, fdlibm the next number. */
export const exponential = (value: number): number => (value === 1 ? e : Math.exp(value));

export const hyperbolicCosine = (value: number): number =>
  Math.abs(value) === 1 ? hyperbolicCosineOfOne : Math.cosh(value);

export const inverseHyperbolicTangent = (value: number): number => 0.5 * (Math.log1p(value) - Math.log1p(-value));

const mostRatio = 2 ** 60;
const nearPi = 1.5707963267948968;

/** An angle whose tangent is immense is less than a quarter turn in JavaScript, in fdlibm not where `x` is negative. */
export function angle(givenY: number, givenX: number): number {
  // Spark adds zero to both, which a negative zero becomes by it.
  const [y, x] = [givenY + 0, givenX + 0];
  const steep = x < 0 && Number.isFinite(x) && Math.abs(y / x) > mostRatio && Number.isFinite(y);
  return steep ? Math.sign(y) * nearPi : Math.atan2(y, x);
}
