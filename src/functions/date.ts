/** Dates and timestamps: now, parts, arithmetic, truncation, parsing, formatting, epochs, time zones, intervals. */
import { scalar, synonym } from "./define.ts";

/**
 * The date some months later; the last day of a shorter month where the day does not exist.
 *
 * @param start - a date
 * @param months - how many; negative for earlier dates
 * @example addMonths(lit("2016-08-31"), 1) // 2016-09-30
 */
export const addMonths = scalar("add_months(start: date, months: int): date");

/**
 * A timestamp without time zone, read in one zone, as the wall clock of another shows it.
 *
 * @param from - the zone it is read in
 * @param to - the zone wanted
 * @param timestamp - the wall clock in `from`
 * @example convertTimezone(lit("Europe/Brussels"), lit("UTC"), lit("2021-12-06 00:00:00")) // 2021-12-05 23:00:00
 */
export const convertTimezone = scalar(
  "convert_timezone(from: value string, to: value string, timestamp: timestampNtz): timestampNtz",
);

/**
 * Today in the session's time zone, the same in the whole query.
 *
 * @example currentDate().eq(curdate()) // true
 */
export const currentDate = scalar("current_date(): date not null");

/**
 * Today in the session's time zone; another name of `currentDate`.
 *
 * @example curdate().isNotNull() // true
 */
export const curdate = synonym("curdate(): date not null", currentDate);

/**
 * The moment at which the query began, the same in the whole query.
 *
 * @example currentTimestamp().eq(now()) // true
 */
export const currentTimestamp = scalar("current_timestamp(): timestamp not null");

/**
 * The moment at which the query began; another name of `currentTimestamp`.
 *
 * @example now().isNotNull() // true
 */
export const now = synonym("now(): timestamp not null", currentTimestamp);

/**
 * The name of the session's time zone.
 *
 * @example currentTimezone() // UTC
 */
export const currentTimezone = scalar("current_timezone(): string not null");

/**
 * What a wall clock in the session's time zone shows when the query begins.
 *
 * @example localtimestamp().isNotNull() // true
 */
export const localtimestamp = scalar("localtimestamp(): timestampNtz not null");

/**
 * The date some days later.
 *
 * @param start - a date
 * @param days - how many; negative for earlier dates
 * @example dateAdd(lit("2016-07-30"), 1) // 2016-07-31
 */
export const dateAdd = scalar("date_add(start: date, days: days): date");

/**
 * The date some days later; another name of `dateAdd`.
 *
 * @example dateadd(lit("2016-07-30"), 2) // 2016-08-01
 */
export const dateadd = synonym("dateadd(start: date, days: days): date", dateAdd);

/**
 * The date some days earlier.
 *
 * @param start - a date
 * @param days - how many
 * @example dateSub(lit("2016-07-30"), 1) // 2016-07-29
 */
export const dateSub = scalar("date_sub(start: date, days: days): date");

/**
 * The number of days from one date to another.
 *
 * @param end - the later date
 * @param start - the earlier date
 * @example datediff(lit("2009-07-31"), lit("2009-07-30")) // 1
 */
export const datediff = scalar("datediff(end: date, start: date): int");

/**
 * The number of days from one date to another; another name of `datediff`.
 *
 * @example dateDiff(lit("2009-07-30"), lit("2009-07-31")) // -1
 */
export const dateDiff = synonym("date_diff(end: date, start: date): int", datediff);

/**
 * A date or timestamp written by a pattern.
 *
 * @param timestamp - a date or timestamp
 * @param format - a pattern such as `yyyy-MM-dd HH:mm`
 * @example dateFormat(lit("2016-04-08"), "y") // 2016
 */
export const dateFormat = scalar("date_format(timestamp: timestamp, format: value string): string");

/**
 * The date so many days after 1970-01-01.
 *
 * @example dateFromUnixDate(lit(1)) // 1970-01-02
 */
export const dateFromUnixDate = scalar("date_from_unix_date(days: int): date");

/**
 * A part of a date, timestamp or interval, such as its year.
 *
 * @param field - `YEAR`, `QUARTER`, `MONTH`, `WEEK`, `DAY`, `DOW`, `DOY`, `HOUR`, `MINUTE`, `SECOND`, …
 * @param source - a date, a timestamp or an interval
 * @example datePart("YEAR", lit("2019-08-12").cast("date")) // 2019
 */
export const datePart = scalar("date_part(field: value fieldName, source: dateOrInterval): dateField");

