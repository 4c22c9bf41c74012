/** The systems on both engines, from the same files: equal tables. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Job, type JobOptions, SparkSession } from "lakewright";
import { runJob } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sparkRemote } from "../../../services/client.ts";
import { generate as generateUpdates } from "../../../solutions/customer-history/generate.ts";
import customerHistory from "../../../solutions/customer-history/job.ts";
import { generate as generateEvents } from "../../../solutions/daily-kpi/generate.ts";
import dailyKpi from "../../../solutions/daily-kpi/job.ts";
import { generate as generateSales } from "../../../solutions/retail-sales/generate.ts";
import retailSales from "../../../solutions/retail-sales/job.ts";
import { generate as generateSpending } from "../../../solutions/spend-analytics/generate.ts";
import spendAnalytics from "../../../solutions/spend-analytics/job.ts";
import { frameOutcome } from "../outcome.ts";

interface System {
  readonly job: Job<JobOptions>;
  readonly generate: (data: string) => Promise<unknown>;
  /** The folders of its tables, behind the folder of its outputs. */
  readonly tables: readonly string[];
  /** Those of them that are Delta tables, without the columns that each engine numbers in its own way. */
  readonly numbered?: Readonly<Record<string, string>>;
}

const systems: Readonly<Record<string, System>> = {
  "daily-kpi": {
    job: dailyKpi as unknown as Job<JobOptions>,
    generate: (data) => generateEvents(data, { events: 3_000, damaged: 20 }),
    tables: ["", "-quarantine"],
  },
  "spend-analytics": {
    job: spendAnalytics as unknown as Job<JobOptions>,
    generate: (data) => generateSpending(data, { events: 2_000, damaged: 12 }),
    tables: ["/spend_rank", "/rolling_spend", "/repeat_buyers", "/daily_revenue", "/rfm"],
  },
  "retail-sales": {
    job: retailSales as unknown as Job<JobOptions>,
    generate: (data) => generateSales(data, { sales: 3_000, damaged: 12 }),
    tables: ["/daily_sales_summary", "/monthly_sales_summary", "/quarantine"],
  },
  "customer-history": {
    job: customerHistory as unknown as Job<JobOptions>,
    generate: (data) => generateUpdates(data, { seed: 20_250_101, updates: 60, damaged: 9 }),
    tables: ["/customer_dimension", "/quarantine"],
    numbered: { "/customer_dimension": "customer_sk" },
  },
};

const remote = sparkRemote();

describe.skipIf(remote === undefined)("a system on both engines", () => {
  let folder: string;
  let embedded: SparkSession;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-systems-"));
    embedded = SparkSession.create();
    spark = SparkSession.create({ "spark.remote": remote!, "spark.sql.shuffle.partitions": "2" });
  });
  afterAll(async () => {
    await Promise.all([embedded.stop(), spark.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const tableIn = (path: string, number: string | undefined) =>
    number === undefined ? embedded.read.parquet(path) : embedded.read.format("delta").load(path).drop(number);

  it.each(Object.entries(systems))(
    "%s writes the same tables",
    async (name, { job, generate, tables, numbered = {} }) => {
      const data = join(folder, name, "data");
      const [here, there] = [join(folder, name, "embedded"), join(folder, name, "spark")];
      await generate(data);
      await runJob(job, embedded, { data, out: here, options: { show: 0 } });
      await runJob(job, spark, { data, out: there, options: { show: 0 } });
      for (const table of tables) {
        const [ours, theirs] = await Promise.all(
          [here, there].map((out) => frameOutcome(tableIn(out + table, numbered[table]))),
        );
        expect(theirs, table).toEqual(ours);
        expect((ours as { rows: readonly unknown[] }).rows.length, table).toBeGreaterThan(0);
      }
    },
  );
});
