/** As much of Thrift's compact protocol as it takes to find the parts of a struct and to put others in their place. */
import { InternalError } from "../../../errors.ts";

/** A field of a struct. */
export interface ThriftField {
  readonly id: number;
  /** The protocol's own number. */
  readonly type: number;
  /** Its value without the header before it. */
  readonly bytes: Uint8Array;
}

/** The protocol's numbers of types, as far as they are written here. */
export const thriftTypes = { byte: 3, list: 9, struct: 12 } as const;

const widest = 15;

/** Reads one value after the other. */
export class ThriftCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new InternalError("the footer of a Parquet file ends too early");
    return byte;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  /** A whole number as fields hold them; exact as far as a JavaScript number is. */
  integer(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The length and the type of a list, whose elements follow. */
  listHeader(): { readonly length: number; readonly type: number } {
    const header = this.byte();
    const short = header >> 4;
    return { length: short === widest ? this.varint() : short, type: header & 0x0f };
  }

  /** The fields of a struct, to its end. */
  struct(): readonly ThriftField[] {
    const fields: ThriftField[] = [];
    for (let last = 0, header = this.byte(); header !== 0; header = this.byte()) {
      const type = header & 0x0f;
      last = header >> 4 === 0 ? this.integer() : last + (header >> 4);
      fields.push({ id: last, type, bytes: this.#taken(() => this.#skip(type)) });
    }
    return fields;
  }

  #taken(read: () => void): Uint8Array {
    const start = this.#at;
    read();
    return this.#bytes.subarray(start, this.#at);
  }

  /** Passes over a value of a field. */
  #skip(type: number): void {
    skips[type]?.(this, (inner) => this.#skip(inner));
  }

  /** Passes over bytes. */
  pass(count: number): void {
    this.#at += count;
  }
}

type Skip = (cursor: ThriftCursor, skip: (type: number) => void) => void;

const whole: Skip = (cursor) => void cursor.varint();

/** By the protocol's numbers; the two first are TRUE and FALSE, which have no bytes but in lists. */
const skips: readonly (Skip | undefined)[] = [
  undefined,
  undefined,
  undefined,
  (cursor) => cursor.pass(1),
  whole,
  whole,
  whole,
  (cursor) => cursor.pass(8),
  (cursor) => cursor.pass(cursor.varint()),
  skipList,
  skipList,
  skipMap,
  (cursor) => void cursor.struct(),
];

function skipList(cursor: ThriftCursor, skip: (type: number) => void): void {
  const { length, type } = cursor.listHeader();
  for (let index = 0; index < length; index++) skipInner(cursor, type, skip);
}

function skipMap(cursor: ThriftCursor, skip: (type: number) => void): void {
  const length = cursor.varint();
  if (length === 0) return;
  const types = cursor.byte();
  for (let index = 0; index < length; index++) {
    skipInner(cursor, types >> 4, skip);
    skipInner(cursor, types & 0x0f, skip);
  }
}

function skipInner(cursor: ThriftCursor, type: number, skip: (type: number) => void): void {
  if (type <= 2) cursor.pass(1);
  else skip(type);
}

/** The bytes of a struct. */
export function structBytes(fields: readonly ThriftField[]): Uint8Array {
  let last = 0;
  const parts = fields.flatMap(({ id, type, bytes }) => {
    const step = id - last;
    last = id;
    const header = step > 0 && step <= widest ? [(step << 4) | type] : [type, ...varintBytes(id * 2)];
    return [Uint8Array.from(header), bytes];
  });
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

/** The bytes of a list of structs. */
export function structListBytes(structs: readonly Uint8Array[]): Uint8Array {
  const { length } = structs;
  const header =
    length < widest
      ? [(length << 4) | thriftTypes.struct]
      : [(widest << 4) | thriftTypes.struct, ...varintBytes(length)];
  return Buffer.concat([Uint8Array.from(header), ...structs]);
}

function varintBytes(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varintBytes(Math.floor(value / 128))];
}
