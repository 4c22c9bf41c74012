import { col, lit, when } from "lakewright";
import {
  anyValue,
  arraySort,
  avg,
  bitAnd,
  bitOr,
  bitXor,
  boolAnd,
  boolOr,
  collectList,
  collectSet,
  corr,
  count,
  countDistinct,
  countIf,
  covarPop,
  covarSamp,
  first,
  grouping,
  groupingId,
  kurtosis,
  last,
  max,
  maxBy,
  mean,
  median,
  min,
  minBy,
  mode,
  percentile,
  percentileApprox,
  product,
  regrSlope,
  skewness,
  stddev,
  stddevPop,
  sum,
  sumDistinct,
  tryAvg,
  trySum,
  upper,
  variance,
  varPop,
} from "lakewright/functions";
import { program, type Theme } from "../program.ts";

export const groupings: Theme = {
  name: "groups",
  programs: [
    program(
      "keys with nulls, and names",
      ({ sales }) =>
        sales
          .groupBy("user", "country")
          .agg(sum("day"), avg("day"), min("user"), max("country"), count("*"), count("amount")),
      `sales.groupBy("user", "country").agg(F.sum("day"), F.avg("day"), F.min("user"), F.max("country"), F.count("*"), F.count("amount"))`,
    ),
    program(
      "count, sum and the like of groups",
      ({ sales }) => sales.groupBy("country").count(),
      `sales.groupBy("country").count()`,
    ),
    program(
      "shortcuts",
      ({ sales }) => sales.groupBy("country").sum("day", "amount"),
      `sales.groupBy("country").sum("day", "amount")`,
    ),
    program(
      "max and min shortcuts",
      ({ sales }) => sales.groupBy().max("day", "amount"),
      `sales.groupBy().max("day", "amount")`,
    ),
    program(
      "NaN and negative zero are one key each",
      ({ numbers }) => numbers.groupBy("d").agg(count("*").as("n")),
      `numbers.groupBy("d").agg(F.count("*").alias("n"))`,
    ),
    program(
      "by expressions",
      ({ sales }) => sales.groupBy(col("day").mod(2).as("odd"), upper("country")).agg(sum("day").as("days")),
      `sales.groupBy((F.col("day") % 2).alias("odd"), F.upper("country")).agg(F.sum("day").alias("days"))`,
    ),
    program(
      "by nested values",
      ({ nested }) => nested.groupBy("place", "items").agg(count("*").as("n")),
      `nested.groupBy("place", "items").agg(F.count("*").alias("n"))`,
    ),
    program(
      "having",
      ({ sales }) => sales.groupBy("country").agg(sum("day").as("days")).filter(col("days").gt(6)).select("country"),
      `sales.groupBy("country").agg(F.sum("day").alias("days")).filter(F.col("days") > 6).select("country")`,
    ),
    program(
      "of no rows",
      ({ sales }) =>
        sales.filter(lit(false)).agg(sum("day"), count("*"), avg("amount"), collectList("day"), min("user")),
      `sales.filter(F.lit(False)).agg(F.sum("day"), F.count("*"), F.avg("amount"), F.collect_list("day"), F.min("user"))`,
    ),
    program(
      "distinct",
      ({ sales }) =>
        sales.agg(
          countDistinct("user"),
          countDistinct("user", "country"),
          sumDistinct("day"),
          collectSet("country").isNotNull(),
        ),
      `sales.agg(F.countDistinct("user"), F.countDistinct("user", "country"), F.sum_distinct("day"), F.collect_set("country").isNotNull())`,
    ),
    program(
      "moments",
      ({ events }) =>
        events
          .groupBy("user")
          .agg(stddev("n"), stddevPop("n"), variance("n"), varPop("n"), skewness("n"), kurtosis("n")),
      `events.groupBy("user").agg(F.stddev("n"), F.stddev_pop("n"), F.variance("n"), F.var_pop("n"), F.skewness("n"), F.kurtosis("n"))`,
    ),
    program(
      "of pairs",
      ({ events }) => events.agg(corr("n", "x"), covarPop("n", "x"), covarSamp("n", "x"), regrSlope("x", "n")),
      `events.agg(F.corr("n", "x"), F.covar_pop("n", "x"), F.covar_samp("n", "x"), F.regr_slope("x", "n"))`,
    ),
    program(
      "percentiles",
      ({ events }) =>
        events.agg(median("n"), percentile("x", 0.3), percentile("x", lit([0, 0.5, 1])), percentileApprox("n", 0.5)),
      `events.agg(F.median("n"), F.percentile("x", 0.3), F.percentile("x", [0.0, 0.5, 1.0]), F.percentile_approx("n", 0.5))`,
    ),
    program(
      "arg max and modes",
      ({ events }) => events.groupBy("user").agg(maxBy("day", "n"), minBy("x", "n"), mode("n")),
      `events.groupBy("user").agg(F.max_by("day", "n"), F.min_by("x", "n"), F.mode("n"))`,
    ),
    program(
      "booleans and bits",
      ({ flags }) => flags.agg(boolAnd("a"), boolOr("a"), countIf(col("a")), bitAnd("id"), bitOr("id"), bitXor("id")),
      `flags.agg(F.bool_and("a"), F.bool_or("a"), F.count_if(F.col("a")), F.bit_and("id"), F.bit_or("id"), F.bit_xor("id"))`,
    ),
    program(
      "collections",
      ({ sales }) =>
        sales
          .groupBy("user")
          .agg(arraySort(collectList("country")).as("list"), arraySort(collectSet("country")).as("set")),
      `sales.groupBy("user").agg(F.array_sort(F.collect_list("country")).alias("list"), F.array_sort(F.collect_set("country")).alias("set"))`,
    ),
    program(
      "first and last",
      ({ events }) =>
        events
          .filter(col("user").eq("ann"))
          .coalesce(1)
          .agg(first("x"), last("x"), first("n"), anyValue("user"), last("x", true)),
      `events.filter(F.col("user") == "ann").coalesce(1).agg(F.first("x"), F.last("x"), F.first("n"), F.any_value("user"), F.last("x", True))`,
    ),
    program(
      "products and means",
      ({ sales }) => sales.agg(product("day"), mean("day"), tryAvg("day"), trySum("day")),
      `sales.agg(F.product("day"), F.mean("day"), F.try_avg("day"), F.try_sum("day"))`,
    ),
    program(
      "types of sums and averages",
      ({ numbers }) =>
        numbers
          .filter(col("id").lt(4))
          .agg(sum("t"), sum("s"), sum("f"), sum("m"), sum("w"), avg("t"), avg("l"), avg("m"), avg("w"), sum("d")),
      `numbers.filter(F.col("id") < 4).agg(F.sum("t"), F.sum("s"), F.sum("f"), F.sum("m"), F.sum("w"), F.avg("t"), F.avg("l"), F.avg("m"), F.avg("w"), F.sum("d"))`,
    ),
    program(
      "a sum that overflows",
      ({ numbers }) => numbers.filter(col("l").gt(0)).agg(sum("l")),
      `numbers.filter(F.col("l") > 0).agg(F.sum("l"))`,
    ),
    program(
      "a try_sum that overflows",
      ({ numbers }) => numbers.filter(col("l").gt(0)).agg(trySum("l")),
      `numbers.filter(F.col("l") > 0).agg(F.try_sum("l"))`,
    ),
    program(
      "max of everything",
      ({ numbers }) => numbers.agg(max("f"), min("f"), max("d"), min("d"), max("w"), min("m"), max("l")),
      `numbers.agg(F.max("f"), F.min("f"), F.max("d"), F.min("d"), F.max("w"), F.min("m"), F.max("l"))`,
    ),
    program(
      "max of nested values",
      ({ nested }) => nested.agg(max("place"), min("items"), max("orders")),
      `nested.agg(F.max("place"), F.min("items"), F.max("orders"))`,
    ),
    program(
      "conditional aggregates",
      ({ sales }) =>
        sales
          .groupBy("country")
          .agg(
            sum(when(col("day").gt(2), col("day")).otherwise(0)).as("late"),
            max(col("day").multiply(2)).minus(min("day")).as("spread"),
          ),
      `sales.groupBy("country").agg(F.sum(F.when(F.col("day") > 2, F.col("day")).otherwise(0)).alias("late"), (F.max(F.col("day") * 2) - F.min("day")).alias("spread"))`,
    ),
    program(
      "rollup",
      ({ sales }) => sales.rollup("country", "user").agg(sum("day"), grouping("country"), groupingId()),
      `sales.rollup("country", "user").agg(F.sum("day"), F.grouping("country"), F.grouping_id())`,
    ),
    program(
      "cube",
      ({ sales }) => sales.cube("country", "user").agg(count("*").as("n"), groupingId("country", "user").as("g")),
      `sales.cube("country", "user").agg(F.count("*").alias("n"), F.grouping_id("country", "user").alias("g"))`,
    ),
    program(
      "pivot with values",
      ({ sales }) => sales.groupBy("user").pivot("country", ["IN", "US"]).agg(sum("day")),
      `sales.groupBy("user").pivot("country", ["IN", "US"]).agg(F.sum("day"))`,
    ),
    program(
      "pivot without values",
      ({ sales }) => sales.groupBy("user").pivot("country").agg(sum("day").as("s"), count("*")),
      `sales.groupBy("user").pivot("country").agg(F.sum("day").alias("s"), F.count("*"))`,
    ),
    program(
      "pivot by numbers",
      ({ sales }) => sales.groupBy().pivot("day", [1, 3]).agg(max("user").as("u"), avg("amount").as("a")),
      `sales.groupBy().pivot("day", [1, 3]).agg(F.max("user").alias("u"), F.avg("amount").alias("a"))`,
    ),
    program(
      "a column outside of the groups",
      ({ sales }) => sales.groupBy("user").agg(col("day")),
      `sales.groupBy("user").agg(F.col("day"))`,
    ),
    program(
      "an aggregate beside a column",
      ({ sales }) => sales.select("user", sum("day")),
      `sales.select("user", F.sum("day"))`,
    ),
    program(
      "an aggregate of an aggregate",
      ({ sales }) => sales.agg(sum(max("day"))),
      `sales.agg(F.sum(F.max("day")))`,
    ),
    program(
      "an aggregate as condition",
      ({ sales }) => sales.filter(sum("day").gt(1)),
      `sales.filter(F.sum("day") > 1)`,
    ),
    program("a sum of text", ({ nested }) => nested.agg(sum("tags")), `nested.agg(F.sum("tags"))`),
    program("a group by a map", ({ nested }) => nested.groupBy("tags").count(), `nested.groupBy("tags").count()`),
    program("describe", ({ sales }) => sales.describe(), `sales.describe()`, { sorted: true }),
    program("describe of columns", ({ users }) => users.describe("age", "city"), `users.describe("age", "city")`, {
      sorted: true,
    }),
    program(
      "summary",
      ({ sales }) => sales.summary("count", "min", "25%", "50%", "max"),
      `sales.summary("count", "min", "25%", "50%", "max")`,
      { sorted: true },
    ),
  ],
};
