/** Sixty steps with six joins: what the compiler must bear in one expression. */
import { col, type DataFrame, lit, Window } from "lakewright";
import { coalesce, concat, dateAdd, rowNumber, sum } from "lakewright/functions";
import { type SchemaIn, same } from "./same.ts";

declare const sales: DataFrame<{ user: "string"; amount: "double" | null; n: "int"; day: "date" }>;
declare const dim8: DataFrame<{ user: "string"; d8: "double"; e8: "string" | null }>;
declare const dim18: DataFrame<{ user: "string"; d18: "double"; e18: "string" | null }>;
declare const dim28: DataFrame<{ user: "string"; d28: "double"; e28: "string" | null }>;
declare const dim38: DataFrame<{ user: "string"; d38: "double"; e38: "string" | null }>;
declare const dim48: DataFrame<{ user: "string"; d48: "double"; e48: "string" | null }>;
declare const dim58: DataFrame<{ user: "string"; d58: "double"; e58: "string" | null }>;

const window = Window.partitionBy("user").orderBy("day");

export const chained = sales
  .withColumn("c0", col("amount").multiply(2).plus(col("n")))
  .filter(
    col("amount")
      .gt(1)
      .and(col("user").eq("u1").or(col("day").lt("2025-01-02"))),
  )
  .withColumn("s2", concat("user", lit("-2")))
  .withColumn("c3", col("amount").multiply(5).plus(col("n")))
  .withColumnRenamed("c3", "r4")
  .withColumns({ x5: coalesce("amount", lit(5)), y5: dateAdd("day", 5) })
  .select("*", sum("amount").over(window).as("t6"), rowNumber().over(window).as("k6"))
  .drop("s2")
  .join(dim8, "user", "left")
  .orderBy("user", col("t6").desc())
  .withColumn("c10", col("amount").multiply(12).plus(col("n")))
  .filter(
    col("amount")
      .gt(11)
      .and(col("user").eq("u11").or(col("day").lt("2025-01-12"))),
  )
  .withColumn("s12", concat("user", lit("-12")))
  .withColumn("c13", col("amount").multiply(15).plus(col("n")))
  .withColumnRenamed("c13", "r14")
  .withColumns({ x15: coalesce("amount", lit(15)), y15: dateAdd("day", 15) })
  .select("*", sum("amount").over(window).as("t16"), rowNumber().over(window).as("k16"))
  .drop("s12")
  .join(dim18, "user", "left")
  .orderBy("user", col("t16").desc())
  .withColumn("c20", col("amount").multiply(22).plus(col("n")))
  .filter(
    col("amount")
      .gt(21)
      .and(col("user").eq("u21").or(col("day").lt("2025-01-22"))),
  )
  .withColumn("s22", concat("user", lit("-22")))
  .withColumn("c23", col("amount").multiply(25).plus(col("n")))
  .withColumnRenamed("c23", "r24")
  .withColumns({ x25: coalesce("amount", lit(25)), y25: dateAdd("day", 25) })
  .select("*", sum("amount").over(window).as("t26"), rowNumber().over(window).as("k26"))
  .drop("s22")
  .join(dim28, "user", "left")
  .orderBy("user", col("t26").desc())
  .withColumn("c30", col("amount").multiply(32).plus(col("n")))
  .filter(
    col("amount")
      .gt(31)
      .and(col("user").eq("u31").or(col("day").lt("2025-01-04"))),
  )
  .withColumn("s32", concat("user", lit("-32")))
  .withColumn("c33", col("amount").multiply(35).plus(col("n")))
  .withColumnRenamed("c33", "r34")
  .withColumns({ x35: coalesce("amount", lit(35)), y35: dateAdd("day", 35) })
  .select("*", sum("amount").over(window).as("t36"), rowNumber().over(window).as("k36"))
  .drop("s32")
  .join(dim38, "user", "left")
  .orderBy("user", col("t36").desc())
  .withColumn("c40", col("amount").multiply(42).plus(col("n")))
  .filter(
    col("amount")
      .gt(41)
      .and(col("user").eq("u41").or(col("day").lt("2025-01-14"))),
  )
  .withColumn("s42", concat("user", lit("-42")))
  .withColumn("c43", col("amount").multiply(45).plus(col("n")))
  .withColumnRenamed("c43", "r44")
  .withColumns({ x45: coalesce("amount", lit(45)), y45: dateAdd("day", 45) })
  .select("*", sum("amount").over(window).as("t46"), rowNumber().over(window).as("k46"))
  .drop("s42")
  .join(dim48, "user", "left")
  .orderBy("user", col("t46").desc())
  .withColumn("c50", col("amount").multiply(52).plus(col("n")))
  .filter(
    col("amount")
      .gt(51)
      .and(col("user").eq("u51").or(col("day").lt("2025-01-24"))),
  )
  .withColumn("s52", concat("user", lit("-52")))
  .withColumn("c53", col("amount").multiply(55).plus(col("n")))
  .withColumnRenamed("c53", "r54")
  .withColumns({ x55: coalesce("amount", lit(55)), y55: dateAdd("day", 55) })
  .select("*", sum("amount").over(window).as("t56"), rowNumber().over(window).as("k56"))
  .drop("s52")
  .join(dim58, "user", "left")
  .orderBy("user", col("t56").desc())
  .groupBy("user")
  .agg(sum("t56").as("t"), sum("d58").as("d"));
same<SchemaIn<typeof chained>, { user: "string"; t: "double" | null; d: "double" | null }>();
