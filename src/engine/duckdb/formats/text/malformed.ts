/**
 * A record or value that cannot be read. Not an `Error`: millions of them may be thrown and caught in one scan, and a
 * stack trace would cost more than the parsing.
 */
export class Malformed {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}
