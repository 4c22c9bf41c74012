/** Casts to dates, timestamps, times and intervals. */
import type { TypeKind } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { fromLocal, toLocal } from "../compile/zone.ts";
import { sqlErrorOf, text } from "../sql-text.ts";
import { attempted, bySource, type CastWriter } from "./cast-writer.ts";
import { intervalCasts } from "./intervals.ts";
import { binaryCast } from "./text.ts";
import { timeCast } from "./time-of-day.ts";

// The usual form is DuckDB's own; all others Spark takes are read by a kernel.
const dateText: CastWriter = (request) => {
  const { value, kernel } = request;
  const usual = `regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`;
  return attempted(
    request,
    `CASE WHEN ${usual} THEN TRY_CAST(${value} AS DATE) ELSE ${kernel("parse_date", [value])} END`,
  );
};

const usualTimestamp = "'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?'";

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

// What is less than a microsecond is dropped.
const decimalSeconds: CastWriter = ({ value, from }) => {
  const scale = from.kind === "decimal" ? from.scale : 0;
  return `make_timestamp(trunc((${value})::DECIMAL(38,${scale}) * 1000000)::BIGINT)`;
};
/** The end of all time on the side of a number. */
const lastMoment = (value: string): string =>
  `CASE WHEN ${value} < 0 THEN -9223372036854775806 WHEN ${value} > 0 THEN 9223372036854775806 END`;
const fractionSeconds: CastWriter = (request) => {
  const { value, from, mode } = request;
  const micros = `(${value})::DOUBLE * 1000000`;
  const whole = `TRY_CAST(trunc(${micros}) AS BIGINT)`;
  const moment = `make_timestamp(${mode === "legacy" ? `coalesce(${whole}, ${lastMoment(value)})` : whole})`;
  const attempt = `CASE WHEN isfinite(${value}) THEN ${moment} END`;
  if (mode !== "ansi") return attempt;
  const invalid = { value, from: text(sqlName(from)), to: text("TIMESTAMP") };
  const beyond = { value: micros, from: text("DOUBLE"), to: text("BIGINT") };
  const error = sqlErrorOf([
    { when: `isfinite(${value})`, condition: "CAST_OVERFLOW", parameters: beyond },
    { when: "true", condition: "CAST_INVALID_INPUT", parameters: invalid },
  ]);
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(${attempt}, ${error}) END`;
};
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
  float: fractionSeconds,
  double: fractionSeconds,
  decimal: decimalSeconds,
});

const locals = bySource({
  timestamp_ntz: ({ value }) => value,
  timestamp: ({ value, timeZone }) => toLocal(value, timeZone),
  date: ({ value }) => `(${value})::TIMESTAMP`,
  string: localText,
  char: localText,
  varchar: localText,
});

export const temporalCasts: Partial<Record<TypeKind, CastWriter>> = {
  date: dates,
  timestamp: timestamps,
  timestamp_ntz: locals,
  time: timeCast,
  ...intervalCasts,
  binary: binaryCast,
};
