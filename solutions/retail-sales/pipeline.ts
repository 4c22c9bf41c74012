/** The two summaries: what a program in PySpark would say, with columns that the compiler has checked. */
import { col, lit, when } from "lakewright";
import { count, dateFormat, sum, tryToTimestamp } from "lakewright/functions";
import type { Records } from "../common/records.ts";

/** The columns of the sales, in the order of the file. */
export const SALE_FIELDS = ["TransactionID", "Timestamp", "StoreID", "ProductID", "Quantity", "UnitPrice"] as const;

const time = tryToTimestamp("Timestamp", lit("yyyy-MM-dd HH:mm:ss"));
const quantity = col("Quantity").tryCast("int");
/** Money is decimal; more digits than cents are an error, not something to round. */
const price = col("UnitPrice").tryCast("decimal(10,2)");
const exactPrice = col("UnitPrice").tryCast("decimal(18,6)");

const withoutKey = col("TransactionID").isNull().or(col("Timestamp").isNull()).or(col("StoreID").isNull());

/** Sales with the reason for which they must not count: null for those that do. */
export const judge = (sales: Records<(typeof SALE_FIELDS)[number]>) =>
  sales.withColumn(
    "reason",
    when(col("_corrupt_record").isNotNull(), "MALFORMED")
      .when(withoutKey, "NULL_KEY")
      .when(time.isNull(), "INVALID_TIMESTAMP")
      .when(quantity.isNull().or(quantity.leq(0)), "INVALID_QUANTITY")
      .when(price.isNull().or(exactPrice.isNull()).or(price.ne(exactPrice)), "INVALID_PRICE")
      .when(price.lt(0), "NEGATIVE_PRICE"),
  );

/** The sales that count, with what each amounts to. */
export const accepted = (judged: ReturnType<typeof judge>) =>
  judged
    .filter(col("reason").isNull())
    .select("StoreID", time.as("Timestamp"), quantity.multiply(price).as("TotalAmount"));

export type Sales = ReturnType<typeof accepted>;

/** The summaries as they are read: told, so that a store named 001 stays text and an empty folder has columns. */
export const DAILY = "SaleDate STRING, TotalDailySales DECIMAL(31,2), TotalDailyTransactions BIGINT, StoreID STRING";
export const MONTHLY =
  "StoreID STRING, SaleMonth STRING, TotalMonthlySales DECIMAL(31,2), TotalMonthlyTransactions BIGINT";

/** Sales and transactions of each store by day. */
export const dailySummary = (sales: Sales) =>
  sales
    .groupBy("StoreID", dateFormat("Timestamp", "yyyy-MM-dd").as("SaleDate"))
    .agg(sum("TotalAmount").as("TotalDailySales"), count("*").as("TotalDailyTransactions"))
    .orderBy("StoreID", "SaleDate");

/** Sales and transactions of each store by month. */
export const monthlySummary = (sales: Sales) =>
  sales
    .groupBy("StoreID", dateFormat("Timestamp", "yyyy-MM").as("SaleMonth"))
    .agg(sum("TotalAmount").as("TotalMonthlySales"), count("*").as("TotalMonthlyTransactions"))
    .orderBy("StoreID", "SaleMonth");
