/** Queries 13 to 17 of TPC-H. */
import { col, lit, when } from "lakewright";
import { avg, count, countDistinct, max, sum } from "lakewright/functions";
import type { Tables } from "../tables.ts";
import { revenue, within } from "./common.ts";

/** Customer distribution: how many customers have how many orders. */
export const q13 = ({ customer, orders }: Tables) =>
  customer
    .join(
      orders.filter(col("o_comment").like("%special%requests%").not()),
      col("c_custkey").eq(col("o_custkey")),
      "left",
    )
    .groupBy("c_custkey")
    .agg(count("o_orderkey").as("c_count"))
    .groupBy("c_count")
    .agg(count("*").as("custdist"))
    .orderBy(col("custdist").desc(), col("c_count").desc());

/** Promotion effect: the share of promoted parts in the revenue of a month, in percent. */
export function q14({ part, lineitem }: Tables) {
  const promoted = when(col("p_type").like("PROMO%"), revenue).otherwise(0);
  return lineitem
    .filter(within("l_shipdate", "1995-09-01", "1995-10-01"))
    .join(part, col("l_partkey").eq(col("p_partkey")))
    .agg(lit("100.00").cast("decimal(5,2)").multiply(sum(promoted)).divide(sum(revenue)).as("promo_revenue"));
}

/** Top supplier of a quarter; several where they are equal. */
export function q15({ supplier, lineitem }: Tables) {
  const totals = lineitem
    .filter(within("l_shipdate", "1996-01-01", "1996-04-01"))
    .groupBy(col("l_suppkey").as("supplier_no"))
    .agg(sum(revenue).as("total_revenue"));
  return supplier
    .join(totals, col("s_suppkey").eq(col("supplier_no")))
    .crossJoin(totals.agg(max("total_revenue").as("most")))
    .filter(col("total_revenue").eq(col("most")))
    .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
    .orderBy("s_suppkey");
}

/** Parts and suppliers: how many suppliers without complaints offer parts of some kinds. */
export const q16 = ({ supplier, part, partsupp }: Tables) =>
  partsupp
    .join(
      part.filter(
        col("p_brand")
          .ne("Brand#45")
          .and(col("p_type").like("MEDIUM POLISHED%").not())
          .and(col("p_size").isin(49, 14, 23, 45, 19, 3, 36, 9)),
      ),
      col("ps_partkey").eq(col("p_partkey")),
    )
    .join(
      supplier.filter(col("s_comment").like("%Customer%Complaints%")),
      col("ps_suppkey").eq(col("s_suppkey")),
      "left_anti",
    )
    .groupBy("p_brand", "p_type", "p_size")
    .agg(countDistinct("ps_suppkey").as("supplier_cnt"))
    .orderBy(col("supplier_cnt").desc(), "p_brand", "p_type", "p_size");

/** Small quantity orders: the yearly revenue lost if small orders of a part were not taken. */
export function q17({ part, lineitem }: Tables) {
  const lines = part
    .filter(col("p_brand").eq("Brand#23").and(col("p_container").eq("MED BOX")))
    .join(lineitem, col("p_partkey").eq(col("l_partkey")));
  const usual = lines.groupBy("p_partkey").agg(lit("0.2").cast("decimal(2,1)").multiply(avg("l_quantity")).as("limit"));
  return lines
    .join(usual, "p_partkey")
    .filter(col("l_quantity").lt(col("limit")))
    .agg(sum("l_extendedprice").divide(lit("7.0").cast("decimal(2,1)")).as("avg_yearly"));
}
