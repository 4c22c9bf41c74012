/** Letters and words: cases, sounds, masks. */
import { UnsupportedError } from "../../../../errors.ts";
import { deferred } from "../../../../types/deferred.ts";

// The digraphs whose first letter alone is raised.
const digraphs: Readonly<Record<string, string>> = { Ǆ: "ǅ", Ǉ: "ǈ", Ǌ: "ǋ", Ǳ: "ǲ" };

/** A character as a title begins with it: `ß` is `Ss`, `ǆ` is `ǅ`. */
function titleCase(character: string): string {
  const upper = character.toUpperCase();
  if (upper.length === 1 || character === "ŉ") return digraphs[upper] ?? upper;
  // A Greek iota below stays below.
  if (upper.endsWith("Ι") && /\p{Script=Greek}/u.test(character)) return `${upper.slice(0, -1)}\u0345`.normalize("NFC");
  const [first, ...rest] = upper;
  return first + rest.join("").toLowerCase();
}

/**
 * The text with each word begun in title case and lower case otherwise; spaces part words.
 *
 * @param text - any text
 */
export const initialCapitals = (text: string): string => text.replace(/[^ ]+/g, withInitial);

// The first character is not lowered before: a dotted capital I would come apart.
function withInitial(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0)!);
  return titleCase(first) + word.toLowerCase().slice(first.toLowerCase().length);
}

const words = deferred(() => new Intl.Segmenter("en", { granularity: "word" }));
const ownTitles: ReadonlySet<string> = new Set(["az", "el", "hy", "lt", "nl", "tr"]);

/**
 * The text with each word begun in title case and lower case otherwise, where ICU's rules part words.
 *
 * @param text - any text
 * @param collation - a canonical name
 * @throws UnsupportedError for a language whose title case is not that of Unicode
 */
export function initialCapitalsOfWords(text: string, collation: string): string {
  const language = collation.split("_")[0]!;
  if (ownTitles.has(language))
    throw new UnsupportedError(`the embedded engine does not know how words begin under ${collation}`, {
      hint: "Use initcap under UTF8_LCASE or UNICODE.",
    });
  return Array.from(words().segment(text), ({ segment }) => capitalised(segment)).join("");
}

// As `withInitial`: the character that is raised is not lowered before.
function capitalised(word: string): string {
  const lowered = word.toLowerCase();
  const found = /[\p{L}\p{N}\p{S}\p{Co}]/u.exec(word);
  if (found === null) return lowered;
  const [first] = found;
  return word.slice(0, found.index) + titleCase(first) + lowered.slice(found.index + first.toLowerCase().length);
}

// Of A to Z; 0 is not written, 7 not even told apart.
const soundCodes = "01230127022455012623017202";

/**
 * The Soundex code of a text, or the text itself when it does not begin with a letter of ASCII.
 *
 * Source: `UTF8String.soundex`.
 */
export function soundex(text: string): string {
  if (!/^[A-Za-z]/.test(text)) return text;
  // Small letters of other alphabets may have capitals of ASCII.
  const capitals = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  const codes = Array.from(capitals, (letter) => soundCodes[letter.charCodeAt(0) - 65]);
  let written = text.charAt(0).toUpperCase();
  let last = codes[0];
  for (const code of codes.slice(1)) {
    if (code !== undefined && code !== "0" && code !== "7" && code !== last) written += code;
    if (written.length === 4) return written;
    if (code !== "7") last = code ?? "0";
  }
  return written.padEnd(4, "0");
}

/**
 * The text with its characters replaced by what stands for their kind; an empty mask keeps them.
 *
 * Source: `Mask`, which looks at UTF-16 units.
 */
export function masked(text: string, upper: string, lower: string, digit: string, other: string): string {
  const maskOf = (unit: string): string => {
    if (/\p{Uppercase}/u.test(unit)) return upper;
    if (/\p{Lowercase}/u.test(unit)) return lower;
    return /\p{Nd}/u.test(unit) ? digit : other;
  };
  let result = "";
  for (let at = 0; at < text.length; at++) result += maskOf(text.charAt(at)) || text.charAt(at);
  return result;
}

/** Whether digits pass Luhn's check: every second from the right doubled, the sum is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  if (!/^[0-9]+$/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}

/** The fewest characters to insert, delete or replace to make one text of the other. */
export function editDistance(left: string, right: string): number {
  const [from, to] = [Array.from(left), Array.from(right)];
  let above = to.map((_, index) => index + 1);
  for (const [row, character] of from.entries()) {
    let [diagonal, before] = [row, row + 1];
    above = above.map((upper, column) => {
      before = Math.min(diagonal + (character === to[column] ? 0 : 1), upper + 1, before + 1);
      diagonal = upper;
      return before;
    });
  }
  return above.at(-1) ?? from.length;
}
