import { col, lit, Observation } from "lakewright";
import { count, max, sum } from "lakewright/functions";
import { program, type Theme, untyped } from "../program.ts";

export const sets: Theme = {
  name: "sets of rows",
  programs: [
    program(
      "union keeps duplicates and widens",
      ({ sales, numbers }) => untyped(sales.select("user", "day")).union(numbers.select(col("id").cast("string"), "l")),
      `sales.select("user", "day").union(numbers.select(F.col("id").cast("string"), "l"))`,
    ),
    program(
      "union of types",
      ({ numbers }) => untyped(numbers.select("t", "m", "f")).union(numbers.select("l", "d", "i")),
      `numbers.select("t", "m", "f").union(numbers.select("l", "d", "i"))`,
    ),
    program(
      "union of decimals",
      ({ prices }) => untyped(untyped(prices.select("a")).union(prices.select("b"))).union(prices.select("d")),
      `prices.select("a").union(prices.select("b")).union(prices.select("d"))`,
    ),
    program(
      "union of nested values",
      ({ nested }) => untyped(nested.select("id", "place", "items")).union(nested.select(lit(0), "place", "items")),
      `nested.select("id", "place", "items").union(nested.select(F.lit(0), "place", "items"))`,
    ),
    program("union of too few columns", ({ sales, users }) => sales.union(users), `sales.union(users)`),
    program(
      "union of types that do not meet",
      ({ sales, nested }) => untyped(sales.select("day")).union(nested.select("items")),
      `sales.select("day").union(nested.select("items"))`,
    ),
    program(
      "union by name",
      ({ users }) => users.unionByName(users.select("city", "user", "age")),
      `users.unionByName(users.select("city", "user", "age"))`,
    ),
    program(
      "union by name with missing columns",
      ({ users, sales }) => users.unionByName(sales.select("user", "day"), { allowMissingColumns: true }),
      `users.unionByName(sales.select("user", "day"), allowMissingColumns=True)`,
    ),
    program(
      "union by name without",
      ({ users, sales }) => users.unionByName(sales.select("user", "day", "country")),
      `users.unionByName(sales.select("user", "day", "country"))`,
    ),
    program(
      "intersect with nulls",
      ({ sales, users }) => sales.select("user").intersect(users.select("user")),
      `sales.select("user").intersect(users.select("user"))`,
    ),
    program(
      "intersectAll",
      ({ sales }) => sales.select("user").intersectAll(sales.select("user").filter(col("user").ne("bob"))),
      `sales.select("user").intersectAll(sales.select("user").filter(F.col("user") != "bob"))`,
    ),
    program(
      "subtract",
      ({ sales, users }) => sales.select("user").subtract(users.select("user")),
      `sales.select("user").subtract(users.select("user"))`,
    ),
    program(
      "exceptAll",
      ({ sales, users }) => sales.select("user").exceptAll(users.select("user")),
      `sales.select("user").exceptAll(users.select("user"))`,
    ),
    program(
      "distinct",
      ({ sales }) => sales.select("user", "country").distinct(),
      `sales.select("user", "country").distinct()`,
    ),
    program(
      "distinct doubles",
      ({ numbers }) =>
        numbers
          .select("d")
          .union(numbers.select(col("d").negate().negate()))
          .distinct(),
      `numbers.select("d").union(numbers.select(-(-F.col("d")))).distinct()`,
    ),
    program(
      "dropDuplicates of a subset",
      ({ sales }) => sales.dropDuplicates(["user"]).select("user"),
      `sales.dropDuplicates(["user"]).select("user")`,
    ),
    program(
      "dropDuplicates by an unknown name",
      ({ sales }) => sales.dropDuplicates(["who"]),
      `sales.dropDuplicates(["who"])`,
    ),
    program("distinct of maps", ({ nested }) => nested.select("tags").distinct(), `nested.select("tags").distinct()`),
  ],
};

