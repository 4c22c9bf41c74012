/** The five tables of spend-analytics, and those of a PySpark program on the same files. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { runJob } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { generate } from "../../solutions/spend-analytics/generate.ts";
import job from "../../solutions/spend-analytics/job.ts";

/** Written for this test: windows over seconds of days, ranks cut by pandas' formula, no judging. */
const COMMON = `
  events = (
      spark.read.schema("user_id INT, country STRING, event_dt TIMESTAMP, spend DECIMAL(12,2)")
      .option("header", True).option("mode", "DROPMALFORMED").csv(f"{data}/events.csv")
      .filter("user_id IS NOT NULL AND event_dt IS NOT NULL AND spend >= 0")
  )
  orders = spark.read.option("header", True).csv(f"{data}/orders.csv")
  day = F.to_date("event_dt")
`;

const PROGRAMS: Readonly<Record<string, string>> = {
  spend_rank: `
  february = events.filter("country = 'IN' AND year(event_dt) = 2025 AND month(event_dt) = 2").withColumn("day", day)
  result = february.withColumn("rank_in_day", F.dense_rank().over(Window.partitionBy("day").orderBy(F.desc("spend"))))
  `,
  rolling_spend: `
  week = Window.partitionBy("user_id").orderBy(F.unix_date(day).cast("long")).rangeBetween(-6, 0)
  result = events.withColumn("spend_7d", F.sum("spend").over(week))
  `,
  repeat_buyers: `
  latest = Window.partitionBy("user_id").orderBy(F.desc("event_dt"), F.desc("country"))
  users = events.withColumn("n", F.row_number().over(latest)).filter("n = 1").select("user_id", "country")
  counts = orders.groupBy("user_id").agg(F.countDistinct("order_id").alias("orders"))
  buyers = users.join(counts, "user_id", "left").withColumn("repeats", F.coalesce(F.col("orders") >= 2, F.lit(False)).cast("int"))
  result = buyers.groupBy("country").agg(F.sum("repeats").alias("repeat_buyers"), F.count("*").alias("total_buyers")).withColumn("repeat_rate", F.col("repeat_buyers") / F.col("total_buyers"))
  `,
  daily_revenue: `
  daily = events.groupBy(day.alias("day"), "country").agg(F.sum("spend").alias("revenue"))
  result = daily.groupBy("day").pivot("country").sum("revenue").fillna(0)
  `,
  rfm: `
  last = events.agg(F.date_add(F.to_date(F.max("event_dt")), 1)).first()[0]
  counts = orders.groupBy("user_id").agg(F.countDistinct("order_id").alias("frequency"))
  users = events.groupBy("user_id").agg(F.max("event_dt").alias("last"), F.sum("spend").alias("monetary")).join(counts, "user_id", "left").fillna(0, "frequency")
  users = users.select("user_id", F.datediff(F.lit(last), F.to_date("last")).alias("recency"), "frequency", "monetary")
  n = users.count()
  edges = [1 + k * (n - 1) / 4 for k in (1, 2, 3)]
  def quartile(name):
      rank = F.row_number().over(Window.orderBy(name, "user_id"))
      return F.when(rank <= edges[0], 1).when(rank <= edges[1], 2).when(rank <= edges[2], 3).otherwise(4)
  scored = users.withColumn("r_score", 5 - quartile("recency")).withColumn("f_score", quartile("frequency")).withColumn("m_score", quartile("monetary"))
  result = scored.withColumn("rfm_score", F.expr("r_score + f_score + m_score")).withColumn("segment", F.expr("""
      CASE WHEN r_score >= 3 AND f_score >= 3 AND m_score >= 3 THEN 'Champions' WHEN r_score >= 3 AND f_score >= 3 THEN 'Loyal'
      WHEN r_score <= 2 AND m_score >= 3 THEN 'At Risk' WHEN f_score >= 3 THEN 'Potential Loyalist' ELSE 'Hibernating' END"""))
  `,
};

describe.skipIf(!hasSpark())("spend-analytics beside PySpark", () => {
  let folder: string;
  let data: string;
  let out: string;
  let peer: SparkPeer;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "spend-analytics-"));
    [data, out] = [join(folder, "data"), join(folder, "out")];
    [peer, spark] = [await connectSpark(), SparkSession.create()];
    await generate(data, { events: 3_000, damaged: 12 });
    await runJob(job, spark, { data, out, options: { show: 0 } });
  });
  afterAll(async () => {
    await spark?.stop();
    await peer?.close();
    await rm(folder, { recursive: true });
  });

  it.each(Object.entries(PROGRAMS))("%s has the rows that PySpark computes", async (table, program) => {
    const { schema, rows } = await peer.python(COMMON + program, { data });
    const { rows: written } = await peer.python(`result = spark.read.parquet(out)`, { out: join(out, table) });
    const names = await spark.read.parquet(join(out, table)).columns();
    expect(schema.map(([name]) => name)).toEqual(names);
    expect(rows.length).toBeGreaterThan(3);
    expect(sorted(written)).toEqual(sorted(rows));
  });
});

const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => row.map(String).join(" ")).toSorted();
