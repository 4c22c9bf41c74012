/** The columns of a record batch of Arrow: its buffers, in place wherever the layout of a batch is Arrow's. */
import { UnsupportedError } from "../../errors.ts";
import { type FixedValues, storageType, type Vector } from "../batch.ts";
import type { DataType } from "../data-type.ts";
import { fixedArrayOf, longDecimalDigits } from "../layout.ts";
import { selectRows } from "../select-rows.ts";
import { textOfUtf8, type Utf8 } from "../text.ts";
import { hasValue, isNullAt, type Validity, validityBytes } from "../validity.ts";
import { brokenStream } from "./arrow-fault.ts";
import { type ArrowField, dateUnits, timeUnits, union } from "./arrow-types.ts";

/** What a record batch says of its columns: a length and a number of nulls each, and where their buffers lie. */
export interface ArrowContents {
  readonly nodes: readonly number[];
  readonly places: readonly number[];
  /** Begins at a multiple of eight of its buffer. */
  readonly body: Uint8Array;
  /** The values of which columns hold positions, by the numbers that the stream gives them. */
  readonly dictionaries: ReadonlyMap<number, Vector>;
}

interface Values {
  readonly type: DataType;
  readonly length: number;
  readonly validity?: Validity;
}

type Read = (from: ColumnReader, field: ArrowField, values: Values) => Vector;

/** Reads columns one after the other, in the order of Arrow. */
export class ColumnReader {
  readonly #contents: ArrowContents;
  #node = 0;
  #buffer = 0;

  constructor(contents: ArrowContents) {
    this.#contents = contents;
  }

