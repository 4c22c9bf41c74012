/** `pow` as fdlibm computes it: Java keeps to its last digit. */
import { highWord, withHighWord, withoutLowWord } from "./words.ts";

const exponentUnit = 0x100000;
const two53 = 2 ** 53;
const huge = 1e300;
const tiny = 1e-300;

const points = [1, 1.5] as const;
const highLogs = [0, 5.84962487220764160156e-1] as const;
const lowLogs = [0, 1.35003920212974897128e-8] as const;
const logTerms = [
  5.99999999999994648725e-1, 4.28571428578550184252e-1, 3.33333329818377432918e-1, 2.72728123808534006489e-1,
  2.30660745775561754067e-1, 2.06975017800338417784e-1,
] as const;
const powerTerms = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
] as const;
const ln2 = [6.93147180559945286227e-1, 6.93147182464599609375e-1, -1.90465429995776804525e-9] as const;
const overflowTail = 8.0085662595372944372e-17;
const twoThirdsOverLn2 = [9.61796693925975554329e-1, 9.61796700954437255859e-1, -7.02846165095275826516e-9] as const;
const oneOverLn2 = [1.442695040888963387, 1.44269502162933349609, 1.92596299112661746887e-8] as const;

type Pair = readonly [high: number, low: number];

/**
 * A power.
 *
 * Source: `StrictMath.pow`, which is fdlibm's.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  if (!Number.isFinite(exponent)) return ofInfiniteExponent(Math.abs(base), exponent);
  if (exponent === 1) return base;
  if (exponent === -1) return 1 / base;
  if (exponent === 2) return base * base;
  if (exponent === 0.5 && highWord(base) >= 0) return Math.sqrt(base);
  const whole = Number.isInteger(exponent);
  const odd = whole && Math.abs(exponent) < two53 && exponent % 2 !== 0;
  const size = Math.abs(base);
  if (size === 0 || size === Number.POSITIVE_INFINITY || size === 1)
    return ofSpecialBase(base, size, exponent, whole, odd);
  if (base < 0 && !whole) return Number.NaN;
  const result = ofSize(size, exponent);
  return base < 0 && odd ? -result : result;
}

function ofInfiniteExponent(size: number, exponent: number): number {
  if (size === 1) return Number.NaN;
  return size > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
}

function ofSpecialBase(base: number, size: number, exponent: number, whole: boolean, odd: boolean): number {
  const result = exponent < 0 ? 1 / size : size;
  if (highWord(base) >= 0) return result;
  if (size === 1 && !whole) return Number.NaN;
  return odd ? -result : result;
}

function ofSize(size: number, exponent: number): number {
  const high = highWord(size);
  const exponentHigh = highWord(exponent) & 0x7fffffff;
  if (exponentHigh > 0x41e00000) {
    const extreme = ofGreatExponent(high, exponentHigh, exponent);
    if (extreme !== undefined) return extreme;
  }
  const [logHigh, logLow] = exponentHigh > 0x41e00000 ? logarithmNearOne(size) : logarithm(size);
  const upper = withoutLowWord(exponent);
  const low = (exponent - upper) * logHigh + exponent * logLow;
  return powerOfTwo(low, upper * logHigh);
}

/** What overflows or underflows for certain. */
function ofGreatExponent(high: number, exponentHigh: number, exponent: number): number | undefined {
  if (exponentHigh > 0x43f00000) {
    if (high <= 0x3fefffff) return exponent < 0 ? huge * huge : tiny * tiny;
    if (high >= 0x3ff00000) return exponent > 0 ? huge * huge : tiny * tiny;
  }
  if (high < 0x3fefffff) return exponent < 0 ? huge * huge : tiny * tiny;
  if (high > 0x3ff00000) return exponent > 0 ? huge * huge : tiny * tiny;
  return undefined;
}

/** The logarithm to the base 2 of what differs from 1 by less than 2^-20. */
function logarithmNearOne(size: number): Pair {
  const rest = size - 1;
  const tail = rest * rest * (0.5 - rest * (0.3333333333333333333333 - rest * 0.25));
  const upper = oneOverLn2[1] * rest;
  const lower = rest * oneOverLn2[2] - tail * oneOverLn2[0];
  const high = withoutLowWord(upper + lower);
  return [high, lower - (high - upper)];
}

