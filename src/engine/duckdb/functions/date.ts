/** Dates and timestamps as DuckDB SQL. Moments are naive UTC inside; clocks are read in the session's time zone. */
import { type DataType, dateType, isText, timestampNtzType, timestampType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import { fromLocal, toLocal } from "../compile/zone.ts";
import { sqlError, text } from "../sql-text.ts";
import { readMoment, writtenMoment } from "./date-pattern.ts";
import { byUnit, dateUnits, timestampUnits } from "./date-units.ts";
import { type Lowering, type LoweringContext, type Lowerings, unsupported } from "./lowering.ts";

const instant = (microseconds: string): string => `make_timestamp((${microseconds})::BIGINT)`;
const int = (value: string): string => `(${value})::INTEGER`;
// DuckDB's division of integers truncates; moments before 1970 are rounded down.
const floored = (value: string, divisor: number): string =>
  `((${value} // ${divisor}) - CASE WHEN ${value} % ${divisor} < 0 THEN 1 ELSE 0 END)`;
const microseconds = (moment: string): string => `epoch_us(${moment})`;
const seconds = (moment: string): string => floored(microseconds(moment), 1_000_000);

/** What a clock of the session shows, as a naive timestamp. */
function clock(value: string, type: DataType | undefined, timeZone: string): string {
  if (type?.kind === "timestamp") return toLocal(value, timeZone);
  return type?.kind === "date" ? `(${value})::TIMESTAMP` : value;
}

/** A part of a date. */
const ofDate =
  (part: string): Lowering =>
  ([date]) =>
    int(`${part}(${date})`);

/** A part of the time of day. */
const ofTime =
  (part: string): Lowering =>
  ([value], { types, timeZone }) =>
    int(`${part}(${clock(value!, types[0], timeZone)})`);

const dayOfWeek: Lowering = ([date]) => int(`dayofweek(${date}) + 1`);

const shiftedDays =
  (sign: "+" | "-"): Lowering =>
  ([start, days]) =>
    `(${start} ${sign} ${int(days!)})`;

/** Text by a pattern, what is no text or has no pattern by a cast. */
const read =
  (to: DataType, mode: "ansi" | "try", suggestion: string): Lowering =>
  ([value, pattern], context) => {
    const from = context.types[0]!;
    if (pattern === undefined || !isText(from)) return compileCast(value!, from, to, mode, context);
    const local = to.kind === "timestamp_ntz";
    const moment = readMoment(value!, pattern, context.constant(1), context, local);
    const checked = mode === "try" ? moment : orUnread(moment, [value!, pattern], suggestion);
    return to.kind === "date" ? `(${toLocal(checked, context.timeZone)})::DATE` : checked;
  };

/** Fails where nothing was null and yet there is no moment. */
const orUnread = (moment: string, args: readonly string[], suggestion: string): string =>
  `CASE WHEN ${args.map((argument) => `${argument} IS NULL`).join(" OR ")} THEN NULL ELSE coalesce(${moment}, ${sqlError("CANNOT_PARSE_TIMESTAMP", { value: args[0]!, function: text(suggestion) })}) END`;

const defaultPattern = "yyyy-MM-dd HH:mm:ss";

/** Unlike `unix_seconds`, it rounds moments before 1970 up. */
const wholeSeconds = (moment: string): string => `(${microseconds(moment)} // 1000000)`;

const unixTime: Lowering = ([value, given], context) => {
  if (value === undefined) return `${context.now / 1_000_000n}::BIGINT`;
  const from = context.types[0]!;
  if (!isText(from)) return wholeSeconds(compileCast(value, from, timestampType, "ansi", context));
  const pattern = given ?? text(defaultPattern);
  const known = given === undefined ? defaultPattern : context.constant(1);
  return wholeSeconds(
    orUnread(readMoment(value, pattern, known, context, false), [value, pattern], "try_to_timestamp"),
  );
};

const fromUnixTime: Lowering = ([value, given], context) => {
  const known = given === undefined ? defaultPattern : context.constant(1);
  return writtenMoment(instant(`${value} * 1000000`), given ?? text(defaultPattern), known, context);
};

const dateTrunc: Lowering = ([unit, value], { constant, call, timeZone }) =>
  byUnit(unit!, constant(0), timestampUnits, call.type, (name) => {
    if (name === "microsecond") return value!;
    if (name === "millisecond" || name === "second") return `date_trunc('${name}', ${value})`;
    const local = toLocal(value!, timeZone);
    const begin = `date_trunc('${name}', ${local})`;
    // The hour that clocks show twice begins twice: what is left of it tells which one it is.
    return name === "hour" || name === "minute" ? `(${value} - (${local} - ${begin}))` : fromLocal(begin, timeZone);
  });

const trunc: Lowering = ([date, unit], { constant, call }) =>
  byUnit(unit!, constant(1), dateUnits, call.type, (name) => `date_trunc('${name}', ${date})::DATE`);

const madeDate: Lowering = ([year, month, day], { kernel }) =>
  `coalesce(TRY(make_date(${year}, ${month}, ${day})), ${kernel("make_date", [year!, month!, day!])})`;

const today = ({ now, timeZone }: LoweringContext): string => `(${toLocal(`make_timestamp(${now})`, timeZone)})::DATE`;

const secondsToMoment: Lowering = ([value], { types }) => {
  const kind = types[0]?.kind;
  if (kind === "double" || kind === "float")
    return `CASE WHEN isfinite(${value}) THEN ${instant(`trunc(${value} * 1000000)`)} END`;
  return instant(kind === "decimal" ? `${value} * 1000000` : `(${value})::BIGINT * 1000000`);
};

const later = (name: string): Lowering => unsupported(name, "it is not lowered yet");

export const dateLowerings = {
  add_months: ([start, months]) => `(${start} + to_months(${months}))::DATE`,
  convert_timezone: ([from, to, local], { constant, kernel }) => {
    const [source, target] = [constant(0), constant(1)];
    if (typeof source === "string" && typeof target === "string") return toLocal(fromLocal(local!, source), target);
    return kernel("convert_zone", [from!, to!, local!]);
  },
  current_date: (_, context) => today(context),
  current_timestamp: (_, { now }) => `make_timestamp(${now})`,
  current_timezone: (_, { timeZone }) => text(timeZone),
  localtimestamp: (_, { now, timeZone }) => toLocal(`make_timestamp(${now})`, timeZone),
  date_add: shiftedDays("+"),
  date_sub: shiftedDays("-"),
  datediff: ([end, start]) => int(`${end} - ${start}`),
  date_format: ([value, pattern], context) => writtenMoment(value!, pattern!, context.constant(1), context),
  date_from_unix_date: ([days]) => `(DATE '1970-01-01' + ${days})`,
  date_part: later("date_part"),
  date_trunc: dateTrunc,
  dayofmonth: ofDate("day"),
  dayname: ([date]) => `strftime(${date}, '%a')`,
  dayofweek: dayOfWeek,
  dayofyear: ofDate("dayofyear"),
  from_unixtime: fromUnixTime,
  from_utc_timestamp: later("from_utc_timestamp"),
  hour: ofTime("hour"),
  last_day: ([date]) => `last_day(${date})`,
  make_date: madeDate,
  make_dt_interval: later("make_dt_interval"),
  make_interval: later("make_interval"),
  make_timestamp: later("make_timestamp"),
  make_timestamp_ltz: later("make_timestamp_ltz"),
  make_timestamp_ntz: later("make_timestamp_ntz"),
  make_ym_interval: later("make_ym_interval"),
  minute: ofTime("minute"),
  month: ofDate("month"),
  monthname: ([date]) => `strftime(${date}, '%b')`,
  months_between: later("months_between"),
  next_day: later("next_day"),
  quarter: ofDate("quarter"),
  second: ofTime("second"),
  timestampadd: later("timestampadd"),
  timestampdiff: later("timestampdiff"),
  timestamp_micros: ([value]) => instant(value!),
  timestamp_millis: ([value]) => instant(`(${value})::BIGINT * 1000`),
  timestamp_seconds: secondsToMoment,
  to_date: read(dateType, "ansi", "try_to_date"),
  to_timestamp: read(timestampType, "ansi", "try_to_timestamp"),
  to_timestamp_ntz: read(timestampNtzType, "ansi", "try_to_timestamp"),
  to_unix_timestamp: unixTime,
  to_utc_timestamp: later("to_utc_timestamp"),
  trunc,
  try_to_date: read(dateType, "try", "try_to_date"),
  try_to_timestamp: read(timestampType, "try", "try_to_timestamp"),
  unix_date: ([date]) => int(`${date} - DATE '1970-01-01'`),
  unix_micros: ([value]) => microseconds(value!),
  unix_millis: ([value]) => floored(microseconds(value!), 1000),
  unix_seconds: ([value]) => seconds(value!),
  unix_timestamp: unixTime,
  weekday: ([date]) => int(`isodow(${date}) - 1`),
  weekofyear: ofDate("week"),
  year: ofDate("year"),
} satisfies Lowerings<typeof import("../../../functions/date.ts")>;