/**
 * A part of a date, timestamp or interval; another name of `datePart`.
 *
 * @example extract("MONTH", lit("2019-08-12").cast("date")) // 8
 */
export const extract = synonym("extract(field: value fieldName, source: dateOrInterval): dateField", datePart);

/**
 * A part of a date, timestamp or interval; another name of `datePart`.
 *
 * @example datepart("DOY", lit("2019-08-12").cast("date")) // 224
 */
export const datepart = synonym("datepart(field: value fieldName, source: dateOrInterval): dateField", datePart);

/**
 * The timestamp cut to a unit: its beginning.
 *
 * @param unit - `YEAR`, `QUARTER`, `MONTH`, `WEEK`, `DAY`, `HOUR`, `MINUTE`, `SECOND`, `MILLISECOND` or `MICROSECOND`
 * @param timestamp - a timestamp
 * @example dateTrunc("HOUR", lit("2015-03-05T09:32:05.359")) // 2015-03-05 09:00:00
 */
export const dateTrunc = scalar("date_trunc(unit: value string, timestamp: timestamp): timestamp nullable");

/**
 * The day of the month, 1 to 31.
 *
 * @example dayofmonth(lit("2009-07-30")) // 30
 */
export const dayofmonth = scalar("dayofmonth(date: date): int");

/**
 * The day of the month, 1 to 31; another name of `dayofmonth`.
 *
 * @example day(lit("2009-07-30")) // 30
 */
export const day = synonym("day(date: date): int", dayofmonth);

/**
 * The short English name of the day of the week.
 *
 * @example dayname(lit("2008-02-20")) // Wed
 */
export const dayname = scalar("dayname(date: date): string");

/**
 * The day of the week, 1 for Sunday to 7 for Saturday.
 *
 * @example dayofweek(lit("2009-07-30")) // 5
 */
export const dayofweek = scalar("dayofweek(date: date): int");

/**
 * The day of the year, 1 to 366.
 *
 * @example dayofyear(lit("2016-04-09")) // 100
 */
export const dayofyear = scalar("dayofyear(date: date): int");

/**
 * The moment of seconds after the epoch, written by a pattern in the session's time zone.
 *
 * @param seconds - seconds since 1970-01-01 00:00:00 UTC
 * @param format - a pattern, `yyyy-MM-dd HH:mm:ss` when left out
 * @example fromUnixtime(lit(0)) // 1970-01-01 00:00:00
 */
export const fromUnixtime = scalar("from_unixtime(seconds: bigint, format?: value string): string nullable");

/**
 * A timestamp that is read as UTC, as the wall clock of a zone shows it.
 *
 * @param timestamp - the time in UTC
 * @param zone - such as `Asia/Seoul` or `+09:00`
 * @example fromUtcTimestamp(lit("2016-08-31"), "Asia/Seoul") // 2016-08-31 09:00:00
 */
export const fromUtcTimestamp = scalar("from_utc_timestamp(timestamp: timestamp, zone: value string): timestamp");

/**
 * The hour, 0 to 23.
 *
 * @example hour(lit("2009-07-30 12:58:59")) // 12
 */
export const hour = scalar("hour(timestamp: clock): int");

/**
 * The last day of the month.
 *
 * @example lastDay(lit("2009-01-12")) // 2009-01-31
 */
export const lastDay = scalar("last_day(date: date): date");

/**
 * A date of its parts.
 *
 * @param year - the year
 * @param month - 1 to 12
 * @param day - 1 to 31
 * @example makeDate(lit(2013), lit(7), lit(15)) // 2013-07-15
 */
export const makeDate = scalar("make_date(year: int, month: int, day: int): date");

/**
 * A day-time interval of its parts, all of them 0 when left out.
 *
 * @param days - days
 * @param hours - hours
 * @param minutes - minutes
 * @param seconds - seconds with microseconds
 * @example makeDtInterval(lit(1), lit(12), lit(30), lit(1)) // INTERVAL '1 12:30:01' DAY TO SECOND
 */
export const makeDtInterval = scalar(
  "make_dt_interval(days?: int, hours?: int, minutes?: int, seconds?: intervalSeconds): dayTimeInterval",
);

/**
 * A calendar interval of its parts, all of them 0 when left out.
 *
 * @param years - years
 * @param months - months
 * @param weeks - weeks
 * @param days - days
 * @param hours - hours
 * @param minutes - minutes
 * @param seconds - seconds with microseconds
 * @example makeInterval(lit(0), lit(1), lit(0), lit(1)) // 1 months 1 days
 */
