import { col, type DataFrame, lit } from "lakewright";
import {
  addMonths,
  convertTimezone,
  dateAdd,
  datediff,
  dateFormat,
  dateSub,
  dateTrunc,
  day,
  dayname,
  dayofweek,
  dayofyear,
  extract,
  fromUnixtime,
  fromUtcTimestamp,
  hour,
  lastDay,
  makeDate,
  makeTimestamp,
  minute,
  month,
  monthname,
  monthsBetween,
  nextDay,
  quarter,
  second,
  timestampAdd,
  timestampDiff,
  timestampSeconds,
  toDate,
  toTimestamp,
  toTimestampNtz,
  toUtcTimestamp,
  trunc,
  tryToTimestamp,
  unixDate,
  unixMicros,
  unixTimestamp,
  weekday,
  weekofyear,
  year,
} from "lakewright/functions";
import { type Given, type Program, program, type Theme } from "../program.ts";

const zones = ["UTC", "Europe/Zurich", "America/New_York"] as const;

/** One program in each zone. */
const everywhere = (name: string, typescript: (given: Given) => DataFrame, python: string): readonly Program[] =>
  zones.map((zone) => program(`${name} in ${zone}`, typescript, python, { zone }));

export const times: Theme = {
  name: "dates and timestamps",
  programs: [
    ...everywhere(
      "parts of moments",
      ({ moments }) =>
        moments.select(
          "id",
          year("at"),
          month("at"),
          day("at"),
          hour("at"),
          minute("at"),
          second("at"),
          dayofweek("at"),
          dayofyear("at"),
          weekofyear("at"),
          quarter("at"),
          weekday("at"),
        ),
      `moments.select("id", F.year("at"), F.month("at"), F.day("at"), F.hour("at"), F.minute("at"), F.second("at"), F.dayofweek("at"), F.dayofyear("at"), F.weekofyear("at"), F.quarter("at"), F.weekday("at"))`,
    ),
    ...everywhere(
      "casts",
      ({ moments }) =>
        moments.select(
          "id",
          col("at").cast("date").as("a"),
          col("at").cast("string").as("b"),
          col("day").cast("timestamp").as("c"),
          col("wall").cast("timestamp").as("d"),
          col("at").cast("timestamp_ntz").as("e"),
          col("at").cast("bigint").as("f"),
          col("wall").cast("date").as("g"),
        ),
      `moments.select("id", F.col("at").cast("date").alias("a"), F.col("at").cast("string").alias("b"), F.col("day").cast("timestamp").alias("c"), F.col("wall").cast("timestamp").alias("d"), F.col("at").cast("timestamp_ntz").alias("e"), F.col("at").cast("bigint").alias("f"), F.col("wall").cast("date").alias("g"))`,
    ),
    ...everywhere(
      "truncation",
      ({ moments }) =>
        moments.select(
          "id",
          ...["year", "month", "week", "day", "hour", "minute"].map((unit) => dateTrunc(unit, "at").as(unit)),
        ),
      `moments.select("id", *[F.date_trunc(unit, "at").alias(unit) for unit in ["year", "month", "week", "day", "hour", "minute"]])`,
    ),
    ...everywhere(
      "patterns",
      ({ moments }) =>
        moments.select(
          "id",
          dateFormat("at", "yyyy-MM-dd HH:mm:ss.SSS"),
          dateFormat("at", "EEE d MMM yy, h a"),
          dateFormat("day", "D QQQ"),
          fromUnixtime(unixTimestamp("at")),
          dateFormat("at", "XXX VV"),
        ),
      `moments.select("id", F.date_format("at", "yyyy-MM-dd HH:mm:ss.SSS"), F.date_format("at", "EEE d MMM yy, h a"), F.date_format("day", "D QQQ"), F.from_unixtime(F.unix_timestamp("at")), F.date_format("at", "XXX VV"))`,
    ),
    ...everywhere(
      "text to moments",
      ({ spark }) =>
        spark
          .createDataFrame(
            [
              ["2025-03-30 02:30:00"],
              ["2025-10-26 02:30:00"],
              ["2025-03-09 02:30:00"],
              ["2025-11-02 01:30:00"],
              ["2025-01-01T00:00:00Z"],
              ["2025-01-01"],
            ],
            "t STRING",
          )
          .select(
            "t",
            col("t").cast("timestamp").as("a"),
            tryToTimestamp("t", lit("yyyy-MM-dd HH:mm:ss")).as("b"),
            col("t").cast("timestamp_ntz").as("c"),
          ),
      `spark.createDataFrame([["2025-03-30 02:30:00"], ["2025-10-26 02:30:00"], ["2025-03-09 02:30:00"], ["2025-11-02 01:30:00"], ["2025-01-01T00:00:00Z"], ["2025-01-01"]], "t STRING").select("t", F.col("t").cast("timestamp").alias("a"), F.try_to_timestamp("t", F.lit("yyyy-MM-dd HH:mm:ss")).alias("b"), F.col("t").cast("timestamp_ntz").alias("c"))`,
    ),
    ...everywhere(
      "moments by their parts",
      ({ spark }) =>
        spark
          .range(1)
          .select(
            makeTimestamp(lit(2025), lit(3), lit(30), lit(2), lit(30), lit(1.5)).as("gap"),
            makeTimestamp(lit(2025), lit(10), lit(26), lit(2), lit(30), lit(0)).as("overlap"),
            timestampSeconds(lit(1.5)).as("s"),
            lit("2025-03-30").cast("date").eq(lit("2025-03-30 00:00:00").cast("timestamp")).as("eq"),
          ),
      `spark.range(1).select(F.make_timestamp(F.lit(2025), F.lit(3), F.lit(30), F.lit(2), F.lit(30), F.lit(1.5)).alias("gap"), F.make_timestamp(F.lit(2025), F.lit(10), F.lit(26), F.lit(2), F.lit(30), F.lit(0)).alias("overlap"), F.timestamp_seconds(F.lit(1.5)).alias("s"), (F.lit("2025-03-30").cast("date") == F.lit("2025-03-30 00:00:00").cast("timestamp")).alias("eq"))`,
    ),
    ...everywhere(
      "adding days and hours to moments",
      ({ moments }) =>
        moments.select(
          "id",
          timestampAdd("DAY", lit(1), "at").as("d"),
          timestampAdd("HOUR", lit(24), "at").as("h"),
          timestampAdd("MONTH", lit(1), "at").as("m"),
          timestampDiff("HOUR", lit("2025-03-29 12:00:00").cast("timestamp"), "at").as("diff"),
        ),
      `moments.select("id", F.timestamp_add("DAY", F.lit(1), "at").alias("d"), F.timestamp_add("HOUR", F.lit(24), "at").alias("h"), F.timestamp_add("MONTH", F.lit(1), "at").alias("m"), F.timestamp_diff("HOUR", F.lit("2025-03-29 12:00:00").cast("timestamp"), "at").alias("diff"))`,
    ),
    ...everywhere(
      "other zones",
      ({ moments }) =>
        moments.select(
          "id",
          fromUtcTimestamp("at", "Asia/Kolkata"),
          toUtcTimestamp("at", "America/New_York"),
          convertTimezone(lit("Europe/Zurich"), lit("America/New_York"), "wall"),
        ),
      `moments.select("id", F.from_utc_timestamp("at", "Asia/Kolkata"), F.to_utc_timestamp("at", "America/New_York"), F.convert_timezone(F.lit("Europe/Zurich"), F.lit("America/New_York"), "wall"))`,
    ),
    program(
      "arithmetic of dates",
      ({ moments }) =>
        moments.select(
          "id",
          dateAdd("day", 30),
          dateSub("day", 1),
          addMonths("day", 1),
          addMonths("day", -12),
          datediff("day", lit("2025-01-01").cast("date")),
          lastDay("day"),
          nextDay("day", "Mon"),
          monthsBetween("at", "day"),
          col("day").plus(1),
          col("day").minus(lit("2025-01-01").cast("date")),
        ),
      `moments.select("id", F.date_add("day", 30), F.date_sub("day", 1), F.add_months("day", 1), F.add_months("day", -12), F.datediff("day", F.lit("2025-01-01").cast("date")), F.last_day("day"), F.next_day("day", "Mon"), F.months_between("at", "day"), F.col("day") + 1, F.col("day") - F.lit("2025-01-01").cast("date"))`,
    ),
    program(
      "more of dates",
      ({ moments }) =>
        moments.select(
          "id",
          trunc("day", "month"),
          trunc("day", "week"),
          trunc("day", "nonsense"),
          makeDate(year("day"), lit(1), lit(31)),
          unixDate("day"),
          unixMicros("at"),
          extract(lit("WEEK"), "day"),
          extract(lit("SECONDS"), "at"),
          dayname("day"),
          monthname("day"),
        ),
      `moments.select("id", F.trunc("day", "month"), F.trunc("day", "week"), F.trunc("day", "nonsense"), F.make_date(F.year("day"), F.lit(1), F.lit(31)), F.unix_date("day"), F.unix_micros("at"), F.extract(F.lit("WEEK"), "day"), F.extract(F.lit("SECONDS"), "at"), F.dayname("day"), F.monthname("day"))`,
    ),
    program(
      "comparison of dates, moments and text",
      ({ moments }) =>
        moments.select(
          "id",
          col("day").gt("2025-03-30").as("a"),
          col("at").lt("2025-10-26").as("b"),
          col("day").eq(col("at")).as("c"),
          col("wall").gte(col("day")).as("d"),
          col("at").minus(col("wall").cast("timestamp")).as("e"),
        ),
      `moments.select("id", (F.col("day") > "2025-03-30").alias("a"), (F.col("at") < "2025-10-26").alias("b"), (F.col("day") == F.col("at")).alias("c"), (F.col("wall") >= F.col("day")).alias("d"), (F.col("at") - F.col("wall").cast("timestamp")).alias("e"))`,
    ),
    program(
      "text by patterns",
      ({ spark }) =>
        spark
          .range(1)
          .select(
            toDate(lit("31/12/2025"), "dd/MM/yyyy").as("a"),
            toTimestamp(lit("2025-02-03 4 PM"), "yyyy-MM-dd h a").as("b"),
            unixTimestamp(lit("2025-02-03"), "yyyy-MM-dd").as("c"),
            toTimestampNtz(lit("2025-02-03 01:02:03.123456")).as("d"),
          ),
      `spark.range(1).select(F.to_date(F.lit("31/12/2025"), "dd/MM/yyyy").alias("a"), F.to_timestamp(F.lit("2025-02-03 4 PM"), "yyyy-MM-dd h a").alias("b"), F.unix_timestamp(F.lit("2025-02-03"), "yyyy-MM-dd").alias("c"), F.to_timestamp_ntz(F.lit("2025-02-03 01:02:03.123456")).alias("d"))`,
    ),
    program(
      "text that fits no pattern",
      ({ spark }) => spark.range(1).select(toDate(lit("2025-13-01"), "yyyy-MM-dd")),
      `spark.range(1).select(F.to_date(F.lit("2025-13-01"), "yyyy-MM-dd"))`,
    ),
    program(
      "a date that is none",
      ({ spark }) => spark.range(1).select(makeDate(lit(2025), lit(2), lit(30))),
      `spark.range(1).select(F.make_date(F.lit(2025), F.lit(2), F.lit(30)))`,
    ),
    program(
      "a day of week that is none",
      ({ moments }) => moments.select(nextDay("day", "Mox")),
      `moments.select(F.next_day("day", "Mox"))`,
    ),
  ],
};
