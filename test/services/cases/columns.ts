import { col, lit, when } from "lakewright";
import { concat, upper } from "lakewright/functions";
import { program, type Theme } from "../program.ts";

export const columns: Theme = {
  name: "columns and their generated names",
  programs: [
    program(
      "select by name and star",
      ({ sales }) => sales.select("user", "*", col("day")),
      `sales.select("user", "*", F.col("day"))`,
    ),
    program(
      "arithmetic names",
      ({ sales }) =>
        sales.select(
          col("day").plus(1),
          col("day").minus(col("amount")),
          col("day").multiply(2).divide(3),
          col("day").mod(3),
          col("day").negate(),
          col("amount").plus(col("day")).multiply(2),
        ),
      `sales.select(F.col("day") + 1, F.col("day") - F.col("amount"), F.col("day") * 2 / 3, F.col("day") % 3, -F.col("day"), (F.col("amount") + F.col("day")) * 2)`,
    ),
    program(
      "comparison and logic names",
      ({ sales }) =>
        sales.select(
          col("day").gt(3),
          col("day").eq(3),
          col("day").ne(3),
          col("day").lte(3).and(col("user").eq("ann")),
          col("day").gte(3).or(col("user").eq("ann")).not(),
          col("user").eqNullSafe("ann"),
          col("country").isNull(),
          col("country").isNotNull(),
          col("day").between(2, 4),
          col("day").isin(1, 2),
        ),
      `sales.select(F.col("day") > 3, F.col("day") == 3, F.col("day") != 3, (F.col("day") <= 3) & (F.col("user") == "ann"),
        ~((F.col("day") >= 3) | (F.col("user") == "ann")), F.col("user").eqNullSafe("ann"), F.col("country").isNull(),
        F.col("country").isNotNull(), F.col("day").between(2, 4), F.col("day").isin(1, 2))`,
    ),
    program(
      "literal, cast, alias and conditional names",
      ({ sales }) =>
        sales.select(
          lit(1),
          lit("x"),
          lit(null),
          lit(1.5),
          lit(true),
          col("day").cast("string"),
          col("day").cast("decimal(5,2)"),
          col("day").as("d"),
          when(col("day").gt(3), "late").otherwise("early"),
          when(col("day").gt(3), col("day")),
          upper("user"),
          concat("user", lit("-"), "country"),
        ),
      `sales.select(F.lit(1), F.lit("x"), F.lit(None), F.lit(1.5), F.lit(True), F.col("day").cast("string"), F.col("day").cast("decimal(5,2)"),
        F.col("day").alias("d"), F.when(F.col("day") > 3, "late").otherwise("early"), F.when(F.col("day") > 3, F.col("day")),
        F.upper("user"), F.concat("user", F.lit("-"), "country"))`,
    ),
    program(
      "names of parts",
      ({ nested }) =>
        nested
          .select(
            "place.city",
            col("place.zip"),
            col("tags").getItem("x"),
            col("items").getItem(0).isNull(),
            "place.*",
            col("place").getField("city"),
          )
          .limit(1),
      `nested.select("place.city", F.col("place.zip"), F.col("tags").getItem("x"), F.col("items").getItem(0).isNull(), "place.*", F.col("place").getField("city")).limit(1)`,
    ),
    program(
      "withColumn adds",
      ({ sales }) => sales.withColumn("double", col("amount").multiply(2)),
      `sales.withColumn("double", F.col("amount") * 2)`,
    ),
    program(
      "withColumn replaces in any case",
      ({ sales }) => sales.withColumn("DAY", col("day").plus(1)),
      `sales.withColumn("DAY", F.col("day") + 1)`,
    ),
    program(
      "withColumns sees the columns as they were",
      ({ sales }) => sales.withColumns({ day: col("day").plus(1), next: col("day").plus(2) }),
      `sales.withColumns({"day": F.col("day") + 1, "next": F.col("day") + 2})`,
    ),
    program(
      "withColumnRenamed",
      ({ sales }) => sales.withColumnRenamed("DAY", "tag").withColumnRenamed("nothing", "x"),
      `sales.withColumnRenamed("DAY", "tag").withColumnRenamed("nothing", "x")`,
    ),
    program(
      "withColumnsRenamed",
      ({ sales }) => sales.withColumnsRenamed({ day: "user", user: "who" }),
      `sales.withColumnsRenamed({"day": "user", "user": "who"})`,
    ),
    program("toDF", ({ sales }) => sales.toDF("a", "b", "b", "d"), `sales.toDF("a", "b", "b", "d")`),
    program("toDF with too few names", ({ sales }) => sales.toDF("a"), `sales.toDF("a")`),
    program("drop", ({ sales }) => sales.drop("day", "nothing", "AMOUNT"), `sales.drop("day", "nothing", "AMOUNT")`),
    program(
      "drop by column",
      ({ sales }) => sales.drop(col("day"), sales.col("user")),
      `sales.drop(F.col("day"), sales["user"])`,
    ),
    program("drop all", ({ users }) => users.drop("user", "age", "city"), `users.drop("user", "age", "city")`),
    program(
      "names with dots and back-ticks",
      ({ users }) => users.select(col("age").as("a.b"), col("user").as("c`d")).select("`a.b`", col("`c``d`")),
      'users.select(F.col("age").alias("a.b"), F.col("user").alias("c`d")).select("`a.b`", F.col("`c``d`"))',
    ),
    program(
      "metadata of a column",
      ({ users }) => users.select(col("age").as("a", { metadata: { unit: "years" } })).select("a"),
      `users.select(F.col("age").alias("a", metadata={"unit": "years"})).select("a")`,
    ),
    program("an unknown column", ({ sales }) => sales.select("amuont"), `sales.select("amuont")`),
    program("an unknown field", ({ nested }) => nested.select("place.town"), `nested.select("place.town")`),
    program(
      "an ambiguous column",
      ({ users }) => users.select("age", col("city").as("age")).select("age"),
      `users.select("age", F.col("city").alias("age")).select("age")`,
    ),
    program(
      "an operand of another type",
      ({ nested }) => nested.select(col("items").plus(1)),
      `nested.select(F.col("items") + 1)`,
    ),
    program(
      "a condition that is no boolean",
      ({ sales }) => sales.filter(col("day").plus(1)),
      `sales.filter(F.col("day") + 1)`,
    ),
    program(
      "an aggregate in a filter",
      ({ sales }) => sales.filter(col("day").gt(1)).select(upper(col("nothing"))),
      `sales.filter(F.col("day") > 1).select(F.upper(F.col("nothing")))`,
    ),
    program(
      "fields of structs changed",
      ({ nested }) =>
        nested.select(
          "id",
          col("place").withField("land", lit("CH")).withField("zip", col("id")).as("p"),
          col("place").dropFields("zip").as("q"),
        ),
      `nested.select("id", F.col("place").withField("land", F.lit("CH")).withField("zip", F.col("id")).alias("p"), F.col("place").dropFields("zip").alias("q"))`,
    ),
  ],
};