export const makeInterval = scalar(
  "make_interval(years?: int, months?: int, weeks?: int, days?: int, hours?: int, minutes?: int, seconds?: intervalSeconds): interval",
);

/**
 * A timestamp of its parts in a time zone, the session's when left out.
 *
 * @param year - the year
 * @param month - 1 to 12
 * @param day - 1 to 31
 * @param hour - 0 to 23
 * @param minute - 0 to 59
 * @param second - 0 to 60 with microseconds
 * @param zone - such as `CET`
 * @example makeTimestamp(lit(2014), lit(12), lit(28), lit(6), lit(30), lit(45.887)) // 2014-12-28 06:30:45.887
 */
export const makeTimestamp = scalar(
  "make_timestamp(year: int, month: int, day: int, hour: int, minute: int, second: seconds, zone?: string): timestamp",
);

/**
 * A timestamp of its parts in a time zone; another name of `makeTimestamp`.
 *
 * @example makeTimestampLtz(lit(2014), lit(12), lit(28), lit(6), lit(30), lit(0)) // 2014-12-28 06:30:00
 */
export const makeTimestampLtz = scalar(
  "make_timestamp_ltz(year: int, month: int, day: int, hour: int, minute: int, second: seconds, zone?: string): timestamp",
);

/**
 * A timestamp without time zone of its parts.
 *
 * @example makeTimestampNtz(lit(2014), lit(12), lit(28), lit(6), lit(30), lit(0)) // 2014-12-28 06:30:00
 */
export const makeTimestampNtz = scalar(
  "make_timestamp_ntz(year: int, month: int, day: int, hour: int, minute: int, second: seconds): timestampNtz",
);

/**
 * A year-month interval of its parts, both 0 when left out.
 *
 * @param years - years
 * @param months - months
 * @example makeYmInterval(lit(1), lit(2)) // INTERVAL '1-2' YEAR TO MONTH
 */
export const makeYmInterval = scalar("make_ym_interval(years?: int, months?: int): yearMonthInterval");

/**
 * The minute, 0 to 59.
 *
 * @example minute(lit("2009-07-30 12:58:59")) // 58
 */
export const minute = scalar("minute(timestamp: clock): int");

/**
 * The month, 1 to 12.
 *
 * @example month(lit("2016-07-30")) // 7
 */
export const month = scalar("month(date: date): int");

/**
 * The short English name of the month.
 *
 * @example monthname(lit("2008-02-20")) // Feb
 */
export const monthname = scalar("monthname(date: date): string");

/**
 * The number of months between two timestamps, whole where both are the same day of the month or month ends; a month
 * has 31 days otherwise.
 *
 * @param end - the later timestamp
 * @param start - the earlier timestamp
 * @param round - whether to round to eight digits, true when left out
 * @example monthsBetween(lit("1997-02-28 10:30:00"), lit("1996-10-30")) // 3.94959677
 */
export const monthsBetween = scalar("months_between(end: timestamp, start: timestamp, round?: boolean): double");

/**
 * The first date later than a date that falls on a day of the week.
 *
 * @param date - a date
 * @param dayOfWeek - `MO`, `TU`, `WE`, `TH`, `FR`, `SA`, `SU` or a longer English name
 * @example nextDay(lit("2015-01-14"), "TU") // 2015-01-20
 */
export const nextDay = scalar("next_day(date: date, dayOfWeek: value string): date nullable");

/**
 * The quarter of the year, 1 to 4.
 *
 * @example quarter(lit("2016-08-31")) // 3
 */
export const quarter = scalar("quarter(date: date): int");

/**
 * The second, 0 to 59.
 *
 * @example second(lit("2009-07-30 12:58:59")) // 59
 */
export const second = scalar("second(timestamp: clock): int");

/**
 * The timestamp some units later.
 *
 * @param unit - `YEAR`, `QUARTER`, `MONTH`, `WEEK`, `DAY`, `HOUR`, `MINUTE`, `SECOND`, `MILLISECOND` or `MICROSECOND`
 * @param quantity - how many; negative for earlier timestamps
 * @param timestamp - a timestamp
 * @example timestampAdd("MONTH", lit(1), lit("2024-01-31 10:00:00")) // 2024-02-29 10:00:00
 */
export const timestampAdd = scalar(
  "timestampadd(unit: value constantString, quantity: bigint, timestamp: anyTimestamp): third",
);

/**
 * The number of whole units from one timestamp to another.
 *
 * @param unit - `YEAR`, `QUARTER`, `MONTH`, `WEEK`, `DAY`, `HOUR`, `MINUTE`, `SECOND`, `MILLISECOND` or `MICROSECOND`
 * @param start - the earlier timestamp
 * @param end - the later timestamp
 * @example timestampDiff("HOUR", lit("2024-01-01 00:00:00"), lit("2024-01-02 01:30:00")) // 25
 */
