/** As much of the FlatBuffers format as the messages of Arrow need: tables are written before what they refer to. */

/** A number in as many bytes. */
interface Scalar {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly value: number | bigint;
}

/** Pairs of 64-bit words, one after the other. */
interface Words {
  readonly words: BigInt64Array;
}

/** A table: its fields by their numbers; absent ones have their default. */
interface Table {
  readonly fields: readonly (Field | undefined)[];
}

interface Tables {
  readonly tables: readonly Table[];
}

interface Text {
  readonly text: string;
}

type Referred = Table | Tables | Text | Words;
type Field = Scalar | Referred;

export type { Field, Table };

export const byte = (value: number): Scalar => ({ bytes: 1, value });
export const bool = (value: boolean): Scalar => byte(value ? 1 : 0);
export const short = (value: number): Scalar => ({ bytes: 2, value });
export const int = (value: number): Scalar => ({ bytes: 4, value });
export const long = (value: number): Scalar => ({ bytes: 8, value });
export const text = (value: string): Text => ({ text: value });
export const table = (...fields: readonly (Field | undefined)[]): Table => ({ fields });
export const tables = (items: readonly Table[]): Tables => ({ tables: items });
export const wordPairs = (words: BigInt64Array): Words => ({ words });

/** The bytes of a message, of a multiple of eight. */
export function flatbuffer(root: Table): Uint8Array {
  const writer = new Writer();
  const at = writer.reserve(4, 4);
  writer.refer(at, root);
  writer.reserve(0, 8);
  return writer.bytes();
}

const isScalar = (field: Field): field is Scalar => "bytes" in field;
const sizeOf = (field: Field | undefined): number => (field === undefined ? 0 : isScalar(field) ? field.bytes : 4);
const aligned = (at: number, size: number): number => Math.ceil(at / size) * size;

class Writer {
  #view = new DataView(new ArrayBuffer(1024));
  #length = 0;

  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#length);
  }

  /** So many bytes of zero, from a multiple of `alignment` on. */
  reserve(size: number, alignment: number): number {
    const at = aligned(this.#length, alignment);
    this.#length = at + size;
    if (this.#length > this.#view.byteLength) this.#grow();
    return at;
  }

  /** Writes what a field refers to behind everything else, and how far away that is into the field. */
  refer(field: number, to: Referred): void {
    const at = this.#write(to);
    this.#view.setUint32(field, at - field, true);
  }

  #write(item: Referred): number {
    if ("fields" in item) return this.#table(item);
    if ("tables" in item) return this.#tables(item.tables);
    return "text" in item ? this.#text(item.text) : this.#words(item.words);
  }

  // A table begins with how far before it the places of its fields are listed.
  #table({ fields }: Table): number {
    const places: number[] = [];
    let size = 4;
    for (const field of fields) {
      if (field !== undefined) size = aligned(size, sizeOf(field));
      places.push(field === undefined ? 0 : size);
      size += sizeOf(field);
    }
    const listed = 4 + 2 * fields.length;
    const list = this.reserve(listed, 2);
    const at = this.reserve(size, 8);
    this.#view.setInt32(at, at - list, true);
    [listed, size, ...places].forEach((value, index) => {
      this.#view.setUint16(list + 2 * index, value, true);
    });
    fields.forEach((field, index) => {
      if (field !== undefined) this.#field(at + places[index]!, field);
    });
    return at;
  }

  #field(at: number, field: Field): void {
    if (!isScalar(field)) this.refer(at, field);
    else if (field.bytes === 8) this.#view.setBigInt64(at, BigInt(field.value), true);
    else if (field.bytes === 4) this.#view.setInt32(at, Number(field.value), true);
    else if (field.bytes === 2) this.#view.setInt16(at, Number(field.value), true);
    else this.#view.setUint8(at, Number(field.value));
  }

  #tables(items: readonly Table[]): number {
    const at = this.reserve(4 + 4 * items.length, 4);
    this.#view.setUint32(at, items.length, true);
    items.forEach((item, index) => {
      this.refer(at + 4 + 4 * index, item);
    });
    return at;
  }

  #text(value: string): number {
    const encoded = new TextEncoder().encode(value);
    const at = this.reserve(4 + encoded.length + 1, 4);
    this.#view.setUint32(at, encoded.length, true);
    this.bytes().set(encoded, at + 4);
    return at;
  }

  // The words begin at a multiple of eight, right behind how many pairs there are.
  #words(words: BigInt64Array): number {
    this.reserve(0, 8);
    const at = this.reserve(8 + words.byteLength, 8) + 4;
    this.#view.setUint32(at, words.length / 2, true);
    words.forEach((word, index) => {
      this.#view.setBigInt64(at + 4 + 8 * index, word, true);
    });
    return at;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#length, 2 * this.#view.byteLength));
    larger.set(new Uint8Array(this.#view.buffer));
    this.#view = new DataView(larger.buffer);
  }
}
