/** The figures: functions from DataFrames to DataFrames, which tests call with rows of their own. */
import { col, type DataFrame } from "lakewright";
import { count, sum } from "lakewright/functions";

/** What a line of the input holds. */
export const SALE = "day DATE NOT NULL, city STRING NOT NULL, amount DECIMAL(10,2)";

type Sales = DataFrame<{ day: "date"; city: "string"; amount: "decimal(10,2)" | null }>;

/** The revenue and the number of sales of each city; sales without an amount do not count. */
export const revenueByCity = (sales: Sales) =>
  sales
    .filter(col("amount").isNotNull())
    .groupBy("city")
    .agg(sum("amount").as("revenue"), count("*").as("sales"))
    .orderBy(col("revenue").desc(), "city");
