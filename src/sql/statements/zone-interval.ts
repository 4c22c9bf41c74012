/** The interval behind `SET TIME ZONE`. */

import type { Token } from "../../types/ddl-token.ts";
import { offsetId } from "../../types/zone-offset.ts";
import type { SqlCursor } from "../cursor.ts";
import { readInterval } from "../expressions/intervals.ts";

const second = 1_000_000n;
/** Java's zones are no further from UTC, in seconds. */
const furthest = 18n * 3600n;

/**
 * Reads an interval, as the zone that is so far ahead of UTC: `+02:00` for `INTERVAL 2 HOURS`.
 *
 * Spark: `SparkSqlAstBuilder.visitSetTimeZone`.
 *
 * @throws ParseError for one of more than 18 hours, of days or months, or of parts of a second
 */
export function readZoneInterval(cursor: SqlCursor): string {
  const start = cursor.peek(1);
  const interval = readInterval(cursor);
  const micros =
    interval.kind === "literal" && interval.type.kind === "day-time interval" && interval.type.start !== "day"
      ? BigInt(interval.value as bigint)
      : undefined;
  if (micros === undefined || micros % second !== 0n || magnitude(micros) > furthest * second)
    throw outOfRange(cursor, start);
  return offsetId(Number(micros / second));
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const outOfRange = (cursor: SqlCursor, at: Token): Error =>
  cursor.fault(at, "The interval value must be in the range of [-18, +18] hours with second precision", {
    condition: "INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE",
    sqlState: "22006",
    hint: "Write SET TIME ZONE INTERVAL '01:30' HOUR TO MINUTE, or a zone: SET TIME ZONE 'Europe/Paris'.",
  });
