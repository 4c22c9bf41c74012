import { col } from "lakewright";
import { broadcast, coalesce } from "lakewright/functions";
import { type Program, program, type Theme } from "../program.ts";

const types = ["inner", "left", "right", "full", "semi", "anti", "cross"] as const;

const byName: readonly Program[] = types
  .filter((how) => how !== "cross")
  .map((how) =>
    program(
      `${how} by name`,
      ({ sales, users }) => sales.join(users, "user", how),
      `sales.join(users, "user", "${how}")`,
    ),
  );

const byCondition: readonly Program[] = types
  .filter((how) => how !== "cross")
  .map((how) =>
    program(
      `${how} by condition`,
      ({ sales, users }) => sales.join(users, sales.col("user").eq(users.col("user")).and(col("age").gt(25)), how),
      `sales.join(users, (sales["user"] == users["user"]) & (F.col("age") > 25), "${how}")`,
    ),
  );

export const joins: Theme = {
  name: "joins",
  programs: [
    ...byName,
    ...byCondition,
    program(
      "cross",
      ({ sales, users }) => sales.select("day").crossJoin(users.select("age")),
      `sales.select("day").crossJoin(users.select("age"))`,
    ),
    program(
      "without a condition",
      ({ sales, users }) => sales.select("day").join(users.select("age")),
      `sales.select("day").join(users.select("age"))`,
    ),
    program(
      "null-safe",
      ({ sales, users }) => sales.join(users, sales.col("user").eqNullSafe(users.col("user")), "full"),
      `sales.join(users, sales["user"].eqNullSafe(users["user"]), "full")`,
    ),
    program(
      "by an inequality",
      ({ sales, users }) => sales.join(users, col("day").multiply(10).gt(col("age")), "left").select("day", "age"),
      `sales.join(users, F.col("day") * 10 > F.col("age"), "left").select("day", "age")`,
    ),
    program(
      "by several names",
      ({ sales }) =>
        sales.select("user", "day", "amount").join(sales.select("day", "user", "country"), ["user", "day"], "full"),
      `sales.select("user", "day", "amount").join(sales.select("day", "user", "country"), ["user", "day"], "full")`,
    ),
    program(
      "by several conditions",
      ({ sales, users }) => sales.join(users, [sales.col("user").eq(users.col("user")), col("day").lt(col("age"))]),
      `sales.join(users, [sales["user"] == users["user"], F.col("day") < F.col("age")])`,
    ),
    program(
      "by numbers of different types",
      ({ numbers, sales }) => numbers.select("l").join(sales.select("day"), col("l").eq(col("day"))),
      `numbers.select("l").join(sales.select("day"), F.col("l") == F.col("day"))`,
    ),
    program(
      "NaN joins NaN and zero joins negative zero",
      ({ numbers }) =>
        numbers
          .select("id", "d")
          .join(numbers.select(col("id").as("other"), col("d").as("e")), col("d").eq(col("e")))
          .select("id", "other"),
      `numbers.select("id", "d").join(numbers.select(F.col("id").alias("other"), F.col("d").alias("e")), F.col("d") == F.col("e")).select("id", "other")`,
    ),
    program(
      "with itself by alias",
      ({ sales }) =>
        sales
          .alias("a")
          .join(
            sales.alias("b"),
            col("a.user")
              .eq(col("b.user"))
              .and(col("a.day").lt(col("b.day"))),
          )
          .select("a.user", "a.day", col("b.day").as("later")),
      `sales.alias("a").join(sales.alias("b"), (F.col("a.user") == F.col("b.user")) & (F.col("a.day") < F.col("b.day"))).select("a.user", "a.day", F.col("b.day").alias("later"))`,
    ),
    program(
      "with itself by columns of each side",
      ({ sales }) => {
        const first = sales.withColumn("tag", col("day").plus(1));
        const second = sales.filter(col("day").gt(2)).alias("s");
        return first
          .join(second, first.col("tag").eq(second.col("day")))
          .select(first.col("user"), second.col("user").as("other"), first.col("day"), second.col("day"));
      },
      `
        a = sales.withColumn("tag", F.col("day") + 1)
        b = sales.filter(F.col("day") > 2).alias("s")
        result = a.join(b, a["tag"] == F.col("s.day")).select(a["user"], F.col("s.user").alias("other"), a["day"], F.col("s.day"))
      `,
    ),
    program(
      "names that both sides have",
      ({ sales, users }) => sales.join(users, sales.col("user").eq(users.col("user"))),
      `sales.join(users, sales["user"] == users["user"])`,
    ),
    program(
      "a name that both sides have is ambiguous",
      ({ sales, users }) => sales.join(users, sales.col("user").eq(users.col("user"))).select("user"),
      `sales.join(users, sales["user"] == users["user"]).select("user")`,
    ),
    program(
      "a side's column after the join",
      ({ sales, users }) =>
        sales
          .join(users, sales.col("user").eq(users.col("user")), "right")
          .select(users.col("user"), sales.col("user").as("seller"), "city")
          .drop(users.col("user")),
      `sales.join(users, sales["user"] == users["user"], "right").select(users["user"], sales["user"].alias("seller"), "city").drop(users["user"])`,
    ),
    program(
      "the key of a full join",
      ({ sales, users }) =>
        sales.join(users, "user", "full").select("user", sales.col("user").as("left"), users.col("user").as("right")),
      `sales.join(users, "user", "full").select("user", sales["user"].alias("left"), users["user"].alias("right"))`,
    ),
    program("by an unknown name", ({ sales, users }) => sales.join(users, "city"), `sales.join(users, "city")`),
    program(
      "by a condition that is no boolean",
      ({ sales, users }) => sales.join(users, col("day").plus(col("age"))),
      `sales.join(users, F.col("day") + F.col("age"))`,
    ),
    program(
      "three in a row",
      ({ sales, users, flags }) =>
        sales
          .join(users, "user")
          .join(flags, col("day").eq(col("id")), "left")
          .select("user", "city", "a"),
      `sales.join(users, "user").join(flags, F.col("day") == F.col("id"), "left").select("user", "city", "a")`,
    ),
    program(
      "broadcast is only a hint",
      ({ sales, users }) =>
        sales.join(broadcast(users), "user", "left").select("user", coalesce("city", "country").as("place")),
      `sales.join(F.broadcast(users), "user", "left").select("user", F.coalesce("city", "country").alias("place"))`,
    ),
    program(
      "with nothing",
      ({ sales, users }) => sales.join(users.limit(0), "user", "left"),
      `sales.join(users.limit(0), "user", "left")`,
    ),
    program(
      "by structs and arrays",
      ({ nested }) =>
        nested
          .select("id", "place", "items")
          .join(
            nested.select(col("id").as("other"), col("place").as("p"), col("items").as("i")),
            col("place")
              .eq(col("p"))
              .and(col("items").eq(col("i"))),
          )
          .select("id", "other"),
      `nested.select("id", "place", "items").join(nested.select(F.col("id").alias("other"), F.col("place").alias("p"), F.col("items").alias("i")), (F.col("place") == F.col("p")) & (F.col("items") == F.col("i"))).select("id", "other")`,
    ),
  ],
};
