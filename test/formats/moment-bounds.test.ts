import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, type DataFrame, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-moments-"));

let spark: SparkSession;

/** An hour a row from the first of January 2025; every seventh moment is null. */
beforeAll(async () => {
  spark = SparkSession.create();
  const rows = spark
    .range(1000)
    .selectExpr("id", "CASE WHEN id % 7 > 0 THEN timestamp_seconds(1735689600 + id * 3600) END AS moment");
  await rows.write.parquet(join(folder, "parquet"));
  await rows.write.format("delta").save(join(folder, "delta"));
  await spark.execute(`ALTER TABLE delta.\`${folder}/delta\` SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)`);
  await spark.execute(`DELETE FROM delta.\`${folder}/delta\` WHERE id = 100`);
});

afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

const ids = async (rows: DataFrame): Promise<readonly number[]> =>
  (await rows.select("id").orderBy("id").collect()).map((row) => Number((row as { readonly id: number }).id));

/** The ids for which a test holds, of rows that have a moment and are not deleted. */
const expected = (format: string, holds: (hour: number) => boolean): readonly number[] =>
  Array.from({ length: 1000 }, (_, id) => id).filter(
    (id) => id % 7 > 0 && !(format === "delta" && id === 100) && holds(id),
  );

const day = (hour: number): number => Math.floor(hour / 24);

describe.each(["parquet", "delta"])("moments in %s", (format) => {
  const read = (): DataFrame => spark.read.format(format).load(join(folder, format));

  const conditions: readonly (readonly [condition: string, holds: (hour: number) => boolean])[] = [
    ["moment >= TIMESTAMP '2025-01-05' AND moment < '2025-01-06'", (hour) => day(hour) === 4],
    ["TIMESTAMP '2025-01-05' > moment", (hour) => day(hour) < 4],
    ["moment = '2025-01-05 04:00:00'", (hour) => hour === 100],
    ["moment <= '2025-01-05 05:00:00+01:00' AND id > 90", (hour) => hour <= 100 && hour > 90],
    ["moment < '2025-01-02' OR moment > '2025-02-11'", (hour) => hour < 24 || hour > 984],
    ["NOT moment < '2025-02-11'", (hour) => hour >= 984],
  ];

  test.each(conditions)("%s", async (condition, holds) => {
    expect(await ids(read().filter(condition))).toEqual(expected(format, holds));
  });

  test("a table that is read in two ways loses no row", async () => {
    const rows = read();
    const both = rows.filter("moment < '2025-01-02'").unionByName(rows.filter("moment >= '2025-02-11'"));
    expect(await ids(both)).toEqual(expected(format, (hour) => hour < 24 || hour >= 984));
  });

  test("a filter above a limit does not change what is limited", async () => {
    const first = read().orderBy("id").limit(50).filter("moment >= '2025-01-02'");
    expect(await ids(first)).toEqual(expected(format, (hour) => hour >= 24 && hour < 50));
  });

  test("the outer side of a join keeps its rows", async () => {
    const rows = read().filter("moment IS NOT NULL");
    const late = read().filter("moment >= '2025-02-11'").select(col("id").as("other"));
    const joined = rows.join(late, col("id").eq(col("other")), "left").filter("other IS NULL");
    expect(await ids(joined)).toEqual(expected(format, (hour) => hour < 984));
  });
});

test("the reader is asked for moments as files hold them, by which it skips row groups", async () => {
  const source = `parquet.\`${folder}/parquet\``;
  const [row] = await spark.sql(`EXPLAIN SELECT id FROM ${source} WHERE moment >= '2025-01-05'`).collect();
  const { plan } = row as { readonly plan: string };
  expect(plan.replaceAll(/[\s│]/g, "")).toContain("moment>='2025-01-0500:00:00+00'::TIMESTAMPWITHTIMEZONE");
});
