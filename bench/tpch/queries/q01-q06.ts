/** Queries 1 to 6 of TPC-H. */
import { col, lit } from "lakewright";
import { avg, count, min, sum } from "lakewright/functions";
import type { Tables } from "../tables.ts";
import { day, revenue, within } from "./common.ts";

/** Pricing summary: what was shipped, by return flag and line status. */
export const q01 = ({ lineitem }: Tables) =>
  lineitem
    .filter(col("l_shipdate").leq(day("1998-09-02")))
    .groupBy("l_returnflag", "l_linestatus")
    .agg(
      sum("l_quantity").as("sum_qty"),
      sum("l_extendedprice").as("sum_base_price"),
      sum(revenue).as("sum_disc_price"),
      sum(revenue.multiply(lit(1).plus(col("l_tax")))).as("sum_charge"),
      avg("l_quantity").as("avg_qty"),
      avg("l_extendedprice").as("avg_price"),
      avg("l_discount").as("avg_disc"),
      count("*").as("count_order"),
    )
    .orderBy("l_returnflag", "l_linestatus");

/** Minimum cost supplier: who in Europe supplies brass parts of size 15 most cheaply. */
export function q02({ region, nation, supplier, part, partsupp }: Tables) {
  const offers = region
    .filter(col("r_name").eq("EUROPE"))
    .join(nation, col("r_regionkey").eq(col("n_regionkey")))
    .join(supplier, col("n_nationkey").eq(col("s_nationkey")))
    .join(partsupp, col("s_suppkey").eq(col("ps_suppkey")))
    .join(part.filter(col("p_size").eq(15).and(col("p_type").like("%BRASS"))), col("ps_partkey").eq(col("p_partkey")));
  const cheapest = offers.groupBy("p_partkey").agg(min("ps_supplycost").as("cheapest"));
  return offers
    .join(cheapest, "p_partkey")
    .filter(col("ps_supplycost").eq(col("cheapest")))
    .select("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment")
    .orderBy(col("s_acctbal").desc(), "n_name", "s_name", "p_partkey")
    .limit(100);
}

/** Shipping priority: the ten largest orders not yet shipped to builders. */
export const q03 = ({ customer, orders, lineitem }: Tables) =>
  customer
    .filter(col("c_mktsegment").eq("BUILDING"))
    .join(orders.filter(col("o_orderdate").lt(day("1995-03-15"))), col("c_custkey").eq(col("o_custkey")))
    .join(lineitem.filter(col("l_shipdate").gt(day("1995-03-15"))), col("o_orderkey").eq(col("l_orderkey")))
    .groupBy("l_orderkey", "o_orderdate", "o_shippriority")
    .agg(sum(revenue).as("revenue"))
    .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
    .orderBy(col("revenue").desc(), "o_orderdate")
    .limit(10);

/** Order priority checking: orders of a quarter with a line that came late. */
export const q04 = ({ orders, lineitem }: Tables) =>
  orders
    .filter(within("o_orderdate", "1993-07-01", "1993-10-01"))
    .join(
      lineitem.filter(col("l_commitdate").lt(col("l_receiptdate"))),
      col("o_orderkey").eq(col("l_orderkey")),
      "left_semi",
    )
    .groupBy("o_orderpriority")
    .agg(count("*").as("order_count"))
    .orderBy("o_orderpriority");

/** Local supplier volume: what suppliers in Asia sell within their own country. */
export const q05 = ({ region, nation, supplier, customer, orders, lineitem }: Tables) =>
  region
    .filter(col("r_name").eq("ASIA"))
    .join(nation, col("r_regionkey").eq(col("n_regionkey")))
    .join(supplier, col("n_nationkey").eq(col("s_nationkey")))
    .join(lineitem, col("s_suppkey").eq(col("l_suppkey")))
    .join(orders.filter(within("o_orderdate", "1994-01-01", "1995-01-01")), col("l_orderkey").eq(col("o_orderkey")))
    .join(
      customer,
      col("o_custkey")
        .eq(col("c_custkey"))
        .and(col("c_nationkey").eq(col("s_nationkey"))),
    )
    .groupBy("n_name")
    .agg(sum(revenue).as("revenue"))
    .orderBy(col("revenue").desc());

/** Forecasting revenue change: what small discounts on small orders cost in a year. */
export const q06 = ({ lineitem }: Tables) =>
  lineitem
    .filter(
      within("l_shipdate", "1994-01-01", "1995-01-01")
        .and(col("l_discount").between(lit("0.05").cast("decimal(3,2)"), lit("0.07").cast("decimal(3,2)")))
        .and(col("l_quantity").lt(24)),
    )
    .agg(sum(col("l_extendedprice").multiply(col("l_discount"))).as("revenue"));
