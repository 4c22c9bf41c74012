/** The tables in their folders: writing them in one run, and comparing them with each other when they are read back. */
import { join } from "node:path";
import { type ActionOptions, type Column, col, type DataFrame, lit, Observation, type SparkSession } from "lakewright";
import { count, sum } from "lakewright/functions";
import { type Check, plain } from "../common/checks.ts";
import { quarantined, replayed } from "../common/quarantine.ts";
import { readRecords } from "../common/records.ts";
import type { Source } from "../common/sources.ts";
import { type TableFormat, tableWrite } from "../common/table-format.ts";
import {
  acceptedEvents,
  acceptedOrders,
  EVENT_FIELDS,
  judgeEvents,
  judgeOrders,
  ORDER_FIELDS,
  ordersOfEvents,
} from "./inputs.ts";
import { behaviour, dailyRevenue, repeatBuyers, rfm, rollingSpend, spendRank } from "./pipeline.ts";

export const TABLES = ["spend_rank", "rolling_spend", "repeat_buyers", "daily_revenue", "rfm"] as const;
/** Quarantines lie beside the tables. */
export const QUARANTINES = ["quarantine_events", "quarantine_orders"] as const;

export interface Inputs {
  readonly events: Source;
  /** Absent where each event is an order. */
  readonly orders: Source | undefined;
}

export interface Choices {
  readonly country: string;
  readonly month: string;
  readonly replay: boolean;
  /** Of the tables; quarantines are Parquet, which somebody can mend. */
  readonly format: TableFormat;
}

/** All tables and quarantines from one pass over the inputs. */
export async function writeTables(
  spark: SparkSession,
  { events, orders }: Inputs,
  out: string,
  { country, month, replay, format }: Choices,
  options: ActionOptions,
): Promise<Observation> {
  const records = readRecords(spark, events, EVENT_FIELDS);
  const judged = judgeEvents(replay ? replayed(spark, records, join(out, "quarantine_events"), EVENT_FIELDS) : records);
  const computed = new Observation("events");
  const accepted = acceptedEvents(judged).observe(computed, count(lit(1)).as("events"), sum("spend").as("spend"));
  const judgedOrders = orders && judgeOrders(ordersOf(spark, orders, out, replay), accepted);
  const placed = judgedOrders === undefined ? ordersOfEvents(accepted) : acceptedOrders(judgedOrders);
  const tables: Readonly<Record<(typeof TABLES)[number], DataFrame>> = {
    spend_rank: spendRank(accepted, country, month),
    rolling_spend: rollingSpend(accepted),
    repeat_buyers: repeatBuyers(accepted, placed),
    daily_revenue: dailyRevenue(accepted),
    rfm: rfm(behaviour(accepted, placed)),
  };
  const quarantines = {
    quarantine_events: quarantined(judged, EVENT_FIELDS),
    ...(judgedOrders && { quarantine_orders: quarantined(judgedOrders, ORDER_FIELDS) }),
  };
  const writesOf = (outputs: Readonly<Record<string, DataFrame>>, of: TableFormat) =>
    Object.entries(outputs).map(([name, rows]) => tableWrite(rows, join(out, name), of));
  await spark.writeAll([...writesOf(tables, format), ...writesOf(quarantines, "parquet")], options);
  return computed;
}

function ordersOf(spark: SparkSession, orders: Source, out: string, replay: boolean) {
  const records = readRecords(spark, orders, ORDER_FIELDS);
  return replay ? replayed(spark, records, join(out, "quarantine_orders"), ORDER_FIELDS) : records;
}

/** What the tables say of the same thing must agree, and with what was computed. */
export async function reconcile(
  table: (name: (typeof TABLES)[number]) => DataFrame,
  computed: Observation,
): Promise<readonly Check[]> {
  const { events, spend } = await computed.get();
  const revenue = table("daily_revenue");
  const countries = (await revenue.columns()).slice(1);
  const byDay = countries
    .map((country): Column => col(`\`${country}\``) as Column)
    .reduce((total, next) => total.plus(next), lit(0) as Column);
  const rolling = await one(table("rolling_spend").agg(count(lit(1)).as("events"), sum("spend").as("spend")));
  const users = await one(table("rfm").agg(count(lit(1)).as("users"), sum("monetary").as("spend")));
  const buyers = await one(table("repeat_buyers").agg(sum("total_buyers").as("buyers")));
  const days = await one(revenue.agg(sum(byDay).as("spend")));
  return [
    { check: "events", expected: plain(events), found: plain(rolling.events) },
    { check: "spend, event by event", expected: plain(spend), found: plain(rolling.spend) },
    { check: "spend, user by user", expected: plain(spend), found: plain(users.spend) },
    { check: "spend, day by day", expected: plain(spend), found: plain(days.spend) },
    { check: "users, country by country", expected: plain(users.users), found: plain(buyers.buyers) },
  ];
}

type Values = Readonly<Record<string, unknown>>;

async function one(frame: DataFrame): Promise<Values> {
  const [row] = await frame.collect();
  return row as Values;
}
