/** The names of time zones in US English, as far as JavaScript and Java have the same. */
import { UnsupportedError } from "../../../../errors.ts";
import { zoneOf } from "../time-zone.ts";

const named: Readonly<Record<string, readonly [short: string, full: string]>> = {
  UTC: ["UTC", "Coordinated Universal Time"],
  "Etc/UTC": ["UTC", "Coordinated Universal Time"],
  GMT: ["GMT", "Greenwich Mean Time"],
};

/** A winter and a summer by whose clocks names are told. */
const [winter, summer] = [Date.UTC(2030, 0, 1), Date.UTC(2030, 6, 1)];
/** Clocks showed the sun's time before, and have the name of standard time in hindsight. */
const zonesBegin = Date.UTC(1900, 0, 1);

/**
 * The name of a zone at a moment.
 *
 * @param zone - its identifier
 * @param offset - seconds that its clocks are ahead of UTC then
 * @param millis - the moment
 * @throws UnsupportedError for a name that JavaScript does not know
 */
export function zoneName(zone: string, offset: number, millis: number, full: boolean): string {
  if (/^[+-]/.test(zone)) return zone;
  const fixed = named[zone]?.[full ? 1 : 0];
  if (fixed !== undefined) return fixed;
  if (zoneOf(zone)?.region === undefined) throw unknownName(zone);
  const like = millis < zonesBegin ? standardTime(zone) : sameTime(zone, offset, millis);
  const name = like === undefined ? undefined : shownName(zone, like, full);
  if (name !== undefined && (full ? /^(?!GMT[+-])[A-Z][A-Za-z ().&'-]+$/ : /^[A-Z]{3,5}$/).test(name)) return name;
  throw unknownName(zone);
}

const unknownName = (zone: string): UnsupportedError =>
  new UnsupportedError(`the name of the time zone ${zone} cannot be written by the letter z`, {
    hint: "Write its identifier (VV) or its offset (XXX) instead.",
  });

const offsetAt = (zone: string, millis: number): number =>
  Number((zoneOf(zone)?.at(BigInt(millis) * 1000n) ?? 0n) / 1_000_000n);

const standardTime = (zone: string): number => (offsetAt(zone, winter) < offsetAt(zone, summer) ? winter : summer);

/** When clocks show now what they showed then; undefined where they were not the same all that year. */
function sameTime(zone: string, offset: number, millis: number): number | undefined {
  const year = new Date(millis).getUTCFullYear();
  const isSame = [0, 6].every(
    (month) => offsetAt(zone, Date.UTC(year, month)) === offsetAt(zone, Date.UTC(2030, month)),
  );
  return isSame ? [winter, summer].find((moment) => offsetAt(zone, moment) === offset) : undefined;
}

function shownName(zone: string, millis: number, full: boolean): string | undefined {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: full ? "long" : "short" });
  return format.formatToParts(millis).find(({ type }) => type === "timeZoneName")?.value;
}
