/** The five tables: what a program in PySpark would say, with columns that the compiler has checked. */
import { col, type DataFrame, lit, Window, when } from "lakewright";
import {
  coalesce,
  count,
  countDistinct,
  dateAdd,
  datediff,
  dateFormat,
  denseRank,
  max,
  maxBy,
  struct,
  sum,
  toDate,
  unixDate,
} from "lakewright/functions";
import type { Events, Orders } from "./inputs.ts";
import { quartile } from "./quartiles.ts";

const day = toDate("event_dt");

/** The events of a country and month, ranked by what was spent within a day; equal amounts share a rank. */
export const spendRank = (events: Events, country: string, month: string) =>
  events
    .filter(col("country").eq(country).and(dateFormat("event_dt", "yyyy-MM").eq(month)))
    .withColumn("day", day)
    .withColumn("rank_in_day", denseRank().over(Window.partitionBy("day").orderBy(col("spend").desc())))
    .orderBy("day", "rank_in_day", "user_id", "event_dt");

/** Six days before and the day itself: seven calendar days, with all events of each of them. */
const week = Window.partitionBy("user_id").orderBy(unixDate(day)).rangeBetween(-6, 0);

/** Every event with what its user has spent in the last seven calendar days. */
export const rollingSpend = (events: Events) =>
  events.withColumn("spend_7d", sum("spend").over(week)).orderBy("user_id", "event_dt", "spend");

const ordersByUser = (orders: Orders) => orders.groupBy("user_id").agg(countDistinct("order_id").as("orders"));

/** The users of a country are those whose latest event was there; of two at once, the last in the alphabet. */
export const repeatBuyers = (events: Events, orders: Orders) =>
  events
    .groupBy("user_id")
    .agg(maxBy("country", struct("event_dt", "country")).as("country"))
    .join(ordersByUser(orders), "user_id", "left")
    .groupBy("country")
    .agg(sum(when(col("orders").geq(2), 1).otherwise(0)).as("repeat_buyers"), count("*").as("total_buyers"))
    .withColumn("repeat_rate", col("repeat_buyers").divide(col("total_buyers")))
    .orderBy("country");

/** A row for each day with events, a column for each country: its revenue, zero where it had none. */
export const dailyRevenue = (events: Events): DataFrame =>
  events.groupBy(day.as("day")).pivot("country").agg(sum("spend")).na.fill(0).orderBy("day");

/** Recency in days, frequency in orders and money spent of each user. */
export const behaviour = (events: Events, orders: Orders) => {
  const snapshot = events.agg(dateAdd(max(day), 1).as("snapshot"));
  return events
    .groupBy("user_id")
    .agg(max(day).as("last_day"), sum("spend").as("monetary"))
    .join(ordersByUser(orders), "user_id", "left")
    .crossJoin(snapshot)
    .select(
      "user_id",
      datediff("snapshot", "last_day").as("recency"),
      coalesce("orders", lit(0)).as("frequency"),
      "monetary",
    );
};

export type Behaviour = ReturnType<typeof behaviour>;

const [r, f, m] = [col("r_score"), col("f_score"), col("m_score")];

const segment = when(r.geq(3).and(f.geq(3)).and(m.geq(3)), "Champions")
  .when(r.geq(3).and(f.geq(3)), "Loyal")
  .when(r.leq(2).and(m.geq(3)), "At Risk")
  .when(f.geq(3), "Potential Loyalist")
  .otherwise("Hibernating");

/** Scores from 1 to 4 by exact quartiles of the rank, their sum, and the segment they put a user in. */
export const rfm = (users: Behaviour) =>
  users
    .withColumn("r_score", lit(5).minus(quartile("recency")))
    .withColumn("f_score", quartile("frequency"))
    .withColumn("m_score", quartile("monetary"))
    .withColumn("rfm_score", r.plus(f).plus(m))
    .withColumn("segment", segment)
    .orderBy("user_id");
