/** What comes in: events and orders as text, the reasons for which they must not count, and those that do, with types. */
import { col, lit, Window, when } from "lakewright";
import { rowNumber } from "lakewright/functions";
import type { Records } from "../common/records.ts";

export const EVENT_FIELDS = ["user_id", "country", "event_dt", "spend"] as const;
export const ORDER_FIELDS = ["user_id", "order_id", "event_dt"] as const;

const user = col("user_id").tryCast("int");
const time = col("event_dt").tryCast("timestamp");
/** Money is decimal: sums are exact, in whatever order they are added up. */
const spend = col("spend").tryCast("decimal(12,2)");

const isMalformed = col("_corrupt_record").isNotNull();

/** Events with the reason for which they must not count: null for those that do. */
export const judgeEvents = (events: Records<(typeof EVENT_FIELDS)[number]>) =>
  events.withColumn(
    "reason",
    when(isMalformed, "MALFORMED")
      .when(col("user_id").isNull().or(col("country").isNull()).or(col("event_dt").isNull()), "NULL_KEY")
      .when(user.isNull(), "INVALID_USER")
      .when(time.isNull(), "INVALID_TIME")
      .when(spend.isNull(), "INVALID_SPEND")
      .when(spend.lt(0), "NEGATIVE_SPEND"),
  );

/** The events that count. */
export const acceptedEvents = (judged: ReturnType<typeof judgeEvents>) =>
  judged.filter(col("reason").isNull()).select(user.as("user_id"), "country", time.as("event_dt"), spend.as("spend"));

export type Events = ReturnType<typeof acceptedEvents>;

/** Orders with the reason for which they must not count: null for those that do. */
export const judgeOrders = (orders: Records<(typeof ORDER_FIELDS)[number]>, events: Events) =>
  orders
    .withColumn("user", user)
    .join(events.select(col("user_id").as("user"), lit(true).as("known")).distinct(), "user", "left")
    .withColumn(
      "reason",
      when(isMalformed, "MALFORMED")
        .when(col("user_id").isNull().or(col("order_id").isNull()), "NULL_KEY")
        .when(col("user").isNull(), "INVALID_USER")
        .when(col("known").isNull(), "UNKNOWN_USER"),
    );

/** The orders that count. */
export const acceptedOrders = (judged: ReturnType<typeof judgeOrders>) =>
  judged.filter(col("reason").isNull()).select(col("user").as("user_id"), "order_id");

export type Orders = ReturnType<typeof acceptedOrders>;

/** Where no orders are given, each event is one. */
export const ordersOfEvents = (events: Events): Orders =>
  events.select(
    "user_id",
    rowNumber()
      .over(Window.orderBy("user_id", "event_dt", "country", "spend"))
      .plus(999)
      .cast("string")
      .as("order_id"),
  ) as unknown as Orders;
