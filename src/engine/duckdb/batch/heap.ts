import duckdb from "@duckdb/node-bindings";

/** Addresses this near each other lie on one page or on neighbours, so nothing unmapped is between them. */
const reach = 1024;
const extentsSearched = 8;

/** A stretch of the engine's memory, copied. */
export interface Extent {
  readonly start: number;
  readonly bytes: Buffer;
}

/**
 * Collects addresses of strings and copies the memory they lie in with few calls: a call costs as much as copying
 * kilobytes, and the strings of a vector lie close together.
 */
export class ExtentCollector {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #current = -1;

  /** Notes `length` bytes at `address`; the answer is the index of their extent. */
  add(address: number, length: number): number {
    if (!this.#reaches(this.#current, address, length)) this.#current = this.#find(address, length);
    const extent = this.#current;
    if (address < this.#starts[extent]!) this.#starts[extent] = address;
    if (address + length > this.#ends[extent]!) this.#ends[extent] = address + length;
    return extent;
  }

  copy(): Extent[] {
    return this.#starts.map((start, extent) => ({ start, bytes: readMemory(start, this.#ends[extent]! - start) }));
  }

  #reaches(extent: number, address: number, length: number): boolean {
    return extent >= 0 && address <= this.#ends[extent]! + reach && address + length >= this.#starts[extent]! - reach;
  }

  #find(address: number, length: number): number {
    const last = this.#starts.length - 1;
    for (let extent = last; extent >= 0 && extent > last - extentsSearched; extent--) {
      if (this.#reaches(extent, address, length)) return extent;
    }
    this.#starts.push(address);
    this.#ends.push(address + length);
    return last + 1;
  }
}

const pointer = new BigUint64Array(1);

function readMemory(address: number, length: number): Buffer {
  pointer[0] = BigInt(address);
  const bytes = duckdb.get_data_from_pointer(pointer.buffer, 0, length);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
