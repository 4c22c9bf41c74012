import { col, lit, when } from "lakewright";
import { coalesce, isnan, nullif } from "lakewright/functions";
import { program, type Theme, untyped } from "../program.ts";

export const filters: Theme = {
  name: "filters and three-valued logic",
  programs: [
    program(
      "truth tables",
      ({ flags }) =>
        flags.select(
          "id",
          col("a").and(col("b")).as("and"),
          col("a").or(col("b")).as("or"),
          col("a").not().as("not"),
          col("a").eq(col("b")).as("eq"),
          col("a").eqNullSafe(col("b")).as("same"),
          col("a").lt(col("b")).as("lt"),
        ),
      `flags.select("id", (F.col("a") & F.col("b")).alias("and"), (F.col("a") | F.col("b")).alias("or"), (~F.col("a")).alias("not"), (F.col("a") == F.col("b")).alias("eq"), F.col("a").eqNullSafe(F.col("b")).alias("same"), (F.col("a") < F.col("b")).alias("lt"))`,
    ),
    program(
      "null is not true",
      ({ flags }) => flags.filter(col("a").or(col("b").not())),
      `flags.filter(F.col("a") | ~F.col("b"))`,
    ),
    program(
      "not of null is not true",
      ({ sales }) => sales.filter(col("country").eq("IN").not()),
      `sales.filter(~(F.col("country") == "IN"))`,
    ),
    program(
      "null-safe equality",
      ({ sales }) => sales.filter(col("country").eqNullSafe(null)),
      `sales.filter(F.col("country").eqNullSafe(None))`,
    ),
    program(
      "isin with null",
      ({ sales }) =>
        sales.select("user", col("country").isin("IN", null).as("in"), col("country").isin("IN", null).not().as("out")),
      `sales.select("user", F.col("country").isin("IN", None).alias("in"), (~F.col("country").isin("IN", None)).alias("out"))`,
    ),
    program(
      "NaN compares as the largest",
      ({ numbers }) =>
        numbers.select(
          "id",
          col("d").eq(Number.NaN).as("eq"),
          col("d").gt(1e308).as("gt"),
          col("d").lt(Number.NaN).as("lt"),
          col("d").lte(col("f")).as("lte"),
          col("d").isNaN().as("nan"),
          isnan("f").as("nan2"),
        ),
      `numbers.select("id", (F.col("d") == float("nan")).alias("eq"), (F.col("d") > 1e308).alias("gt"), (F.col("d") < float("nan")).alias("lt"), (F.col("d") <= F.col("f")).alias("lte"), F.isnan("d").alias("nan"), F.isnan("f").alias("nan2"))`,
    ),
    program(
      "negative zero equals zero",
      ({ numbers }) => numbers.filter(col("d").eq(0)).select("id", "d", "f"),
      `numbers.filter(F.col("d") == 0).select("id", "d", "f")`,
    ),
    program(
      "text compares by code point",
      ({ texts }) => texts.filter(col("text").gt("Z")).select("id"),
      `texts.filter(F.col("text") > "Z").select("id")`,
    ),
    program(
      "text against number",
      ({ sales }) => sales.filter(col("day").eq("3")),
      `sales.filter(F.col("day") == "3")`,
    ),
    program(
      "text that is no number",
      ({ sales }) => sales.filter(col("day").eq("three")),
      `sales.filter(F.col("day") == "three")`,
    ),
    program(
      "case without else, and its types",
      ({ sales }) =>
        sales.select(
          when(col("day").gt(4), col("day")).when(col("day").gt(2), col("amount")).as("x"),
          when(col("country").isNull(), lit(null)).otherwise(1).as("y"),
        ),
      `sales.select(F.when(F.col("day") > 4, F.col("day")).when(F.col("day") > 2, F.col("amount")).alias("x"), F.when(F.col("country").isNull(), F.lit(None)).otherwise(1).alias("y"))`,
    ),
    program(
      "coalesce and nullif",
      ({ sales }) =>
        sales.select(
          coalesce("amount", "day").as("c"),
          coalesce("country", lit("?")).as("d"),
          nullif("user", lit("ann")).as("n"),
        ),
      `sales.select(F.coalesce("amount", "day").alias("c"), F.coalesce("country", F.lit("?")).alias("d"), F.nullif("user", F.lit("ann")).alias("n"))`,
    ),
    program(
      "like, rlike and friends",
      ({ texts }) =>
        texts.select(
          "id",
          col("text").like("%a%").as("like"),
          col("text").like("100\\%\\_%").as("escaped"),
          col("text").ilike("%STRASSE%").as("ilike"),
          col("text").rlike("^[A-Z]").as("rlike"),
          col("text").startsWith("S").as("starts"),
          col("text").endsWith("é").as("ends"),
          col("text").contains("京").as("contains"),
        ),
      String.raw`texts.select("id", F.col("text").like("%a%").alias("like"), F.col("text").like("100\\%\\_%").alias("escaped"), F.col("text").ilike("%STRASSE%").alias("ilike"), F.col("text").rlike("^[A-Z]").alias("rlike"), F.col("text").startswith("S").alias("starts"), F.col("text").endswith("é").alias("ends"), F.col("text").contains("京").alias("contains"))`,
    ),
    program(
      "a filter on a column that select dropped",
      ({ sales }) => untyped(sales.select("user")).filter(col("day").gt(3)),
      `sales.select("user").filter(F.col("day") > 3)`,
    ),
    program(
      "a filter on a later column",
      ({ sales }) => sales.withColumn("x", col("day").multiply(2)).where(col("x").gt(6)).select("x"),
      `sales.withColumn("x", F.col("day") * 2).where(F.col("x") > 6).select("x")`,
    ),
  ],
};
