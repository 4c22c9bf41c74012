/** The errors of date-time patterns that Spark refuses. */
import { ParseError, UnsupportedError } from "../../../../errors.ts";

/** Letters of calendars of weeks. */
const weekBased = /[YWwuec]/;
/** Letters of Java's that Spark has forbidden, and those that it only writes. */
const forbidden = /[ABnNp]/;
const onlyWritten = /[EFqQ]/;
/** Letters that Spark knows and that are not supported here. */
const unsupported = /^[gv]/;

const unquoted = (pattern: string): string => pattern.replace(/'[^']*'/g, "");

/** Whether the formatter of Spark 2 takes a pattern, which Spark then names as the cause. */
const wasAccepted = (pattern: string): boolean =>
  /^[^a-zA-Z']*(?:[GyYMLwWDdFEuaHkKhmsSzZX][^a-zA-Z']*)*$/.test(unquoted(pattern)) && !/X{4}/.test(unquoted(pattern));

const crossVersion = (pattern: string, kind: string, sentence: string): ParseError =>
  new ParseError(sentence, {
    condition: `INCONSISTENT_BEHAVIOR_CROSS_VERSION.${kind}`,
    sqlState: "42K0B",
    parameters: { pattern, config: '"spark.sql.legacy.timeParserPolicy"' },
    hint: "Write the date-time pattern in the letters of Spark 3 and later.",
  });

/**
 * The error of a pattern that Spark refuses.
 *
 * Source: `DateTimeFormatterHelper.convertIncompatiblePattern`, `checkLegacyFormatter`.
 *
 * @param run - the letters that are not understood, undefined for quotes and brackets
 * @param reading - whether text is read, not written
 */
export function refusedPattern(pattern: string, run: string | undefined, reading: boolean): Error {
  if (run !== undefined && reading && unsupported.test(run)) {
    return new UnsupportedError(`the date-time pattern ${pattern} has letters that are not read: ${run}`, {
      hint: "Cut the part out of the text before it is read.",
    });
  }
  if (wasAccepted(pattern)) {
    const sentence = `Fail to recognize '${pattern}' pattern in the DateTimeFormatter`;
    return crossVersion(pattern, "DATETIME_PATTERN_RECOGNITION", sentence);
  }
  const first = pattern
    .split("'")
    .find((part, at) => at % 2 === 0 && (weekBased.test(part) || isIllegal(part, reading)));
  const [week] = weekBased.exec(first ?? "") ?? [];
  if (week !== undefined) {
    const sentence = `All week-based patterns are unsupported since Spark 3.0, detected week-based character: ${week}`;
    return crossVersion(pattern, "DATETIME_WEEK_BASED_PATTERN", sentence);
  }
  return invalid(pattern, reading);
}

/** Spark's word for patterns that Spark 2 did not know either. */
export const unrecognizedPattern = (pattern: string): ParseError =>
  new ParseError(`Unrecognized datetime pattern: '${pattern}'`, {
    ...ofPatterns,
    condition: "INVALID_DATETIME_PATTERN.WITH_SUGGESTION",
    parameters: { pattern: `'${pattern}'`, docroot: "https://spark.apache.org/docs/latest" },
  });

const ofPatterns = {
  sqlState: "22007",
  hint: "Write letters of Spark's date-time patterns, and close quotes and brackets.",
};

/** More letters than a style has. */
const tooLong = /([GMLEQq])\1{4}|y{7}/;

const isIllegal = (letters: string, reading: boolean): boolean =>
  forbidden.test(letters) || (reading && onlyWritten.test(letters));

function invalid(pattern: string, reading: boolean): ParseError {
  const letters = unquoted(pattern);
  const [illegal] = forbidden.exec(letters) ?? (reading ? onlyWritten.exec(letters) : null) ?? [];
  const [long] = tooLong.exec(letters) ?? [];
  if (illegal === undefined && long !== undefined) {
    return new ParseError(
      `Unrecognized datetime pattern: ${long}. Too many letters in datetime pattern: ${long}. Please reduce pattern length`,
      { ...ofPatterns, condition: "INVALID_DATETIME_PATTERN.LENGTH", parameters: { pattern: long } },
    );
  }
  if (illegal === undefined) return unrecognizedPattern(pattern);
  return new ParseError(
    `Unrecognized datetime pattern: ${pattern}. Illegal pattern character found in datetime pattern: ${illegal}`,
    { ...ofPatterns, condition: "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER", parameters: { pattern, c: illegal } },
  );
}

/** Whether each closing bracket has one before it that opens; those that are not closed are at the end. */
function closesWhatItOpened(pattern: string): boolean {
  let open = 0;
  for (const bracket of pattern.replace(/[^[\]]/g, "")) {
    open += bracket === "[" ? 1 : -1;
    if (open < 0) return false;
  }
  return true;
}

/**
 * Checks what stands between the letters of a pattern.
 *
 * @throws ParseError for characters that Java reserves, and for a bracket that closes none
 */
export function checkPunctuation(pattern: string, reading: boolean): void {
  const shown = unquoted(pattern);
  if (/[#{}]/.test(shown) || !closesWhatItOpened(shown)) throw refusedPattern(pattern, undefined, reading);
}
