/** Descriptions of columns: text beside numbers, numbers that are none, and many columns. */
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, it } from "vitest";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const columns = (count: number): string =>
  Array.from({ length: count }, (_, index) => `CAST(id AS DOUBLE) * ${index} AS c${index}`).join(", ");

describe("describe", () => {
  // What Spark 4.2 answers for the same statement.
  it("takes text as numbers where it reads as such, and has no deviation of infinite numbers", async () => {
    const rows = spark.sql(
      "SELECT * FROM VALUES ('1', 1D, DOUBLE('Infinity')), ('x', 1.0E7D, 2D), (' 2.5 ', -1.0E7D, NULL), (NULL, 0.5D, NULL) AS t(s, d, i)",
    );
    expect(await rows.describe().collect({ rows: "array" })).toEqual([
      ["count", "3", "4", "2"],
      ["mean", "1.75", "0.375", "Infinity"],
      ["stddev", "1.0606601717798212", "8164965.809277275", "NaN"],
      ["min", " 2.5 ", "-1.0E7", "2.0"],
      ["max", "x", "1.0E7", "Infinity"],
    ]);
  });

  it("describes each of many columns", async () => {
    const [count, mean, , , max] = await spark
      .sql(`SELECT ${columns(60)} FROM range(3)`)
      .describe()
      .collect({ rows: "array" });
    expect([count![60], mean![60], max![60]]).toEqual(["3", "59.0", "118.0"]);
  });
});
