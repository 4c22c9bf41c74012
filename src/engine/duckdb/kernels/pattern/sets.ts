/** The sets of characters that patterns name. */
import type { CharacterSet } from "./syntax.ts";

export const range = (first: number, last = first): CharacterSet => ({ kind: "range", first, last });
export const union = (...sets: readonly CharacterSet[]): CharacterSet =>
  sets.length === 1 ? sets[0]! : { kind: "union", sets };
export const complement = (set: CharacterSet): CharacterSet => ({ kind: "complement", set });
const property = (name: string): CharacterSet => ({ kind: "property", name });

/** The characters of a text, and ranges written `a-z`. */
function of(text: string): CharacterSet {
  const points = Array.from(text, (character) => character.codePointAt(0)!);
  return union(...points.map((point) => range(point)));
}

const digits = range(0x30, 0x39);
const uppers = range(0x41, 0x5a);
const lowers = range(0x61, 0x7a);
const letters = union(uppers, lowers);
const wordCharacters = union(letters, digits, of("_"));
const blanks = union(range(0x20), range(0x09, 0x0d));
const horizontal = union(of(" \t\u00a0\u1680\u180e\u202f\u205f\u3000"), range(0x2000, 0x200a));
const vertical = union(range(0x0a, 0x0d), of("\u0085\u2028\u2029"));
const everything = range(0, 0x10ffff);

/** What `.` does not match. */
export const lineTerminators = of("\n\r\u0085\u2028\u2029");
export const newline = of("\n");
export const anyCharacter = everything;

/** What Java's `\b` calls part of a word. */
export const boundaryWord = union(property("L"), property("Nd"), of("_"), property("Mn"));

/** Sets by the letter behind a backslash. */
export const escapedSets: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: blanks,
  S: complement(blanks),
  h: horizontal,
  H: complement(horizontal),
  v: vertical,
  V: complement(vertical),
};

