/** Text by formats: numbers by patterns, bytes by encodings, text that is valid UTF-8. */
import { scalar, synonym } from "./define.ts";

/**
 * A number, a time or bytes as text, by a format.
 *
 * @param value - a number, a date, a timestamp or a binary value
 * @param format - for numbers a pattern such as `$9,999.99`, for times as in `dateFormat`, for bytes `base64`, `hex` or `utf-8`
 * @throws AnalysisError `INVALID_FORMAT` when the pattern is none
 * @example toChar(lit(78.12), "$99.99") // $78.12
 */
export const toChar = scalar("to_char(value: writable, format: value constantString): patternedText");

/**
 * A number, a time or bytes as text, by a format; another name of `toChar`.
 *
 * @example toVarchar(lit(454), "000D00") // 454.00
 */
export const toVarchar = synonym("to_varchar(value: writable, format: value constantString): patternedText", toChar);

/**
 * The number that a text stands for, by a pattern.
 *
 * @param text - the text
 * @param format - such as `S9,999.00`: `9` for up to so many digits, `0` for exactly so many, `S`, `MI`, `PR` for a sign
 * @throws AnalysisError `INVALID_FORMAT` when the pattern is none
 * @throws ExecutionError `INVALID_FORMAT.MISMATCH_INPUT` when a text does not follow it
 * @example toNumber(lit("12,454.8-"), "99,999.9S") // -12454.8
 */
export const toNumber = scalar("to_number(text: string, format: value constantString): patternedNumber");

/**
 * The number that a text stands for, by a pattern; null where it does not follow the pattern.
 *
 * @param text - the text
 * @param format - the pattern, as in `toNumber`
 * @example tryToNumber(lit("12,4"), "999") // NULL
 */
export const tryToNumber = scalar(
  "try_to_number(text: string, format: value constantString): patternedNumber nullable",
);

/**
 * The bytes that a text stands for.
 *
 * @param text - the text
 * @param format - `hex` (when left out), `utf-8`, `utf8` or `base64`, in any case
 * @throws ExecutionError `CONVERSION_INVALID_INPUT` when a text is malformed
 * @example hex(toBinary(lit("abc"), lit("utf-8"))) // 616263
 */
export const toBinary = scalar("to_binary(text: string, format?: constantString): encodedBytes null if decoded");

/**
 * The bytes that a text stands for; null where it is malformed.
 *
 * @param text - the text
 * @param format - as in `toBinary`
 * @example tryToBinary(lit("a!"), lit("base64")) // NULL
 */
export const tryToBinary = scalar("try_to_binary(text: string, format?: constantString): binary nullable");

/**
 * Whether a text is valid UTF-8, which every text is that is not made of bytes.
 *
 * @example isValidUtf8(lit("Spark")) // true
 */
export const isValidUtf8 = scalar("is_valid_utf8(text: string): boolean nullable in name");

/**
 * The text with U+FFFD for whatever is not valid UTF-8.
 *
 * @example makeValidUtf8(lit("Spark")) // Spark
 */
export const makeValidUtf8 = scalar("make_valid_utf8(text: string): string nullable in name");

/**
 * The text; fails where it is not valid UTF-8.
 *
 * @example validateUtf8(lit("Spark")) // Spark
 */
export const validateUtf8 = scalar("validate_utf8(text: string): string nullable in name");

/**
 * The text; null where it is not valid UTF-8.
 *
 * @example tryValidateUtf8(lit("Spark")) // Spark
 */
export const tryValidateUtf8 = scalar("try_validate_utf8(text: string): string nullable");

/**
 * The text in single quotes, with a backslash before each single quote inside.
 *
 * @example quote(lit("Don't")) // 'Don\'t'
 */
export const quote = scalar("quote(text: string): string nullable in name");

/**
 * A random text of letters and digits for each row.
 *
 * @param length - how many characters
 * @param seed - an integer that repeats the same texts
 * @example length(randstr(5, 0)) // 5
 */
export const randstr = scalar("randstr(length: foldableInt, seed?: seed): string not null", {
  deterministic: false,
});

/**
 * A random number for each row, evenly spread between two numbers.
 *
 * @param least - one end
 * @param most - the other end
 * @param seed - an integer that repeats the same numbers
 * @example uniform(1, 10, 0).between(1, 10) // true
 */
export const uniform = scalar("uniform(least: foldableNumber, most: foldableNumber, seed?: seed): spread not null", {
  deterministic: false,
});
