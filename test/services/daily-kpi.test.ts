/** The rows of daily-kpi, and those of a PySpark program on the same files. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { runJob } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import { generate } from "../../solutions/daily-kpi/generate.ts";
import job from "../../solutions/daily-kpi/job.ts";

/** Written for this test, and not after the job: it reads the events with their schema instead of as lines. */
const PROGRAM = `
  events = spark.read.schema(
      "event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT, props MAP<STRING, STRING>"
  ).json(f"{data}/events.jsonl")
  users = spark.read.schema(
      "user_id STRING, country STRING, age INT, gender STRING, registration_date STRING"
  ).json(f"{data}/users.jsonl")
  items = spark.read.schema(
      "item_id STRING, category STRING, price DOUBLE, brand STRING, name STRING"
  ).json(f"{data}/items.jsonl")
  priced = events.withColumn(
      "revenue",
      F.when(F.col("event_type") == "purchase", F.col("props.price").try_cast("double")).otherwise(F.lit(0.0)),
  ).filter("user_id IS NOT NULL AND item_id IS NOT NULL AND event_type IS NOT NULL AND ts BETWEEN 0 AND 253402300799")
  valid = priced.filter(F.col("revenue") >= 0)
  enriched = (
      valid.withColumn("timestamp", F.to_timestamp(F.from_unixtime("ts")))
      .withColumn("date", F.to_date("timestamp"))
      .join(F.broadcast(items.drop("price")), "item_id", "inner")
      .join(F.broadcast(users), "user_id", "inner")
  )
  daily = enriched.groupBy("date", "country", "category").agg(
      F.count("event_id").alias("events_total"),
      F.sum(F.when(F.col("event_type") == "purchase", 1).otherwise(0)).alias("purchases"),
      F.sum("revenue").alias("revenue"),
      F.countDistinct("user_id").alias("unique_users"),
  )
  seconds = F.col("date").cast("timestamp").cast("long")
  week = Window.partitionBy("country", "category").orderBy(seconds).rangeBetween(-6 * 86400, 0)
  result = daily.withColumn("revenue_7d", F.sum("revenue").over(week)).orderBy("date", "country", "category")
`;

describe.skipIf(!hasSpark())("daily-kpi beside PySpark", () => {
  let folder: string;
  let data: string;
  let out: string;
  let peer: SparkPeer;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "daily-kpi-"));
    [data, out] = [join(folder, "data"), join(folder, "out")];
    [peer, spark] = [await connectSpark(), SparkSession.create()];
    await generate(data, { damaged: 40 });
    await runJob(job, spark, { data, out, options: { show: 0 } });
  });
  afterAll(async () => {
    await spark?.stop();
    await peer?.close();
    await rm(folder, { recursive: true });
  });

  it("writes the rows that PySpark computes", async () => {
    const { schema, rows } = await peer.python(PROGRAM, { data });
    const names = schema.map(([name]) => name);
    const ours = await spark.read
      .parquet(out)
      .orderBy("date", "country", "category")
      .select(...names)
      .collect();
    expect(rows).toHaveLength(2480);
    expect(ours.map((row) => names.map((name) => inCents(row[name])))).toEqual(rows.map((row) => row.map(inCents)));
  });

  it("writes Parquet that PySpark reads with the same schema and rows as Lakewright", async () => {
    const read = await peer.python('result = spark.read.parquet(out).orderBy("date", "country", "category")', { out });
    expect(read.schema.map(([name, type]) => `${name} ${type}`)).toEqual([
      "country string",
      "category string",
      "events_total bigint",
      "purchases bigint",
      "revenue double",
      "unique_users bigint",
      "revenue_7d double",
      "date date",
    ]);
    const ours = await spark.read.parquet(out).orderBy("date", "country", "category").collect({ rows: "array" });
    expect(read.rows).toEqual(ours);
  });

  it("quarantines what PySpark's rules leave out", async () => {
    const program = `
      lines = spark.read.text(f"{data}/events.jsonl")
      parsed = lines.select("value", F.from_json("value", "ts BIGINT, user_id STRING, item_id STRING, event_type STRING, props MAP<STRING, STRING>, _corrupt_record STRING").alias("e"))
      users = spark.read.json(f"{data}/users.jsonl").select(F.col("user_id").alias("known_user"))
      items = spark.read.json(f"{data}/items.jsonl").select(F.col("item_id").alias("known_item"))
      joined = parsed.join(users, F.col("e.user_id") == F.col("known_user"), "left").join(
          items, F.col("e.item_id") == F.col("known_item"), "left"
      )
      price = F.col("e.props.price").try_cast("double")
      good = (
          F.col("e._corrupt_record").isNull() & F.col("e.ts").between(0, 253402300799) & F.col("e.event_type").isNotNull()
          & F.col("known_user").isNotNull() & F.col("known_item").isNotNull()
          & ((F.col("e.event_type") != "purchase") | (price >= 0))
      )
      result = joined.filter(~F.coalesce(good, F.lit(False))).select("value").orderBy("value")
    `;
    const { rows } = await peer.python(program, { data });
    const ours = await spark.read
      .parquet(`${out}-quarantine`)
      .select("line")
      .orderBy("line")
      .collect({ rows: "array" });
    expect(rows).toHaveLength(1417);
    expect(ours).toEqual(rows);
  });
});

/** Doubles are added up in no fixed order: money is compared to the cent. */
const inCents = (value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Math.round(value * 100) / 100 : value;
