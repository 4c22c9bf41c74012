import { col, Interval, lit, Window } from "lakewright";
import {
  avg,
  collectList,
  count,
  cumeDist,
  denseRank,
  first,
  lag,
  last,
  lead,
  max,
  min,
  nthValue,
  ntile,
  percentRank,
  rank,
  rowNumber,
  stddev,
  sum,
} from "lakewright/functions";
import { program, type Theme } from "../program.ts";

const byUser = Window.partitionBy("user").orderBy("n", "at");
const dayInterval = (days: number) => lit(Interval.ofMicroseconds(BigInt(days) * 86_400_000_000n));

export const windows: Theme = {
  name: "windows",
  programs: [
    program(
      "ranking",
      ({ events }) => {
        const w = Window.partitionBy("user").orderBy("n");
        return events.select(
          "user",
          "n",
          rank().over(w),
          denseRank().over(w),
          percentRank().over(w),
          cumeDist().over(w),
        );
      },
      `events.select("user", "n", *[f.over(Window.partitionBy("user").orderBy("n")) for f in [F.rank(), F.dense_rank(), F.percent_rank(), F.cume_dist()]])`,
    ),
    program(
      "row numbers and tiles",
      ({ events }) =>
        events.select(
          "user",
          "n",
          "at",
          rowNumber().over(byUser).as("r"),
          ntile(2).over(byUser).as("t"),
          ntile(3).over(byUser),
        ),
      `events.select("user", "n", "at", F.row_number().over(Window.partitionBy("user").orderBy("n", "at")).alias("r"), F.ntile(2).over(Window.partitionBy("user").orderBy("n", "at")).alias("t"), F.ntile(3).over(Window.partitionBy("user").orderBy("n", "at")))`,
    ),
    program(
      "lag and lead",
      ({ events }) =>
        events.select(
          "user",
          "n",
          lag("x").over(byUser),
          lead("x").over(byUser),
          lag("n", 2).over(byUser),
          lead("n", 1, -1).over(byUser),
          lag("user", 1, "none").over(byUser),
        ),
      `events.select("user", "n", *[f.over(Window.partitionBy("user").orderBy("n", "at")) for f in [F.lag("x"), F.lead("x"), F.lag("n", 2), F.lead("n", 1, -1), F.lag("user", 1, "none")]])`,
    ),
    program(
      "first, last and nth values",
      ({ events }) =>
        events.select(
          "user",
          "n",
          first("x").over(byUser),
          last("x").over(byUser),
          nthValue("x", 2).over(byUser),
          first("x", true).over(byUser),
          last("x", true).over(byUser),
          nthValue("x", 2, true).over(byUser),
        ),
      `events.select("user", "n", *[f.over(Window.partitionBy("user").orderBy("n", "at")) for f in [F.first("x"), F.last("x"), F.nth_value("x", 2), F.first("x", True), F.last("x", True), F.nth_value("x", 2, True)]])`,
    ),
    program(
      "the default frame is by range",
      ({ events }) =>
        events.select(
          "user",
          "n",
          sum("n").over(Window.partitionBy("user").orderBy("n")),
          count("*").over(Window.partitionBy("user")),
          avg("x").over(Window.partitionBy("user").orderBy("n")),
        ),
      `events.select("user", "n", F.sum("n").over(Window.partitionBy("user").orderBy("n")), F.count("*").over(Window.partitionBy("user")), F.avg("x").over(Window.partitionBy("user").orderBy("n")))`,
    ),
    program(
      "frames of rows",
      ({ events }) => {
        const w = Window.partitionBy("user").orderBy("at");
        return events.select(
          "user",
          "at",
          sum("n").over(w.rowsBetween(-1, 0)).as("a"),
          min("n").over(w.rowsBetween(1, 2)).as("b"),
          max("x").over(w.rowsBetween(Window.unboundedPreceding, -1)).as("c"),
          count("x").over(w.rowsBetween(0, Window.unboundedFollowing)).as("d"),
        );
      },
      `
      w = Window.partitionBy("user").orderBy("at")
      result = events.select("user", "at", F.sum("n").over(w.rowsBetween(-1, 0)).alias("a"), F.min("n").over(w.rowsBetween(1, 2)).alias("b"),
          F.max("x").over(w.rowsBetween(Window.unboundedPreceding, -1)).alias("c"), F.count("x").over(w.rowsBetween(0, Window.unboundedFollowing)).alias("d"))`,
    ),
    program(
      "frames of ranges over numbers",
      ({ events }) => {
        const w = Window.partitionBy("user").orderBy("n");
        return events.select(
          "user",
          "n",
          sum("n").over(w.rangeBetween(-1, 0)).as("a"),
          count("*").over(w.rangeBetween(-1, 3)).as("b"),
          sum("n")
            .over(Window.partitionBy("user").orderBy(col("n").desc()).rangeBetween(-1, 0))
            .as("c"),
        );
      },
      `
      w = Window.partitionBy("user").orderBy("n")
      result = events.select("user", "n", F.sum("n").over(w.rangeBetween(-1, 0)).alias("a"), F.count("*").over(w.rangeBetween(-1, 3)).alias("b"),
          F.sum("n").over(Window.partitionBy("user").orderBy(F.col("n").desc()).rangeBetween(-1, 0)).alias("c"))`,
    ),
    program(
      "frames of ranges over dates",
      ({ events }) =>
        events.select(
          "user",
          "day",
          sum("n").over(Window.partitionBy("user").orderBy("day").rangeBetween(-7, 0)).as("week"),
        ),
      `events.select("user", "day", F.sum("n").over(Window.partitionBy("user").orderBy("day").rangeBetween(-7, 0)).alias("week"))`,
    ),
    program(
      "frames of ranges over timestamps",
      ({ events }) =>
        events.select(
          "user",
          "at",
          sum("n")
            .over(Window.partitionBy("user").orderBy("at").rangeBetween(dayInterval(-2), 0))
            .as("s"),
        ),
      `events.select("user", "at", F.expr("sum(n) over (partition by user order by at range between interval 2 days preceding and current row)").alias("s"))`,
    ),
    program(
      "frames of ranges over months",
      ({ events }) =>
        events.select(
          "user",
          "day",
          count("*")
            .over(
              Window.partitionBy("user")
                .orderBy("day")
                .rangeBetween(lit(Interval.ofMonths(-1)), 0),
            )
            .as("s"),
        ),
      `events.select("user", "day", F.expr("count(*) over (partition by user order by day range between interval '1' month preceding and current row)").alias("s"))`,
    ),
    program(
      "over all rows",
      ({ events }) =>
        events.select(
          "n",
          sum("n").over(Window.partitionBy()).as("all"),
          rank()
            .over(Window.orderBy(col("n").desc()))
            .as("r"),
        ),
      `events.select("n", F.sum("n").over(Window.partitionBy()).alias("all"), F.rank().over(Window.orderBy(F.col("n").desc())).alias("r"))`,
    ),
    program(
      "order with nulls and NaN",
      ({ sales }) =>
        sales.select(
          "day",
          rank().over(Window.orderBy("amount")).as("a"),
          rank()
            .over(Window.orderBy(col("amount").desc()))
            .as("d"),
          rank()
            .over(Window.orderBy(col("amount").ascNullsLast()))
            .as("l"),
        ),
      `sales.select("day", F.rank().over(Window.orderBy("amount")).alias("a"), F.rank().over(Window.orderBy(F.col("amount").desc())).alias("d"), F.rank().over(Window.orderBy(F.col("amount").asc_nulls_last())).alias("l"))`,
    ),
    program(
      "in expressions",
      ({ events }) =>
        events
          .withColumn("share", col("n").divide(sum("n").over(Window.partitionBy("user"))))
          .filter(col("share").gt(0.1))
          .select("user", "n", "share"),
      `events.withColumn("share", F.col("n") / F.sum("n").over(Window.partitionBy("user"))).filter(F.col("share") > 0.1).select("user", "n", "share")`,
    ),
    program(
      "the best of each group",
      ({ sales }) =>
        sales
          .withColumn("r", rowNumber().over(Window.partitionBy("user").orderBy(col("day").desc())))
          .filter(col("r").eq(1))
          .drop("r"),
      `sales.withColumn("r", F.row_number().over(Window.partitionBy("user").orderBy(F.col("day").desc()))).filter(F.col("r") == 1).drop("r")`,
    ),
    program(
      "aggregates inside windows",
      ({ sales }) =>
        sales.groupBy("user").agg(sum("day").as("days"), sum(sum("day")).over(Window.partitionBy()).as("all")),
      `sales.groupBy("user").agg(F.sum("day").alias("days"), F.sum(F.sum("day")).over(Window.partitionBy()).alias("all"))`,
    ),
    program(
      "other aggregates",
      ({ events }) =>
        events.select("user", "n", stddev("n").over(byUser).as("s"), collectList("n").over(byUser).as("l")),
      `events.select("user", "n", F.stddev("n").over(Window.partitionBy("user").orderBy("n", "at")).alias("s"), F.collect_list("n").over(Window.partitionBy("user").orderBy("n", "at")).alias("l"))`,
    ),
    program(
      "a ranking without order",
      ({ events }) => events.select(rank().over(Window.partitionBy("user"))),
      `events.select(F.rank().over(Window.partitionBy("user")))`,
    ),
    program(
      "a window in a filter",
      ({ events }) => events.filter(rowNumber().over(byUser).eq(1)),
      `events.filter(F.row_number().over(Window.partitionBy("user").orderBy("n", "at")) == 1)`,
    ),
    program("a ranking without a window", ({ events }) => events.select(rowNumber()), `events.select(F.row_number())`),
    program(
      "a frame the wrong way round",
      ({ events }) => events.select(sum("n").over(Window.orderBy("n").rowsBetween(1, -1))),
      `events.select(F.sum("n").over(Window.orderBy("n").rowsBetween(1, -1)))`,
    ),
    program(
      "a range over two columns",
      ({ events }) => events.select(sum("n").over(Window.orderBy("n", "x").rangeBetween(-1, 1))),
      `events.select(F.sum("n").over(Window.orderBy("n", "x").rangeBetween(-1, 1)))`,
    ),
  ],
};
