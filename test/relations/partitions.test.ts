/** Numbers of rows, partitions by number, and rows drawn several times. */
import { col, lit, SparkSession } from "lakewright";
import { sparkPartitionId } from "lakewright/functions";
import { afterAll, describe, expect, it } from "vitest";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const ids = async (frame: { collect(): Promise<readonly unknown[]> }): Promise<number[]> =>
  (await frame.collect()).map((row) => (row as { id: number }).id);

// The rows are real Spark's.
describe("zipWithIndex", () => {
  it("numbers the rows from 0", async () => {
    const numbered = spark.range(5, 8).zipWithIndex();
    expect(await numbered.collect()).toEqual([
      { id: 5, index: 0 },
      { id: 6, index: 1 },
      { id: 7, index: 2 },
    ]);
    const { fields } = await spark.range(1).zipWithIndex("place").schema();
    expect(fields.map(({ name, type, nullable }) => [name, type.kind, nullable])).toEqual([
      ["id", "bigint", false],
      ["place", "bigint", false],
    ]);
  });

  it("numbers before a filter that comes after", async () => {
    const last = spark.range(5, 8).zipWithIndex().filter(col("id").eq(7));
    expect(await last.collect()).toEqual([{ id: 7, index: 2 }]);
  });
});

describe("repartitionById", () => {
  const placed = (key: Parameters<ReturnType<typeof spark.range>["repartitionById"]>[1]) =>
    spark
      .range(5, 8)
      .repartitionById(3, key)
      .select("id", sparkPartitionId().as("partition"))
      .orderBy("id")
      .collect({ rows: "array" });

  it("takes the remainder of the number, and 0 for null", async () => {
    expect(await placed(col("id").cast("int"))).toEqual([
      [5, 2],
      [6, 0],
      [7, 1],
    ]);
    expect(await placed(col("id").cast("int").minus(10))).toEqual([
      [5, 1],
      [6, 2],
      [7, 0],
    ]);
    expect(await placed(lit(null).cast("int"))).toEqual([
      [5, 0],
      [6, 0],
      [7, 0],
    ]);
  });

  it("refuses a number that is no INT", async () => {
    await expect(placed("id")).rejects.toMatchObject({
      condition: "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
    });
  });
});

describe("a sample with replacement", () => {
  const drawn = (fraction: number, seed: number) =>
    ids(spark.range(0, 20).sample(fraction, { withReplacement: true, seed }));

  it("has the rows of Spark for a seed", async () => {
    expect(await drawn(0.5, 7)).toEqual([0, 3, 7, 7, 9, 10, 11, 11, 15, 17]);
    expect((await drawn(1.5, 7)).join(" ")).toBe(
      "0 0 2 2 3 4 4 4 4 5 5 6 6 7 8 8 9 9 10 11 11 12 12 13 14 15 16 17 17 17 19 19 19",
    );
    expect(await drawn(0, 7)).toEqual([]);
  });

  it("counts what it draws", async () => {
    expect(await spark.range(0, 20).sample(1.5, { withReplacement: true, seed: 7 }).count()).toBe(33);
  });

  it("refuses fractions below 0, and those for which Spark draws by another method", async () => {
    await expect(drawn(-1, 7)).rejects.toMatchObject({ condition: "INVALID_SAMPLE_FRACTION" });
    await expect(drawn(40, 7)).rejects.toThrow(/fewer than 40 times a row/);
  });
});