function logarithm(size: number): Pair {
  const subnormal = highWord(size) < exponentUnit;
  const raised = subnormal ? size * two53 : size;
  const bits = highWord(raised);
  const mantissa = bits & 0x000fffff;
  const { value, power: binary, point } = normalized(raised, bits, mantissa, subnormal ? -53 : 0);
  const [high, low] = logarithmOfMantissa(value, point);
  const sum = withoutLowWord(high + low + highLogs[point] + binary);
  return [sum, low - (sum - binary - highLogs[point] - high)];
}

/** The number between 1 and 2, or half of it, nearest to one of the points. */
function normalized(
  size: number,
  bits: number,
  mantissa: number,
  shift: number,
): { value: number; power: number; point: 0 | 1 } {
  const power = (bits >> 20) - 0x3ff + shift;
  const high = mantissa | 0x3ff00000;
  if (mantissa <= 0x3988e) return { value: withHighWord(size, high), power, point: 0 };
  if (mantissa < 0xbb67a) return { value: withHighWord(size, high), power, point: 1 };
  return { value: withHighWord(size, high - exponentUnit), power: power + 1, point: 0 };
}

function logarithmOfMantissa(value: number, point: 0 | 1): Pair {
  const center = points[point];
  const difference = value - center;
  const scale = 1 / (value + center);
  const ratio = difference * scale;
  const ratioHigh = withoutLowWord(ratio);
  const sumHigh = withHighWord(0, (((highWord(value) >> 1) | 0x20000000) + 0x00080000 + (point << 18)) | 0);
  const sumLow = value - (sumHigh - center);
  const ratioLow = scale * (difference - ratioHigh * sumHigh - ratioHigh * sumLow);
  const square = ratio * ratio;
  const [l1, l2, l3, l4, l5, l6] = logTerms;
  let tail = square * square * (l1 + square * (l2 + square * (l3 + square * (l4 + square * (l5 + square * l6)))));
  tail += ratioLow * (ratioHigh + ratio);
  const squareHigh = ratioHigh * ratioHigh;
  const three = withoutLowWord(3 + squareHigh + tail);
  const rest = tail - (three - 3 - squareHigh);
  const productHigh = ratioHigh * three;
  const productLow = ratioLow * three + rest * ratio;
  const product = withoutLowWord(productHigh + productLow);
  const productRest = productLow - (product - productHigh);
  return [
    twoThirdsOverLn2[1] * product,
    twoThirdsOverLn2[2] * product + productRest * twoThirdsOverLn2[0] + lowLogs[point],
  ];
}

/** 2 to the power of a sum. */
function powerOfTwo(low: number, high: number): number {
  const sum = low + high;
  const bits = highWord(sum);
  if (sum >= 1024 && (sum > 1024 || low + overflowTail > sum - high)) return huge * huge;
  if (sum <= -1075 && (sum < -1075 || low <= sum - high)) return tiny * tiny;
  return scaled(low, high, bits);
}

function scaled(low: number, high: number, bits: number): number {
  const size = bits & 0x7fffffff;
  let whole = 0;
  let rest = high;
  if (size > 0x3fe00000) {
    const rounded = bits + (exponentUnit >> ((size >> 20) - 0x3ff + 1));
    const shift = ((rounded & 0x7fffffff) >> 20) - 0x3ff;
    whole = ((rounded & 0x000fffff) | exponentUnit) >> (20 - shift);
    if (bits < 0) whole = -whole;
    rest = high - withHighWord(0, rounded & ~(0x000fffff >> shift));
  }
  return withExponent(fraction(low, rest), whole);
}

/** 2 to the power of what lies between -1/2 and 1/2. */
function fraction(low: number, high: number): number {
  const sum = withoutLowWord(low + high);
  const upper = sum * ln2[1];
  const lower = (low - (sum - high)) * ln2[0] + sum * ln2[2];
  const value = upper + lower;
  const tail = lower - (value - upper);
  const square = value * value;
  const [p1, p2, p3, p4, p5] = powerTerms;
  const inner = value - square * (p1 + square * (p2 + square * (p3 + square * (p4 + square * p5))));
  return 1 - ((value * inner) / (inner - 2) - (tail + value * tail) - value);
}

function withExponent(value: number, exponent: number): number {
  const high = highWord(value) + exponent * exponentUnit;
  return high >> 20 > 0 ? withHighWord(value, high) : scaledByPower(value, exponent);
}

/** Below the normal numbers, rounded once. */
const scaledByPower = (value: number, exponent: number): number => value * 2 ** (exponent + 54) * 2 ** -54;
