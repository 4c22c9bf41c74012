/**
 * The theta and tuple sketches of DataSketches: the least hashes of a set, each with a number in a tuple sketch, and the
 * bound below which all hashes are there. What they hold depends on the set only, not on the order of its values.
 */
import type { DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { Murmur128 } from "../hash/murmur3-128.ts";
import { itemBytes } from "./item-bytes.ts";

/** The bound of a sketch that has lost nothing. */
export const unbounded = 2n ** 63n - 1n;

export interface HashSketch {
  readonly isEmpty: boolean;
  /** All hashes of the set below it are there. */
  readonly theta: bigint;
  /** By hash, in rising order; a theta sketch has nothing beside its hashes. */
  readonly entries: ReadonlyMap<bigint, number>;
}

/** What becomes of two numbers of one hash. */
export type Combine = (left: number, right: number) => number;

export const emptySketch: HashSketch = { isEmpty: true, theta: unbounded, entries: new Map() };

/** The hash of a value as sketches keep it; undefined for a value that is not counted. */
export function hasher(type: DataType): (value: StoredValue) => bigint | undefined {
  const bytesOf = itemBytes(type);
  const murmur = new Murmur128();
  return (value) => {
    const bytes = bytesOf(value);
    if (bytes.length === 0) return undefined;
    const { high, low } = murmur.hash(bytes).high;
    const hash = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) >> 1n;
    return hash === 0n ? undefined : hash;
  };
}

const rising = (left: readonly [bigint, number], right: readonly [bigint, number]): number =>
  left[0] < right[0] ? -1 : 1;

const sorted = (entries: Iterable<readonly [bigint, number]>): readonly (readonly [bigint, number])[] =>
  [...entries].sort(rising);

/** The sketch of a set with at most so many hashes: of more, the first that is left out is the bound. */
export function sketchOf(entries: Iterable<readonly [bigint, number]>, nominal: number, theta = unbounded): HashSketch {
  const all = sorted(entries).filter(([hash]) => hash < theta);
  const bound = all[nominal]?.[0] ?? theta;
  return { isEmpty: false, theta: bound, entries: new Map(all.slice(0, nominal)) };
}

/** Everything that either has. */
export function union(sketches: readonly HashSketch[], nominal: number, combine: Combine): HashSketch {
  const given = sketches.filter(({ isEmpty }) => !isEmpty);
  if (given.length === 0) return emptySketch;
  const entries = new Map<bigint, number>();
  for (const sketch of given)
    for (const [hash, summary] of sketch.entries) {
      const known = entries.get(hash);
      entries.set(hash, known === undefined ? summary : combine(known, summary));
    }
  return sketchOf(entries, nominal, leastBound(given));
}

/** What both have. */
export function intersection(left: HashSketch, right: HashSketch, combine: Combine): HashSketch {
  if (left.isEmpty || right.isEmpty) return emptySketch;
  const theta = leastBound([left, right]);
  const common = [...left.entries].filter(([hash]) => hash < theta && right.entries.has(hash));
  const entries = new Map(common.map(([hash, summary]) => [hash, combine(summary, right.entries.get(hash)!)]));
  return { isEmpty: false, theta, entries };
}

/** What the first has and the second has not. */
export function difference(left: HashSketch, right: HashSketch): HashSketch {
  if (left.isEmpty || right.isEmpty) return left;
  const theta = leastBound([left, right]);
  const entries = new Map([...left.entries].filter(([hash]) => hash < theta && !right.entries.has(hash)));
  return { isEmpty: entries.size === 0 && theta === unbounded, theta, entries };
}

const leastBound = (sketches: readonly HashSketch[]): bigint =>
  sketches.map(({ theta }) => theta).sort((left, right) => (left < right ? -1 : 1))[0] ?? unbounded;

/** The bound as a part of all hashes. */
export const thetaOf = ({ theta }: HashSketch): number => Number(theta) / 2 ** 63;

/** How many values the set is taken to have. */
export const estimate = (sketch: HashSketch): number => sketch.entries.size / thetaOf(sketch);

/** Whether there were more values than the sketch holds. */
export const isEstimated = ({ isEmpty, theta }: HashSketch): boolean => !isEmpty && theta < unbounded;
