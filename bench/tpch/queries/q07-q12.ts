/** Queries 7 to 12 of TPC-H. */
import { col, when } from "lakewright";
import { sum, year } from "lakewright/functions";
import type { Tables } from "../tables.ts";
import { day, revenue, within } from "./common.ts";

/** Volume shipping: what France and Germany sell to each other, by year. */
export function q07({ nation, supplier, customer, orders, lineitem }: Tables) {
  const two = nation.filter(col("n_name").isin("FRANCE", "GERMANY"));
  const suppliers = two
    .select(col("n_nationkey").as("supp_key"), col("n_name").as("supp_nation"))
    .join(supplier, col("supp_key").eq(col("s_nationkey")));
  const customers = two
    .select(col("n_nationkey").as("cust_key"), col("n_name").as("cust_nation"))
    .join(customer, col("cust_key").eq(col("c_nationkey")));
  return suppliers
    .join(
      lineitem.filter(col("l_shipdate").between(day("1995-01-01"), day("1996-12-31"))),
      col("s_suppkey").eq(col("l_suppkey")),
    )
    .join(orders, col("l_orderkey").eq(col("o_orderkey")))
    .join(customers, col("o_custkey").eq(col("c_custkey")))
    .filter(col("supp_nation").ne(col("cust_nation")))
    .groupBy("supp_nation", "cust_nation", year("l_shipdate").as("l_year"))
    .agg(sum(revenue).as("revenue"))
    .orderBy("supp_nation", "cust_nation", "l_year");
}

/** National market share: Brazil's part of steel sold in America, by year. */
export function q08({ region, nation, supplier, customer, part, orders, lineitem }: Tables) {
  const american = region
    .filter(col("r_name").eq("AMERICA"))
    .join(nation, col("r_regionkey").eq(col("n_regionkey")))
    .join(customer, col("n_nationkey").eq(col("c_nationkey")))
    .select("c_custkey");
  const volume = part
    .filter(col("p_type").eq("ECONOMY ANODIZED STEEL"))
    .join(lineitem, col("p_partkey").eq(col("l_partkey")))
    .join(
      orders.filter(col("o_orderdate").between(day("1995-01-01"), day("1996-12-31"))),
      col("l_orderkey").eq(col("o_orderkey")),
    )
    .join(american, col("o_custkey").eq(col("c_custkey")), "left_semi")
    .join(supplier, col("l_suppkey").eq(col("s_suppkey")))
    .join(nation, col("s_nationkey").eq(col("n_nationkey")));
  const brazilian = when(col("n_name").eq("BRAZIL"), revenue).otherwise(0);
  return volume
    .groupBy(year("o_orderdate").as("o_year"))
    .agg(sum(brazilian).divide(sum(revenue)).as("mkt_share"))
    .orderBy("o_year");
}

/** Product type profit: what green parts earn, by nation and year. */
export function q09({ nation, supplier, part, partsupp, orders, lineitem }: Tables) {
  const amount = revenue.minus(col("ps_supplycost").multiply(col("l_quantity")));
  return part
    .filter(col("p_name").like("%green%"))
    .join(lineitem, col("p_partkey").eq(col("l_partkey")))
    .join(
      partsupp,
      col("ps_suppkey")
        .eq(col("l_suppkey"))
        .and(col("ps_partkey").eq(col("l_partkey"))),
    )
    .join(supplier, col("l_suppkey").eq(col("s_suppkey")))
    .join(nation, col("s_nationkey").eq(col("n_nationkey")))
    .join(orders, col("l_orderkey").eq(col("o_orderkey")))
    .groupBy(col("n_name").as("nation"), year("o_orderdate").as("o_year"))
    .agg(sum(amount).as("sum_profit"))
    .orderBy("nation", col("o_year").desc());
}

/** Returned items: the twenty customers who sent back most in a quarter. */
export const q10 = ({ nation, customer, orders, lineitem }: Tables) =>
  orders
    .filter(within("o_orderdate", "1993-10-01", "1994-01-01"))
    .join(lineitem.filter(col("l_returnflag").eq("R")), col("o_orderkey").eq(col("l_orderkey")))
    .join(customer, col("o_custkey").eq(col("c_custkey")))
    .join(nation, col("c_nationkey").eq(col("n_nationkey")))
    .groupBy("c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment")
    .agg(sum(revenue).as("revenue"))
    .select("c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment")
    .orderBy(col("revenue").desc(), "c_custkey")
    .limit(20);

/** Important stock: parts whose stock in Germany is worth more than a share of all that lies there. */
export function q11({ nation, supplier, partsupp }: Tables, scale = 1) {
  const value = col("ps_supplycost").multiply(col("ps_availqty"));
  const german = nation
    .filter(col("n_name").eq("GERMANY"))
    .join(supplier, col("n_nationkey").eq(col("s_nationkey")))
    .join(partsupp, col("s_suppkey").eq(col("ps_suppkey")));
  const total = german.agg(
    sum(value)
      .cast("double")
      .multiply(0.0001 / scale)
      .as("threshold"),
  );
  return german
    .groupBy("ps_partkey")
    .agg(sum(value).as("value"))
    .crossJoin(total)
    .filter(col("value").cast("double").gt(col("threshold")))
    .select("ps_partkey", "value")
    .orderBy(col("value").desc(), "ps_partkey");
}

/** Shipping modes: whether cheaper modes make urgent orders come late. */
export function q12({ orders, lineitem }: Tables) {
  const urgent = col("o_orderpriority").isin("1-URGENT", "2-HIGH");
  const late = col("l_shipmode")
    .isin("MAIL", "SHIP")
    .and(col("l_commitdate").lt(col("l_receiptdate")))
    .and(col("l_shipdate").lt(col("l_commitdate")))
    .and(within("l_receiptdate", "1994-01-01", "1995-01-01"));
  return lineitem
    .filter(late)
    .join(orders, col("l_orderkey").eq(col("o_orderkey")))
    .groupBy("l_shipmode")
    .agg(
      sum(when(urgent, 1).otherwise(0)).as("high_line_count"),
      sum(when(urgent, 0).otherwise(1)).as("low_line_count"),
    )
    .orderBy("l_shipmode");
}
