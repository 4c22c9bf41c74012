/** Writes dates and times by a pattern of Spark, which is one of Java's `DateTimeFormatter` in US English. */
import { dateOf, daysOf, microsPerDay } from "../../../../types/calendar.ts";
import { zoneId } from "../time-zone.ts";
import { monthNames, nameOf, weekdayNames } from "./calendar-names.ts";
import { checkPunctuation, refusedPattern } from "./pattern-refusal.ts";
import { zoneName } from "./zone-names.ts";

/** A moment as a clock shows it. */
interface Clock {
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Of the day. */
  readonly seconds: number;
  readonly micros: number;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly zone: string;
}

type Write = (clock: Clock) => string;

const ordinals = ["1st", "2nd", "3rd", "4th"];

const digits = (value: number, width: number): string => String(value).padStart(width, "0");
const number =
  (of: (clock: Clock) => number): ((count: number) => Write | undefined) =>
  (count) =>
    count > 2 ? undefined : (clock) => digits(of(clock), count);

const weekday = ({ days }: Clock): number => (((days + 3) % 7) + 7) % 7;
const hour = ({ seconds }: Clock): number => Math.floor(seconds / 3600);
const quarter = ({ month }: Clock): number => Math.ceil(month / 3);

/** Signs as `SignStyle.NORMAL` does below four letters and `EXCEEDS_PAD` from there. */
function year(value: number, count: number): string {
  if (count === 2) return digits(((value % 100) + 100) % 100, 2);
  const plain = digits(Math.abs(value), count);
  if (value < 0) return `-${plain}`;
  return count >= 4 && plain.length > count ? `+${plain}` : plain;
}

const monthPiece = (count: number): Write | undefined =>
  count <= 2 ? ({ month }) => digits(month, count) : ({ month }) => nameOf(monthNames[month - 1]!, count);

function quarterPiece(count: number): Write | undefined {
  if (count <= 2) return (clock) => digits(quarter(clock), count);
  return count === 3 ? (clock) => `Q${quarter(clock)}` : (clock) => `${ordinals[quarter(clock) - 1]} quarter`;
}

function offsetPiece(separator: string, minutes: "always" | "when needed", seconds: boolean, none: string): Write {
  return ({ offset }) => {
    if (offset === 0) return none;
    const [hour, minute, second] = offsetParts(offset);
    const last = seconds && second > 0 ? separator + digits(second, 2) : "";
    const middle = minutes === "always" || minute > 0 ? separator + digits(minute, 2) : "";
    return `${sign(offset)}${digits(hour, 2)}${middle}${last}`;
  };
}

const sign = (offset: number): string => (offset < 0 ? "-" : "+");

