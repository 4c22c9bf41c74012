/** What a match is replaced by: text with references to groups, as `Matcher.appendReplacement` reads it. */
import type { Pattern } from "./syntax.ts";

/** Text, or the number of a group. */
export type ReplacementPart = string | number;

/** A replacement that Java refuses. */
export class ReplacementError extends Error {
  override readonly name = "ReplacementError";
}

const illegal = (message: string): ReplacementError => new ReplacementError(message);

/**
 * The parts of a replacement.
 *
 * @param text - such as `$2-$1`
 * @throws ReplacementError for a group that the pattern has not
 */
export function parseReplacement(text: string, { groups, names }: Pattern): readonly ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  for (let at = 0; at < text.length; ) {
    const [part, end] = partAt(text, at, groups, names);
    parts.push(part);
    at = end;
  }
  return parts;
}

function partAt(
  text: string,
  at: number,
  groups: number,
  names: ReadonlyMap<string, number>,
): readonly [ReplacementPart, end: number] {
  const character = text.charAt(at);
  if (character === "\\") {
    if (at + 1 === text.length) throw illegal("character to be escaped is missing");
    return [text.charAt(at + 1), at + 2];
  }
  if (character !== "$") return [character, at + 1];
  const named = /^\{([A-Za-z][A-Za-z0-9]*)\}/.exec(text.slice(at + 1));
  if (named !== null) {
    const group = names.get(named[1]!);
    if (group === undefined) throw illegal(`No group with name {${named[1]}}`);
    return [group, at + 1 + named[0].length];
  }
  return numbered(text, at + 1, groups);
}

/** More digits belong to the number as long as there is such a group. */
function numbered(text: string, from: number, groups: number): readonly [number, end: number] {
  if (!/\d/.test(text.charAt(from))) throw illegal("Illegal group reference");
  let number = Number(text.charAt(from));
  let at = from + 1;
  if (number > groups) throw illegal(`No group ${number}`);
  while (/\d/.test(text.charAt(at)) && number * 10 + Number(text.charAt(at)) <= groups) {
    number = number * 10 + Number(text.charAt(at));
    at += 1;
  }
  return [number, at];
}
