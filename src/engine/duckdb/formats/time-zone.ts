/** Time zones by the names that Java knows, for text that names one. */
import { dateOf, microsPerDay } from "../../../types/calendar.ts";
import { shortZones } from "../../../types/short-zones.ts";
import { offsetId } from "../../../types/zone-offset.ts";
import { fixedOffsets, type ZoneOffsets, zoneOffsets } from "./zone-offsets.ts";

/** Microseconds to add to UTC, for a clock that shows `localMicros`. */
export type ZoneRules = (localMicros: bigint) => bigint;

const second = 1_000_000;
const day = BigInt(microsPerDay);
const maximumOffset = 18 * 3600;
const offsetForms = [
  /^([+-])(\d)$/,
  /^([+-])(\d\d)$/,
  /^([+-])(\d\d):?(\d\d)$/,
  /^([+-])(\d\d):(\d\d):(\d\d)$/,
  /^([+-])(\d\d)(\d\d)(\d\d)$/,
];

const known = new Map<string, ZoneOffsets | undefined>();

/**
 * The rules of a zone for what its clocks show, or undefined when there is no such zone.
 *
 * @param name - `Z`, `+01:00`, `UTC+1`, `Europe/Paris` and the other forms of Spark's `getZoneId`
 */
export const zoneRules = (name: string): ZoneRules | undefined => zoneOf(name)?.atLocal;

/**
 * The clocks of a zone, or undefined when there is no such zone.
 *
 * @param name - as for `zoneRules`
 */
export function zoneOf(name: string): ZoneOffsets | undefined {
  if (!known.has(name)) known.set(name, resolve(name));
  return known.get(name);
}

/** Java's identifier of a zone: `+05:00` for `+5`, `GMT+01:00` for `GMT+1`, the region of a short name. */
export function zoneId(name: string): string {
  const id = shortZones[name] ?? name;
  const [, prefix, suffix] = /^(UTC|GMT|UT)?([+-].*)$/.exec(id) ?? [];
  const offset = suffix === undefined ? undefined : zoneOf(suffix)?.base;
  if (offset === undefined) return id;
  const ahead = offsetId(Number(offset) / second);
  return prefix === undefined ? ahead : prefix + ahead.replace("Z", "");
}

function resolve(name: string): ZoneOffsets | undefined {
  const padded = name.replace(/([+-])(\d):/, "$10$2:").replace(/([+-])(\d\d):(\d)$/, "$1$2:0$3");
  const id = shortZones[padded] ?? padded;
  if (id === "") return undefined;
  const suffix = /^(?:UTC|GMT|UT)(?=$|[+-])(.*)$/.exec(id)?.[1] ?? id;
  if (suffix === "" || suffix === "Z") return fixedOffsets(0n);
  if (/^[+-]/.test(suffix)) return fixed(suffix);
  return /^[A-Za-z][A-Za-z0-9~/._+-]+$/.test(id) ? region(id) : undefined;
}

function fixed(text: string): ZoneOffsets | undefined {
  const match = offsetForms.map((form) => form.exec(text)).find((found) => found !== null);
  if (match === undefined || match === null) return undefined;
  const [hours, minutes, seconds] = [2, 3, 4].map((index) => Number(match[index] ?? 0)) as [number, number, number];
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > maximumOffset) return undefined;
  return fixedOffsets(BigInt((match[1] === "-" ? -total : total) * second));
}

function region(id: string): ZoneOffsets | undefined {
  // Java's names depend on case, those of Intl do not.
  if (id === id.toLowerCase()) return undefined;
  try {
    return zoneOffsets(id);
  } catch {
    return undefined;
  }
}

/** Today's date in a zone, in days since 1970-01-01. */
export function today(zone: ZoneRules): number {
  const now = BigInt(Date.now()) * 1000n;
  return Number((now + zone(now)) / day);
}

/** Whether a day of a month exists. */
export const isDate = (year: number, month: number, dayOfMonth: number, days: number): boolean => {
  const date = dateOf(days);
  return date.year === year && date.month === month && date.day === dayOfMonth;
};
