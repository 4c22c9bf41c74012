import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLakewrightError, type SparkSession } from "lakewright";
import { col } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

let folder: string;
let spark: SparkSession;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-folders-"));
  spark = testSession();
});

afterEach(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

const rows = (start: number, end: number) => spark.range(start, end).withColumn("part", col("id").mod(2));
const path = (name: string): string => join(folder, name);
const ids = async (name: string): Promise<unknown[]> =>
  (await spark.read.parquet(path(name)).orderBy("id").collect()).map((row) => (row as unknown as { id: number }).id);

describe("save modes", () => {
  it("appends to what is there", async () => {
    await rows(0, 2).write.parquet(path("out"));
    await rows(2, 4).write.mode("append").parquet(path("out"));
    expect(await ids("out")).toEqual([0, 1, 2, 3]);
  });

  it("replaces the folder, files of other writers included", async () => {
    await rows(0, 2).write.parquet(path("out"));
    await rows(5, 6).write.mode("overwrite").parquet(path("out"));
    expect(await ids("out")).toEqual([5]);
  });

  it("refuses a folder that is there, and leaves it", async () => {
    await rows(0, 2).write.parquet(path("out"));
    await expect(rows(5, 6).write.parquet(path("out"))).rejects.toMatchObject({ condition: "PATH_ALREADY_EXISTS" });
    await rows(5, 6).write.mode("ignore").parquet(path("out"));
    expect(await ids("out")).toEqual([0, 1]);
  });

  it("replaces the partitions that it writes and keeps the others in a dynamic overwrite", async () => {
    await rows(0, 4).write.partitionBy("part").parquet(path("out"));
    const odd = rows(10, 14).filter(col("part").eq(1));
    await odd.write
      .mode("overwrite")
      .option("partitionOverwriteMode", "dynamic")
      .partitionBy("part")
      .parquet(path("out"));
    expect(await ids("out")).toEqual([0, 2, 11, 13]);
  });

  it("reads what it overwrites", async () => {
    await rows(0, 4).write.parquet(path("out"));
    await spark.read.parquet(path("out")).filter(col("id").gt(1)).write.mode("overwrite").parquet(path("out"));
    expect(await ids("out")).toEqual([2, 3]);
  });
});

describe("what is left in the folder", () => {
  it("is the data, and _SUCCESS", async () => {
    await rows(0, 4).repartition(2, "id").write.partitionBy("part").json(path("out"));
    const found = await readdir(path("out"), { recursive: true });
    const data = found.filter((name) => !/^part=[01](\/part-0000[01]-[0-9a-f-]{36}\.c000\.json)?$/.test(name));
    expect(data).toEqual(["_SUCCESS"]);
    expect(await readdir(folder)).toEqual(["out"]);
  });

  it("is nothing when the rows fail", async () => {
    const failing = rows(0, 4).withColumn("x", col("id").divide(col("part")));
    await expect(failing.write.parquet(path("out"))).rejects.toMatchObject({ condition: "DIVIDE_BY_ZERO" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("bad input", () => {
  it("names what exists where a partition column does not", async () => {
    await expect(rows(0, 1).write.partitionBy("prat").json(path("out"))).rejects.toThrow(/prat.*Did you mean part\?/s);
  });

  it("refuses an output that is a file", async () => {
    await writeFile(path("out"), "mine");
    await expect(rows(0, 1).write.mode("append").json(path("out"))).rejects.toThrow(/out/);
    expect(await readdir(folder)).toEqual(["out"]);
  });

  it.each([
    ["maxRecordsPerFile", "many"],
    ["ignoreNullFields", "perhaps"],
    ["timeZone", "Mars/Olympus"],
  ])("names the option %s and what it may be", async (name, value) => {
    await expect(rows(0, 1).write.option(name, value).json(path("out"))).rejects.toThrow(name);
  });

  it("warns once of an option that there is not", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const misspelt: string = "ignoreNulFields";
    await rows(0, 1).write.option(misspelt, true).json(path("a"));
    await rows(0, 1).write.option(misspelt, true).json(path("b"));
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/json has no option ignorenulfields to write.*Did you mean ignoreNullFields\?/)],
    ]);
    warn.mockRestore();
  });
});

describe("a reader of a folder that is replaced", () => {
  // A file that is gone is an error, as in Spark: half of the old rows never pass for all.
  const counted = async (): Promise<number | string | undefined> => {
    try {
      return await spark.read.parquet(path("out")).count();
    } catch (error) {
      if (isLakewrightError(error)) return error.condition;
      throw error;
    }
  };

  it("sees the old rows or the new ones, never a mixture", async () => {
    await rows(0, 1000).write.parquet(path("out"));
    const writing = (async () => {
      for (const size of [2000, 1000, 2000, 1000, 2000])
        await rows(0, size).write.mode("overwrite").parquet(path("out"));
    })();
    const seen = new Set<unknown>();
    for (let turn = 0; turn < 20; turn++) seen.add(await counted());
    await writing;
    expect([1000, 2000, "FAILED_READ_FILE.FILE_NOT_EXIST"]).toEqual(expect.arrayContaining([...seen]));
    expect(await counted()).toBe(2000);
  });
});
