/** Writes the programs of kernels that recognise plain lines, and the part of them that all formats share. */
import type { DataType, TypeKind } from "../../../../types/data-type.ts";
import { type LineProgram, programRoom, programStart } from "./line-kernel.ts";

/** Kinds of values by their numbers in the kernels. */
export const kinds = {
  /** A kind of which no value is plain. */
  none: 0,
  text: 1,
  boolean: 2,
  integer: 3,
  double: 4,
  float: 5,
  decimal: 6,
  date: 7,
  timestamp: 8,
  localTimestamp: 9,
  array: 10,
  map: 11,
  struct: 12,
  any: 13,
  number: 14,
  base64: 15,
} as const;

/** A program, and the columns that its bits of offsets stand for. */
export interface PlainLines {
  readonly program: LineProgram;
  /** TIMESTAMP columns, by bit. */
  readonly timestamps: readonly string[];
}

const mostOffsets = 31;
/** Integers of so many digits are in range, others where they are not greater than the second number. */
const integers: { readonly [Kind in TypeKind]?: readonly [digits: number, most: bigint] } = {
  tinyint: [2, 127n],
  smallint: [4, 32_767n],
  int: [9, 2_147_483_647n],
  bigint: [18, 9_223_372_036_854_775_807n],
};
const scalars: { readonly [Kind in TypeKind]?: number } = {
  boolean: kinds.boolean,
  float: kinds.float,
  double: kinds.double,
  string: kinds.text,
  char: kinds.text,
  varchar: kinds.text,
  date: kinds.date,
  timestamp_ntz: kinds.localTimestamp,
};

export class ProgramWriter {
  readonly timestamps: string[] = [];
  readonly #isUtc: boolean;
  readonly #parts: Uint8Array[] = [];
  readonly #encoder = new TextEncoder();
  #length = 0;

  /** @param isUtc - whether a time without an offset is UTC */
  constructor(isUtc: boolean) {
    this.#isUtc = isUtc;
  }

  /** The program that begins at an address; undefined when the kernel has no room for it. */
  program(module: string, root: number): PlainLines | undefined {
    const bytes = Uint8Array.from(this.#parts.flatMap((part) => [...part]));
    return bytes.length > programRoom ? undefined : { program: { module, bytes, root }, timestamps: this.timestamps };
  }

  /**
   * The address of the program of values without parts; undefined for a type that has none.
   *
   * @param type - the values' type
   * @param column - the column that holds them, where its offsets from UTC matter
   */
  scalar(type: DataType, column: string | undefined): number | undefined {
    const range = integers[type.kind];
    if (range !== undefined)
      return this.words([kinds.integer, range[0], Number(range[1] & 0xffff_ffffn), Number(range[1] >> 32n)]);
    if (type.kind === "decimal") return this.words([kinds.decimal, type.precision, type.scale]);
    if (type.kind === "timestamp") return this.words([kinds.timestamp, this.#offsetBit(column), this.#isUtc ? 1 : 0]);
    const kind = scalars[type.kind];
    return kind === undefined ? undefined : this.words([kind]);
  }

  #offsetBit(column: string | undefined): number {
    return column === undefined || this.timestamps.length === mostOffsets ? -1 : this.timestamps.push(column) - 1;
  }

  /** The address of 32-bit numbers. */
  words(words: readonly number[]): number {
    return this.#add(new Uint8Array(Int32Array.from(words).buffer));
  }

  /** The address and the length of a text in UTF-8. */
  text(text: string): readonly [address: number, length: number] {
    const bytes = this.#encoder.encode(text);
    return [this.#add(bytes), bytes.length];
  }

  /** Kernels read sixteen bytes at once, so a little beyond what they need. */
  #add(part: Uint8Array): number {
    const address = programStart + this.#length;
    const padded = new Uint8Array(Math.ceil(part.length / 16) * 16);
    padded.set(part);
    this.#parts.push(padded);
    this.#length += padded.length;
    return address;
  }
}
