/** Tables of very many columns: through every step, with each value where it belongs. */
import { col, type DataFrame, type SparkSession } from "lakewright";
import { avg, max, sum } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, scratchFolder } from "./scratch.ts";

const width = 400;
const names = Array.from({ length: width }, (_, at) => `c${at}`);
const folder = scratchFolder();
let spark: SparkSession;
let wide: DataFrame;

/** Two rows: each column has its number, and the next one. */
const rowsOf = (columns: readonly string[]): DataFrame =>
  spark.createDataFrame(
    [columns.map((_, at) => at), columns.map((_, at) => at + 1)],
    columns.map((name) => `${name} INT`).join(", "),
  ) as unknown as DataFrame;
const first = names.map((_, at) => at);
const rows = (frame: DataFrame): Promise<readonly unknown[]> => frame.collect({ rows: "array" });

beforeAll(() => {
  spark = testSession();
  wide = rowsOf(names);
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

describe("a table of many columns", () => {
  test.each([
    ["csv", { header: true }],
    ["json", {}],
    ["parquet", {}],
    ["avro", {}],
    ["xml", { rowTag: "ROW" }],
    ["delta", {}],
  ])("is written and read as %s", async (format, options) => {
    const path = `${folder}/${format}`;
    await wide.coalesce(1).write.format(format).options(options).save(path);
    const schema = await wide.schema();
    const read = await rows(spark.read.format(format).options(options).schema(schema).load(path).orderBy("c0"));
    expect(read).toEqual([first, first.map((value) => value + 1)]);
  });

  test("has an aggregate for each column", async () => {
    const sums = wide.agg(sum("c0"), ...names.slice(1).map((name) => sum(name)));
    expect(await rows(sums)).toEqual([first.map((value) => 2 * value + 1)]);
    const averages = wide.groupBy("c0").agg(avg("c0"), ...names.map((name) => avg(name)));
    expect((await rows(averages.orderBy("c0")))[0]).toEqual([0, 0, ...first]);
  });

  test("is described", async () => {
    const [count, mean, deviation, least, most] = (await rows(wide.describe())) as readonly (readonly string[])[];
    expect(count).toEqual(["count", ...first.map(() => "2")]);
    expect(mean!.slice(0, 3)).toEqual(["mean", "0.5", "1.5"]);
    expect(new Set(deviation!.slice(1))).toEqual(new Set(["0.7071067811865476"]));
    expect([least![width], most![width]]).toEqual([String(width - 1), String(width)]);
  });

  test("becomes rows and is turned around", async () => {
    const long = wide.unpivot(["c0"], names.slice(1), "name", "value");
    expect(await long.count()).toBe(2 * (width - 1));
    expect(await rows(long.filter(col("name").eq("c7")).orderBy("c0"))).toEqual([
      [0, "c7", 7],
      [1, "c7", 8],
    ]);
    const turned = await rows(wide.transpose());
    expect([turned.length, turned.find((row) => (row as unknown[])[0] === "c9")]).toEqual([width - 1, ["c9", 9, 10]]);
  });

  test("is renamed, extended and put together by name", async () => {
    const renamed = wide.withColumnsRenamed(Object.fromEntries(names.map((name, at) => [name, `d${at}`])));
    expect(await renamed.columns()).toEqual(names.map((_, at) => `d${at}`));
    const added = wide.withColumns(Object.fromEntries(names.map((name) => [name, col(name).plus(1)])));
    expect((await rows(added.orderBy("c0")))[0]).toEqual(first.map((value) => value + 1));
    const reversed = wide.select(...[...names].reverse());
    expect(await rows(wide.unionByName(reversed).distinct().orderBy("c0"))).toEqual(await rows(wide.orderBy("c0")));
    const filled = wide.na
      .fill(0, { subset: names })
      .na.drop()
      .filter(col(`c${width - 1}`).gt(0));
    expect(await filled.count()).toBe(2);
  });

  test("goes through a user's function", async () => {
    const same = wide.mapBatches((columns) => columns, await wide.schema());
    expect(await rows(same.agg(max(`c${width - 1}`)))).toEqual([[width]]);
  });

  test("is joined by thousands of keys", async () => {
    const many = rowsOf(Array.from({ length: 2500 }, (_, at) => `k${at}`));
    const joined = many.join(many, await many.columns());
    expect(await joined.count()).toBe(2);
  });

  test("says which of its columns a misspelt name may be", async () => {
    await expect(wide.select(col("c4000")).schema()).rejects.toMatchObject({
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    });
  });
});