function offsetParts(offset: number): readonly [hour: number, minute: number, second: number] {
  const size = Math.abs(offset);
  return [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
}

/** `GMT+8`, or `GMT+08:00` at full length. */
const localizedOffset =
  (full: boolean): Write =>
  ({ offset }) => {
    if (offset === 0) return "GMT";
    const [hour, minute, second] = offsetParts(offset);
    const rest =
      second > 0 ? `:${digits(minute, 2)}:${digits(second, 2)}` : minute > 0 || full ? `:${digits(minute, 2)}` : "";
    return `GMT${sign(offset)}${digits(hour, full ? 2 : 1)}${rest}`;
  };

const isoOffset = (count: number, none: (form: number) => string): Write | undefined => {
  if (count > 5) return undefined;
  const separator = count === 3 || count === 5 ? ":" : "";
  return offsetPiece(separator, count === 1 ? "when needed" : "always", count > 3, none(count));
};

const zonePiece =
  (full: boolean): Write =>
  ({ zone, offset, days, seconds }) =>
    zoneName(zone, offset, (days * 86_400 + seconds - offset) * 1000, full);

/** The letters of Spark's patterns by how many stand together. */
const letters: Readonly<Record<string, (count: number, era: boolean) => Write | undefined>> = {
  G: (count) => (count > 4 ? undefined : ({ year: value }) => (count === 4 ? eras[1]! : eras[0]!)[value > 0 ? 0 : 1]!),
  y: (count, era) =>
    count > 6 ? undefined : (clock) => year(era && clock.year <= 0 ? 1 - clock.year : clock.year, count),
  M: (count) => (count > 4 ? undefined : monthPiece(count)),
  L: (count) => (count > 4 ? undefined : monthPiece(count)),
  d: number(({ day }) => day),
  D: (count) => (count > 3 ? undefined : ({ year: value, days }) => digits(days - daysOf(value, 1, 1) + 1, count)),
  Q: (count) => (count > 4 ? undefined : quarterPiece(count)),
  q: (count) => (count > 4 ? undefined : quarterPiece(count)),
  E: (count) => (count > 4 ? undefined : (clock) => nameOf(weekdayNames[weekday(clock)]!, count)),
  F: (count) => (count > 1 ? undefined : ({ day }) => String(((day - 1) % 7) + 1)),
  a: (count) => (count > 1 ? undefined : (clock) => (hour(clock) < 12 ? "AM" : "PM")),
  H: number(hour),
  k: number((clock) => hour(clock) || 24),
  K: number((clock) => hour(clock) % 12),
  h: number((clock) => hour(clock) % 12 || 12),
  m: number(({ seconds }) => Math.floor(seconds / 60) % 60),
  s: number(({ seconds }) => seconds % 60),
  S: (count) => (count > 9 ? undefined : ({ micros }) => digits(micros, 6).padEnd(9, "0").slice(0, count)),
  X: (count) => isoOffset(count, () => "Z"),
  x: (count) => isoOffset(count, (form) => ["+00", "+0000", "+00:00", "+0000", "+00:00"][form - 1]!),
  Z: (count) =>
    count === 4
      ? localizedOffset(true)
      : isoOffset(count === 5 ? 5 : count < 4 ? 2 : 6, (form) => (form === 5 ? "Z" : "+0000")),
  O: (count) => (count === 1 || count === 4 ? localizedOffset(count === 4) : undefined),
  g: (count) => (count > 19 ? undefined : ({ days }) => digits(days + modifiedJulianEpoch, count)),
  z: (count) => (count > 4 ? undefined : zonePiece(count === 4)),
  v: (count) => (count === 1 || count === 4 ? zonePiece(count === 4) : undefined),
  V: (count) => (count === 2 ? ({ zone }) => zone : undefined),
};

/** Days from 1858-11-17 to 1970-01-01. */
const modifiedJulianEpoch = 40_587;

const eras = [
  ["AD", "BC"],
  ["Anno Domini", "Before Christ"],
] as const;

/**
 * A pattern that writes moments.
 *
 * @example
 * ```ts
 * console.log(new FormatPattern("dd/MM/yyyy").write(0n, 0n, "UTC")); // 01/01/1970
 * ```
 */
export class FormatPattern {
  readonly #pieces: readonly (Write | string)[];

  /**
   * @param pattern - such as `yyyy-MM-dd HH:mm`
   * @throws ParseError for a pattern that Spark refuses
   */
  constructor(pattern: string) {
    const runs = [...pattern.matchAll(/([A-Za-z])\1*|'(?:[^']|'')*'|'|[^A-Za-z']+/g)].map(([run]) => run);
    checkPunctuation(pattern, false);
    const era = runs.some((run) => run.startsWith("G"));
    this.#pieces = runs.map((run) => piece(run, pattern, era));
  }

  /**
   * The text of a moment.
   *
   * @param micros - since 1970-01-01 00:00:00 UTC
   * @param offset - microseconds that the clock of the zone is ahead of UTC then
   * @param zone - the identifier of the zone
   */
  write(micros: bigint, offset: bigint, zone: string): string {
    const clock = clockOf(micros + offset, Number(offset / 1_000_000n), zoneId(zone));
    return this.#pieces.map((part) => (typeof part === "string" ? part : part(clock))).join("");
  }
}

function piece(run: string, pattern: string, era: boolean): Write | string {
  if (run === "'") throw refusedPattern(pattern, undefined, false);
  if (run === "''") return "'";
  if (run.startsWith("'")) return run.slice(1, -1).replaceAll("''", "'");
  if (!/^[A-Za-z]/.test(run)) return run.replace(/[[\]]/g, "");
  const write = letters[run.charAt(0)]?.(run.length, era);
  if (write === undefined) throw refusedPattern(pattern, run, false);
  return write;
}

function clockOf(local: bigint, offset: number, zone: string): Clock {
  const dayLength = BigInt(microsPerDay);
  const rest = ((local % dayLength) + dayLength) % dayLength;
  const days = Number((local - rest) / dayLength);
  const seconds = Number(rest / 1_000_000n);
  return { days, ...dateOf(days), seconds, micros: Number(rest % 1_000_000n), offset, zone };
}
