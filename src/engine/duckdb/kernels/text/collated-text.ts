/** Text functions that look for a part under a collation. Sources: `CollationSupport`, `CollationAwareUTF8String`. */
import { loweredCharacter, type Match, matchesOf, type TextSearch, textSearch } from "./text-search.ts";

const spacesCount = (collation: string): boolean => !collation.endsWith("_RTRIM");

const withoutSpaces = (text: string, collation: string): string =>
  spacesCount(collation) ? text : text.replace(/ +$/, "");

/** The places of a part, both without their last spaces where these do not count. */
function found(text: string, part: string, collation: string): readonly Match[] {
  return matchesOf(withoutSpaces(text, collation), withoutSpaces(part, collation), textSearch(collation));
}

export const collatedContains = (text: string, part: string, collation: string): boolean =>
  withoutSpaces(part, collation) === "" || found(text, part, collation).length > 0;

export const collatedStartsWith = (text: string, part: string, collation: string): boolean =>
  withoutSpaces(part, collation) === "" || found(text, part, collation)[0]?.start === 0;

export function collatedEndsWith(text: string, part: string, collation: string): boolean {
  const { length } = withoutSpaces(text, collation);
  return withoutSpaces(part, collation) === "" || found(text, part, collation).some(({ end }) => end === length);
}

/** The position of the first place of a part at or behind a position, counted in characters from 1; 0 for none. */
export function collatedLocate(part: string, text: string, start: number, collation: string): number {
  if (start < 1) return 0;
  if (withoutSpaces(part, collation) === "") return 1;
  const before = Array.from(text)
    .slice(0, start - 1)
    .join("").length;
  const match = found(text, part, collation).find((one) => one.start >= before);
  return match === undefined ? 0 : Array.from(text.slice(0, match.start)).length + 1;
}

/** Places that do not overlap, from the first one on. */
function apart(matches: readonly Match[]): readonly Match[] {
  let free = 0;
  return matches.filter(({ start, end }) => {
    const isFree = start >= free;
    if (isFree) free = end;
    return isFree;
  });
}

/** The texts between the places of a part. */
function between(text: string, part: string, collation: string): readonly string[] {
  if (part === "") return [text];
  const places = apart(matchesOf(text, part, textSearch(collation)));
  return [...places, { start: text.length }].map(({ start }, index) => text.slice(places[index - 1]?.end ?? 0, start));
}

export const collatedReplace = (text: string, part: string, replacement: string, collation: string): string =>
  between(text, part, collation).join(replacement);

export const collatedSplit = (text: string, delimiter: string, collation: string): string[] => [
  ...between(text, withoutSpaces(delimiter, collation), collation),
];

/** The text before the count-th delimiter, or behind it counted from the end; delimiters may overlap. */
export function collatedSubstringIndex(text: string, delimiter: string, count: number, collation: string): string {
  const wanted = withoutSpaces(delimiter, collation);
  if (wanted === "" || count === 0) return "";
  const match = matchesOf(text, wanted, textSearch(collation)).at(count > 0 ? count - 1 : count);
  if (match === undefined) return text;
  return count > 0 ? text.slice(0, match.start) : text.slice(match.end);
}

/** A text with what stands for the characters that are found; nothing for those without a partner. */
export function collatedTranslate(text: string, matching: string, replacement: string, collation: string): string {
  const search = textSearch(collation);
  const partners = Array.from(replacement);
  const wanted = Array.from(matching);
  let made = "";
  forEachUnit(text, search, (units, at) => {
    const index = wanted.findIndex((character) => search.matched(units, at, character) > 0);
    made += index < 0 ? units[at]! : (partners[index] ?? "");
    return index < 0 ? 1 : search.matched(units, at, wanted[index]!);
  });
  return made;
}

function forEachUnit(text: string, search: TextSearch, take: (units: readonly string[], at: number) => number): void {
  const units = search.units(text);
  for (let at = 0; at < units.length; ) at += take(units, at);
}

/** A text without the characters at its sides that are found; last spaces that do not count stay behind the rest. */
export function collatedTrim(text: string, characters: string, sides: string, collation: string): string {
  const search = textSearch(collation);
  const wanted = search.units(characters);
  const kept = characters.includes(" ") ? text : withoutSpaces(text, collation);
  const units = search.units(kept);
  const taken = (at: number): number => Math.max(0, ...wanted.map((character) => search.matched(units, at, character)));
  let [from, to] = [0, units.length];
  if (sides !== "trailing") for (let length = taken(0); from < to && length > 0; length = taken(from)) from += length;
  if (sides !== "leading") while (to > from && lengthBefore(to, from, taken) > 0) to -= lengthBefore(to, from, taken);
  return units.slice(from, to).join("") + text.slice(kept.length);
}

/** How many units before a place are one of the characters. */
function lengthBefore(to: number, from: number, taken: (at: number) => number): number {
  for (let length = 1; length <= Math.min(2, to - from); length++) if (taken(to - length) === length) return length;
  return 0;
}

/** What Java's patterns compare where they ignore cases: the characters one by one, in capitals and then in lower case. */
export const foldedText = (text: string): string =>
  Array.from(text, (character) => lowered(raised(character))).join("");

const raised = (character: string): string => single(character.toUpperCase(), character);
const lowered = (character: string): string =>
  character === "İ" ? "i" : single(loweredCharacter(character), character);
const single = (made: string, character: string): string => (Array.from(made).length === 1 ? made : character);
