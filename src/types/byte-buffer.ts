const utf8 = new TextEncoder();

/** Bytes that grow as numbers and texts are written, in little-endian order. */
export class ByteBuffer {
  #bytes = new Uint8Array(128);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;

  /** How many bytes are written. */
  get size(): number {
    return this.#size;
  }

  /** A copy of what is written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }

  byte(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  int16(value: number): void {
    const at = this.#room(2);
    this.#view.setInt16(at, value, true);
  }

  int32(value: number): void {
    const at = this.#room(4);
    this.#view.setInt32(at, value, true);
  }

  int64(value: bigint): void {
    const at = this.#room(8);
    this.#view.setBigInt64(at, value, true);
  }

  float(value: number): void {
    const at = this.#room(4);
    this.#view.setFloat32(at, value, true);
  }

  double(value: number): void {
    const at = this.#room(8);
    this.#view.setFloat64(at, value, true);
  }

  append(bytes: ArrayLike<number>): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Writes a text as UTF-8 and gives its length in bytes. */
  text(text: string): number {
    // A unit of JavaScript's strings takes three bytes at most.
    const at = this.#room(text.length * 3);
    const written = this.#ascii(text, at) ?? utf8.encodeInto(text, this.#bytes.subarray(at)).written;
    this.#size = at + written;
    return written;
  }

  /** Moves what is written from a place on, to put bytes before it. */
  insert(at: number, bytes: readonly number[]): void {
    const size = this.#room(bytes.length);
    this.#bytes.copyWithin(at + bytes.length, at, size);
    this.#bytes.set(bytes, at);
  }

  // A loop is faster than a call of the encoder for short texts.
  #ascii(text: string, at: number): number | undefined {
    if (text.length > 64) return undefined;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return undefined;
      this.#bytes[at + index] = code;
    }
    return text.length;
  }

  #room(length: number): number {
    const at = this.#size;
    this.#size = at + length;
    if (this.#size > this.#bytes.length) this.#grow();
    return at;
  }

  #grow(): void {
    const bytes = new Uint8Array(Math.max(this.#size, this.#bytes.length * 2));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/**
 * Adds whole numbers from 0 to an array of bytes, in little-endian order.
 *
 * @param bytes - the array
 * @param numbers - the numbers
 * @param width - how many bytes each takes
 */
export function pushUnsigned(bytes: number[], numbers: readonly number[], width: number): void {
  for (const number of numbers) {
    for (let index = 0; index < width; index++) bytes.push(Math.floor(number / 256 ** index) % 256);
  }
}

/**
 * How many bytes numbers from 0 up to one take, 4 at most.
 *
 * @param number - the greatest
 */
export function unsignedWidth(number: number): number {
  if (number <= 0xff) return 1;
  if (number <= 0xffff) return 2;
  return number <= 0xffffff ? 3 : 4;
}
