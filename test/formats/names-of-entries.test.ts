/** Files whose columns are called as the engine calls the entries of maps and arrays that it converts. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-entries-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const types =
  "e STRUCT<key: INT, value: STRING>, x0 STRUCT<key: BINARY, value: INT>, f MAP<STRING, ARRAY<STRUCT<value: INT>>>, g MAP<STRING, BINARY>";
const row = {
  e: { key: 7, value: "own" },
  x0: { key: new Uint8Array([1]), value: 8 },
  f: new Map([["of the map", [{ value: 2 }]]]),
  g: new Map([["of the map", new Uint8Array([3])]]),
};

test.each(["parquet", "json", "avro"])("%s", async (format) => {
  const path = join(folder, format);
  await spark.createDataFrame([row], types).write.format(format).save(path);
  expect(await spark.read.format(format).schema(types).load(path).collect()).toEqual([row]);
});
