/** `sentences`: where Java's `BreakIterator` sees sentences and words, in all languages but Thai. */
import { UnsupportedError } from "../../../../errors.ts";
import { deferred } from "../../../../types/deferred.ts";
import { sentenceLength } from "./sentence-end.ts";

// ------------------------------------------------------------------------------------------------ words

/** Marks that belong to the letter or digit before them. */
const attached = "(?:(?!\\u00ad)[\\p{Mn}\\p{Me}\\p{Cf}])*";
const kanji = "\\u3005\\u4e00-\\u9fa5\\uf900-\\ufa2d";
const katakana = "\\u30a1-\\u30fa\\u30fd\\u30fe";
const hiragana = "\\u3041-\\u3094\\u309d\\u309e";
const kanaMarks = "\\u3099-\\u309c\\u30fb\\u30fc";

const letter = `(?:(?![${kanji}${katakana}${hiragana}${kanaMarks}])[\\p{L}\\p{Mc}]${attached})`;
const digit = `(?:\\p{N}${attached})`;
const word = `(?:${letter}+(?:[\\p{Pd}\\p{Pc}\\u00ad\\u2027"'.]${letter}+)*)`;
const number = `(?:${digit}+(?:["',\\u066b.]${digit}+)*)`;
const numbers = `(?:${number}${word})*(?:${number}[\\u00a2%\\u066a\\u2030\\u2031&]?)?`;

/** What stays together; the longest decides. */
const pieces = deferred(() =>
  [
    `${word}?${numbers}`,
    `(?!\\u00a2)[\\p{Sc}#.]${numbers}`,
    ...[`${katakana}${kanaMarks}`, `${hiragana}${kanaMarks}`, kanji].map((script) => `[${script}]+`),
    `[\\s\\S]${attached}`,
  ].map((form) => new RegExp(form, "uy")),
);

function pieceLength(text: string, at: number): number {
  const lengths = pieces().map((piece) => {
    piece.lastIndex = at;
    return piece.exec(text)?.[0].length ?? 0;
  });
  return Math.max(...lengths);
}

/** The pieces that begin with a letter or a digit. */
function wordsOf(sentence: string): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < sentence.length; ) {
    const length = pieceLength(sentence, at);
    // Java looks at half of a character beyond the first plane, which is neither.
    if (/[\p{L}\p{Nd}]/u.test(sentence[at]!)) words.push(sentence.slice(at, at + length));
    at += length;
  }
  return words;
}

// ------------------------------------------------------------------------------------------------ what is known

/** Letters and marks that Unicode has now and had not, or had otherwise, when Java's tables were made. */
const newer = deferred(
  () =>
    new RegExp(
      "[\\u0295\\u0870-\\u0891\\u0897-\\u089f\\u08b5\\u08c8-\\u08d2\\u0c3c\\u0c5c\\u0c5d\\u0cdc\\u0cdd\\u0cf3\\u0ece\\u170d\\u1715\\u171f\\u1734\\u180f" +
        "\\u1ac1-\\u1aeb\\u1b4c\\u1c89\\u1c8a\\u1dfa\\u20c0\\u20c1\\u2c2f\\u2c5f\\u2e56-\\u2e5d\\u9ffd-\\u9fff\\ua7c0\\ua7c1\\ua7cb-\\ua7dc\\ua7f1-\\ua7f4]" +
        "|(?![\\0-\\uffff])[\\p{L}\\p{N}\\p{M}\\p{Cf}]",
      "u",
    ),
);
const behindWords = "[\\p{L}\\p{N}\\p{Mc}\\p{Mn}\\p{Me}\\p{Cf}]";
const eastern = `[${kanji}${katakana}${hiragana}${kanaMarks}]`;
/** Marks that stand behind no letter or digit, or in Chinese and Japanese, and dandas. */
const loose = deferred(
  () =>
    new RegExp(`(?:(?<!${behindWords})|(?<=${eastern})(?!${eastern}))[\\p{Mn}\\p{Me}\\p{Cf}]|[\\u0964\\u0965]`, "u"),
);
const thai = /\p{Script=Thai}/u;

function check(text: string, language: string): void {
  const [odd] = newer().exec(text) ?? loose().exec(text) ?? (/^th$/i.test(language) ? thai.exec(text) : null) ?? [];
  if (odd === undefined) return;
  const code = odd.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  throw new UnsupportedError(`sentences of a text with the character U+${code} in this place are not supported`, {
    hint: "Java's rules are not known for it: take the character out with regexp_replace(…) first.",
  });
}

/**
 * The sentences of a text, each as its words.
 *
 * @param language - as a code of two letters; only Thai has rules of its own, which are not known
 * @throws UnsupportedError for a text with characters of which Java's rules are not known
 */
export function sentencesOf(text: string, language: string): readonly (readonly string[])[] {
  check(text, language);
  const found: (readonly string[])[] = [];
  for (let at = 0; at < text.length; ) {
    const length = sentenceLength(text.slice(at));
    found.push(wordsOf(text.slice(at, at + length)));
    at += length;
  }
  return found;
}
