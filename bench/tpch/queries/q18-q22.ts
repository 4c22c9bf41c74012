/** Queries 18 to 22 of TPC-H. */
import { col, lit } from "lakewright";
import { avg, count, substring, sum } from "lakewright/functions";
import type { Tables } from "../tables.ts";
import { revenue, within } from "./common.ts";

/** Large volume customers: the hundred largest orders of more than 300 pieces. */
export function q18({ customer, orders, lineitem }: Tables) {
  const large = lineitem
    .groupBy(col("l_orderkey").as("large_key"))
    .agg(sum("l_quantity").as("pieces"))
    .filter(col("pieces").gt(300));
  return orders
    .join(large, col("o_orderkey").eq(col("large_key")), "left_semi")
    .join(customer, col("o_custkey").eq(col("c_custkey")))
    .join(lineitem, col("o_orderkey").eq(col("l_orderkey")))
    .groupBy("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice")
    .agg(sum("l_quantity").as("sum_quantity"))
    .orderBy(col("o_totalprice").desc(), "o_orderdate", "o_orderkey")
    .limit(100);
}

/** Discounted revenue of three kinds of parts, sent by air and delivered in person. */
export function q19({ part, lineitem }: Tables) {
  const kind = (brand: string, containers: readonly string[], quantity: number, size: number) =>
    col("p_brand")
      .eq(brand)
      .and(col("p_container").isin(...containers))
      .and(col("l_quantity").between(quantity, quantity + 10))
      .and(col("p_size").between(1, size));
  return lineitem
    .filter(col("l_shipmode").isin("AIR", "AIR REG").and(col("l_shipinstruct").eq("DELIVER IN PERSON")))
    .join(part, col("l_partkey").eq(col("p_partkey")))
    .filter(
      kind("Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 5)
        .or(kind("Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 10))
        .or(kind("Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 15)),
    )
    .agg(sum(revenue).as("revenue"));
}

/** Potential promotion: Canadian suppliers with too much stock of forest parts. */
export function q20({ nation, supplier, part, partsupp, lineitem }: Tables) {
  const forest = part.filter(col("p_name").like("forest%"));
  const shipped = lineitem
    .filter(within("l_shipdate", "1994-01-01", "1995-01-01"))
    .join(forest, col("l_partkey").eq(col("p_partkey")), "left_semi")
    .groupBy("l_partkey", "l_suppkey")
    .agg(lit("0.5").cast("decimal(2,1)").multiply(sum("l_quantity")).as("half"));
  const excess = partsupp
    .join(
      shipped,
      col("ps_partkey")
        .eq(col("l_partkey"))
        .and(col("ps_suppkey").eq(col("l_suppkey"))),
    )
    .filter(col("ps_availqty").gt(col("half")));
  return supplier
    .join(nation.filter(col("n_name").eq("CANADA")), col("s_nationkey").eq(col("n_nationkey")))
    .join(excess, col("s_suppkey").eq(col("ps_suppkey")), "left_semi")
    .select("s_name", "s_address")
    .orderBy("s_name");
}

/** Waiting orders: Saudi suppliers who alone kept an order of several suppliers waiting. */
export function q21({ nation, supplier, orders, lineitem }: Tables) {
  const late = lineitem.filter(col("l_receiptdate").gt(col("l_commitdate")));
  const others = lineitem.select(col("l_orderkey").as("order"), col("l_suppkey").as("other"));
  const lateOthers = late.select(col("l_orderkey").as("order"), col("l_suppkey").as("other"));
  const byAnother = col("l_orderkey")
    .eq(col("order"))
    .and(col("l_suppkey").ne(col("other")));
  return supplier
    .join(nation.filter(col("n_name").eq("SAUDI ARABIA")), col("s_nationkey").eq(col("n_nationkey")))
    .join(late, col("s_suppkey").eq(col("l_suppkey")))
    .join(orders.filter(col("o_orderstatus").eq("F")), col("l_orderkey").eq(col("o_orderkey")))
    .join(others, byAnother, "left_semi")
    .join(lateOthers, byAnother, "left_anti")
    .groupBy("s_name")
    .agg(count("*").as("numwait"))
    .orderBy(col("numwait").desc(), "s_name")
    .limit(100);
}

/** Global sales opportunity: well-off customers of some countries who have not ordered. */
export function q22({ customer, orders }: Tables) {
  const chosen = customer
    .withColumn("cntrycode", substring("c_phone", 1, 2))
    .filter(col("cntrycode").isin("13", "31", "23", "29", "30", "18", "17"));
  const usual = chosen.filter(col("c_acctbal").gt(0)).agg(avg("c_acctbal").as("usual"));
  return chosen
    .crossJoin(usual)
    .filter(col("c_acctbal").gt(col("usual")))
    .join(orders, col("c_custkey").eq(col("o_custkey")), "left_anti")
    .groupBy("cntrycode")
    .agg(count("*").as("numcust"), sum("c_acctbal").as("totacctbal"))
    .orderBy("cntrycode");
}
