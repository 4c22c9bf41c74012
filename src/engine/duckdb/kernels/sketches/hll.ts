/**
 * HyperLogLog sketches of DataSketches: few values as coupons in a list or a hash table, many as the longest run of zeros
 * that each of 2^lgK registers has seen. While values come one by one, the estimate counts how likely each was to be new;
 * a union of registers has lost that, and is estimated from its registers alone.
 */
import { Murmur128 } from "../hash/murmur3-128.ts";
import { bitMapEstimate, couponEstimate, registerEstimate } from "./hll-estimates.ts";

const keyBits = 26;
const keyMask = 2 ** keyBits - 1;
const listSize = 8;
const leastSetSize = 32;
const leastSetLgK = 8;
const mostZeros = 62;

/** The values as they came, 26 bits of each hash and its run of zeros. */
export interface Coupons {
  readonly mode: "list" | "set";
  /** Places that hold nothing are 0. */
  slots: Int32Array;
  count: number;
}

export interface Registers {
  readonly mode: "registers";
  readonly values: Uint8Array;
  isOutOfOrder: boolean;
  /** The estimate of values that came one by one. */
  history: number;
  /** The sum of 2^-value over all registers, those below 32 and the others apart. */
  sums: readonly [low: number, high: number];
  least: number;
  /** How many registers have the least value. */
  atLeast: number;
}

export interface HllSketch {
  readonly lgK: number;
  state: Coupons | Registers;
}

export const emptyHll = (lgK: number): HllSketch => ({
  lgK,
  state: { mode: "list", slots: new Int32Array(listSize), count: 0 },
});

const murmur = new Murmur128();

/** The coupon of the bytes of a value. */
export function couponOf(bytes: Uint8Array): number {
  const { high, low } = murmur.hash(bytes);
  const zeros = low.high === 0 ? 32 + Math.clz32(low.low) : Math.clz32(low.high);
  return ((Math.min(zeros, mostZeros) + 1) << keyBits) | (high.low & keyMask);
}

/** Adds a value by its coupon. */
export function addCoupon(sketch: HllSketch, coupon: number): void {
  const { state } = sketch;
  if (coupon >>> keyBits === 0) return;
  if (state.mode === "registers") raise(state, sketch.lgK, coupon);
  else if (state.mode === "list") addToList(sketch, state, coupon);
  else addToSet(sketch, state, coupon);
}

function addToList(sketch: HllSketch, list: Coupons, coupon: number): void {
  if (list.slots.subarray(0, list.count).includes(coupon)) return;
  list.slots[list.count++] = coupon;
  if (list.count < listSize) return;
  if (sketch.lgK < leastSetLgK) promote(sketch, list);
  else {
    sketch.state = { mode: "set", slots: new Int32Array(leastSetSize), count: 0 };
    for (const one of list.slots) addCoupon(sketch, one);
  }
}

function addToSet(sketch: HllSketch, set: Coupons, coupon: number): void {
  const at = placeOf(set.slots, coupon);
  if (set.slots[at] === coupon) return;
  set.slots[at] = coupon;
  set.count += 1;
  if (4 * set.count <= 3 * set.slots.length) return;
  if (set.slots.length === 2 ** (sketch.lgK - 3)) promote(sketch, set);
  else set.slots = grown(set.slots);
}

/** Where a coupon is in a hash table, or belongs. */
function placeOf(slots: Int32Array, coupon: number): number {
  const mask = slots.length - 1;
  const stride = ((coupon & keyMask) >>> Math.log2(slots.length)) | 1;
  let at = coupon & mask;
  while (slots[at] !== 0 && slots[at] !== coupon) at = (at + stride) & mask;
  return at;
}

function grown(slots: Int32Array): Int32Array {
  const larger = new Int32Array(slots.length * 2);
  for (const coupon of slots) if (coupon !== 0) larger[placeOf(larger, coupon)] = coupon;
  return larger;
}

function promote(sketch: HllSketch, coupons: Coupons): void {
  const registers = emptyRegisters(sketch.lgK);
  for (const coupon of coupons.slots) if (coupon !== 0) raise(registers, sketch.lgK, coupon);
  sketch.state = { ...registers, history: couponEstimate(coupons.count) };
}

