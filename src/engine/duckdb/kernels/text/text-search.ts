/** Where a text holds another one under a collation. Sources: `CollationAwareUTF8String`, ICU's `StringSearch`. */
import { UnsupportedError } from "../../../../errors.ts";
import { type CollationLocale, collationLocale } from "../../collation-locale.ts";

/** Where a part was found: offsets of UTF-16 units. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** How texts are searched under a collation. */
export interface TextSearch {
  /** What a text is made of: matches begin and end between units. */
  readonly units: (text: string) => readonly string[];
  /** How many units from a place on are equal to a part, or -1. */
  readonly matched: (units: readonly string[], at: number, part: string) => number;
}

const searches = new Map<string, TextSearch>();

/**
 * How texts are searched under a collation.
 *
 * @param collation - a canonical name; that spaces at the end do not count is for the callers to see to
 */
export function textSearch(collation: string): TextSearch {
  const name = collation.replace(/_RTRIM$/, "");
  const search = searches.get(name) ?? searchOf(name);
  searches.set(name, search);
  return search;
}

function searchOf(name: string): TextSearch {
  if (name === "UTF8_BINARY") return { units: Array.from<string>, matched: matchedExactly };
  return name === "UTF8_LCASE" ? { units: Array.from<string>, matched: matchedLowered } : languageSearch(name);
}

/** Every place where a part is found, those that overlap too. */
export function matchesOf(text: string, part: string, { units, matched }: TextSearch): readonly Match[] {
  const cut = units(text);
  const starts = offsets(cut);
  return cut.flatMap((_, at) => {
    const length = matched(cut, at, part);
    return length < 0 ? [] : [{ start: starts[at]!, end: starts[at + length]! }];
  });
}

function offsets(units: readonly string[]): readonly number[] {
  let offset = 0;
  return [0, ...units.map((unit) => (offset += unit.length))];
}

function matchedExactly(units: readonly string[], at: number, part: string): number {
  const wanted = Array.from(part);
  return wanted.every((character, index) => units[at + index] === character) ? wanted.length : -1;
}

/** A character in lower case: a capital I with a dot is two characters, and both small sigmas are one. */
export function loweredCharacter(character: string): string {
  if (character === "İ") return "i̇";
  if (character === "ς" || character === "Σ") return "σ";
  return character.toLowerCase();
}

function matchedLowered(units: readonly string[], at: number, part: string): number {
  const wanted = Array.from(part, loweredCharacter).join("");
  let found = "";
  let end = at;
  while (found.length < wanted.length && end < units.length) found += loweredCharacter(units[end++]!);
  return found === wanted ? end - at : -1;
}

// Languages in which each letter is compared by itself, and English for none: it orders texts as Unicode does.
const plainLanguages: ReadonlySet<string> = new Set([
  ...[
    "de",
    "en",
    "es",
    "fi",
    "fr",
    "ga",
    "gl",
    "id",
    "is",
    "it",
    "lb",
    "ms",
    "nl",
    "pl",
    "pt",
    "ro",
    "sl",
    "sv",
    "sw",
    "tr",
  ],
]);

const sensitivities = { "": "variant", CI: "accent", AI: "case", CI_AI: "base" } as const satisfies Readonly<
  Record<CollationLocale["ignored"], Intl.CollatorOptions["sensitivity"]>
>;

/** What decides which sounds belong together or in which order they are read, before they are compared. */
const entangled = /[\u0e00-\u0eff\u1100-\u11ff\u19b0-\u19bf\uaa80-\uaadf]|[lL][·\u0387]/u;

// An empty text is equal to what a collator passes over; an accent is passed over where letters alone count.
function languageSearch(name: string): TextSearch {
  const { tag, ignored } = collationLocale(name);
  const language = tag === "und" ? "en" : tag;
  if (!plainLanguages.has(language.split("-")[0]!))
    throw unsearchable(`texts under ${name}, whose language may count several letters as one`);
  const collatorOf = (sensitivity: Intl.CollatorOptions["sensitivity"]) => new Intl.Collator(language, { sensitivity });
  const [collator, letters, all] = [collatorOf(sensitivities[ignored]), collatorOf("base"), collatorOf("variant")];
  const isAccent = remembered((one) => letters.compare(one, "") === 0 && all.compare(one, "") !== 0);
  const isIgnored = remembered((one) => collator.compare(one, "") === 0);
  return {
    units: (text) => {
      if (entangled.test(text)) throw unsearchable(`the text ${text}: its letters are not read one by one`);
      return joined(text, isAccent);
    },
    matched: (units, at, part) => matchedEqual(units, at, part, collator, isIgnored),
  };
}

/** Characters with the accents behind them. */
function joined(text: string, isAccent: (character: string) => boolean): readonly string[] {
  const units: string[] = [];
  for (const character of text) {
    const last = units.at(-1);
    const belongs = last !== undefined && (isAccent(character) || (character === "\n" && last === "\r"));
    if (belongs) units[units.length - 1] = last + character;
    else units.push(character);
  }
  return units;
}

/** The fewest units from a place on that are equal to a part. */
function matchedEqual(
  units: readonly string[],
  at: number,
  part: string,
  collator: Intl.Collator,
  isIgnored: (unit: string) => boolean,
): number {
  if (isIgnored(units[at]!) || collator.compare(part, "") === 0) return -1;
  // A letter stands for two at most, as its compatibility decomposition has them.
  const most = 2 * part.normalize("NFKD").length;
  let found = "";
  for (let end = at, counted = 0; end < units.length && counted <= most; end++) {
    found += units[end]!;
    if (!isIgnored(units[end]!)) counted++;
    if (collator.compare(found, part) === 0) return end + 1 - at;
  }
  return -1;
}

function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const answer = known.get(text) ?? test(text);
    known.set(text, answer);
    return answer;
  };
}

const unsearchable = (what: string): UnsupportedError =>
  new UnsupportedError(`the embedded engine does not search in ${what}`, {
    hint: "Search under UTF8_LCASE or UNICODE_CI: collate(text, 'UTF8_LCASE').",
  });
