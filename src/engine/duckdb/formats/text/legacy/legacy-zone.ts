/** The clocks of a zone as Java's `TimeZone` has them, which knows no time before 1900. */
import { fixedOffsets, type ZoneOffsets } from "../../zone-offsets.ts";
import { fromProleptic, toProleptic } from "./hybrid-calendar.ts";

/** Offsets in milliseconds. */
export interface LegacyZone {
  readonly at: (moment: number) => number;
  /** Where clocks are set back the later moment is meant. */
  readonly atLocal: (local: number) => number;
  /** The offset without daylight saving. */
  readonly standard: number;
}

/** Where the table of `TimeZone` begins: 1900-01-01 00:00:00 UTC. */
export const tableStart = Date.UTC(1900, 0, 1);
const day = 86_400_000;

/** The clocks of a zone. */
export function legacyZone(offsets: ZoneOffsets): LegacyZone {
  const read = (moment: number): number => Number(offsets.at(BigInt(moment) * 1000n)) / 1000;
  const standard = Math.min(read(Date.UTC(2037, 0, 1)), read(Date.UTC(2037, 6, 1)));
  const at = (moment: number): number => (moment < tableStart ? standard : read(moment));
  const atLocal = (local: number): number => {
    const before = at(local - day);
    const after = at(local + day);
    return at(local - after) === after ? after : before;
  };
  return { at, atLocal, standard };
}

/**
 * The clocks that tell functions where the calendars change: those of UTC for zones that are mere offsets, whose names Java's
 * `TimeZone` does not know.
 */
export const clocksOfChange = (offsets: ZoneOffsets): ZoneOffsets =>
  offsets.region === undefined ? fixedOffsets(0n) : offsets;

/**
 * A moment of an old clock as the moment at which a clock of `java.time` shows the same: one that had local mean time, and
 * the Gregorian calendar at all times.
 *
 * Source: `RebaseDateTime.rebaseJulianToGregorianMicros`.
 *
 * @param moment - milliseconds
 * @param clocks - that tell where the calendars change
 */
export function rebased(moment: number, clocks: ZoneOffsets): number {
  if (moment >= tableStart) return moment;
  const local = moment + legacyZone(clocks).at(moment);
  const days = Math.floor(local / day);
  const shown = local + (toProleptic(days) - days) * day;
  return shown - millisOf(clocks.atLocal(BigInt(shown) * 1000n));
}

/**
 * What an old clock shows at a moment of `java.time`: milliseconds since 1970-01-01 00:00:00.
 *
 * @param clocks - that tell where the calendars change
 */
export function shownThen(moment: number, offsets: ZoneOffsets, clocks: ZoneOffsets): number {
  const micros = BigInt(moment) * 1000n;
  const ahead = millisOf(clocks.at(micros));
  const days = Math.floor((moment + ahead) / day);
  return moment + (fromProleptic(days) - days) * day + millisOf(offsets.at(micros));
}

const millisOf = (micros: bigint): number => Number(micros) / 1000;
