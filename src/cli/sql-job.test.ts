import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DataFrame, SparkSession } from "../index.ts";
import { sqlJob } from "./sql-job.ts";

let folder: string;
const spark = SparkSession.create();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sql-job-"));
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const context = { data: "in", out: undefined, rows: undefined, scale: undefined, progress: () => {}, report: () => {} };

test("a file of SQL is a job whose markers are its options", async () => {
  const file = join(folder, "report.sql");
  await writeFile(
    file,
    "DECLARE OR REPLACE n INT DEFAULT 2; -- :none\nBEGIN SET n = n + :more; END; SELECT n, :data AS data",
  );
  const job = await sqlJob(file);
  expect(Object.keys(job.options ?? {})).toEqual(["more"]);
  const { signal } = new AbortController();
  const rows = (await job.run({ ...context, spark, signal, options: { more: "3" } as never })) as DataFrame;
  expect(await rows.collect()).toEqual([{ n: 5, data: "in" }]);
  expect(() => job.run({ ...context, spark, signal, options: {} as never })).toThrow("needs --more");
});
