/** Joins of joins, which are written as one FROM: what is between them, and what must not be tested too early. */
import { col, when } from "lakewright";
import { testSession } from "lakewright/testing";
import { expect, onTestFinished, test } from "vitest";

function tables() {
  const spark = testSession();
  onTestFinished(() => spark.stop());
  const orders = spark.createDataFrame(
    Array.from({ length: 3000 }, (_, id) => ({ id, customer: id % 30, code: String(id % 7) })),
    "id INT, customer INT, code STRING",
  );
  const customers = spark.createDataFrame(
    Array.from({ length: 30 }, (_, customer) => ({ customer, town: customer % 4 })),
    "customer INT, town INT",
  );
  const towns = spark.createDataFrame([{ town: 1, name: "Ulm" }], "town INT, name STRING");
  return { orders, customers, towns };
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
  await using spark = testSession();
  const code = when(col("id").mod(3).eq(0), col("id").mod(7).cast("string")).otherwise("none");
  const coded = spark.range(1000).select(col("id"), code.as("code"));
  // So many rows that DuckDB would join the others first, if it could.
  const thirds = spark.range(1_000_000).select(col("id").multiply(3).as("third"));
  const few = spark.range(2).select(col("id").as("few"));
  const joined = coded.join(thirds, col("id").eq(col("third"))).join(few, col("code").cast("int").eq(col("few")));
  const ids = Array.from({ length: 1000 }, (_, id) => id).filter((id) => id % 3 === 0 && id % 7 < 2);
  expect(await joined.count()).toBe(ids.length);
});
