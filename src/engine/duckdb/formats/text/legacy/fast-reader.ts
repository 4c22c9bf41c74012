/** Reads texts as the `FastDateFormat` of Apache Commons does, on a calendar that carries over what is out of range. */
import type { CalendarField } from "./calendar-fields.ts";
import { nameAt } from "./legacy-names.ts";
import { type LegacyToken, legacyTokens } from "./legacy-tokens.ts";
import { ofCentury, type StatedFields } from "./simple-reader.ts";
import { isoForms, namedOffset, signedOffset } from "./zone-text.ts";

type Letters = Extract<LegacyToken, { kind: "letters" }>;

/** What the digits of a letter set. */
const numbers: Readonly<Record<string, readonly [CalendarField, shift?: (value: number) => number]>> = {
  M: ["month", (value) => value - 1],
  L: ["month", (value) => value - 1],
  w: ["weekOfYear"],
  W: ["weekOfMonth"],
  D: ["dayOfYear"],
  d: ["dayOfMonth"],
  F: ["dayOfWeekInMonth"],
  u: ["dayOfWeek", (value) => (value === 7 ? 1 : value + 1)],
  H: ["hourOfDay"],
  k: ["hourOfDay", (value) => (value === 24 ? 0 : value)],
  K: ["hour"],
  h: ["hour", (value) => (value === 12 ? 0 : value)],
  m: ["minute"],
  s: ["second"],
  S: ["millisecond"],
};
const names: Readonly<Record<string, CalendarField>> = { G: "era", E: "dayOfWeek", a: "afternoon" };

const isName = ({ letter, count }: Letters): boolean => (/^[ML]$/.test(letter) ? count > 2 : letter in names);
const isNumber = (token: LegacyToken | undefined): boolean => {
  if (token?.kind === "text") return /^\d/.test(token.text);
  return token !== undefined && !isName(token) && !/^[zZX]$/.test(token.letter);
};

/** A pattern of `FastDateFormat` that reads texts. */
export class FastReader {
  readonly #tokens: readonly LegacyToken[];

  /** @throws ParseError for a pattern that means nothing */
  constructor(pattern: string) {
    this.#tokens = legacyTokens(pattern);
  }

  /**
   * What a text states; what follows the last field is not looked at.
   *
   * @param region - the session's zone
   */
  read(text: string, region: string | undefined): StatedFields | undefined {
    const stated: StatedFields = { fields: new Map() };
    let at: number | undefined = 0;
    for (const [index, token] of this.#tokens.entries()) {
      if (token.kind === "text") at = text.startsWith(token.text, at) ? at + token.text.length : undefined;
      else if (isName(token)) at = readName(token, text, at, stated);
      else if (isNumber(token)) at = readNumber(token, isNumber(this.#tokens[index + 1]), text, at, stated);
      else at = readZone(token, text, at, stated, region);
      if (at === undefined) return undefined;
    }
    return stated;
  }
}

function put({ fields }: StatedFields, field: CalendarField, value: number): void {
  fields.delete(field);
  fields.set(field, value);
}

function readName({ letter }: Letters, text: string, at: number, stated: StatedFields): number | undefined {
  const field = names[letter] ?? "month";
  const found = nameAt(field, text, at);
  if (found === undefined) return undefined;
  put(stated, field, found.value);
  return at + found.length;
}

/** Digits that others follow at once are as many as the letters; others may have white space before them. */
function readNumber(
  { letter, count }: Letters,
  isFull: boolean,
  text: string,
  at: number,
  stated: StatedFields,
): number | undefined {
  const form = isFull ? new RegExp(`(\\d{1,${count}})`, "y") : /\s*(\d+)/y;
  form.lastIndex = at;
  const match = form.exec(text);
  const value = Number(match?.[1]);
  if (match === null || value >= 2 ** 31) return undefined;
  if (/^[yY]$/.test(letter)) put(stated, "year", count > 2 || value >= 100 ? value : ofCentury(value));
  else {
    const [field, shift = (given: number) => given] = numbers[letter]!;
    put(stated, field, shift(value));
  }
  return at + match[0].length;
}

function readZone(
  { letter, count }: Letters,
  text: string,
  at: number,
  stated: StatedFields,
  region: string | undefined,
): number | undefined {
  const isIso = letter === "X" || (letter === "Z" && count === 2);
  const found = isIso
    ? signedOffset(isoForms[letter === "X" ? count - 1 : 2]!, text, at)
    : (signedOffset(/(?<sign>[+-])(?<hour>\d\d)(?<minutes>\d\d)/, text, at) ??
      signedOffset(/GMT(?<sign>[+-])(?<hour>\d\d?):(?<minutes>\d\d)/i, text, at) ??
      namedOffset(text, at, region));
  if (found === undefined) return undefined;
  stated.offset = found.offset;
  return at + found.length;
}