const punctuation = of("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

/** The sets of ASCII that have names in braces. */
const posix: Readonly<Record<string, CharacterSet>> = {
  Lower: lowers,
  Upper: uppers,
  ASCII: range(0, 0x7f),
  Alpha: letters,
  Digit: digits,
  Alnum: union(letters, digits),
  Punct: punctuation,
  Graph: range(0x21, 0x7e),
  Print: range(0x20, 0x7e),
  Blank: of(" \t"),
  Cntrl: union(range(0, 0x1f), range(0x7f)),
  XDigit: union(digits, range(0x41, 0x46), range(0x61, 0x66)),
  Space: blanks,
  javaLowerCase: property("Lowercase"),
  javaUpperCase: property("Uppercase"),
  javaWhitespace: union(
    range(0x09, 0x0d),
    range(0x1c, 0x20),
    of("\u1680\u205f\u3000\u2028\u2029"),
    range(0x2000, 0x2006),
    range(0x2008, 0x200a),
  ),
  javaMirrored: property("Bidi_Mirrored"),
  javaAlphabetic: property("Alphabetic"),
  javaLetter: property("L"),
  javaDigit: property("Nd"),
  javaLetterOrDigit: union(property("L"), property("Nd")),
  L1: range(0, 0xff),
  LD: union(property("L"), property("Nd")),
  all: everything,
};

const binary: Readonly<Record<string, string>> = {
  ALPHABETIC: "Alphabetic",
  IDEOGRAPHIC: "Ideographic",
  LETTER: "L",
  LOWERCASE: "Lowercase",
  UPPERCASE: "Uppercase",
  TITLECASE: "Lt",
  WHITE_SPACE: "White_Space",
  WHITESPACE: "White_Space",
  CONTROL: "Cc",
  PUNCTUATION: "P",
  HEX_DIGIT: "Hex_Digit",
  HEXDIGIT: "Hex_Digit",
  ASSIGNED: "Assigned",
  NONCHARACTER_CODE_POINT: "Noncharacter_Code_Point",
  DIGIT: "Nd",
  ALNUM: "",
};

/** The set that `\p{…}` names; undefined for one that only Java knows. */
export function namedSet(name: string): CharacterSet | undefined {
  const known = posix[name];
  if (known !== undefined) return known;
  const [, key, value] = /^(\w+)=(.+)$/.exec(name) ?? [];
  if (key !== undefined) return byKey(key.toLowerCase(), value!);
  if (name.startsWith("Is")) return afterIs(name.slice(2));
  return category(name);
}

function byKey(key: string, value: string): CharacterSet | undefined {
  if (key === "sc" || key === "script") return script(value);
  return key === "gc" || key === "general_category" ? category(value) : undefined;
}

function afterIs(name: string): CharacterSet | undefined {
  const known = binary[name.toUpperCase()];
  if (known === "") return undefined;
  return known === undefined ? (category(name) ?? script(name)) : property(known);
}

const category = (name: string): CharacterSet | undefined => (/^[A-Z][a-z]?$/.test(name) ? existing(name) : undefined);

function script(name: string): CharacterSet | undefined {
  const written = name
    .toLowerCase()
    .replace(/(^|_)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
  return existing(`Script=${written}`);
}

function existing(name: string): CharacterSet | undefined {
  try {
    new RegExp(`\\p{${name}}`, "v");
    return property(name);
  } catch {
    return undefined;
  }
}

const point = (text: string): number => text.codePointAt(0)!;

/** Both cases of what the set holds, of ASCII or of all letters. */
export function anyCase(set: CharacterSet, unicode: boolean): CharacterSet {
  if (set.kind === "range") return rangeOfAnyCase(set.first, set.last, unicode);
  if (set.kind === "property")
    return /^(?:Lu|Ll|Lt|Uppercase|Lowercase)$/.test(set.name) && unicode
      ? union(property("Lu"), property("Ll"), property("Lt"))
      : set;
  if (set.kind === "complement") return complement(anyCase(set.set, unicode));
  return { kind: set.kind, sets: set.sets.map((inner) => anyCase(inner, unicode)) };
}

function rangeOfAnyCase(first: number, last: number, unicode: boolean): CharacterSet {
  const shifted = (from: number, to: number, by: number): CharacterSet[] => {
    const [low, high] = [Math.max(first, from), Math.min(last, to)];
    return low <= high ? [range(low + by, high + by)] : [];
  };
  const ascii = [...shifted(0x41, 0x5a, 0x20), ...shifted(0x61, 0x7a, -0x20)];
  return union(range(first, last), ...ascii, ...(unicode ? otherCases(first, last) : []));
}

/** What Java compares where it ignores cases: a letter in capitals and then in lower case. */
const folded = (character: string): string => {
  const [upper] = [character.toUpperCase()].filter((one) => Array.from(one).length === 1);
  const lower = character === "İ" ? "i" : (upper ?? character).toLowerCase();
  return Array.from(lower).length === 1 ? lower : character;
};

let casedLetters: ReadonlyMap<string, readonly number[]> | undefined;

/** The letters beyond ASCII by what they are compared as; no letter of another plane than the first two has cases. */
function lettersByFold(): ReadonlyMap<string, readonly number[]> {
  casedLetters ??= Map.groupBy(
    Array.from({ length: 0x20000 - 0x80 }, (_, index) => index + 0x80).filter((at) =>
      /\p{Cased}/u.test(String.fromCodePoint(at)),
    ),
    (at) => folded(String.fromCodePoint(at)),
  );
  return casedLetters;
}

/** The other cases of letters, where a range is short enough to look at each. */
function otherCases(first: number, last: number): CharacterSet[] {
  if (last - first > 0x3000) return [];
  const found: CharacterSet[] = [];
  for (let at = first; at <= last; at++) {
    const character = String.fromCodePoint(at);
    const fold = folded(character);
    const others = [...(lettersByFold().get(fold) ?? []), ...(fold === character ? [] : [point(fold)])];
    for (const other of others) if (other !== at) found.push(range(other));
    if (at >= 0x80 && fold.length === 1 && point(fold) < 0x80) found.push(range(point(fold.toUpperCase())));
  }
  return found;
}
