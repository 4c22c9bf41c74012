import { col, type DataFrame } from "lakewright";
import { sum } from "lakewright/functions";

declare const sales: DataFrame<{ user: "string"; amount: "double"; n: "int"; day: "date" }>;
declare const users: DataFrame<{ user: "string"; country: "string" | null; n: "bigint" }>;

// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.groupBy("usr").agg(sum("amount"));
// column 'cntry' does not exist; the columns are: amount, day, n, user
sales.groupBy("day").pivot("cntry", ["a"]).agg(sum("amount"));
// column 'amont' does not exist (did you mean amount?); the columns are: amount, day, n, user
sales.groupBy("day").sum("amont");
// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.withColumnRenamed("usr", "u");
// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.drop("usr");
// column 'amont' does not exist (did you mean amount?); the columns are: amount, day, n, user
sales.orderBy(col("amont").desc());
// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.dropDuplicates(["usr"]);
// column 'usr' does not exist (did you mean user?); the columns are: amount, day, n, user
sales.na.fill("none", { subset: ["usr"] });

// left side: column 'country' does not exist; the columns are: amount, day, n, user
sales.join(users, "country");
// column 'n' is on both sides of the join; drop or rename one, or select it as left.col('n')
sales.join(users, "user").select("n");
// column 'usr' does not exist (did you mean user?); the columns are: country, n, user
sales.join(users, sales.col("user").eq(users.col("usr")));

// only the other DataFrame has: country
// the other DataFrame lacks: amount, day
sales.union(users);
// column 'n' is string here and bigint in the other DataFrame
sales.select("user", col("n").cast("string").as("n")).union(users.select("user", "n"));
