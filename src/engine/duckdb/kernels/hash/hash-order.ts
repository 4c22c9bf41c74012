/** The order in which Spark's hash tables give what they hold. */

import type { StoredValue } from "../../../../types/stored-value.ts";
import type { JavaHash } from "./java-hash.ts";
import { Murmur3 } from "./murmur3.ts";

const leastSize = 16;
const loadFactor = 0.75;

/** Different values in the order of Scala's `mutable.HashSet`: by place in the table, then by hash. */
export function inSetOrder(values: readonly StoredValue[], hash: JavaHash): readonly StoredValue[] {
  let size = leastSize;
  while (values.length + 1 > size * loadFactor) size *= 2;
  const placed = values.map((value) => {
    const plain = hash(value);
    const spread = plain ^ (plain >>> 16);
    return { value, spread, place: spread & (size - 1) };
  });
  return placed.sort((left, right) => left.place - right.place || left.spread - right.spread).map(({ value }) => value);
}

const leastCapacity = 64;
const mostFull = 0.7;
const murmur = new Murmur3();

/** The places of different values in Spark's `OpenHashMap`, in the order in which they were put there. */
export function openHashPlaces(values: readonly StoredValue[], hash: JavaHash): readonly number[] {
  let places: (number | undefined)[] = new Array(leastCapacity).fill(undefined);
  const put = (index: number): void => {
    let at = scrambled(hash(values[index]!)) & (places.length - 1);
    for (let step = 1; places[at] !== undefined; step++) at = (at + step) & (places.length - 1);
    places[at] = index;
  };
  values.forEach((_, index) => {
    put(index);
    if (index + 1 <= places.length * mostFull) return;
    const held = places.filter((place) => place !== undefined);
    places = new Array(places.length * 2).fill(undefined);
    for (const place of held) put(place);
  });
  return places.filter((place) => place !== undefined);
}

function scrambled(hash: number): number {
  murmur.value = 0;
  murmur.int(hash);
  return murmur.value;
}