  column(field: ArrowField): Vector {
    const { nodes } = this.#contents;
    const [length, nulls] = [nodes[2 * this.#node]!, nodes[2 * this.#node + 1]!];
    this.#node += 1;
    if (field.number === union.null) return { layout: "void", type: field.type, length };
    const bits = this.bytes();
    const validity = nulls === 0 || bits.length === 0 ? {} : { validity: bits.subarray(0, validityBytes(length)) };
    if (field.dictionary !== undefined) return this.#looked(field.dictionary, length, validity);
    return readers[field.number]!(this, field, { type: field.type, length, ...validity });
  }

  #looked(dictionary: number, length: number, { validity }: Pick<Values, "validity">): Vector {
    const values = this.#contents.dictionaries.get(dictionary);
    if (values === undefined) throw brokenStream(`no dictionary ${dictionary}`);
    const positions = this.numbers(Int32Array, length);
    const rows = validity === undefined ? positions : positions.map((at, row) => (isNullAt(validity, row) ? -1 : at));
    if (rows.some((at) => at >= values.length)) throw brokenStream("a position behind the end of its dictionary");
    return selectRows(values, rows);
  }

  bytes(): Uint8Array {
    const { places, body } = this.#contents;
    const [at, length] = [places[2 * this.#buffer]!, places[2 * this.#buffer + 1]!];
    this.#buffer += 1;
    return body.subarray(at, at + length);
  }

  numbers<Numbers extends FixedValues>(
    make: new (buffer: ArrayBufferLike, offset: number, length: number) => Numbers,
    count: number,
  ): Numbers {
    const { buffer, byteOffset } = this.bytes();
    return new make(buffer, byteOffset, count);
  }

  /** Where each row begins, and where the last one ends. */
  offsets(rows: number, isLarge: boolean): Int32Array {
    const bytes = this.bytes();
    if (rows === 0 || bytes.length === 0) return new Int32Array(rows + 1);
    if (!isLarge) return new Int32Array(bytes.buffer, bytes.byteOffset, rows + 1);
    return Int32Array.from(new BigInt64Array(bytes.buffer, bytes.byteOffset, rows + 1), smallOffset);
  }

  utf8(rows: number, isLarge: boolean): Utf8 {
    const offsets = this.offsets(rows, isLarge);
    return { offsets, bytes: this.bytes() };
  }
}

const text: Read = (from, { number }, values) => ({
  layout: "text",
  ...values,
  text: textOfUtf8(from.utf8(values.length, number === union.largeUtf8)),
});

const binary: Read = (from, { number }, values) => ({
  layout: "binary",
  ...values,
  ...from.utf8(values.length, number === union.largeBinary),
});

const list: Read = (from, { number, children }, values) => ({
  layout: "list",
  ...values,
  offsets: from.offsets(values.length, number === union.largeList),
  child: from.column(children[0]!),
});

const fixedSizeList: Read = (from, { size, children }, values) => ({
  layout: "list",
  ...values,
  offsets: Int32Array.from({ length: values.length + 1 }, (_, row) => row * size),
  child: from.column(children[0]!),
});

const fixed: Read = (from, _, values) => ({
  layout: "fixed",
  ...values,
  values: from.numbers(fixedArrayOf(values.type), values.length),
});

const readers: Readonly<Record<number, Read>> = {
  [union.int]: fixed,
  [union.float]: fixed,
  [union.utf8]: text,
  [union.largeUtf8]: text,
  [union.binary]: binary,
  [union.largeBinary]: binary,
  [union.list]: list,
  [union.largeList]: list,
  [union.fixedSizeList]: fixedSizeList,
  [union.bool]: (from, _, values) => {
    const bits = from.bytes();
    return {
      layout: "fixed",
      ...values,
      values: Uint8Array.from({ length: values.length }, (_, row) => bit(bits, row)),
    };
  },
  [union.decimal]: (from, _, values) => {
    const words = from.numbers(BigInt64Array, 2 * values.length);
    const { precision } = storageType(values.type) as { readonly precision: number };
    if (precision > longDecimalDigits) return { layout: "wide", ...values, words };
    return {
      layout: "fixed",
      ...values,
      values: BigInt64Array.from({ length: values.length }, (_, row) => words[2 * row]!),
    };
  },
  [union.date]: (from, { unit }, values) =>
    unit === dateUnits.day
      ? { layout: "fixed", ...values, values: from.numbers(Int32Array, values.length) }
      : { layout: "fixed", ...values, values: Int32Array.from(from.numbers(BigInt64Array, values.length), daysOf) },
  [union.timestamp]: microseconds,
  [union.duration]: microseconds,
  [union.time]: microseconds,
  [union.interval]: (from, { type }, values) =>
    type.kind === "interval"
      ? { layout: "wide", ...values, words: intervalWords(from.numbers(BigInt64Array, 2 * values.length)) }
      : fixed(from, { type } as ArrowField, values),
  [union.struct]: (from, { type, children }, values) => {
    const read = children.map((child) => from.column(child));
    // A variant's value comes first in Arrow, its metadata in a batch.
    return { layout: "struct", ...values, children: type.kind === "variant" ? read.toReversed() : read };
  },
  [union.map]: (from, { children: [entries] }, values) => {
    const offsets = from.offsets(values.length, false);
    const read = from.column(entries!) as Extract<Vector, { layout: "struct" }>;
    return { layout: "map", ...values, offsets, keys: read.children[0]!, values: read.children[1]! };
  },
};

function microseconds(from: ColumnReader, { unit }: ArrowField, values: Values): Vector {
  const numbers = from.numbers(BigInt64Array, values.length);
  if (unit === timeUnits.microsecond) return { layout: "fixed", ...values, values: numbers };
  const scaled =
    unit === timeUnits.nanosecond ? numbers.map(floorThousandth) : numbers.map((value) => value * scales[unit]!);
  return { layout: "fixed", ...values, values: scaled };
}

const scales: Readonly<Record<number, bigint>> = { [timeUnits.second]: 1_000_000n, [timeUnits.millisecond]: 1_000n };

const bit = (bits: Uint8Array, row: number): number => (hasValue(bits, row) ? 1 : 0);
const daysOf = (milliseconds: bigint): number => Number(milliseconds / 86_400_000n);
const floorThousandth = (value: bigint): bigint => (value - (((value % 1000n) + 1000n) % 1000n)) / 1000n;
const intervalWords = (words: BigInt64Array): BigInt64Array =>
  words.map((word, index) => (index % 2 === 0 ? word : word / 1000n));

function smallOffset(offset: bigint): number {
  if (offset <= 0x7fff_ffffn) return Number(offset);
  throw new UnsupportedError("a column of a stream of Arrow has more than 2 GiB in one batch", {
    hint: "Send the rows in smaller batches.",
  });
}
