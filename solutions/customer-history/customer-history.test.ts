import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, type DataFrame, SparkSession } from "lakewright";
import { regexpReplace } from "lakewright/functions";
import { type JobRunOptions, runJob } from "lakewright/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUARANTINE } from "../common/quarantine.ts";
import { generate } from "./generate.ts";
import job from "./job.ts";
import { UPDATE_FIELDS } from "./pipeline.ts";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "customer-history-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

type Given = Omit<JobRunOptions<NonNullable<typeof job.options>>, "out">;

/** Runs the job; gives what it reported and what it shows. */
const run = (out: string, given: Given = {}) => runJob(job, spark, { ...given, out });

/** Customer, address, score, from, until, whether it holds: in the order of customers and time. */
async function versions(out: string): Promise<readonly string[]> {
  const rows = (spark.read.format("delta").load(join(out, "customer_dimension")) as DataFrame)
    .orderBy("customer_id", "effective_date")
    .select("customer_id", "address", "credit_score", day("effective_date"), day("end_date"), "is_current");
  return (await rows.collect({ rows: "array" })).map((row) => row.map((value) => value ?? "-").join(" "));
}

const day = (name: string) => col(name).cast("date");

const quarantineOf = (out: string) =>
  spark.read.schema(QUARANTINE).parquet(join(out, "quarantine")).orderBy("line").collect();

describe("customer-history on a few updates", () => {
  let data: string;
  let out: string;
  let made = 0;

  beforeEach(async () => {
    made += 1;
    data = join(folder, `few-${made}`);
    out = join(folder, `few-${made}-out`);
    await mkdir(join(data, "customer_updates.csv"), { recursive: true });
  });

  /** Each line: customer, address, score, day, operation. */
  const deliver = (name: string, ...lines: readonly string[]) =>
    writeFile(
      join(data, "customer_updates.csv", `${name}.csv`),
      [UPDATE_FIELDS.join(","), ...lines.map(full), ""].join("\n"),
    );
  const full = (line: string): string => {
    const [id, address, score, time, operation = ""] = line.split(",");
    return `${id},Ann,ann@example.org,,${address},Consumer,${score},${time},${operation}`;
  };

  it("makes versions of changes, late ones too, of null and not null, and ends them for deletes", async () => {
    await deliver(
      "1",
      "C1,Lake,700,2025-01-01",
      "C1,Lake,700,2025-01-15",
      "C1,Hill,700,2025-03-01",
      "C2,Dam,,2025-01-01",
    );
    await deliver(
      "2",
      "C1,Park,700,2025-02-01",
      "C2,Dam,500,2025-02-01",
      "C2,,,2025-03-01,delete",
      "C1,Lake,700,2025-01-01",
    );
    const { result } = await run(out, { data, options: { at: "2025-02-15" } });
    const expected = [
      "C1 Lake 700 2025-01-01 2025-02-01 false",
      "C1 Park 700 2025-02-01 2025-03-01 false",
      "C1 Hill 700 2025-03-01 - true",
      "C2 Dam - 2025-01-01 2025-02-01 false",
      "C2 Dam 500 2025-02-01 2025-03-01 false",
    ];
    expect(await versions(out)).toEqual(expected);
    const then = await (result as DataFrame).collect();
    expect(then.map(({ customer_id, address }) => `${customer_id} ${address}`)).toEqual(["C1 Park", "C2 Dam"]);
  });

  it("keeps updates aside that must not count, and merges them when they are corrected", async () => {
    await deliver(
      "1",
      "C1,Lake,700,2025-01-01",
      "C1,Hill,good,2025-02-01",
      "C2,Dam,1,2025-02-30",
      ",Dam,1,2025-02-03",
      "C3,Dam,1,2025-02-03,merge",
      "C4,Dam,1,2025-02-03",
      "C4,Lake,1,2025-02-03 00:00:00",
    );
    await run(out, { data });
    expect((await quarantineOf(out)).map(({ reason }) => reason).toSorted()).toEqual([
      "AMBIGUOUS",
      "AMBIGUOUS",
      "INVALID_SCORE",
      "INVALID_TIME",
      "NULL_KEY",
      "UNKNOWN_OPERATION",
    ]);
    expect(await versions(out)).toEqual(["C1 Lake 700 2025-01-01 - true"]);
    const path = join(out, "quarantine");
    const mended = await spark.read
      .schema(QUARANTINE)
      .parquet(path)
      .withColumn("corrected", regexpReplace("line", "good", "650"))
      .filter("reason = 'INVALID_SCORE'")
      .collect();
    await spark.createDataFrame(mended, QUARANTINE).write.mode("overwrite").parquet(path);
    for (let time = 0; time < 2; time++) {
      const { result } = await run(out, { data, options: { replay: true, customer: "C1" } });
      expect((await (result as DataFrame).collect()).map(({ address }) => address)).toEqual(["Lake", "Hill"]);
      expect(await versions(out)).toEqual(["C1 Lake 700 2025-01-01 2025-02-01 false", "C1 Hill 650 2025-02-01 - true"]);
      expect((await quarantineOf(out)).map(({ reason }) => reason)).toEqual(["CORRECTED"]);
    }
    await expect(run(out, { data, options: { anew: true } })).rejects.toThrow("holds 1 corrected lines");
  });

  it("names what is missing, and refuses a folder that holds something else", async () => {
    await rm(join(data, "customer_updates.csv"), { recursive: true });
    await expect(run(out, { data })).rejects.toThrow("has no customer_updates");
    await mkdir(out, { recursive: true });
    await writeFile(join(out, "thesis.txt"), "");
    await expect(run(out, { data })).rejects.toThrow("holds thesis.txt, which is no output of customer-history");
  });
});

describe("customer-history on generated updates", () => {
  it("finds what is planted, and loses nothing", async () => {
    const out = join(folder, "generated");
    const { reported } = await run(out, { rows: 2_000, options: { damaged: 10 } });
    expect(reported.filter((line) => line.endsWith("  ok"))).toHaveLength(8);
    expect(reported.join("\n")).toContain("Rejected updates: 10 (");
    const { rejected } = await generate(join(folder, "again"), { updates: 2_000, damaged: 10 });
    const reasons = Map.groupBy(await quarantineOf(out), ({ reason }) => reason!);
    expect(new Map([...reasons].map(([reason, rows]) => [reason, rows.length]))).toEqual(rejected);
  });
});
