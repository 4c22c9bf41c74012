/**
 * The most frequent values of many, as DataSketches counts them: in a table of a largest size, from which the rarer half is
 * thrown out whenever it is full. While it is not, the counts are exact.
 */
import { Word, word } from "../hash/word.ts";

const loadFactor = 0.75;
const leastLogarithm = 3;
const sampleSize = 1024;
const goldenRatio = (Math.sqrt(5) - 1) / 2;
const finishers = [word(0xff51afd7ed558ccdn), word(0xc4ceb9fe1a85ec53n)] as const;

/** A value with its key for equality and its hash as Java has it. */
export interface Item<Value> {
  readonly value: Value;
  readonly key: unknown;
  readonly hash: number;
}

interface Slot<Value> {
  readonly item: Item<Value>;
  count: number;
}

/** A sketch as it is written. */
export interface SketchParts<Value> {
  readonly held: readonly { readonly value: Value; readonly count: number }[];
  readonly weight: number;
  readonly offset: number;
  readonly lgMost: number;
  readonly lgSize: number;
}

/** The place of a hash in a table of any size: its lowest bits. */
function spread(hash: number): number {
  const mixed = new Word().set(hash >> 31, hash);
  for (const finisher of finishers) mixed.xorShifted(33).multiply(finisher);
  return mixed.xorShifted(33).low;
}

export class FrequentItems<Value> {
  readonly #largest: number;
  #slots: (Slot<Value> | undefined)[];
  #active = 0;
  /** The sum of all counts, of what was thrown out too. */
  #weight = 0;
  /** By how much a count may be too low. */
  #offset = 0;

  /**
   * @param lgLargest - the logarithm of the largest size of the table
   * @param lgSize - that of its size now
   */
  constructor(lgLargest: number, lgSize = leastLogarithm) {
    this.#largest = 2 ** lgLargest;
    this.#slots = new Array(2 ** lgSize).fill(undefined);
  }

  /** A sketch that counts so many values exactly at least. */
  static tracking<Value>(tracked: number): FrequentItems<Value> {
    return new FrequentItems(Math.max(Math.ceil(Math.log2(Math.ceil(tracked / loadFactor))), leastLogarithm));
  }

  add(item: Item<Value>, count = 1): void {
    this.#weight += count;
    const at = this.#find(item);
    const slot = this.#slots[at];
    if (slot !== undefined) slot.count += count;
    else {
      this.#slots[at] = { item, count };
      this.#active++;
    }
    if (this.#active <= Math.floor(this.#slots.length * loadFactor)) return;
    if (this.#slots.length < this.#largest) this.#rebuild(this.#slots.length * 2, this.#slots);
    else this.#purge();
  }

  /** Values with their counts, the most frequent first; those that may be none of them are left out. */
  top(): readonly { readonly value: Value; readonly count: number }[] {
    return this.#visited()
      .filter(({ count }) => count >= this.#offset)
      .map(({ item, count }) => ({ value: item.value, count: count + this.#offset }))
      .sort((left, right) => right.count - left.count);
  }

  /** The same as Spark has it after a part of a group was written, read and merged: equal counts are in its order. */
  merged(): FrequentItems<Value> {
    const lgLargest = Math.log2(this.#largest);
    const read = new FrequentItems<Value>(lgLargest);
    read.#rebuild(this.#slots.length, this.#slots);
    read.restore(this.#weight, this.#offset);
    const merged = new FrequentItems<Value>(lgLargest);
    merged.merge(read);
    return merged;
  }

  /** Adds what another sketch has counted. */
  merge(other: FrequentItems<Value>): void {
    const weight = this.#weight + other.#weight;
    for (const { item, count } of other.#visited()) this.add(item, count);
    this.restore(weight, this.#offset + other.#offset);
  }

  /** Sets what cannot be told from the counts that are kept. */
  restore(weight: number, offset: number): void {
    this.#weight = weight;
    this.#offset = offset;
  }

  /** What is written of the sketch: the values and their counts in the order of the table. */
  parts(): SketchParts<Value> {
    const slots = this.#slots.filter((slot) => slot !== undefined);
    return {
      held: slots.map(({ item, count }) => ({ value: item.value, count })),
      weight: this.#weight,
      offset: this.#offset,
      lgMost: Math.log2(this.#largest),
      lgSize: Math.log2(this.#slots.length),
    };
  }

  /** The slots in use, in the order in which the library goes through its table. */
  #visited(): readonly Slot<Value>[] {
    const size = this.#slots.length;
    const stride = Math.trunc(size * goldenRatio) | 1;
    return Array.from({ length: size }, (_, index) => this.#slots[(index * stride) % size]).filter(
      (slot) => slot !== undefined,
    );
  }

  #find({ key, hash }: Item<Value>): number {
    const mask = this.#slots.length - 1;
    let at = spread(hash) & mask;
    while (this.#slots[at] !== undefined && this.#slots[at]!.item.key !== key) at = (at + 1) & mask;
    return at;
  }

  #rebuild(size: number, slots: readonly (Slot<Value> | undefined)[]): void {
    this.#slots = new Array(size).fill(undefined);
    for (const slot of slots) if (slot !== undefined) this.#slots[this.#find(slot.item)] = slot;
    this.#active = slots.filter((slot) => slot !== undefined).length;
  }

  #purge(): void {
    const held = this.#slots.filter((slot) => slot !== undefined);
    const sample = held.slice(0, sampleSize).map(({ count }) => count);
    const median = sample.sort((left, right) => left - right)[sample.length >> 1]!;
    this.#offset += median;
    for (const slot of held) slot.count -= median;
    this.#rebuild(
      this.#slots.length,
      this.#slots.filter((slot) => slot !== undefined && slot.count > 0),
    );
  }
}