export const timestampDiff = scalar(
  "timestampdiff(unit: value constantString, start: timestamp, end: timestamp): bigint",
);

/**
 * The moment of microseconds after the epoch.
 *
 * @example timestampMicros(lit(1000000)) // 1970-01-01 00:00:01
 */
export const timestampMicros = scalar("timestamp_micros(value: integral): timestamp");

/**
 * The moment of milliseconds after the epoch.
 *
 * @example timestampMillis(lit(1000)) // 1970-01-01 00:00:01
 */
export const timestampMillis = scalar("timestamp_millis(value: integral): timestamp");

/**
 * The moment of seconds after the epoch.
 *
 * @param value - a number of seconds, fractions included
 * @example timestampSeconds(lit(1.5)) // 1970-01-01 00:00:01.5
 */
export const timestampSeconds = scalar("timestamp_seconds(value: onlyNumeric): timestamp null if not finite");

/**
 * The date that a text states, or of a timestamp; fails where the text is none.
 *
 * @param value - text, a date or a timestamp
 * @param format - a pattern such as `dd/MM/yyyy`; Spark's own forms when left out
 * @example toDate(lit("31/12/2016"), "dd/MM/yyyy") // 2016-12-31
 */
export const toDate = scalar("to_date(value: stringOrTemporal, format?: value string): date null if unread");

/**
 * The timestamp that a text states; fails where the text is none.
 *
 * @param value - text, a date, a timestamp or seconds
 * @param format - a pattern such as `dd/MM/yyyy HH:mm`; Spark's own forms when left out
 * @example toTimestamp(lit("2016-12-31 00:12:00")) // 2016-12-31 00:12:00
 */
export const toTimestamp = scalar(
  "to_timestamp(value: timestampSource, format?: value string): timestamp null if unread",
);

/**
 * The timestamp that a text states; another name of `toTimestamp`.
 *
 * @example toTimestampLtz(lit("2016-12-31"), lit("yyyy-MM-dd")) // 2016-12-31 00:00:00
 */
export const toTimestampLtz = synonym(
  "to_timestamp_ltz(value: timestampSource, format?: string): timestamp null if unread",
  toTimestamp,
);

/**
 * The timestamp without time zone that a text states; fails where the text is none.
 *
 * @param value - text, a date or a timestamp
 * @param format - a pattern; Spark's own forms when left out
 * @example toTimestampNtz(lit("2016-12-31"), lit("yyyy-MM-dd")) // 2016-12-31 00:00:00
 */
export const toTimestampNtz = scalar(
  "to_timestamp_ntz(value: stringOrTemporal, format?: string): timestampNtz null if unread",
);

/**
 * The seconds since the epoch of a timestamp, or of a text in the session's time zone; fails where the text is none.
 *
 * @param value - text, a date or a timestamp
 * @param format - a pattern, `yyyy-MM-dd HH:mm:ss` when left out
 * @example toUnixTimestamp(lit("2016-04-08"), lit("yyyy-MM-dd")) // 1460073600
 */
export const toUnixTimestamp = scalar("to_unix_timestamp(value: onlyStringOrTemporal, format?: onlyString): bigint");

/**
 * A timestamp that is read in a zone, as UTC.
 *
 * @param timestamp - the wall clock in the zone
 * @param zone - such as `Asia/Seoul` or `+09:00`
 * @example toUtcTimestamp(lit("2016-08-31"), "Asia/Seoul") // 2016-08-30 15:00:00
 */
export const toUtcTimestamp = scalar("to_utc_timestamp(timestamp: timestamp, zone: value string): timestamp");

/**
 * The date cut to a unit: its beginning; null for an unknown unit.
 *
 * @param date - a date
 * @param unit - `year`, `quarter`, `month` or `week`
 * @example trunc(lit("2019-08-04"), "week") // 2019-07-29
 */
export const trunc = scalar("trunc(date: date, unit: value string): date nullable");

/**
 * The date that a text states, or null.
 *
 * @param value - text, a date or a timestamp
 * @param format - a pattern; Spark's own forms when left out
 * @example tryToDate(lit("foo"), "yyyy-MM-dd") // NULL
 */
export const tryToDate = scalar("try_to_date(value: stringOrTemporal, format?: value string): date null if tried");

