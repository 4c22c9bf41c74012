/** Casts to dates, timestamps, times and intervals. */
import type { TypeKind } from "../../../types/data-type.ts";
import { fromLocal, toLocal } from "../compile/zone.ts";
import { duckType } from "../duck-type.ts";
import { text } from "../sql-text.ts";
import { attempted, type CastRequest, type CastWriter } from "./cast-writer.ts";
import { bySource } from "./numeric.ts";
import { binaryCast } from "./text.ts";

// The usual form is DuckDB's own; all others Spark takes are read by a kernel.
const dateText: CastWriter = (request) => {
  const { value, kernel } = request;
  const usual = `regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`;
  return attempted(
    request,
    `CASE WHEN ${usual} THEN TRY_CAST(${value} AS DATE) ELSE ${kernel("parse_date", [value])} END`,
  );
};

const usualTimestamp = "'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?'";

const timestampText: CastWriter = (request) => {
  const { value, kernel, timeZone } = request;
  const local = fromLocal(`TRY_CAST(${value} AS TIMESTAMP)`, timeZone);
  return attempted(
    request,
    `CASE WHEN regexp_full_match(${value}, ${usualTimestamp}) THEN ${local} ELSE ${kernel("parse_timestamp", [value, text(timeZone)])} END`,
  );
};

const localText: CastWriter = (request) => {
  const { value, kernel } = request;
  return attempted(
    request,
    `CASE WHEN regexp_full_match(${value}, ${usualTimestamp}) THEN TRY_CAST(${value} AS TIMESTAMP) ELSE ${kernel("parse_local_timestamp", [value])} END`,
  );
};

const secondsToTimestamp: CastWriter = ({ value }) => `make_timestamp((${value} * 1000000)::BIGINT)`;
const wholeSeconds: CastWriter = ({ value }) => `make_timestamp((${value})::BIGINT * 1000000)`;
// Java's TimeUnit stays at the ends of its range.
const manySeconds: CastWriter = ({ value }) =>
  `make_timestamp(greatest(least((${value})::HUGEINT * 1000000, 9223372036854775806), -9223372036854775806)::BIGINT)`;

const dates = bySource({
  date: ({ value }) => value,
  string: dateText,
  char: dateText,
  varchar: dateText,
  timestamp: ({ value, timeZone }) => `(${toLocal(value, timeZone)})::DATE`,
  timestamp_ntz: ({ value }) => `(${value})::DATE`,
});

const timestamps = bySource({
  timestamp: ({ value }) => value,
  timestamp_ntz: ({ value, timeZone }) => fromLocal(value, timeZone),
  date: ({ value, timeZone }) => fromLocal(`(${value})::TIMESTAMP`, timeZone),
  string: timestampText,
  char: timestampText,
  varchar: timestampText,
  boolean: ({ value }) => `make_timestamp((${value})::BIGINT)`,
  tinyint: wholeSeconds,
  smallint: wholeSeconds,
  int: wholeSeconds,
  bigint: manySeconds,
  float: secondsToTimestamp,
  double: secondsToTimestamp,
  decimal: secondsToTimestamp,
});

const locals = bySource({
  timestamp_ntz: ({ value }) => value,
  timestamp: ({ value, timeZone }) => toLocal(value, timeZone),
  date: ({ value }) => `(${value})::TIMESTAMP`,
  string: localText,
  char: localText,
  varchar: localText,
});

const same = (request: CastRequest): string => `(${request.value})::${duckType(request.to)}`;

const intervalText =
  (kernel: string): CastWriter =>
  (request) =>
    attempted(request, request.kernel(kernel, [request.value]));

const dayTimes = bySource({ "day-time interval": same, string: intervalText("parse_day_time") });
const yearMonths = bySource({ "year-month interval": same, string: intervalText("parse_year_month") });

export const temporalCasts: Partial<Record<TypeKind, CastWriter>> = {
  date: dates,
  timestamp: timestamps,
  timestamp_ntz: locals,
  "day-time interval": dayTimes,
  "year-month interval": yearMonths,
  binary: binaryCast,
};
