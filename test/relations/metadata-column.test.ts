/** Where the hidden column `_metadata` of files can be named: Spark carries it through projections, joins and sorts. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, SparkSession } from "lakewright";
import { array, col, explode, lit } from "lakewright/functions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const name = "_metadata.file_name";
type Build = (files: DataFrame, spark: SparkSession) => DataFrame;

const numbers = (spark: SparkSession): DataFrame =>
  spark.createDataFrame([{ k: 1n }], "k long") as unknown as DataFrame;

const found: Readonly<Record<string, Build>> = {
  "above withColumn": (files) => files.withColumn("x", lit(1)).select(name),
  "above two projections": (files) => files.select("a").select(col("a").plus(1).as("b")).select(name),
  "above a projection and a filter": (files) => files.select("a").filter("a > 0").select(name),
  "above a sort and a limit": (files) => files.select("a").orderBy("a").limit(5).select(name),
  "above new names": (files) => files.toDF("p", "q").select(name),
  "above a generator": (files) => files.select("a", explode(array(lit(1)))).select(name),
  "above one row for each key": (files) => files.dropDuplicates(["a"]).select(name),
  "above the left side of a join": (files, spark) =>
    files
      .select("a")
      .join(numbers(spark), col("a").eq(col("k")).or(lit(true)))
      .select(name),
  "above the right side of a join": (files, spark) => numbers(spark).join(files.select("a"), lit(true)).select(name),
  "above the kept side of a semi join": (files, spark) =>
    files.select("a").join(numbers(spark), lit(true), "left_semi").select(name),
  "under the alias of a source": (files) => files.alias("t").select("t._metadata.file_name"),
};

const notFound: Readonly<Record<string, Build>> = {
  "above an aggregate": (files) => files.groupBy("a").count().select(name),
  "above a union": (files) => files.union(files).select(name),
  "above a sub-query under an alias": (files) => files.select("a").alias("t").select(name),
  "above a join by names of columns": (files) => files.join(files.select("a"), "a").select(name),
  "above the other side of a semi join": (files, spark) =>
    numbers(spark).join(files, lit(true), "left_semi").select(name),
};

describe("the column _metadata", () => {
  let folder: string;
  let spark: SparkSession;
  const files = (): DataFrame => spark.read.json(folder);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "metadata-column-"));
    await writeFile(join(folder, "one.json"), '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n');
    spark = SparkSession.create();
  });
  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true });
  });

  it("tells the path as a URI, in which letters of other scripts stay as they are", async () => {
    const odd = join(folder, "of its own", "é#1");
    await mkdir(odd, { recursive: true });
    await writeFile(join(odd, "one.json"), '{"a":1}\n');
    const rows = await spark.read.json(odd).select("_metadata.file_path").collect();
    expect(rows).toEqual([{ file_path: `file:${folder}/of%20its%20own/é%231/one.json` }]);
    expect(await spark.read.json(odd).inputFiles()).toEqual([`file://${folder}/of%20its%20own/é%231/one.json`]);
    await rm(join(folder, "of its own"), { recursive: true });
  });

  it.each(Object.entries(found))("is found %s", async (_, build) => {
    const rows = await build(files(), spark).collect();
    expect(rows).toEqual([{ file_name: "one.json" }, { file_name: "one.json" }]);
  });

  it.each(Object.entries(notFound))("is not found %s", async (_, build) => {
    await expect(build(files(), spark).collect()).rejects.toMatchObject({
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    });
  });

  it("filters and sorts what a projection left out, without showing it", async () => {
    const rows = await files().select("a").filter(col(name).eq("one.json")).orderBy(name, "a").collect();
    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("is a key of groups above a projection", async () => {
    expect(await files().select("a").groupBy(name).count().collect()).toEqual([{ file_name: "one.json", count: 2 }]);
  });

  it("is null where an outer join found no row", async () => {
    const rows = await numbers(spark).join(files().select("a"), lit(false), "left").select("k", name).collect();
    expect(rows).toEqual([{ k: 1, file_name: null }]);
  });
});
