/** The eight tables of TPC-H, as Parquet files of their names in a folder. */
import { join } from "node:path";
import type { SparkSession } from "lakewright";

const REGION = "r_regionkey BIGINT, r_name STRING, r_comment STRING";
const NATION = "n_nationkey BIGINT, n_name STRING, n_regionkey BIGINT, n_comment STRING";
const SUPPLIER =
  "s_suppkey BIGINT, s_name STRING, s_address STRING, s_nationkey BIGINT, s_phone STRING, s_acctbal DECIMAL(15,2), s_comment STRING";
const CUSTOMER =
  "c_custkey BIGINT, c_name STRING, c_address STRING, c_nationkey BIGINT, c_phone STRING, c_acctbal DECIMAL(15,2), c_mktsegment STRING, c_comment STRING";
const PART =
  "p_partkey BIGINT, p_name STRING, p_mfgr STRING, p_brand STRING, p_type STRING, p_size INT, p_container STRING, p_retailprice DECIMAL(15,2), p_comment STRING";
const PARTSUPP =
  "ps_partkey BIGINT, ps_suppkey BIGINT, ps_availqty INT, ps_supplycost DECIMAL(15,2), ps_comment STRING";
const ORDERS =
  "o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus STRING, o_totalprice DECIMAL(15,2), o_orderdate DATE, o_orderpriority STRING, o_clerk STRING, o_shippriority INT, o_comment STRING";
const LINEITEM =
  "l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INT, l_quantity DECIMAL(15,2), l_extendedprice DECIMAL(15,2), l_discount DECIMAL(15,2), l_tax DECIMAL(15,2), l_returnflag STRING, l_linestatus STRING, l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE, l_shipinstruct STRING, l_shipmode STRING, l_comment STRING";

/** The columns of each table, as DDL. */
export const SCHEMAS = {
  region: REGION,
  nation: NATION,
  supplier: SUPPLIER,
  customer: CUSTOMER,
  part: PART,
  partsupp: PARTSUPP,
  orders: ORDERS,
  lineitem: LINEITEM,
} as const;

/** The path of a table's file. */
export const tableFile = (folder: string, table: string): string => join(folder, `${table}.parquet`);

/**
 * The tables in a folder, with columns that the compiler knows.
 *
 * @param folder - holds `lineitem.parquet`, `orders.parquet`, …
 */
export const readTables = (spark: SparkSession, folder: string) => ({
  region: spark.read.schema(REGION).parquet(tableFile(folder, "region")),
  nation: spark.read.schema(NATION).parquet(tableFile(folder, "nation")),
  supplier: spark.read.schema(SUPPLIER).parquet(tableFile(folder, "supplier")),
  customer: spark.read.schema(CUSTOMER).parquet(tableFile(folder, "customer")),
  part: spark.read.schema(PART).parquet(tableFile(folder, "part")),
  partsupp: spark.read.schema(PARTSUPP).parquet(tableFile(folder, "partsupp")),
  orders: spark.read.schema(ORDERS).parquet(tableFile(folder, "orders")),
  lineitem: spark.read.schema(LINEITEM).parquet(tableFile(folder, "lineitem")),
});

export type Tables = ReturnType<typeof readTables>;
