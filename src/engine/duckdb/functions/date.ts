/** Dates and timestamps as DuckDB SQL. Moments are naive UTC inside; clocks are read in the session's time zone. */
import { type DataType, dateType, isText, timestampNtzType, timestampType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import { fromLocal, toLocal } from "../compile/zone.ts";
import { lastBits } from "../last-bits.ts";
import { plainError, sqlError, text } from "../sql-text.ts";
import { addedUnits } from "./date/amounts.ts";
import { monthsBetween, unitsBetween } from "./date/between.ts";
import { int } from "./date/clock.ts";
import { madeDate, madeDayTime, madeInterval, madeTimestamp, madeYearMonth, triedInterval } from "./date/made.ts";
import { datePart, dayOfWeek, ofDate, ofTime } from "./date/parts.ts";
import { readMoment, writtenMoment } from "./date/pattern.ts";
import { byUnit, dateUnits, timestampUnits } from "./date/units.ts";
import { nextDay } from "./date/weekdays.ts";
import { momentIn, shownIn } from "./date/zones.ts";
import { unscaled } from "./decimal.ts";
import { type Lowering, type LoweringContext, type Lowerings, strict } from "./lowering.ts";

const instant = (microseconds: string): string => `make_timestamp((${microseconds})::BIGINT)`;
// DuckDB's division of integers truncates; moments before 1970 are rounded down.
const floored = (value: string, divisor: number): string =>
  `((${value} // ${divisor}) - CASE WHEN ${value} % ${divisor} < 0 THEN 1 ELSE 0 END)`;
const microseconds = (moment: string): string => `epoch_us(${moment})`;
const seconds = (moment: string): string => floored(microseconds(moment), 1_000_000);

const shiftedDays =
  (sign: "+" | "-"): Lowering =>
  ([start, days], { constant }) => {
    const given = constant(1);
    const plain = `(${start} ${sign} ${int(days!)})`;
    const isNear = (most: number) => typeof given === "number" && Math.abs(given) <= most;
    if (isNear(mostDays)) return plain;
    // Java's integers wrap around.
    const wrapped = `(DATE '1970-01-01' + ${lastBits(`(${start} - DATE '1970-01-01')::BIGINT ${sign} ${days}`, "int", "BIGINT")})`;
    return `CASE WHEN ${days} BETWEEN -${mostDays} AND ${mostDays} THEN ${plain} ELSE ${wrapped} END`;
  };

/** So many days lead from any date that has a text to one that DuckDB has. */
const mostDays = 1_000_000_000;

/** A constant is cast as such: it may be a word such as `now`. */
function castTo(value: string, type: DataType, mode: "ansi" | "try", context: LoweringContext): string {
  const [input] = context.call.arguments;
  if (input?.kind !== "constant") return compileCast(value, context.types[0]!, type, mode, context);
  const { timeZone } = context;
  const { origin } = context.call;
  return context.compile({ kind: "cast", input, type, mode, nullable: true, timeZone, ...(origin && { origin }) });
}

/** Text by a pattern, what is no text or has no pattern by a cast. */
export const readTime =
  (to: DataType, mode: "ansi" | "try", suggestion: string): Lowering =>
  ([value, pattern], context) => {
    const from = context.types[0]!;
    if (pattern === undefined || !isText(from)) return castTo(value!, to, mode, context);
    const local = to.kind === "timestamp_ntz";
    const moment = readMoment(value!, pattern, context.constant(1), context, local);
    const checked = mode === "try" ? moment : orUnread(moment, [value!, pattern], suggestion, context);
    return to.kind === "date" ? `(${toLocal(checked, context.timeZone)})::DATE` : checked;
  };

/** Fails where nothing was null and yet there is no moment. */
function orUnread(
  moment: string,
  args: readonly string[],
  suggestion: string,
  { kernel, call }: LoweringContext,
): string {
  const isLegacy = call.timeParser === "legacy" && call.type.kind !== "timestamp_ntz";
  const message = isLegacy ? `'Unparseable date: "' || ${args[0]} || '"'` : kernel("moment_fault", args);
  const told = { message, func: text(`\`${suggestion}\``) };
  return strict(args, `coalesce(${moment}, ${sqlError("CANNOT_PARSE_TIMESTAMP", told)})`);
}

const defaultPattern = "yyyy-MM-dd HH:mm:ss";

/** Unlike `unix_seconds`, it rounds moments before 1970 up. */
const wholeSeconds = (moment: string): string => `(${microseconds(moment)} // 1000000)`;

/** The seconds of a text; `try` gives null for one that does not follow the pattern. */
export const unixTime = (
  [value, given]: readonly string[],
  context: LoweringContext,
  mode: "ansi" | "try" = "ansi",
): string => {
  if (value === undefined) return `${context.now / 1_000_000n}::BIGINT`;
  const from = context.types[0]!;
  if (!isText(from)) return wholeSeconds(compileCast(value, from, timestampType, "ansi", context));
  const pattern = given ?? text(defaultPattern);
  const known = given === undefined ? defaultPattern : context.constant(1);
  const moment = readMoment(value, pattern, known, context, false);
  return wholeSeconds(mode === "try" ? moment : orUnread(moment, [value, pattern], "try_to_timestamp", context));
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

const today = ({ now, timeZone }: LoweringContext): string => `(${toLocal(`make_timestamp(${now})`, timeZone)})::DATE`;

const secondsToMoment: Lowering = ([value], { types }) => {
  const kind = types[0]?.kind;
  if (kind === "double" || kind === "float")
    return `CASE WHEN isfinite(${value}) THEN ${instant(`trunc(${value} * 1000000)`)} END`;
  if (types[0]?.kind !== "decimal") return instant(`(${value})::BIGINT * 1000000`);
  const moment = instant(`(${value})::DECIMAL(38,6) * 1000000`);
  if (types[0].scale <= 6) return moment;
  const rest = `${unscaled(value!, types[0])} % ${10 ** (types[0].scale - 6)}::HUGEINT`;
  return `CASE WHEN ${rest} <> 0 THEN ${plainError("A timestamp has no more than six digits of a second")} ELSE ${moment} END`;
};

/** A zone that is an argument. */
const zoneAt = (args: readonly string[], { constant }: LoweringContext, index: number) => ({
  sql: args[index]!,
  known: constant(index),
});

export const dateLowerings = {
  add_months: ([start, months]) => `(${start} + to_months(${months}))::DATE`,
  convert_timezone: (args, context) =>
    strict(args, shownIn(momentIn(args[2]!, zoneAt(args, context, 0), context), zoneAt(args, context, 1), context)),
  current_date: (_, context) => today(context),
  current_timestamp: (_, { now }) => `make_timestamp(${now})`,
  current_timezone: (_, { timeZone }) => text(timeZone),
  localtimestamp: (_, { now, timeZone }) => toLocal(`make_timestamp(${now})`, timeZone),
  date_add: shiftedDays("+"),
  date_sub: shiftedDays("-"),
  datediff: ([end, start]) => int(`${end} - ${start}`),
  date_format: ([value, pattern], context) => writtenMoment(value!, pattern!, context.constant(1), context),
  date_from_unix_date: ([days]) => `(DATE '1970-01-01' + ${days})`,
  date_part: datePart,
  date_trunc: dateTrunc,
  dayofmonth: ofDate("day"),
  dayname: ([date]) => `strftime(${date}, '%a')`,
  dayofweek: dayOfWeek,
  dayofyear: ofDate("dayofyear"),
  from_unixtime: fromUnixTime,
  from_utc_timestamp: (args, context) => shownIn(args[0]!, zoneAt(args, context, 1), context),
  hour: ofTime("hour"),
  last_day: ([date]) => `last_day(${date})`,
  make_date: madeDate,
  make_dt_interval: madeDayTime,
  make_interval: madeInterval,
  make_timestamp: madeTimestamp("make_timestamp"),
  make_timestamp_ltz: madeTimestamp("make_timestamp"),
  make_timestamp_ntz: madeTimestamp("make_timestamp"),
  make_ym_interval: madeYearMonth,
  minute: ofTime("minute"),
  month: ofDate("month"),
  monthname: ([date]) => `strftime(${date}, '%b')`,
  months_between: monthsBetween,
  next_day: nextDay,
  quarter: ofDate("quarter"),
  second: ofTime("second"),
  timestampadd: addedUnits,
  timestampdiff: unitsBetween,
  timestamp_micros: ([value]) => instant(value!),
  timestamp_millis: ([value]) => instant(`(${value})::BIGINT * 1000`),
  timestamp_seconds: secondsToMoment,
  to_date: readTime(dateType, "ansi", "try_to_date"),
  to_timestamp: readTime(timestampType, "ansi", "try_to_timestamp"),
  to_timestamp_ntz: readTime(timestampNtzType, "ansi", "try_to_timestamp"),
  to_unix_timestamp: (args, context) => unixTime(args, context),
  to_utc_timestamp: (args, context) => momentIn(args[0]!, zoneAt(args, context, 1), context),
  trunc,
  try_to_date: readTime(dateType, "try", "try_to_date"),
  try_to_timestamp: readTime(timestampType, "try", "try_to_timestamp"),
  try_make_interval: triedInterval,
  try_make_timestamp: madeTimestamp("try_make_timestamp"),
  try_make_timestamp_ltz: madeTimestamp("try_make_timestamp"),
  try_make_timestamp_ntz: madeTimestamp("try_make_timestamp"),
  unix_date: ([date]) => int(`${date} - DATE '1970-01-01'`),
  unix_micros: ([value]) => microseconds(value!),
  unix_millis: ([value]) => floored(microseconds(value!), 1000),
  unix_seconds: ([value]) => seconds(value!),
  unix_timestamp: (args, context) => unixTime(args, context),
  weekday: ([date]) => int(`isodow(${date}) - 1`),
  weekofyear: ofDate("week"),
  year: ofDate("year"),
} satisfies Lowerings<typeof import("../../../functions/date.ts")>;
