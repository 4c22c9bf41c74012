/**
 * KLL sketches: values of which those of a higher level stand for twice as many. Up to `k` values nothing is lost; then a
 * coin decides which half of a level goes up, as in DataSketches, so that ranks are right within a bound only.
 */

/** What a sketch holds; the values of level 0 are in falling order of arrival, those above sorted. */
export interface KllSketch<Value extends number | bigint = number | bigint> {
  readonly k: number;
  /** How many values there were. */
  count: number;
  least: Value | undefined;
  greatest: Value | undefined;
  readonly levels: Value[][];
}

/** The smallest room of a level. */
export const leastRoom = 8;

export const emptyKll = <Value extends number | bigint>(k: number): KllSketch<Value> => ({
  k,
  count: 0,
  least: undefined,
  greatest: undefined,
  levels: [[]],
});

/** How many values a level may have: two thirds of the level above. */
const room = (k: number, levels: number, level: number): number =>
  Math.max(leastRoom, Math.round(k * (2 / 3) ** (levels - level - 1)));

/** How many values all levels may have. */
export const capacity = ({ k, levels }: KllSketch): number =>
  levels.reduce((total, _, level) => total + room(k, levels.length, level), 0);

export const retained = ({ levels }: KllSketch): number => levels.reduce((total, level) => total + level.length, 0);

/** Adds a value. */
export function insert<Value extends number | bigint>(sketch: KllSketch<Value>, value: Value): void {
  sketch.count++;
  include(sketch, value, value);
  push(sketch, value);
}

function push<Value extends number | bigint>(sketch: KllSketch<Value>, value: Value): void {
  if (retained(sketch) >= capacity(sketch)) compact(sketch);
  sketch.levels[0]!.unshift(value);
}

function include<Value extends number | bigint>(sketch: KllSketch<Value>, least: Value, greatest: Value): void {
  if (sketch.least === undefined || least < sketch.least) sketch.least = least;
  if (sketch.greatest === undefined || greatest > sketch.greatest) sketch.greatest = greatest;
}

const rising = <Value extends number | bigint>(left: Value, right: Value): number =>
  left < right ? -1 : left > right ? 1 : 0;

/** Sends every second value of the lowest full level up. */
function compact<Value extends number | bigint>(sketch: KllSketch<Value>): void {
  const { k, levels } = sketch;
  const full = levels.findIndex((values, level) => values.length >= room(k, levels.length, level));
  const level = Math.max(full, 0);
  const values = levels[level]!;
  // A value without another stays.
  const left = values.length % 2 === 1 ? [values.shift()!] : [];
  const ordered = values.toSorted(rising);
  const coin = Math.random() < 0.5 ? 0 : 1;
  levels[level] = left;
  const above = levels[level + 1] ?? [];
  levels[level + 1] = [...above, ...ordered.filter((_, index) => index % 2 === coin)].sort(rising);
}

/** Adds what another sketch holds. */
export function merge<Value extends number | bigint>(sketch: KllSketch<Value>, other: KllSketch<Value>): void {
  if (other.count === 0) return;
  include(sketch, other.least!, other.greatest!);
  sketch.count += other.count;
  other.levels.slice(1).forEach((values, index) => {
    const level = index + 1;
    while (sketch.levels.length <= level) sketch.levels.push([]);
    sketch.levels[level] = [...sketch.levels[level]!, ...values].sort(rising);
  });
  while (retained(sketch) > capacity(sketch)) compact(sketch);
  for (const value of other.levels[0]!) push(sketch, value);
}

/** The values in order, each with how many values it and those before it stand for. */
function weighted<Value extends number | bigint>({
  levels,
}: KllSketch<Value>): readonly { readonly value: Value; readonly upTo: number }[] {
  const all = levels.flatMap((values, level) => values.map((value) => ({ value, weight: 2 ** level })));
  let total = 0;
  return all
    .sort((left, right) => rising(left.value, right.value))
    .map(({ value, weight }) => {
      total += weight;
      return { value, upTo: total };
    });
}

/** A function that gives the value below which, itself included, a part of all values lies. */
export function quantiles<Value extends number | bigint>(sketch: KllSketch<Value>): (rank: number) => Value {
  const view = weighted(sketch);
  return (rank) => (view.find(({ upTo }) => upTo >= rank * sketch.count) ?? view.at(-1)!).value;
}

/** A function that gives the part of all values that lies below a value, itself included. */
export function ranks<Value extends number | bigint>(sketch: KllSketch<Value>): (value: Value) => number {
  const view = weighted(sketch);
  return (value) => (view.findLast((entry) => entry.value <= value)?.upTo ?? 0) / sketch.count;
}
