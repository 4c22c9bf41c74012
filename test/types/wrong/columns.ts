import { col, type DataFrame, lit, type StructOf, udf } from "lakewright";
import { dateAdd, exists, sum, upper } from "lakewright/functions";

declare const sales: DataFrame<{ user: "string"; amount: "double"; n: "int"; day: "date" }>;
declare const nested: DataFrame<{ address: StructOf<{ city: "string"; zip: "string" }> | null }>;

// column 'amout' does not exist (did you mean amount?); the columns are: amount, day, n, user
sales.select(col("amout"));
// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.select("user", "usr");
// column 'User' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.select("User");
// column 'nope' does not exist; the columns are: amount, day, n, user
sales.withColumn("z", col("nope").plus(1));
// column 'cty' does not exist; the columns are: city, zip
nested.select(col("address.cty"));
// column 'amount' does not exist; the columns are: user
sales.select("user").filter(col("amount").gt(lit(3)));

// a filter needs a boolean column, not string
sales.filter(col("user"));
// cannot compare string with int; cast one of them
sales.filter(col("user").gt(3));
// cannot compare int with date; cast one of them
sales.select(col("n").eq(col("day")).as("y"));
// column 'amout' does not exist (did you mean amount?); the columns are: amount, day, n, user
sales.filter(col("amout").gt(3).and(col("user").eq("x")));
// the first argument of AND must be a boolean, not int
sales.filter(col("n").and(col("user").eq("x")));
// cannot compare string with int; cast one of them
sales.filter(col("user").isin(1, 2));

// the first argument of + must be a number, not string
sales.withColumn("z", col("user").plus(1));
// the first argument of upper must be a string, not int
sales.select(upper(col("n")).as("x"));
// the first argument of sum must be a number, not date
sales.groupBy("user").agg(sum("day").as("s"));
// the first argument of date_add must be a date or timestamp, not string
sales.select(dateAdd("user", 1));
// the second argument of date_add must be an integer, not double
sales.select(dateAdd("day", "amount"));
// the first argument of exists must be an array, not string
sales.select(exists("user", (x) => x.gt(1)).as("any"));

const fee = udf({ amount: "double" }, "double", ({ amount }) => amount);
// the argument amount must be double, not string
sales.select(fee("user").as("fee"));
// column 'amont' does not exist (did you mean amount?); the columns are: amount, day, n, user
sales.select(fee({ amount: "amont" }).as("fee"));
