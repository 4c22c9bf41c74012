/** What Spark's hash functions have in common: a state that values are mixed into. */
export interface Hasher {
  /** Forgets all values. */
  reset(): void;
  int(value: number): void;
  /** A number of 64 bits by its halves. */
  long(low: number, high: number): void;
  bytes(bytes: Uint8Array, from: number, to: number): void;
}
