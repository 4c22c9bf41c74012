import { existsSync, mkdtempSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

let one: SparkSession;
let other: SparkSession;
let path: string;
const folders: string[] = [];

beforeAll(() => {
  one = SparkSession.create();
  other = SparkSession.create();
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-refresh-"));
  folders.push(folder);
  path = join(folder, "table");
});

const append = (spark: SparkSession, value: number): Promise<void> =>
  spark
    .range(value, value + 1)
    .write.format("delta")
    .mode("append")
    .save(path);

const valuesOf = async (spark: SparkSession, from = path): Promise<readonly number[]> =>
  (await spark.read.format("delta").load(from).orderBy("id").collect({ rows: "array" })).flat() as number[];

test("sessions that take turns see each other's commits", async () => {
  for (let value = 0; value < 12; value++) {
    await append(value % 2 === 0 ? one : other, value);
    const all = Array.from({ length: value + 1 }, (_, each) => each);
    expect(await valuesOf(one)).toEqual(all);
    expect(await valuesOf(other)).toEqual(all);
  }
  expect(await one.sql(`DESCRIBE HISTORY '${path}'`).count()).toBe(12);
});

test("what was removed meanwhile is gone, and what came again is there once", async () => {
  for (const value of [1, 2, 3]) await append(one, value);
  await other.execute(`DELETE FROM delta.\`${path}\` WHERE id = 2`);
  expect(await valuesOf(one)).toEqual([1, 3]);
  await other.execute(`RESTORE TABLE delta.\`${path}\` TO VERSION AS OF 2`);
  expect(await valuesOf(one)).toEqual([1, 2, 3]);
});

test("a table that was read at an older version is written at its newest", async () => {
  for (const value of [1, 2, 3]) await append(one, value);
  expect(await valuesOf(other, `${path}@v0`)).toEqual([1]);
  await append(other, 4);
  expect(await valuesOf(other)).toEqual([1, 2, 3, 4]);
});

test("history tells of the commits that are there", async () => {
  for (const value of [1, 2]) await append(one, value);
  await other.execute(`ALTER TABLE delta.\`${path}\` SET TBLPROPERTIES ('delta.checkpointInterval' = '1')`);
  await append(other, 3);
  // It is written once the commit is acknowledged.
  const checkpoint = join(path, "_delta_log", `${"3".padStart(20, "0")}.checkpoint.parquet`);
  await vi.waitFor(() => expect(existsSync(checkpoint)).toBe(true), { timeout: 30_000 });
  unlinkSync(join(path, "_delta_log", `${"0".repeat(20)}.json`));
  await append(one, 4);
  expect(await valuesOf(one)).toEqual([1, 2, 3, 4]);
  const versions = await one.sql(`DESCRIBE HISTORY '${path}'`).collect();
  expect(versions.map((row) => (row as { readonly version: number }).version)).toEqual([4, 3, 2, 1]);
});
