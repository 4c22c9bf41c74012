/** How many different values the parts of a HyperLogLog sketch speak of. */

/** Counts of coupons, and how many values lead to them: two values seldom have one coupon. */
const couponCounts = [0, 1, 20, 400, 8000, 160_000, 300_000, 600_000];
const valueCounts = [
  ...[0, 1, 20.00000094374026, 400.0003963713384],
  ...[8000.158929460209, 160063.60677637596, 300223.70715976635, 600895.593385617],
];

/** The values behind so many coupons, by the cubic curve through the four counts around it. */
export function couponEstimate(count: number): number {
  const above = couponCounts.findIndex((one) => one > count);
  const first = Math.min(Math.max(above - 2, 0), couponCounts.length - 4);
  const places = [0, 1, 2, 3].map((offset) => first + offset);
  const terms = places.map((place) => {
    const others = places.filter((other) => other !== place).map((other) => couponCounts[other]!);
    const numerator = others.reduce((product, other) => product * (count - other), 1);
    const denominator = others.reduce((product, other) => product * (couponCounts[place]! - other), 1);
    return (valueCounts[place]! * numerator) / denominator;
  });
  return Math.max(
    terms.reduce((sum, term) => sum + term),
    count,
  );
}

const gamma = 0.5772156649015329;
const exactHarmonics = 25;

function harmonic(count: number): number {
  if (count < exactHarmonics)
    return Array.from({ length: count }, (_, index) => 1 / (index + 1)).reduce((a, b) => a + b, 0);
  const square = 1 / (count * count);
  const series = [-1 / 12, 1 / 120, -1 / 252, 1 / 240].reduceRight((sum, term) => (sum + term) * square, 0);
  return Math.log(count) + gamma + 1 / (2 * count) + series;
}

/** How many values leave so many of some registers untouched. */
export const bitMapEstimate = (registers: number, untouched: number): number =>
  untouched === 0 ? registers * Math.log(registers / 0.5) : registers * (harmonic(registers) - harmonic(untouched));

/** Below this part of the number of registers, those that are untouched tell more. */
const crossOver = 0.64;
const mostValue = 62;

/**
 * How many values raise registers to their values, by the estimator of O. Ertl, "New cardinality estimation algorithms for
 * HyperLogLog sketches": it needs no tables of what was measured.
 *
 * @param linear - the estimate by untouched registers
 */
export function registerEstimate(values: Uint8Array, linear: number): number {
  const counts = new Array<number>(mostValue + 2).fill(0);
  for (const value of values) counts[value]! += 1;
  const size = values.length;
  let sum = size * tau(1 - counts[mostValue + 1]! / size);
  for (let value = mostValue; value > 0; value--) sum = (sum + counts[value]!) / 2;
  sum += size * sigma(counts[0]! / size);
  const estimate = (size * size) / (2 * Math.LN2 * sum);
  return (estimate + linear) / 2 > crossOver * size ? estimate : linear;
}

function sigma(start: number): number {
  if (start === 1) return Number.POSITIVE_INFINITY;
  let [x, y, sum, before] = [start, 1, start, Number.NaN];
  while (sum !== before) {
    x *= x;
    before = sum;
    sum += x * y;
    y += y;
  }
  return sum;
}

function tau(start: number): number {
  if (start === 0 || start === 1) return 0;
  let [x, y, sum, before] = [start, 1, 1 - start, Number.NaN];
  while (sum !== before) {
    x = Math.sqrt(x);
    before = sum;
    y /= 2;
    sum -= (1 - x) ** 2 * y;
  }
  return sum / 3;
}
