/** Vectors and bit maps, each step as Spark's loops take it. */
import { arrayType, bigintType, binaryType, floatType } from "../../../types/data-type.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";

const { fround } = Math;
type Floats = readonly number[];

/** A sum of FLOATs, eight at a time. */
function sum(count: number, term: (index: number) => number): number {
  let total = 0;
  let index = 0;
  for (; index + 8 <= count; index += 8) {
    let eight = term(index);
    for (let next = 1; next < 8; next++) eight = fround(eight + term(index + next));
    total = fround(total + eight);
  }
  for (; index < count; index++) total = fround(total + term(index));
  return total;
}

const product = (left: Floats, right: Floats): number =>
  sum(left.length, (index) => fround(left[index]! * right[index]!));

function distance(left: Floats, right: Floats): number {
  const squares = sum(left.length, (index) => {
    const difference = fround(left[index]! - right[index]!);
    return fround(difference * difference);
  });
  return fround(Math.sqrt(squares));
}

function cosine(left: Floats, right: Floats): number | undefined {
  const sizes = fround(product(left, left) * product(right, right));
  return sizes === 0 ? undefined : fround(product(left, right) / fround(Math.sqrt(sizes)));
}

const norms = new Map<number, (vector: Floats) => number>([
  [1, (vector) => sum(vector.length, (index) => Math.abs(vector[index]!))],
  [2, (vector) => fround(Math.sqrt(product(vector, vector)))],
  // NaN is greater than no number here.
  [
    Number.POSITIVE_INFINITY,
    (vector) => vector.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0),
  ],
]);

function norm(functionName: string, vector: Floats, degree: number): number {
  const found = norms.get(degree);
  if (found !== undefined) return found(vector);
  throw condition("INVALID_VECTOR_NORM_DEGREE", { functionName, degree: String(degree) });
}

const holdsNull = (vector: Floats): boolean => (vector as readonly (number | null)[]).includes(null);

function checkDimensions(functionName: string, left: Floats, right: Floats): void {
  if (left.length === right.length) return;
  const [leftDim, rightDim] = [String(left.length), String(right.length)];
  throw condition("VECTOR_DIMENSION_MISMATCH", { functionName, leftDim, rightDim });
}

const vector = arrayType(floatType);

const ofTwo = (name: string, call: (left: Floats, right: Floats) => number | undefined): KernelDefinition => ({
  parameters: [vector, vector],
  result: floatType,
  call: (left: Floats, right: Floats) => {
    checkDimensions(name, left, right);
    return holdsNull(left) || holdsNull(right) ? undefined : call(left, right);
  },
});

/** The vectors of a group, folded number by number. */
const folded = (name: string, fold: (total: number, value: number, count: number) => number): KernelDefinition => ({
  parameters: [arrayType(vector)],
  result: vector,
  call: (vectors: readonly Floats[]) => {
    const [first, ...rest] = vectors.filter((one) => !holdsNull(one));
    if (first === undefined) return undefined;
    return rest.reduce((total, value, index) => {
      checkDimensions(name, total, value);
      return total.map((number, at) => fold(number, value[at]!, index + 2));
    }, first);
  },
});

const mapBytes = 4096;

function bitmapOf(positions: readonly bigint[]): Uint8Array {
  const map = new Uint8Array(mapBytes);
  for (const position of positions) {
    if (position < 0n || position >= BigInt(mapBytes * 8))
      throw condition("INVALID_BITMAP_POSITION", { bitPosition: String(position) });
    map[Number(position) >> 3]! |= 1 << (Number(position) & 7);
  }
  return map;
}

/** The bytes of maps that may be shorter, taken together; what is missing is 0. */
const combined =
  (start: number, combine: (left: number, right: number) => number) =>
  (maps: readonly Uint8Array[]): Uint8Array =>
    maps.reduce(
      (total, map) => total.map((byte, index) => combine(byte, map[index] ?? 0)),
      new Uint8Array(mapBytes).fill(start),
    );

const bitsOf = (byte: number): number => {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
};

export const vectorKernels: Readonly<Record<string, KernelDefinition>> = {
  vector_inner_product: ofTwo("vector_inner_product", product),
  vector_l2_distance: ofTwo("vector_l2_distance", distance),
  vector_cosine_similarity: ofTwo("vector_cosine_similarity", cosine),
  vector_norm: {
    parameters: [vector, floatType],
    result: floatType,
    call: (value: Floats, degree: number) => (holdsNull(value) ? undefined : norm("vector_norm", value, degree)),
  },
  vector_normalize: {
    parameters: [vector, floatType],
    result: vector,
    call: (value: Floats, degree: number) => {
      if (holdsNull(value)) return undefined;
      const size = norm("vector_normalize", value, degree);
      if (value.length === 0) return [];
      return size === 0 ? undefined : value.map((number) => fround(number / size));
    },
  },
  vector_sum: folded("vector_sum", (total, value) => fround(total + value)),
  vector_avg: folded("vector_avg", (mean, value, count) =>
    fround(mean + fround(fround(value - mean) * fround(1 / count))),
  ),
  bitmap_count: {
    parameters: [binaryType],
    result: bigintType,
    call: (map: Uint8Array) => BigInt(map.reduce((count, byte) => count + bitsOf(byte), 0)),
  },
  bitmap_construct: { parameters: [arrayType(bigintType)], result: binaryType, call: bitmapOf },
  bitmap_or: {
    parameters: [arrayType(binaryType)],
    result: binaryType,
    call: combined(0, (left, right) => left | right),
  },
  bitmap_and: {
    parameters: [arrayType(binaryType)],
    result: binaryType,
    call: combined(255, (left, right) => left & right),
  },
};
