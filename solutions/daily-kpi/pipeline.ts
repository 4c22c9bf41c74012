/** The figures: what a program in PySpark would say, with columns that the compiler has checked. */
import { col, Window, when } from "lakewright";
import {
  broadcast,
  coalesce,
  count,
  countDistinct,
  countIf,
  struct,
  sum,
  timestampSeconds,
  toDate,
  toJson,
  unixDate,
} from "lakewright/functions";
import type { Events, Items, Users } from "./sources.ts";

/** The last second of the year 9999. */
const LAST_SECOND = 253_402_300_799;

/** The text that an event came from; as JSON where it came from none. */
export const original = coalesce("line", toJson(struct("event_id", "user_id", "item_id", "event_type", "ts", "props")));

/**
 * Events with their date and revenue, their country and category, and the reason for which they must not count: null for
 * those that do. Nothing is dropped. Only events that go to the quarantine keep their line.
 */
export function judge(events: Events, users: Users, items: Items) {
  const price = col("props").getItem("price").tryCast("double");
  return events
    .withColumn("timestamp", when(col("ts").between(0, LAST_SECOND), timestampSeconds("ts")))
    .withColumn("date", toDate("timestamp"))
    .withColumn("revenue", when(col("event_type").eq("purchase"), price).otherwise(0.0))
    .join(broadcast(users.select("user_id", "country")), "user_id", "left")
    .join(broadcast(items.select("item_id", "category")), "item_id", "left")
    .withColumn("reason", reason)
    .withColumn("line", when(col("reason").isNotNull().or(col("corrected").isNotNull()), original));
}

export type Judged = ReturnType<typeof judge>;

const withoutKey = col("user_id")
  .isNull()
  .or(col("item_id").isNull())
  .or(col("event_type").isNull())
  .or(col("ts").isNull());

const reason = when(col("_corrupt_record").isNotNull(), "MALFORMED")
  .when(withoutKey, "NULL_KEY")
  .when(col("date").isNull(), "INVALID_TIME")
  .when(col("country").isNull(), "UNKNOWN_USER")
  .when(col("category").isNull(), "UNKNOWN_ITEM")
  // NaN is greater than infinity.
  .when(col("revenue").isNull().or(col("revenue").geq(Number.POSITIVE_INFINITY)), "INVALID_PRICE")
  .when(col("revenue").lt(0), "NEGATIVE_REVENUE");

/** The figures by date, country and category, of the events that count. */
export const dailyFigures = (judged: Judged) =>
  judged
    .filter(col("reason").isNull())
    .groupBy("date", "country", "category")
    .agg(
      count("*").as("events_total"),
      countIf(col("event_type").eq("purchase")).as("purchases"),
      sum("revenue").as("revenue"),
      countDistinct("user_id").as("unique_users"),
    );

export type DailyFigures = ReturnType<typeof dailyFigures>;

/** Six days before and the day itself: seven calendar days, however many of them have events. */
const week = Window.partitionBy("country", "category").orderBy(unixDate("date")).rangeBetween(-6, 0);

/** The figures with the revenue of the last seven calendar days, sorted. */
export const withWeeklyRevenue = (daily: DailyFigures) =>
  daily.withColumn("revenue_7d", sum("revenue").over(week)).orderBy("date", "country", "category");

/** The events that must not count, with the reason, the file and the line. */
export const rejected = (judged: Judged) =>
  judged
    .filter(col("reason").isNotNull())
    .select("reason", "source_file", "line", "corrected")
    // A blank line is no event.
    .filter(col("line").rlike("\\S"));

export type Rejected = ReturnType<typeof rejected>;
