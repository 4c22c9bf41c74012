/** Numbers as the patterns of `to_char` and `to_number` have them. Spark's source: `ToNumberParser`. */
import type { DigitRun, NumberPattern, PatternPart } from "../../../../types/number-pattern.ts";

const space = " ";

/** What has been written so far; digits of the number are handed out from the left. */
interface Writing {
  text: string;
  readonly isNegative: boolean;
  readonly whole: string;
  readonly fraction: string;
  at: number;
  isBehindPoint: boolean;
}

/**
 * Writes a number.
 *
 * @param number - its plain decimal text
 * @param pattern - how to write it; `#` stands where it has too many digits
 */
export function writtenNumber(number: string, pattern: NumberPattern): string {
  const [before = "", after = ""] = number.replace("-", "").split(".");
  const whole = before.replace(/^0+/, "");
  const fraction = after.replace(/0+$/, "");
  const fits = whole.length <= pattern.whole && fraction.length <= pattern.fraction;
  const writing: Writing = {
    text: "",
    isNegative: number.startsWith("-") && /[1-9]/.test(number),
    whole: fits ? whole.padStart(pattern.whole) : "#".repeat(pattern.whole),
    fraction: fits ? fraction.padEnd(pattern.fraction) : "#".repeat(pattern.fraction),
    at: 0,
    isBehindPoint: false,
  };
  for (const part of pattern.parts) writers[part.kind](writing, part as never);
  return withoutLonePoint(writing.text);
}

/** A point at the end gives way to a space. */
const withoutLonePoint = (text: string): string => (text.endsWith(".") ? `${text.slice(0, -1)} ` : text);

/** A space stands before the sign that it would follow. */
function addSpace(writing: Writing): void {
  const isBesideSign = /[-+<]$/.test(writing.text);
  writing.text = isBesideSign ? `${writing.text.slice(0, -1)} ${writing.text.at(-1)}` : `${writing.text}${space}`;
}

/** A sign at the end stands before a space that it would follow. */
function addSign(writing: Writing, sign: string): void {
  const text = withoutLonePoint(writing.text);
  writing.text = text.endsWith(space) ? `${text.slice(0, -1)}${sign} ` : text + sign;
}

function writeRuns(writing: Writing, runs: readonly DigitRun[]): void {
  runs.forEach((run, index) => {
    if (index > 0 && /\d$/.test(writing.text)) writing.text += ",";
    else if (index > 0) addSpace(writing);
    for (let digit = 0; digit < run.count; digit++) writeDigit(writing, run);
  });
}

function writeDigit(writing: Writing, { exactly }: DigitRun): void {
  const digit = (writing.isBehindPoint ? writing.fraction : writing.whole)[writing.at++]!;
  if (digit !== space) writing.text += digit;
  else if (exactly || writing.isBehindPoint) writing.text += "0";
  else addSpace(writing);
}

const writers: Readonly<{ [Kind in PatternPart["kind"]]: (writing: Writing, part: never) => void }> = {
  digits: (writing, { runs }: { readonly runs: readonly DigitRun[] }) => writeRuns(writing, runs),
  point(writing) {
    writing.text = `${writing.text.replace(/ $/, "0")}.`;
    writing.at = 0;
    writing.isBehindPoint = true;
  },
  dollar(writing) {
    writing.text += "$";
  },
  sign: (writing) => addSign(writing, writing.isNegative ? "-" : "+"),
  minus(writing) {
    if (writing.isNegative) addSign(writing, "-");
    else writing.text = `${withoutLonePoint(writing.text)}${space}`;
  },
  opening(writing) {
    if (writing.isNegative) writing.text += "<";
  },
  closing(writing) {
    if (writing.isNegative) addSign(writing, ">");
    else writing.text = `${withoutLonePoint(writing.text)}${space}${space}`;
  },
};

/** How far a text has been read, and what was found. */
interface Reading {
  readonly text: string;
  at: number;
  isBehindPoint: boolean;
  isNegative: boolean;
  isOpen: boolean;
  whole: string;
  fraction: string;
}

/**
 * Reads a number.
 *
 * @param text - the text
 * @param pattern - how it must be written
 * @returns the number without its point, with as many digits behind it as the pattern has; undefined where the text does
 * not follow the pattern
 */
export function readNumber(text: string, pattern: NumberPattern): bigint | undefined {
  const reading: Reading = {
    ...{ text, at: 0, isBehindPoint: false, isNegative: false, isOpen: false },
    ...{ whole: "", fraction: "" },
  };
  if (!pattern.parts.every((part) => readers[part.kind](reading, part as never))) return undefined;
  if (/\S/.test(text.slice(reading.at)) || reading.whole + reading.fraction === "" || reading.isOpen) return undefined;
  const digits = BigInt(reading.whole + reading.fraction.padEnd(pattern.fraction, "0"));
  return reading.isNegative ? -digits : digits;
}

/** Passes over a character if it is the next one. */
function take(reading: Reading, character: string): boolean {
  if (reading.text[reading.at] !== character) return false;
  reading.at++;
  return true;
}

function readRuns(reading: Reading, runs: readonly DigitRun[]): boolean {
  const groups = [0];
  for (; ; reading.at++) {
    const character = reading.text[reading.at];
    const digit = character === undefined ? undefined : digitOf(character);
    if (digit !== undefined) {
      groups.push(groups.pop()! + 1);
      if (reading.isBehindPoint) reading.fraction += digit;
      else reading.whole += digit;
    } else if (character === ",") groups.push(0);
    else if (character === undefined || !/\s/.test(character)) break;
  }
  return fitting(groups, runs);
}

/** The sizes of groups against the runs, from the right. */
function fitting(groups: readonly number[], runs: readonly DigitRun[]): boolean {
  if (groups.length > runs.length) return false;
  const [sizes, wanted] = [groups.toReversed(), runs.toReversed()];
  return wanted.every(({ count, exactly }, index) => {
    const size = sizes[index] ?? 0;
    return exactly ? size === count : size <= count;
  });
}

const anyDigit = /\p{Nd}/u;

/** The value of a decimal digit of any script. */
function digitOf(character: string): string | undefined {
  if (character >= "0" && character <= "9") return character;
  if (!anyDigit.test(character)) return undefined;
  let zero = character.charCodeAt(0);
  while (anyDigit.test(String.fromCharCode(zero - 1))) zero--;
  return String((character.charCodeAt(0) - zero) % 10);
}

const readers: Readonly<{ [Kind in PatternPart["kind"]]: (reading: Reading, part: never) => boolean }> = {
  digits: (reading, { runs }: { readonly runs: readonly DigitRun[] }) => readRuns(reading, runs),
  point(reading) {
    reading.isBehindPoint = take(reading, ".");
    return true;
  },
  dollar: (reading) => take(reading, "$"),
  sign(reading) {
    if (take(reading, "-")) reading.isNegative = true;
    else take(reading, "+");
    return true;
  },
  minus(reading) {
    if (take(reading, "-")) reading.isNegative = true;
    return true;
  },
  opening(reading) {
    reading.isOpen = take(reading, "<");
    return true;
  },
  closing(reading) {
    if (!take(reading, ">")) return true;
    if (!reading.isOpen) return false;
    reading.isOpen = false;
    reading.isNegative = true;
    return true;
  },
};
