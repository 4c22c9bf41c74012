/** What a policy refuses: texts that Spark 2 read and Spark does not. */
import { ParseError } from "../../../../../errors.ts";

/**
 * Nothing where nothing was read before either.
 *
 * Source: `DateTimeFormatterHelper.checkParsedDiff`.
 *
 * @param before - what Spark 2 read
 * @throws ParseError `INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER` for anything else
 */
export function refusedIfRead(text: string, before: number | bigint | undefined): undefined {
  if (before === undefined) return undefined;
  throw new ParseError(`You may get a different result than of Spark 2: fail to parse '${text}' in the new parser`, {
    condition: "INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER",
    sqlState: "42K0B",
    parameters: { datetime: `'${text}'`, config: '"spark.sql.legacy.timeParserPolicy"' },
    hint: "Set spark.sql.legacy.timeParserPolicy to LEGACY to read it as before, or to CORRECTED to take it for invalid.",
  });
}

/** What can be made, undefined for a pattern that Spark 2 does not know. */
export function tried<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
