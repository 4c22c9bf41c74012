/** The summaries of retail-sales, and those of a PySpark program on the same file. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { runJob } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { generate } from "../../solutions/retail-sales/generate.ts";
import job from "../../solutions/retail-sales/job.ts";

const SALES = `
  sales = spark.read.csv(
      f"{data}/sales.csv", header=True, timestampFormat="yyyy-MM-dd HH:mm:ss",
      schema="TransactionID STRING, Timestamp TIMESTAMP, StoreID STRING, ProductID STRING, Quantity INT, UnitPrice DECIMAL(10,2)",
  )
  amounts = sales.withColumn("TotalAmount", F.col("Quantity") * F.col("UnitPrice"))
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  daily_sales_summary: `
  days = amounts.withColumn("SaleDate", F.date_format("Timestamp", "yyyy-MM-dd")).groupBy("StoreID", "SaleDate")
  result = days.agg(F.sum("TotalAmount").alias("TotalDailySales"), F.count("TransactionID").alias("TotalDailyTransactions"))
  `,
  monthly_sales_summary: `
  months = amounts.withColumn("SaleMonth", F.date_format("Timestamp", "yyyy-MM")).groupBy("StoreID", "SaleMonth")
  result = months.agg(F.sum("TotalAmount").alias("TotalMonthlySales"), F.count("TransactionID").alias("TotalMonthlyTransactions"))
  `,
};

describe.skipIf(!hasSpark())("retail-sales beside PySpark", () => {
  let folder: string;
  let data: string;
  let out: string;
  let peer: SparkPeer;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "retail-sales-"));
    [data, out] = [join(folder, "data"), join(folder, "out")];
    [peer, spark] = [await connectSpark(), SparkSession.create()];
    await generate(data, { sales: 5_000 });
    await runJob(job, spark, { data, out, options: { show: 0 } });
  });
  afterAll(async () => {
    await spark?.stop();
    await peer?.close();
    await rm(folder, { recursive: true });
  });

  it.each(Object.entries(PROGRAMS))("%s has the rows that PySpark computes", async (table, program) => {
    const { schema, rows } = await peer.python(SALES + program, { data });
    const names = schema.map(([name]) => `\`${name}\``).join(", ");
    const read = `result = spark.read.parquet(out).selectExpr(*[name.strip() for name in "${names}".split(",")])`;
    const written = await peer.python(read, { out: join(out, table) });
    expect(written.schema.map(([name, type]) => [name, type])).toEqual(schema.map(([name, type]) => [name, type]));
    expect(rows.length).toBeGreaterThan(50);
    expect(sorted(written.rows)).toEqual(sorted(rows));
  });
});

const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => row.map(String).join(" ")).toSorted();
