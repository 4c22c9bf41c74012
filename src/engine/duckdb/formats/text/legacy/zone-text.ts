/** Time zones in texts, as old patterns read them. */
import { UnsupportedError } from "../../../../../errors.ts";

/** An offset in milliseconds, and how much of the text states it. */
export interface ReadOffset {
  readonly offset: number;
  readonly length: number;
}

const minute = 60_000;

/** Seen through the four zones of the United States that have the same names for Java and for all. */
const hours: Readonly<Record<string, number>> = { Pacific: -8, Mountain: -7, Central: -6, Eastern: -5 };

const names: readonly (readonly [name: string, offset: number])[] = [
  ["Coordinated Universal Time", 0],
  ["Greenwich Mean Time", 0],
  ["UTC", 0],
  ["GMT", 0],
  ...Object.entries(hours).flatMap(([region, offset]) => [
    ...([[`${region} Standard Time`, offset * 60 * minute]] as const),
    ...([[`${region} Daylight Time`, (offset + 1) * 60 * minute]] as const),
    ...([[`${region.charAt(0)}ST`, offset * 60 * minute]] as const),
    ...([[`${region.charAt(0)}DT`, (offset + 1) * 60 * minute]] as const),
  ]),
];

/** Zones whose own names are these, and are none of another zone. */
const plainRegions: ReadonlySet<string | undefined> = new Set([
  undefined,
  ...["America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York"],
]);

/**
 * A zone by its name.
 *
 * @param region - the session's, whose names come first
 * @throws UnsupportedError for a word that may be a name in Java's tables
 */
export function namedOffset(text: string, at: number, region: string | undefined): ReadOffset | undefined {
  const rest = text.slice(at).toLowerCase();
  const found = names.find(([name]) => rest.startsWith(name.toLowerCase()));
  const isClear = found?.[1] === 0 || plainRegions.has(region);
  if (found !== undefined && isClear) return { offset: found[1], length: found[0].length };
  const [word] = /^[a-z][a-z]+[a-z ]*/i.exec(text.slice(at)) ?? [];
  if (word === undefined) return undefined;
  throw new UnsupportedError(`the time zone ${word.trim()} is not read by the letter z of an old pattern`, {
    hint: "Write the offset instead, such as +0100 or GMT+01:00.",
  });
}

/** An offset of a sign, two digits of hours and two of minutes, which some forms do without. */
export function signedOffset(form: RegExp, text: string, at: number): ReadOffset | undefined {
  const sticky = new RegExp(form.source, `${form.flags}y`);
  sticky.lastIndex = at;
  const match = sticky.exec(text);
  if (match === null) return undefined;
  const { sign = "+", hour = "0", minutes = "0" } = match.groups ?? {};
  if (Number(hour) > 23 || Number(minutes) > 59) return undefined;
  const size = (Number(hour) * 60 + Number(minutes)) * minute;
  return { offset: sign === "-" ? -size : size, length: match[0].length };
}

/** What `X`, `XX` and `XXX` read. */
export const isoForms: readonly RegExp[] = [
  /Z|(?<sign>[+-])(?<hour>\d\d)/,
  /Z|(?<sign>[+-])(?<hour>\d\d)(?<minutes>\d\d)/,
  /Z|(?<sign>[+-])(?<hour>\d\d):(?<minutes>\d\d)/,
];
