/** Patterns as functions; the operators of columns are in `operators.ts`. */
import { scalar, synonym } from "./define.ts";

/**
 * Whether a text matches an SQL pattern: `%` stands for any text, `_` for any character.
 *
 * @param text - the text
 * @param pattern - the pattern
 * @param escape - the character that takes the meaning from `%` and `_`, a backslash when left out
 * @example like(lit("Spark"), lit("_park")) // true
 */
export const like = scalar("like(text: string, pattern: string, escape?: constantString): boolean");

/**
 * Whether a text matches an SQL pattern, whatever the case of its letters.
 *
 * @param text - the text
 * @param pattern - the pattern
 * @param escape - the character that takes the meaning from `%` and `_`, a backslash when left out
 * @example ilike(lit("Spark"), lit("_PARK")) // true
 */
export const ilike = scalar("ilike(text: string, pattern: string, escape?: constantString): boolean");

/**
 * Whether a Java regular expression is found in a text.
 *
 * @param text - the text
 * @param pattern - the regular expression
 * @example rlike(lit("Spark"), lit("p.r")) // true
 */
export const rlike = scalar("rlike(text: string, pattern: string): boolean");

/**
 * Whether a Java regular expression is found in a text; another name of `rlike`.
 *
 * @example regexp(lit("Spark"), lit("^S")) // true
 */
export const regexp = synonym("regexp(text: string, pattern: string): boolean", rlike);

/**
 * Whether a Java regular expression is found in a text; another name of `rlike`.
 *
 * @example regexpLike(lit("Spark"), lit("k$")) // true
 */
export const regexpLike = synonym("regexp_like(text: string, pattern: string): boolean", rlike);
