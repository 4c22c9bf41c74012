/** Writes moments by patterns of Spark 2. */

import type { ZoneOffsets } from "../../zone-offsets.ts";
import { monthNames, nameOf, weekdayNames } from "../calendar-names.ts";
import { zoneName } from "../zone-names.ts";
import { fieldsOf, type ShownFields } from "./calendar-fields.ts";
import { type LegacyToken, legacyTokens } from "./legacy-tokens.ts";
import { clocksOfChange, legacyZone, shownThen, tableStart } from "./legacy-zone.ts";

/** What a clock shows, and where it is. */
interface Clock {
  readonly fields: ShownFields;
  /** Of a second, in as many digits as there are letters. */
  readonly fraction: number;
  /** Milliseconds ahead of UTC. */
  readonly offset: number;
  readonly millis: number;
  readonly zone: string;
}

type Write = (clock: Clock, count: number) => string;

/** The two kinds of patterns: that of functions, and that of formats. */
export type LegacyStyle = "simple" | "fast";

const padded = (value: number, count: number): string =>
  (value < 0 ? "-" : "") + String(Math.abs(value)).padStart(count, "0");

const shown =
  (field: keyof ShownFields, shift: (value: number) => number = (value) => value): Write =>
  ({ fields }, count) =>
    padded(shift(fields[field]), count);

const month: Write = ({ fields }, count) =>
  count > 2 ? nameOf(monthNames[fields.month]!, count) : padded(fields.month + 1, count);

const yearOf =
  (field: "year" | "weekYear", style: LegacyStyle): Write =>
  ({ fields }, count) => {
    if (count === 2) return padded(fields[field] % 100, 2);
    return padded(fields[field], style === "fast" ? Math.max(count, 4) : count);
  };

/** The sign, the hours and, with what is between them, the minutes of an offset. */
function offsetText(offset: number, separator: string | undefined): string {
  const minutes = Math.floor(Math.abs(offset) / 60_000);
  const hours = `${offset < 0 ? "-" : "+"}${padded(Math.floor(minutes / 60), 2)}`;
  return separator === undefined ? hours : `${hours}${separator}${padded(minutes % 60, 2)}`;
}

const isoOffset: Write = ({ offset }, count) =>
  offset === 0 ? "Z" : offsetText(offset, [undefined, "", ":"][count - 1]);

const plainOffset =
  (style: LegacyStyle): Write =>
  (clock, count) => {
    if (style === "simple" || count === 1) return offsetText(clock.offset, "");
    return count === 2 ? isoOffset(clock, 3) : offsetText(clock.offset, ":");
  };

const common: Readonly<Record<string, Write>> = {
  G: ({ fields }) => (fields.era === 1 ? "AD" : "BC"),
  M: month,
  L: month,
  d: shown("dayOfMonth"),
  D: shown("dayOfYear"),
  w: shown("weekOfYear"),
  W: shown("weekOfMonth"),
  F: shown("dayOfWeekInMonth"),
  E: ({ fields }, count) => nameOf(weekdayNames[(fields.dayOfWeek + 5) % 7]!, count),
  u: shown("dayOfWeek", (value) => ((value + 5) % 7) + 1),
  a: ({ fields }) => (fields.afternoon === 1 ? "PM" : "AM"),
  H: shown("hourOfDay"),
  k: shown("hourOfDay", (value) => value || 24),
  K: shown("hour"),
  h: shown("hour", (value) => value || 12),
  m: shown("minute"),
  s: shown("second"),
  S: ({ fraction }, count) => padded(fraction, count),
  X: isoOffset,
  z: ({ zone, offset, millis }, count) => zoneName(zone, offset / 1000, millis, count > 3),
};

const letters = (style: LegacyStyle): Readonly<Record<string, Write>> => ({
  ...common,
  y: yearOf("year", style),
  Y: yearOf("weekYear", style),
  Z: plainOffset(style),
});

const writers: Readonly<Record<LegacyStyle, Readonly<Record<string, Write>>>> = {
  simple: letters("simple"),
  fast: letters("fast"),
};

/**
 * A pattern that writes moments.
 *
 * @example
 * ```ts
 * console.log(new LegacyWriter("dd/MM/yyyy", "simple").write(0n, zoneOf("UTC"), "UTC")); // 01/01/1970
 * ```
 */
export class LegacyWriter {
  readonly #tokens: readonly LegacyToken[];
  readonly #style: LegacyStyle;
  /** Formats write as many digits of a fraction as the pattern has; functions write milliseconds. */
  readonly #digits: number;

  /**
   * @param pattern - such as `yyyy-MM-dd HH:mm`
   * @throws ParseError for a pattern that means nothing
   */
  constructor(pattern: string, style: LegacyStyle) {
    this.#tokens = legacyTokens(pattern);
    this.#style = style;
    this.#digits = style === "simple" ? 3 : pattern.split("S").length - 1;
  }

  /**
   * The text of a moment.
   *
   * @param micros - since 1970-01-01 00:00:00 UTC
   * @param offsets - of the zone's clocks
   * @param zone - its identifier
   */
  write(micros: bigint, offsets: ZoneOffsets, zone: string): string {
    const clock = this.#clock(micros, offsets, zone);
    const write = writers[this.#style];
    return this.#tokens
      .map((token) => (token.kind === "text" ? token.text : write[token.letter]!(clock, token.count)))
      .join("");
  }

  #clock(micros: bigint, offsets: ZoneOffsets, zone: string): Clock {
    const rest = Number(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n);
    const millis = Number((micros - BigInt(rest % 1000)) / 1000n);
    const clocks = this.#style === "simple" ? clocksOfChange(offsets) : offsets;
    const { at, standard } = legacyZone(offsets);
    return {
      fields: fieldsOf(shownThen(millis, offsets, clocks)),
      fraction: Math.floor((rest * 10 ** this.#digits) / 1_000_000),
      offset: millis < tableStart ? standard : at(millis),
      millis,
      zone,
    };
  }
}
