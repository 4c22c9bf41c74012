import { ExecutionError } from "../errors.ts";
import { dateText, timeText } from "./calendar.ts";
import { parseDateTime } from "./calendar-parse.ts";
import { inspection } from "./inspect.ts";

const millisPerDay = 86_400_000;
const lastDateMillis = 8.64e15;

/** Anything that counts nanoseconds since 1970-01-01T00:00:00Z, such as `Temporal.Instant`. */
export interface InstantLike {
  readonly epochNanoseconds: bigint;
}

/**
 * A moment, exact to the microsecond: what rows hold for TIMESTAMP columns.
 *
 * As a number, and so under `<` and `-`, it is its milliseconds, like a `Date`; `compare` and `equals` see microseconds.
 *
 * @example
 * ```ts
 * console.log(Timestamp.of("2025-02-01T10:20:30.123456Z").toJSON()); // 2025-02-01T10:20:30.123456Z
 * ```
 */
export class Timestamp {
  /** Whole milliseconds since 1970-01-01T00:00:00Z, rounded down. */
  readonly milliseconds: number;
  /** The microseconds beyond them: 0 to 999. */
  readonly microseconds: number;

  /**
   * @param milliseconds - a safe integer
   * @param microseconds - 0 to 999
   */
  constructor(milliseconds: number, microseconds = 0) {
    this.milliseconds = milliseconds;
    this.microseconds = microseconds;
  }

  /**
   * The moment a number of microseconds after 1970-01-01T00:00:00Z: what columns store.
   *
   * @param micros - may be negative
   * @throws ExecutionError `DATETIME_OVERFLOW` where milliseconds are no safe integer: some 285,000 years from now
   * @example Timestamp.fromEpochMicroseconds(1_500_000n).toString(); // "1970-01-01T00:00:01.5Z"
   */
  static fromEpochMicroseconds(micros: bigint): Timestamp {
    const exact = Number(micros);
    if (Number.isSafeInteger(exact)) {
      const milliseconds = Math.floor(exact / 1000);
      return new Timestamp(milliseconds, exact - milliseconds * 1000);
    }
    const remainder = Number(((micros % 1000n) + 1000n) % 1000n);
    const milliseconds = Number((micros - BigInt(remainder)) / 1000n);
    if (!Number.isSafeInteger(milliseconds)) throw overflow(`${micros} microseconds since 1970`);
    return new Timestamp(milliseconds, remainder);
  }

  /**
   * A timestamp from a `Date`, an ISO text, anything with `epochNanoseconds`, or another timestamp.
   *
   * @param value - nanoseconds are rounded down to microseconds; a text without `Z` or an offset is in UTC
   * @throws ExecutionError `CAST_INVALID_INPUT` for an invalid `Date` or a text that is no date and time
   * @example Timestamp.of("2025-02-01T10:20:30+01:00").toString(); // "2025-02-01T09:20:30Z"
   */
  static of(value: Date | string | InstantLike | Timestamp): Timestamp {
    if (value instanceof Timestamp) return value;
    if (typeof value === "string") return parsed(value);
    if (!(value instanceof Date)) return Timestamp.fromEpochMicroseconds(floorToMicros(value.epochNanoseconds));
    if (Number.isNaN(value.getTime())) throw malformed("Invalid Date");
    return new Timestamp(value.getTime());
  }

  /** Microseconds since 1970-01-01T00:00:00Z. */
  get epochMicroseconds(): bigint {
    return BigInt(this.milliseconds) * 1000n + BigInt(this.microseconds);
  }

  /** Nanoseconds since 1970-01-01T00:00:00Z, as `Temporal.Instant` counts them. */
  get epochNanoseconds(): bigint {
    return this.epochMicroseconds * 1000n;
  }

  /**
   * Negative, zero or positive, as this moment is before, at or after the other.
   *
   * @param other - compared to the microsecond
   * @example [Timestamp.of("2025-02-02T00:00:00Z"), Timestamp.of("2025-02-01T00:00:00Z")].sort((a, b) => a.compare(b));
   */
  compare(other: Timestamp): number {
    return Math.sign(this.milliseconds - other.milliseconds || this.microseconds - other.microseconds);
  }

  /**
   * Whether both are the same moment.
   *
   * @param other - compared to the microsecond
   * @example Timestamp.of("2025-02-01T00:00:00Z").equals(Timestamp.of("2025-02-01T01:00:00+01:00")); // true
   */
  equals(other: Timestamp): boolean {
    return this.compare(other) === 0;
  }

  /**
   * The moment as a `Date`, without its microseconds.
   *
   * @throws ExecutionError `DATETIME_OVERFLOW` outside the years -271821 to 275760, which `Date` cannot hold
   * @example Timestamp.of("2025-02-01T10:20:30Z").toDate().getUTCHours(); // 10
   */
  toDate(): Date {
    if (Math.abs(this.milliseconds) > lastDateMillis) throw overflow(`the Date of ${this.toString()}`);
    return new Date(this.milliseconds);
  }

  /**
   * Milliseconds since 1970-01-01T00:00:00Z.
   *
   * @example Number(Timestamp.of("1970-01-01T00:00:01Z")); // 1000
   */
  valueOf(): number {
    return this.milliseconds;
  }

  /**
   * ISO text in UTC, with as many digits of a second as it needs: `2025-02-01T10:20:30.5Z`.
   *
   * @example String(Timestamp.of("2025-02-01T10:20:30.5Z")); // "2025-02-01T10:20:30.5Z"
   */
  toString(): string {
    const days = Math.floor(this.milliseconds / millisPerDay);
    const micros = (this.milliseconds - days * millisPerDay) * 1000 + this.microseconds;
    return `${dateText(days)}T${timeText(micros)}Z`;
  }

  /**
   * The ISO text in UTC, as of a `Date`.
   *
   * @example JSON.stringify([Timestamp.of("2025-02-01T10:20:30Z")]); // ["2025-02-01T10:20:30Z"]
   */
  toJSON(): string {
    return this.toString();
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return `Timestamp(${this.toString()})`;
  }
}

/**
 * Nanoseconds as microseconds, rounded down.
 *
 * @param nanoseconds - may be negative
 */
export const floorToMicros = (nanoseconds: bigint): bigint =>
  (nanoseconds - (((nanoseconds % 1000n) + 1000n) % 1000n)) / 1000n;

function parsed(text: string): Timestamp {
  const read = parseDateTime(text.trim());
  if (read === undefined) throw malformed(text);
  return Timestamp.fromEpochMicroseconds(read.micros - (read.offset ?? 0n));
}

function malformed(text: string): ExecutionError {
  return new ExecutionError(`The value '${text}' cannot be read as a timestamp because it is malformed`, {
    condition: "CAST_INVALID_INPUT",
    sqlState: "22018",
    parameters: { expression: `'${text}'`, sourceType: '"STRING"', targetType: '"TIMESTAMP"' },
    hint: "Write it as 2025-02-01T10:20:30.123456Z, with Z or an offset such as +01:00.",
  });
}

function overflow(operation: string): ExecutionError {
  return new ExecutionError(`Datetime operation overflow: ${operation}`, {
    condition: "DATETIME_OVERFLOW",
    sqlState: "22008",
    parameters: { operation },
    hint: "Read such values as text: cast the column to STRING.",
  });
}
