/** Joins of joins, which are written as one FROM: what is between them, and what must not be tested too early. */
import { col } from "lakewright";
import { testSession } from "lakewright/testing";
import { expect, onTestFinished, test } from "vitest";

function tables() {
  const spark = testSession();
  onTestFinished(() => spark.stop());
  const orders = spark.createDataFrame(
    Array.from({ length: 3000 }, (_, id) => ({ id, customer: id % 30, code: id % 3 === 0 ? String(id % 7) : "none" })),
    "id INT, customer INT, code STRING",
  );
  const customers = spark.createDataFrame(
    Array.from({ length: 30 }, (_, customer) => ({ customer, town: customer % 4 })),
    "customer INT, town INT",
  );
  const towns = spark.createDataFrame([{ town: 1, name: "Ulm" }], "town INT, name STRING");
  return { spark, orders, customers, towns };
}

test("filters and columns left out between joins of all types keep their meaning", async () => {
  const { orders, customers, towns } = tables();
  const rows = await orders
    .join(customers, "customer")
    .filter(col("id").lt(12))
    .drop("code")
    .join(towns, "town", "left")
    .filter(col("name").isNull().or(col("id").gt(4)))
    .join(customers.filter(col("town").geq(1)), "town", "left_semi")
    .select("id", "customer", "town", "name")
    .orderBy("id")
    .collect({ rows: "array" });
  expect(rows).toEqual([
    [2, 2, 2, null],
    [3, 3, 3, null],
    [5, 5, 1, "Ulm"],
    [6, 6, 2, null],
    [7, 7, 3, null],
    [9, 9, 1, "Ulm"],
    [10, 10, 2, null],
    [11, 11, 3, null],
  ]);
});

test("a condition that fails for some rows does not meet those that an earlier join leaves out", async () => {
  const { spark, orders, towns } = tables();
  const third = spark.createDataFrame(
    Array.from({ length: 1000 }, (_, index) => ({ third: index * 3 })),
    "third INT",
  );
  const coded = orders
    .join(third, orders.col("id").eq(third.col("third")))
    .join(towns, orders.col("code").cast("int").eq(towns.col("town")));
  expect(await coded.count()).toBe(
    Array.from({ length: 1000 }, (_, index) => index * 3).filter((id) => id % 7 === 1).length,
  );
});