const emptyRegisters = (lgK: number): Registers => ({
  mode: "registers",
  values: new Uint8Array(2 ** lgK),
  isOutOfOrder: false,
  history: 0,
  sums: [2 ** lgK, 0],
  least: 0,
  atLeast: 2 ** lgK,
});

const changed = ([low, high]: Registers["sums"], value: number, sign: 1 | -1): Registers["sums"] =>
  value < 32 ? [low + sign * 2 ** -value, high] : [low, high + sign * 2 ** -value];

function raise(registers: Registers, lgK: number, coupon: number): void {
  const at = coupon & (2 ** lgK - 1);
  const [before, after] = [registers.values[at]!, coupon >>> keyBits];
  if (after <= before) return;
  registers.values[at] = after;
  registers.history += 2 ** lgK / (registers.sums[0] + registers.sums[1]);
  registers.sums = changed(changed(registers.sums, before, -1), after, 1);
  if (before === 0) registers.atLeast -= 1;
}

/** The registers as coupons, whose keys are their places. */
function* couponsOf({ state }: HllSketch): Iterable<number> {
  if (state.mode !== "registers") yield* state.slots.filter((coupon) => coupon !== 0);
  else for (const [place, value] of state.values.entries()) if (value > 0) yield (value << keyBits) | place;
}

/** The sketch with fewer registers. */
function reduced(sketch: HllSketch, lgK: number): HllSketch {
  const { state } = sketch;
  if (state.mode !== "registers" || sketch.lgK <= lgK) return sketch;
  const registers = emptyRegisters(lgK);
  for (const coupon of couponsOf(sketch)) raise(registers, lgK, coupon);
  const history = state.isOutOfOrder ? 0 : state.history;
  return { lgK, state: { ...registers, history, isOutOfOrder: state.isOutOfOrder } };
}

const copied = ({ lgK, state }: HllSketch): HllSketch => ({
  lgK,
  state:
    state.mode === "registers" ? { ...state, values: state.values.slice() } : { ...state, slots: state.slots.slice() },
});

/**
 * A union with a sketch more.
 *
 * @param union - what is changed or replaced
 * @param most - the most registers that the union has, as a logarithm
 */
export function united(union: HllSketch, source: HllSketch, most: number): HllSketch {
  const isEmpty = union.state.mode === "list" && union.state.count === 0;
  if (source.state.mode !== "registers") {
    for (const coupon of couponsOf(source)) addCoupon(union, coupon);
    return union;
  }
  if (union.state.mode === "registers") return joined(reduced(union, source.lgK), source);
  const result = copied(reduced(source, most));
  if (!isEmpty) for (const coupon of couponsOf(union)) addCoupon(result, coupon);
  return result;
}

function joined(union: HllSketch, source: HllSketch): HllSketch {
  const registers = union.state as Registers;
  const values = registers.values.slice();
  (source.state as Registers).values.forEach((value, index) => {
    const place = index & (values.length - 1);
    values[place] = Math.max(values[place]!, value);
  });
  return { lgK: union.lgK, state: { ...registers, values, isOutOfOrder: true, history: 0, ...measured(values) } };
}

/** The sums and the least value of registers that were joined. */
function measured(values: Uint8Array): Pick<Registers, "sums" | "least" | "atLeast"> {
  let [low, high] = [values.length, 0];
  for (const value of values) {
    if (value >= 32) high += 2 ** -value - 1;
    else if (value > 0) low += 2 ** -value - 1;
  }
  const least = values.reduce((left, right) => Math.min(left, right));
  return { sums: [low, high], least, atLeast: values.filter((value) => value === least).length };
}

/** How many different values there were, about. */
export function estimateHll({ lgK, state }: HllSketch): number {
  if (state.mode !== "registers") return couponEstimate(state.count);
  if (!state.isOutOfOrder) return state.history;
  return registerEstimate(state.values, bitMapEstimate(2 ** lgK, state.least === 0 ? state.atLeast : 0));
}
