/** The buffers of a batch in Arrow's order: those of a column, then those of its children. */
import type { BinaryVector, FixedVector, ListVector, MapVector, StructVector, Vector, WideVector } from "../batch.ts";
import { storageType } from "../batch.ts";
import type { Utf8 } from "../text.ts";
import { isNullAt, noValues, setValue, type Validity, validityBytes } from "../validity.ts";

/** What a record batch is made of: a length and a number of nulls for each column and child, and their buffers. */
export class ArrowColumns {
  /** Pairs of a length and a number of nulls. */
  readonly nodes: bigint[] = [];
  readonly buffers: Uint8Array[] = [];

  add(vector: Vector): void {
    if (vector.layout === "void") {
      this.#node(vector.length, vector.length);
      return;
    }
    this.#start(vector.length, vector.validity);
    writers[vector.layout](this, vector as never);
  }

  addStruct(length: number, children: readonly Vector[]): void {
    this.#start(length, undefined);
    for (const child of children) this.add(child);
  }

  put(values: ArrayBufferView): void {
    this.buffers.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  #node(length: number, nulls: number): void {
    this.nodes.push(BigInt(length), BigInt(nulls));
  }

  #start(length: number, validity: Validity | undefined): void {
    const nulls = validity === undefined ? 0 : nullsIn(validity, length);
    this.#node(length, nulls);
    this.buffers.push(nulls === 0 || validity === undefined ? none : validity.subarray(0, validityBytes(length)));
  }
}

const none = new Uint8Array(0);

const writers: {
  readonly [L in Exclude<Vector["layout"], "void">]: (
    to: ArrowColumns,
    vector: Extract<Vector, { readonly layout: L }>,
  ) => void;
} = {
  fixed: putFixed,
  wide: putWide,
  text: (to, { text, length }) => putBytes(to, text.utf8(), length),
  binary: (to, vector: BinaryVector) => putBytes(to, vector, vector.length),
  list: (to, { offsets, child, length }: ListVector) => {
    to.put(offsets.subarray(0, length + 1));
    to.add(child);
  },
  map: (to, { offsets, keys, values, length }: MapVector) => {
    to.put(offsets.subarray(0, length + 1));
    to.addStruct(keys.length, [keys, values]);
  },
  struct: putStruct,
};

function putFixed(to: ArrowColumns, { type, values, length }: FixedVector): void {
  const { kind } = storageType(type);
  const used = values.subarray(0, length);
  if (kind === "boolean") to.put(bitsOf(used as Uint8Array));
  else if (kind === "decimal") to.put(widened(used as BigInt64Array));
  else if (kind === "time") to.put((used as BigInt64Array).map(nanoseconds));
  else to.put(used);
}

// The second word of an interval counts microseconds, and nanoseconds in Arrow.
function putWide(to: ArrowColumns, { type, words, length }: WideVector): void {
  const used = words.subarray(0, 2 * length);
  const isInterval = storageType(type).kind === "interval";
  to.put(isInterval ? used.map((word, index) => (index % 2 === 0 ? word : nanoseconds(word))) : used);
}

const nanoseconds = (microseconds: bigint): bigint => microseconds * 1000n;

function putBytes(to: ArrowColumns, { bytes, offsets }: Utf8, length: number): void {
  to.put(offsets.subarray(0, length + 1));
  to.put(bytes.subarray(0, offsets[length]));
}

// A variant's value comes first in Arrow, its metadata in a batch.
function putStruct(to: ArrowColumns, { type, children }: StructVector): void {
  const ordered = storageType(type).kind === "variant" ? children.toReversed() : children;
  for (const child of ordered) to.add(child);
}

function bitsOf(values: Uint8Array): Uint8Array {
  const bits = noValues(values.length);
  values.forEach((value, row) => {
    if (value !== 0) setValue(bits, row);
  });
  return bits;
}

/** Numbers of 64 bits as numbers of 128, low word first. */
function widened(values: BigInt64Array): BigInt64Array {
  const words = new BigInt64Array(2 * values.length);
  values.forEach((value, row) => {
    words[2 * row] = value;
    words[2 * row + 1] = value >> 63n;
  });
  return words;
}

function nullsIn(validity: Validity, length: number): number {
  let nulls = 0;
  for (let row = 0; row < length; row++) if (isNullAt(validity, row)) nulls++;
  return nulls;
}
