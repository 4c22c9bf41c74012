/** Doubles rounded by their shortest decimal digits, as `BigDecimal` of Scala has them. */

/**
 * The number nearest to a double among those of some digits behind the point.
 *
 * @param digits - negative for tens and hundreds
 * @param even - whether a tie goes to the even neighbour rather than away from zero
 */
function rounded(value: number, digits: number, even: boolean): number {
  if (!Number.isFinite(value)) return value;
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e") as [string, string];
  const [first, rest = ""] = mantissa.split(".") as [string, string?];
  const surplus = rest.length - Number(exponent) - digits;
  if (surplus <= 0) return value + 0;
  const text = nearest(BigInt(first + rest), surplus, even);
  const size = Number(`${text}e${-digits}`);
  return value < 0 ? 0 - size : size;
}

/** Digits without their last, rounded. */
function nearest(digits: bigint, surplus: number, even: boolean): bigint {
  const unit = 10n ** BigInt(surplus);
  const [whole, rest] = [digits / unit, digits % unit];
  const up = rest * 2n > unit || (rest * 2n === unit && (!even || whole % 2n === 1n));
  return up ? whole + 1n : whole;
}

export const roundHalfUp = (value: number, digits: number): number => rounded(value, digits, false);
export const roundHalfEven = (value: number, digits: number): number => rounded(value, digits, true);
