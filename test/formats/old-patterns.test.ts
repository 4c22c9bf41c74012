/** Files under `spark.sql.legacy.timeParserPolicy`; the answers are Spark 4.2's. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let spark: SparkSession;
let folder: string;

beforeAll(async () => {
  spark = SparkSession.create();
  folder = await mkdtemp(join(tmpdir(), "old-patterns-"));
  await writeFile(
    join(folder, "a.csv"),
    "2024-5-7,2024-05-07T25:00:00.5Z,2024-05-07\n1500-02-29,2024-05-07 01:02:03,x\n",
  );
  await writeFile(join(folder, "a.json"), '{"d":"2024-13-1 ","t":"2024-05-07T01:02:03.004+01:00"}\n');
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const policy = (value: string) => spark.conf.set("spark.sql.legacy.timeParserPolicy", value);
const texts = (frame: DataFrame): Promise<unknown> =>
  frame.selectExpr("cast(struct(*) AS STRING) AS row").collect({ rows: "array" });
const types = async (frame: DataFrame): Promise<string> =>
  (await frame.dtypes()).map((column) => column.join(":")).join(",");
const csv = () => spark.read.schema("d DATE, t TIMESTAMP, o DATE").csv(join(folder, "a.csv"));
const json = () => spark.read.schema("d DATE, t TIMESTAMP").json(join(folder, "a.json"));
const inferredCsv = () => spark.read.option("inferSchema", true).csv(join(folder, "a.csv"));
const inferredJson = () => spark.read.option("inferTimestamp", true).json(join(folder, "a.json"));

describe("LEGACY", () => {
  it("reads by the patterns of Spark 2", async () => {
    policy("LEGACY");
    expect(await texts(csv())).toEqual([
      ["{2024-05-07, 2024-05-08 01:00:00.005, 2024-05-07}"],
      ["{1500-03-01, 2024-05-07 01:02:03, null}"],
    ]);
    expect(await texts(json())).toEqual([["{2025-01-01, 2024-05-07 00:02:03.004}"]]);
  });

  it("finds types by them", async () => {
    policy("LEGACY");
    expect(await types(inferredCsv())).toBe("_c0:string,_c1:string,_c2:string");
    expect(await types(inferredJson())).toBe("d:string,t:timestamp");
  });

  it("writes by them", async () => {
    policy("LEGACY");
    const frame = spark.sql("SELECT timestamp'2024-05-07 01:02:03.456789' AS t, cast('1500-03-01' AS DATE) AS d");
    await frame.write.option("timestampFormat", "y-M-d S").csv(join(folder, "csv"));
    await frame.write.json(join(folder, "json"));
    expect(await written("csv")).toBe("2024-5-7 4,1500-03-01\n");
    expect(await written("json")).toBe('{"t":"2024-05-07T01:02:03.456Z","d":"1500-03-01"}\n');
  });
});

describe("EXCEPTION", () => {
  it("refuses what Spark 2 read otherwise", async () => {
    policy("EXCEPTION");
    const refusal = { condition: "INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER" };
    await expect(csv().collect()).rejects.toMatchObject(refusal);
    await expect(json().collect()).rejects.toMatchObject(refusal);
  });

  it("finds types as ever", async () => {
    policy("EXCEPTION");
    expect(await types(inferredCsv())).toBe("_c0:string,_c1:string,_c2:string");
    expect(await types(inferredJson())).toBe("d:string,t:timestamp");
  });
});

async function written(format: string): Promise<string> {
  const names = await readdir(join(folder, format));
  return readFile(join(folder, format, names.find((name) => name.startsWith("part-"))!), "utf8");
}