export const orders: Theme = {
  name: "order and amount of rows",
  programs: [
    program("nulls first, NaN last", ({ sales }) => sales.orderBy("amount"), `sales.orderBy("amount")`, {
      sorted: true,
    }),
    program(
      "descending",
      ({ sales }) => sales.orderBy(col("amount").desc(), "day"),
      `sales.orderBy(F.col("amount").desc(), "day")`,
      { sorted: true },
    ),
    program(
      "nulls where one wants them",
      ({ sales }) => sales.orderBy(col("country").ascNullsLast(), col("amount").descNullsFirst(), "day"),
      `sales.orderBy(F.col("country").asc_nulls_last(), F.col("amount").desc_nulls_first(), "day")`,
      { sorted: true },
    ),
    program(
      "text by code point",
      ({ texts }) => texts.orderBy("text").select("text"),
      `texts.orderBy("text").select("text")`,
      { sorted: true },
    ),
    program(
      "structs and arrays",
      ({ nested }) => nested.orderBy("place", "items").select("id"),
      `nested.orderBy("place", "items").select("id")`,
      { sorted: true },
    ),
    program(
      "arrays with nulls",
      ({ nested }) => nested.orderBy(col("words").desc()).select("id"),
      `nested.orderBy(F.col("words").desc()).select("id")`,
      { sorted: true },
    ),
    program(
      "by a column that select dropped",
      ({ sales }) => untyped(sales.select("user")).orderBy("day"),
      `sales.select("user").orderBy("day")`,
      { sorted: true },
    ),
    program(
      "by an aggregate",
      ({ sales }) => sales.groupBy("user").agg(sum("day").as("s")).orderBy(col("s").desc(), "user"),
      `sales.groupBy("user").agg(F.sum("day").alias("s")).orderBy(F.col("s").desc(), "user")`,
      { sorted: true },
    ),
    program(
      "by an aggregate that is not selected",
      ({ sales }) => untyped(sales.groupBy("user").agg(count("*").as("n"))).orderBy(max("day"), "user"),
      `sales.groupBy("user").agg(F.count("*").alias("n")).orderBy(F.max("day"), "user")`,
      { sorted: true },
    ),
    program("by a map", ({ nested }) => nested.orderBy("tags"), `nested.orderBy("tags")`),
    program(
      "limit and offset",
      ({ sales }) => sales.orderBy("day", "country").offset(2).limit(3),
      `sales.orderBy("day", "country").offset(2).limit(3)`,
      { sorted: true },
    ),
    program(
      "limit 0 and beyond",
      ({ sales }) => sales.limit(0).union(sales.limit(100)),
      `sales.limit(0).union(sales.limit(100))`,
    ),
    program("a negative limit", ({ sales }) => sales.limit(-1), `sales.limit(-1)`),
    program(
      "tail",
      async ({ spark, sales }) =>
        spark.createDataFrame(
          (await sales.orderBy("day", "country").tail(2)) as object[],
          "user STRING, country STRING, day INT, amount DOUBLE",
        ),
      `spark.createDataFrame(sales.orderBy("day", "country").tail(2), sales.schema)`,
      { sorted: true },
    ),
    program(
      "a sort before a filter",
      ({ sales }) => sales.orderBy(col("day").desc(), "country").filter(col("day").gt(2)).select("day", "country"),
      `sales.orderBy(F.col("day").desc(), "country").filter(F.col("day") > 2).select("day", "country")`,
      { sorted: true },
    ),
    program("range", ({ spark }) => spark.range(10, 0, { step: -3 }), `spark.range(10, 0, -3)`, { sorted: true }),
    program(
      "repartition keeps the rows",
      ({ sales }) => sales.repartition(3, "user").coalesce(1),
      `sales.repartition(3, "user").coalesce(1)`,
    ),
  ],
};

export const sessions: Theme = {
  name: "views, observations and rows of programs",
  programs: [
    program(
      "a temporary view",
      async ({ spark, sales }) => {
        await sales.filter(col("day").gt(3)).createOrReplaceTempView("late");
        return spark.table("late").select("late.user", "day");
      },
      `
      sales.filter(F.col("day") > 3).createOrReplaceTempView("late")
      result = spark.table("late").select("late.user", "day")`,
    ),
    program(
      "a view that is no more",
      async ({ spark, sales }) => {
        await sales.createOrReplaceTempView("gone");
        await spark.catalog.dropTempView("gone");
        return spark.table("gone");
      },
      `
      sales.createOrReplaceTempView("gone")
      spark.catalog.dropTempView("gone")
      result = spark.table("gone")`,
    ),
    program(
      "a view twice",
      async ({ sales, users, spark }) => {
        await sales.createTempView("twice");
        await users.createTempView("twice");
        return spark.table("twice");
      },
      `
      sales.createTempView("twice")
      users.createTempView("twice")
      result = spark.table("twice")`,
    ),
    program(
      "observed metrics",
      async ({ spark, sales }) => {
        const seen = new Observation();
        await sales.observe(seen, count("*").as("rows"), max("day").as("last")).filter(col("day").gt(4)).collect();
        return spark.createDataFrame([await seen.get()], "rows BIGINT, last INT");
      },
      `
      seen = Observation()
      sales.observe(seen, F.count("*").alias("rows"), F.max("day").alias("last")).filter(F.col("day") > 4).collect()
      result = spark.createDataFrame([seen.get], "rows BIGINT, last INT")`,
    ),
    program(
      "an observation of no aggregate",
      ({ sales }) => sales.observe("x", col("day")),
      `sales.observe("x", F.col("day"))`,
    ),
    program(
      "inferred types",
      ({ spark }) =>
        spark.createDataFrame([
          { d: 1.5, s: "é", b: true, a: ["x"], at: new Date(0) },
          { d: null, s: null, b: null, a: [], at: null },
        ]),
      `spark.createDataFrame([{"d": 1.5, "s": "é", "b": True, "a": ["x"], "at": datetime.datetime.fromtimestamp(0)}, {"d": None, "s": None, "b": None, "a": [], "at": None}], "d DOUBLE, s STRING, b BOOLEAN, a ARRAY<STRING>, at TIMESTAMP")`,
    ),
    program(
      "a row of another type",
      ({ spark }) => spark.createDataFrame([["x"]], "n INT"),
      `spark.createDataFrame([["x"]], "n INT")`,
    ),
    program(
      "a null where none may be",
      ({ spark }) => spark.createDataFrame([[null]], "n INT NOT NULL"),
      `spark.createDataFrame([[None]], "n INT NOT NULL")`,
    ),
    program(
      "schemas with NOT NULL",
      ({ spark }) =>
        spark
          .createDataFrame([[1, { a: 2 }]], "n INT NOT NULL, s STRUCT<a: INT NOT NULL>")
          .select("n", "s", col("n").plus(1), col("s.a")),
      `spark.createDataFrame([(1, (2,))], "n INT NOT NULL, s STRUCT<a: INT NOT NULL>").select("n", "s", F.col("n") + 1, F.col("s.a"))`,
    ),
  ],
};
