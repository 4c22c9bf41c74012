/** Dimensions that keep their history, on rows worked out by hand, and what is refused. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, type DataFrame, SparkSession } from "lakewright";
import { DeltaTable, scd2, scd2AsOf, scd2History } from "lakewright/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-scd2-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const newTable = () =>
  DeltaTable.create(spark)
    .location(join(folder, `dimension-${made++}`))
    .addColumn("sk", "BIGINT", { identity: { generated: "always" } })
    .addColumns("id STRING NOT NULL, city STRING, score INT, __START_AT TIMESTAMP, __END_AT TIMESTAMP")
    .execute();

const changes = (of: SparkSession, ...rows: readonly (readonly (string | number | null)[])[]): DataFrame =>
  of
    .createDataFrame(rows, "id STRING, city STRING, score INT, day STRING")
    .withColumn("day", col("day").cast("timestamp")) as unknown as DataFrame;

const plain = { keys: ["id"], sequenceBy: "day", generatedColumnList: ["sk"] } as const;

async function rowsOf(frame: DataFrame): Promise<readonly string[]> {
  const texts = frame.select("sk", "id", "city", "score", col("__START_AT").cast("date"), col("__END_AT").cast("date"));
  return (await texts.orderBy("id", "`__START_AT`").collect({ rows: "array" })).map((row) => row.join(" "));
}
const found = <S>(table: DeltaTable<S>) => rowsOf(table.toDF() as unknown as DataFrame);

describe("scd2", () => {
  test("keeps what was, splits it for late changes, ends it for deletes, as one commit each", async () => {
    const table = await newTable();
    await scd2(table, changes(spark, ["a", "Bern", 1, "2025-01-01"]), plain);
    expect(await scd2(table, changes(spark, ["a", "Rome", 1, "2025-03-01"]), plain)).toEqual({
      affected: 2,
      updated: 1,
      deleted: 0,
      inserted: 1,
    });
    expect(await found(table)).toEqual(["1 a Bern 1 2025-01-01 2025-03-01", "2 a Rome 1 2025-03-01 "]);
    await scd2(table, changes(spark, ["a", "Bern", null, "2025-02-01"], ["a", "Bern", null, "2025-02-10"]), plain);
    expect(await found(table)).toEqual([
      "1 a Bern 1 2025-01-01 2025-02-01",
      "3 a Bern  2025-02-01 2025-03-01",
      "2 a Rome 1 2025-03-01 ",
    ]);
    await scd2(table, changes(spark, ["a", null, null, "2025-04-01"]), { ...plain, applyAsDeletes: "city IS NULL" });
    expect(await rowsOf(scd2AsOf(table, "2025-03-31 23:59:59") as unknown as DataFrame)).toEqual([
      "2 a Rome 1 2025-03-01 2025-04-01",
    ]);
    expect(await rowsOf(scd2AsOf(table, "2025-02-01") as unknown as DataFrame)).toEqual([
      "3 a Bern  2025-02-01 2025-03-01",
    ]);
    expect(await scd2AsOf(table, "2025-04-01").count()).toBe(0);
    const history = await scd2History(table, { id: "a" }, plain).collect();
    expect(history.map(({ sk }) => sk)).toEqual([1, 3, 2]);
    expect(await table.history().count()).toBe(5);
  });

  test("keeps each change where one tracked column differs in all, in whatever order they come", async () => {
    const table = await DeltaTable.create(spark)
      .location(join(folder, "in any order"))
      .addColumns("id INT, v STRING, at INT, __START_AT INT, __END_AT INT")
      .execute();
    const rows = [
      [1, "a", 1],
      [1, "b", 2],
      [1, "a", 3],
    ];
    for (const row of [rows[0]!, rows[2]!, rows[1]!])
      await scd2(table, spark.createDataFrame([row], "id INT, v STRING, at INT"), { keys: ["id"], sequenceBy: "at" });
    const versions = await table.toDF().orderBy("at").collect({ rows: "array" });
    expect(versions).toEqual([
      [1, "a", 1, 1, 2],
      [1, "b", 2, 2, 3],
      [1, "a", 3, 3, null],
    ]);
  });

  test("goes on from what two programs at once have made of the table", async () => {
    const table = await newTable();
    await scd2(table, changes(spark, ["a", "Bern", 1, "2025-01-01"]), plain);
    const other = SparkSession.create();
    const location = String((await table.detail().collect())[0]!.location);
    const programs = [table as unknown as DeltaTable, await DeltaTable.forPath(other, location)];
    const both = (rows: readonly (readonly (string | number)[])[]) =>
      Promise.all(programs.map((of, index) => scd2(of, changes(of.sparkSession, rows[index]!), plain)));
    await both([
      ["b", "Rome", 2, "2025-01-02"],
      ["c", "Rome", 2, "2025-01-02"],
    ]);
    await both([
      ["a", "02", 1, "2025-02-01"],
      ["a", "03", 1, "2025-03-01"],
    ]);
    await other.stop();
    expect((await found(table)).map((row) => row.slice(2))).toEqual([
      "a Bern 1 2025-01-01 2025-02-01",
      "a 02 1 2025-02-01 2025-03-01",
      "a 03 1 2025-03-01 ",
      "b Rome 2 2025-01-02 ",
      "c Rome 2 2025-01-02 ",
    ]);
  });

  test.each([
    ["AUTOCDC_EMPTY_KEYS", { keys: [] }],
    ["AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA", { keys: ["customer"] }],
    ["AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA", { exceptColumnList: ["operation"] }],
    ["AUTOCDC_COLUMNS_NOT_FOUND_IN_SCHEMA", { exceptColumnList: ["score"] }],
    ["AUTOCDC_KEY_NOT_IN_SELECTED_SCHEMA", { exceptColumnList: ["id"] }],
    ["AUTOCDC_BOTH_COLUMN_LIST_AND_EXCEPT_COLUMN_LIST", { columnList: ["id"], exceptColumnList: ["day"] }],
    ["AUTOCDC_BOTH_COLUMN_LIST_AND_EXCEPT_COLUMN_LIST", trackedTwice()],
    ["DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", { current: "score" }],
    ["DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", { surrogateKey: "city" }],
    ["DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", { sequenceBy: "score", exceptColumnList: ["day"] }],
    ["DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", { endAt: "score" }],
  ])("refuses with %s: %j", async (condition, options) => {
    const table = (await newTable()) as unknown as DeltaTable;
    const merged = scd2(table, changes(spark, ["a", "Bern", 1, "2025-01-01"]), { ...plain, ...options } as never);
    await expect(merged).rejects.toMatchObject({ condition });
  });

  test("refuses changes without key or time, and two that differ at one time", async () => {
    const table = await newTable();
    const merged = (...rows: readonly (readonly (string | number | null)[])[]) =>
      scd2(table, changes(spark, ...rows), plain);
    await expect(merged([null, "Bern", 1, "2025-01-01"])).rejects.toThrow("`id`: 1");
    await expect(merged(["a", "Bern", 1, null])).rejects.toMatchObject({
      condition: "AUTOCDC_MICROBATCH_VALIDATION.NULL_SEQUENCE",
    });
    await expect(merged(["a", "Bern", 1, "2025-01-01"], ["a", "Bern", null, "2025-01-01"])).rejects.toThrow(
      "The changes say different things of id = a at 2025-01-01",
    );
    expect(await table.history().count()).toBe(1);
    expect(() => scd2AsOf(table, null)).toThrow("The time to look back at is null");
    expect(() => scd2History(table, { id: null }, plain)).toThrow("The key has no value for `id`");
    expect(() => scd2History(table, { name: "a" }, plain)).toThrow("not present in the key schema: `name`");
  });
});

function trackedTwice() {
  return { trackHistoryColumnList: ["city"], trackHistoryExceptColumnList: ["score"] };
}