/**
 * The timestamp that a text states, or null.
 *
 * @param value - text, a date, a timestamp or seconds
 * @param format - a pattern; Spark's own forms when left out
 * @example tryToTimestamp(lit("foo"), lit("yyyy-MM-dd")) // NULL
 */
export const tryToTimestamp = scalar(
  "try_to_timestamp(value: timestampSource, format?: string): timestamp null if tried",
);

/**
 * A calendar interval of its parts, 0 when left out; null where a part is too large.
 *
 * @param years - years
 * @param months - months
 * @param weeks - weeks
 * @param days - days
 * @param hours - hours
 * @param minutes - minutes
 * @param seconds - seconds with microseconds
 * @example tryMakeInterval(lit(2147483647)) // NULL
 */
export const tryMakeInterval = scalar(
  "try_make_interval(years: int, months?: int, weeks?: int, days?: int, hours?: int, minutes?: int, seconds?: intervalSeconds): interval nullable",
);

/**
 * A timestamp of its parts in a time zone, the session's when left out; null where a clock never shows them.
 *
 * @param year - the year
 * @param month - 1 to 12
 * @param day - 1 to 31
 * @param hour - 0 to 23
 * @param minute - 0 to 59
 * @param second - 0 to 60 with microseconds
 * @param zone - such as `CET`
 * @example tryMakeTimestamp(lit(2014), lit(13), lit(28), lit(6), lit(30), lit(45.887)) // NULL
 */
export const tryMakeTimestamp = scalar(
  "try_make_timestamp(year: int, month: int, day: int, hour: int, minute: int, second: seconds, zone?: string): timestamp nullable",
);

/**
 * A timestamp of its parts in a time zone, or null; another name of `tryMakeTimestamp`.
 *
 * @example tryMakeTimestampLtz(lit(2014), lit(12), lit(28), lit(6), lit(30), lit(0)) // 2014-12-28 06:30:00
 */
export const tryMakeTimestampLtz = scalar(
  "try_make_timestamp_ltz(year: int, month: int, day: int, hour: int, minute: int, second: seconds, zone?: string): timestamp nullable",
);

/**
 * A timestamp without time zone of its parts; null where a clock never shows them.
 *
 * @example tryMakeTimestampNtz(lit(2014), lit(2), lit(30), lit(6), lit(30), lit(0)) // NULL
 */
export const tryMakeTimestampNtz = scalar(
  "try_make_timestamp_ntz(year: int, month: int, day: int, hour: int, minute: int, second: seconds): timestampNtz nullable",
);

/**
 * The number of days since 1970-01-01.
 *
 * @param date - a date
 * @example unixDate(lit("1970-01-02").cast("date")) // 1
 */
export const unixDate = scalar("unix_date(date: onlyDate): int");

/**
 * The number of microseconds since the epoch.
 *
 * @example unixMicros(lit("1970-01-01 00:00:01").cast("timestamp")) // 1000000
 */
export const unixMicros = scalar("unix_micros(timestamp: onlyTimestamp): bigint");

/**
 * The number of milliseconds since the epoch, rounded down.
 *
 * @example unixMillis(lit("1970-01-01 00:00:01").cast("timestamp")) // 1000
 */
export const unixMillis = scalar("unix_millis(timestamp: onlyTimestamp): bigint");

/**
 * The number of seconds since the epoch, rounded down.
 *
 * @example unixSeconds(lit("1970-01-01 00:00:01").cast("timestamp")) // 1
 */
export const unixSeconds = scalar("unix_seconds(timestamp: onlyTimestamp): bigint");

/**
 * The seconds since the epoch of a timestamp, or of a text in the session's time zone; of the query's beginning without
 * arguments.
 *
 * @param value - text, a date or a timestamp
 * @param format - a pattern, `yyyy-MM-dd HH:mm:ss` when left out
 * @example unixTimestamp(lit("2016-04-08"), "yyyy-MM-dd") // 1460073600
 */
export const unixTimestamp = scalar("unix_timestamp(value?: onlyStringOrTemporal, format?: value onlyString): bigint");

/**
 * The day of the week, 0 for Monday to 6 for Sunday.
 *
 * @example weekday(lit("2009-07-30")) // 3
 */
export const weekday = scalar("weekday(date: date): int");

/**
 * The ISO week of the year, 1 to 53.
 *
 * @example weekofyear(lit("2008-02-20")) // 8
 */
export const weekofyear = scalar("weekofyear(date: date): int");

/**
 * The year.
 *
 * @example year(lit("2016-07-30")) // 2016
 */
export const year = scalar("year(date: date): int");
