import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, type Job, type JobOptions, SparkSession } from "lakewright";
import { runJob } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dailyKpi from "../daily-kpi/job.ts";
import retailSales from "../retail-sales/job.ts";
import spendAnalytics from "../spend-analytics/job.ts";
import { QUARANTINES, TABLES } from "../spend-analytics/tables.ts";

interface System {
  readonly job: Job<JobOptions>;
  /** What its outputs add to the path that they are given. */
  readonly outputs: readonly string[];
  /** The values of its markers beside `data` and `out`. */
  readonly values?: Readonly<Record<string, string>>;
}

const systems: readonly System[] = [
  { job: dailyKpi as unknown as Job<JobOptions>, outputs: ["", "-quarantine"] },
  {
    job: retailSales as unknown as Job<JobOptions>,
    outputs: ["/daily_sales_summary", "/monthly_sales_summary", "/quarantine"],
  },
  {
    job: spendAnalytics as unknown as Job<JobOptions>,
    outputs: [...TABLES, ...QUARANTINES].map((name) => `/${name}`),
    values: { country: "IN", month: "2025-02" },
  },
];

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sql-forms-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

/** Sums of fractions depend on the order of addition in their last digits. */
const told = (value: unknown): string => String(typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value);

async function outputOf(frame: DataFrame) {
  const rows = await frame.collect({ rows: "array" });
  const fields = (await frame.schema()).fields.map(({ name, type }) => ({ name, type }));
  return { fields, rows: rows.map((row) => row.map(told).join(" | ")).toSorted() };
}

describe.each(systems)("$job.name in SQL", ({ job, outputs, values = {} }) => {
  it("writes what it writes in TypeScript, a second time as well", async () => {
    const out = join(folder, job.name);
    await runJob(job, spark, { out, rows: 2000, options: { seed: 3, damaged: 30 } });
    const text = await readFile(new URL(`../${job.name}/${job.name}.sql`, import.meta.url), "utf8");
    for (let time = 0; time < 2; time++)
      await spark.execute(text, { data: `${out}-data`, out: `${out}-sql`, ...values });
    for (const output of outputs) {
      const [expected, found] = [`${out}${output}`, `${out}-sql${output}`].map((path) => spark.read.parquet(path));
      const written = await outputOf(expected!);
      // No order of the generated data is damaged.
      if (output !== "/quarantine_orders") expect(written.rows.length).toBeGreaterThan(0);
      expect(await outputOf(found!), output).toEqual(written);
    }
  });
});
