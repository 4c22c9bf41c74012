import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Decimal, SparkSession } from "lakewright";
import { regexpReplace } from "lakewright/functions";
import { type JobRunOptions, runJob } from "lakewright/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUARANTINE } from "../common/quarantine.ts";
import { generate } from "./generate.ts";
import job from "./job.ts";
import { DAILY, MONTHLY } from "./pipeline.ts";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "retail-sales-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

type Given = Omit<JobRunOptions<NonNullable<typeof job.options>>, "out">;

/** Runs the job; gives what it reported. */
const run = async (out: string, given: Given = {}) => (await runJob(job, spark, { ...given, out })).reported;

const daily = (out: string) =>
  spark.read
    .schema(DAILY)
    .parquet(join(out, "daily_sales_summary"))
    .select("StoreID", "SaleDate", "TotalDailySales", "TotalDailyTransactions")
    .orderBy("StoreID", "SaleDate")
    .collect({ rows: "array" });

const monthly = (out: string) =>
  spark.read
    .schema(MONTHLY)
    .parquet(join(out, "monthly_sales_summary"))
    .select("StoreID", "SaleMonth", "TotalMonthlySales", "TotalMonthlyTransactions")
    .orderBy("StoreID", "SaleMonth")
    .collect({ rows: "array" });

const asText = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.map(String).join(" "));

const quarantineOf = (out: string) =>
  spark.read.schema(QUARANTINE).parquet(join(out, "quarantine")).orderBy("line").collect();

describe("retail-sales on a few sales", () => {
  let data: string;
  let out: string;
  let made = 0;

  beforeEach(async () => {
    made += 1;
    data = join(folder, `few-${made}`);
    out = join(folder, `few-${made}-out`);
    await mkdir(data);
  });

  const sales = (...lines: readonly string[]) =>
    writeFile(
      join(data, "sales.csv"),
      ["TransactionID,Timestamp,StoreID,ProductID,Quantity,UnitPrice", ...lines, ""].join("\n"),
    );

  it("adds up quantity times price, exactly, by store and day and by store and month", async () => {
    await sales(
      "T1,2025-01-31 23:59:59,S1,P1,3,0.10",
      "T2,2025-01-31 00:00:00,S1,P1,1,0.20",
      "T3,2025-02-01 00:00:00,S1,P2,2,1000000.01",
      "T4,2025-01-15 12:00:00,S2,P2,1,5.00",
    );
    await run(out, { data });
    expect(asText(await daily(out))).toEqual([
      "S1 2025-01-31 0.50 2",
      "S1 2025-02-01 2000000.02 1",
      "S2 2025-01-15 5.00 1",
    ]);
    expect(asText(await monthly(out))).toEqual(["S1 2025-01 0.50 2", "S1 2025-02 2000000.02 1", "S2 2025-01 5.00 1"]);
  });

  it("writes a folder for each store", async () => {
    await sales("T1,2025-01-31 10:00:00,S1,P1,3,0.10", "T2,2025-01-31 10:00:00,S2,P1,3,0.10");
    await run(out, { data });
    const names = await readdir(join(out, "daily_sales_summary"));
    expect(names.filter((name) => name.startsWith("StoreID="))).toEqual(["StoreID=S1", "StoreID=S2"]);
  });

  it.each([
    ["MALFORMED", "T1,2025-01-31 10:00:00,S1"],
    ["NULL_KEY", ",2025-01-31 10:00:00,S1,P1,1,1.00"],
    ["INVALID_TIMESTAMP", "T1,31.01.2025,S1,P1,1,1.00"],
    ["INVALID_TIMESTAMP", "T1,2025-02-30 10:00:00,S1,P1,1,1.00"],
    ["INVALID_QUANTITY", "T1,2025-01-31 10:00:00,S1,P1,0,1.00"],
    ["INVALID_QUANTITY", "T1,2025-01-31 10:00:00,S1,P1,1.5,1.00"],
    ["INVALID_PRICE", "T1,2025-01-31 10:00:00,S1,P1,1,1.005"],
    ["INVALID_PRICE", "T1,2025-01-31 10:00:00,S1,P1,1,free"],
    ["NEGATIVE_PRICE", "T1,2025-01-31 10:00:00,S1,P1,1,-1.00"],
  ])("keeps a sale that is %s aside: %s", async (reason, line) => {
    await sales(line, "T2,2025-01-31 10:00:00,S1,P1,1,2.00");
    await run(out, { data });
    expect((await quarantineOf(out)).map((row) => row.reason)).toEqual([reason]);
    expect(asText(await daily(out))).toEqual(["S1 2025-01-31 2.00 1"]);
  });

  it("counts corrected sales after a replay, each once", async () => {
    await sales("T1,2025-01-31 10:00:00,S1,P1,1,-2.00", "T2,2025-01-31 10:00:00,S1,P1,1,3.00");
    await run(out, { data });
    const path = join(out, "quarantine");
    const mended = await spark.read
      .schema(QUARANTINE)
      .parquet(path)
      .withColumn("corrected", regexpReplace("line", "-2", "2"))
      .collect();
    await spark.createDataFrame(mended, QUARANTINE).write.mode("overwrite").parquet(path);
    await expect(run(out, { data })).rejects.toThrow("holds 1 corrected lines: run with --replay");
    for (let time = 0; time < 2; time++) {
      await run(out, { data, options: { replay: true } });
      expect(asText(await daily(out))).toEqual(["S1 2025-01-31 5.00 2"]);
    }
  });

  it("refuses a file whose columns are others", async () => {
    await writeFile(
      join(data, "sales.csv"),
      "StoreID,TransactionID,Timestamp,ProductID,Quantity,UnitPrice\n1,2,3,4,5,6\n",
    );
    await expect(run(out, { data })).rejects.toThrow("header");
  });

  it("says so when there are no sales", async () => {
    await sales();
    expect((await run(out, { data })).join("\n")).toContain("Rejected sales: none");
    expect(await monthly(out)).toEqual([]);
  });
});

describe("retail-sales on generated sales", () => {
  it("finds what is planted, store by store, day by day, and to the cent", async () => {
    const out = join(folder, "generated");
    const lines = await run(out, { rows: 4_000, options: { damaged: 12, seed: 5 } });
    expect(lines.filter((line) => line.endsWith("  ok"))).toHaveLength(6);
    expect(lines.join("\n")).toContain("Rejected sales: 12 (");
    const { days, rejected } = await generate(join(folder, "again"), { sales: 4_000, damaged: 12, seed: 5 });
    const planted = [...days].map(([key, { cents, sales }]) => `${key} ${(cents / 100).toFixed(2)} ${sales}`);
    expect(asText(await daily(out))).toEqual(planted.toSorted());
    const reasons = Map.groupBy(await quarantineOf(out), ({ reason }) => reason!);
    expect(new Map([...reasons].map(([reason, rows]) => [reason, rows.length]))).toEqual(rejected);
  });

  it("sums months from exact decimals", async () => {
    const [row] = await monthly(join(folder, "generated"));
    expect((row![2] as Decimal).scale).toBe(2);
  });
});
