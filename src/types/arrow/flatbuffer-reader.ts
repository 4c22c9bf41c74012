/** Reads tables of the FlatBuffers format, as far as the messages of Arrow have them. */

const decoder = new TextDecoder();

/** A table inside a message; fields that are absent have their default. */
export class TableReader {
  readonly #view: DataView;
  readonly #at: number;
  readonly #places: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#places = at - view.getInt32(at, true);
  }

  byte(field: number, absent = 0): number {
    const at = this.#place(field);
    return at === 0 ? absent : this.#view.getUint8(at);
  }

  short(field: number, absent = 0): number {
    const at = this.#place(field);
    return at === 0 ? absent : this.#view.getInt16(at, true);
  }

  int(field: number, absent = 0): number {
    const at = this.#place(field);
    return at === 0 ? absent : this.#view.getInt32(at, true);
  }

  /** A number of 64 bits that counts rows or bytes, and so is safe. */
  long(field: number): number {
    const at = this.#place(field);
    return at === 0 ? 0 : Number(this.#view.getBigInt64(at, true));
  }

  bool(field: number): boolean {
    return this.byte(field) !== 0;
  }

  text(field: number): string | undefined {
    const at = this.#referred(field);
    if (at === undefined) return undefined;
    const { buffer, byteOffset } = this.#view;
    return decoder.decode(new Uint8Array(buffer, byteOffset + at + 4, this.#view.getUint32(at, true)));
  }

  table(field: number): TableReader | undefined {
    const at = this.#referred(field);
    return at === undefined ? undefined : new TableReader(this.#view, at);
  }

  tables(field: number): readonly TableReader[] {
    const at = this.#referred(field);
    if (at === undefined) return [];
    return Array.from({ length: this.#view.getUint32(at, true) }, (_, index) => {
      const item = at + 4 + 4 * index;
      return new TableReader(this.#view, item + this.#view.getUint32(item, true));
    });
  }

  /** Pairs of numbers of 64 bits, one after the other. */
  wordPairs(field: number): readonly number[] {
    const at = this.#referred(field);
    if (at === undefined) return [];
    const words = 2 * this.#view.getUint32(at, true);
    return Array.from({ length: words }, (_, index) => Number(this.#view.getBigInt64(at + 4 + 8 * index, true)));
  }

  #referred(field: number): number | undefined {
    const at = this.#place(field);
    return at === 0 ? undefined : at + this.#view.getUint32(at, true);
  }

  #place(field: number): number {
    const listed = 4 + 2 * field;
    if (listed >= this.#view.getUint16(this.#places, true)) return 0;
    const place = this.#view.getUint16(this.#places + listed, true);
    return place === 0 ? 0 : this.#at + place;
  }
}

/** The root table of a message. */
export function flatbufferRoot(bytes: Uint8Array): TableReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new TableReader(view, view.getUint32(0, true));
}
