/** What the binary forms of sketches have in common: numbers with the lowest byte first. */

/** The mark of the seed with which sketches hash. */
export const seedHash = [0xcc, 0x93] as const;

/** Bytes that are followed by long numbers. */
export function bytesOf(head: readonly number[], longs: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(head.length + longs.length * 8);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  longs.forEach((value, index) => {
    view.setBigUint64(head.length + index * 8, value, true);
  });
  return bytes;
}

/** Reads the bytes of a sketch; what lies behind the end is a RangeError. */
export class ByteReader {
  /** The first eight bytes. */
  readonly head: readonly number[];
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.head = Array.from({ length: 8 }, (_, index) => this.byte(index));
  }

  byte(at: number): number {
    return this.view.getUint8(at);
  }

  int(at: number): number {
    return this.view.getInt32(at, true);
  }

  long(at: number): bigint {
    return this.view.getBigInt64(at, true);
  }

  /** So many bytes as one number, the highest first. */
  bits(at: number, size: number): bigint {
    const bytes = Array.from({ length: size }, (_, index) => this.byte(at + index));
    return bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  }
}
