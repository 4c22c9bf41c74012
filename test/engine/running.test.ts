import { mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, SparkSession, udf } from "lakewright";
import { max, sum } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-running-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("several results at once", () => {
  test("twelve are streamed in turns while files are read", async () => {
    await using spark = testSession();
    const path = join(folder, "numbers");
    await spark.range(100_000).write.parquet(path);
    const streams = Array.from({ length: 12 }, (_, index) =>
      spark.read.parquet(path).filter(col("id").mod(12).eq(index)).toLocalIterator(),
    );
    const totals = new Array<number>(12).fill(0);
    let open = streams.map((stream, index) => ({ stream, index }));
    while (open.length > 0) {
      const nexts = await Promise.all(
        open.map(async ({ stream, index }) => ({ stream, index, next: await stream.next() })),
      );
      await stat(path);
      for (const { index, next } of nexts) if (next.done !== true) totals[index]! += 1;
      open = nexts.filter(({ next }) => next.done !== true);
    }
    expect(totals.reduce((left, right) => left + right)).toBe(100_000);
    expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1);
  });

  test("a stream that is left early frees its query", async () => {
    await using spark = testSession();
    for await (const row of spark.range(50_000_000).toLocalIterator()) {
      expect(row.id).toBe(0);
      break;
    }
    expect(await spark.range(10).count()).toBe(10);
  });
});

describe("cancelling", () => {
  test("stops the engine's work and leaves the session usable", async () => {
    await using spark = testSession();
    const controller = new AbortController();
    const heavy = spark
      .range(3_000_000_000)
      .agg(sum(col("id").mod(7)).as("s"))
      .collect({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 100);
    const started = performance.now();
    await expect(heavy).rejects.toThrow("enough");
    expect(performance.now() - started).toBeLessThan(2000);
    expect(await spark.range(3).count()).toBe(3);
  });

  test("interruptTag ends an action that began under the tag", async () => {
    await using spark = testSession();
    spark.addTag("long");
    const started = Promise.withResolvers<string>();
    const counting = spark
      .range(3_000_000_000)
      .filter("id % 7 = 3")
      .groupBy("id")
      .count()
      .collect({ onStart: started.resolve });
    const failed = expect(counting).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    const id = await started.promise;
    expect(spark.getTags()).toEqual(["long"]);
    expect(await spark.interruptTag("long")).toEqual([id]);
    await failed;
    expect(await spark.range(3).count()).toBe(3);
    expect(spark.version).toBe("4.2.0");
  });

  test("an action with an aborted signal does nothing", async () => {
    await using spark = testSession();
    await expect(spark.range(3).collect({ signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow(
      "too late",
    );
  });

  test("a cancelled write leaves neither an output nor a temporary file", async () => {
    await using spark = testSession();
    const controller = new AbortController();
    const path = join(folder, "cancelled");
    const write = spark.range(2_000_000_000).write.parquet(path, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stop writing")), 300);
    await expect(write).rejects.toThrow("stop writing");
    await expect(stat(path)).rejects.toThrow("ENOENT");
    await spark.range(3).write.parquet(path);
    expect(await spark.read.parquet(path).count()).toBe(3);
  });
});

describe("user functions", () => {
  test("that throw are named, with the row they were given", async () => {
    await using spark = testSession();
    const strict = udf({ id: "bigint" }, "bigint", function strict({ id }) {
      if (id === 2) throw new Error("two is not allowed");
      return id;
    });
    const failing = spark.range(4).select(strict("id").as("x")).collect();
    await expect(failing).rejects.toMatchObject({ condition: "FAILED_EXECUTE_UDF" });
    await expect(spark.range(4).select(strict("id").as("x")).collect()).rejects.toThrow(
      /strict.*two is not allowed[\s\S]*id = 2/,
    );
  });

  test("that return the wrong type are told what was expected", async () => {
    await using spark = testSession();
    const wrong = udf({ id: "bigint" }, "int", (() => "text") as unknown as () => number, { name: "wrong" });
    await expect(spark.range(2).select(wrong("id").as("x")).collect()).rejects.toThrow(/wrong.*[\s\S]*int/);
  });

  test("that are asynchronous run several calls at once, in the order of the rows", async () => {
    await using spark = testSession();
    let running = 0;
    let most = 0;
    const look = udf(
      { id: "bigint" },
      "string",
      async ({ id }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5 - (Number(id) % 5)));
        running -= 1;
        return `#${id}`;
      },
      { concurrency: 4 },
    );
    const rows = await spark.range(40).withColumn("name", look("id")).orderBy("id").collect();
    expect(rows.map((row) => row.name)).toEqual(Array.from({ length: 40 }, (_, id) => `#${id}`));
    expect(most).toBe(4);
  });

  test("that never return are cancelled at their next batch", async () => {
    await using spark = testSession();
    const controller = new AbortController();
    const never = udf({ id: "bigint" }, "string", () => new Promise<string>(() => {}), { asynchronous: true });
    const hanging = spark.range(2).select(never("id").as("x")).collect({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error("no answer")), 50);
    await expect(hanging).rejects.toThrow("no answer");
    expect(await spark.range(3).count()).toBe(3);
  });
});

describe("caching", () => {
  test("keeps the rows of the first action, for equal plans of the session, until the session writes there", async () => {
    await using spark = testSession();
    const path = join(folder, "cached");
    await spark.range(5).write.parquet(path);
    const frame = spark.read.parquet(path).cache();
    expect(await frame.count()).toBe(5);
    await spark.range(9).write.parquet(`${path}-other`);
    await rm(path, { recursive: true });
    await rename(`${path}-other`, path);
    expect(await frame.count()).toBe(5);
    await spark.range(7).write.mode("overwrite").parquet(path);
    expect(await frame.count()).toBe(7);
    await frame.unpersist();
    expect(await spark.read.parquet(path).count()).toBe(7);
  });

  test("keeps rows as long as an action reads them, whoever drops them meanwhile", async () => {
    await using spark = testSession();
    const kept = spark.range(5).filter(col("id").gt(1)).cache();
    await kept.count();
    const dropsAll = async ({ id }: { id: number | null }) => {
      await kept.unpersist();
      return id;
    };
    const drops = udf({ id: "bigint" }, "bigint", dropsAll, { asynchronous: true });
    const dropping = spark.range(4).select(drops("id").as("id"));
    expect(await kept.join(dropping, "id").count()).toBe(2);
    expect(await kept.count()).toBe(3);
  });
});

describe("errors", () => {
  test("overflow and division by zero are errors, their try variants null", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame([[2147483647, 0]], "n INT, z INT");
    await expect(frame.select(col("n").plus(1)).collect()).rejects.toMatchObject({
      condition: "ARITHMETIC_OVERFLOW",
      sqlState: "22003",
    });
    await expect(frame.select(col("n").divide(col("z"))).collect()).rejects.toMatchObject({
      condition: "DIVIDE_BY_ZERO",
      sqlState: "22012",
    });
    await expect(frame.select(col("n").mod(col("z"))).collect()).rejects.toMatchObject({
      condition: "REMAINDER_BY_ZERO",
    });
  });

  test("a bad cast names the value and both types, a tried one is null", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame([["12"], ["1.5"], ["abc"]], "s STRING");
    await expect(frame.select(col("s").cast("int")).collect()).rejects.toMatchObject({
      condition: "CAST_INVALID_INPUT",
      sqlState: "22018",
    });
    expect(await frame.select(col("s").tryCast("int").as("n")).collect()).toEqual([
      { n: 12 },
      { n: null },
      { n: null },
    ]);
  });

  test("an error says where the faulty relation was made", async () => {
    await using spark = testSession();
    const frame = spark.range(3);
    const error = await frame
      .filter(col("idd" as "id").gt(1))
      .collect()
      .then(
        () => undefined,
        (caught: Error) => caught,
      );
    expect(error?.message).toContain("UNRESOLVED_COLUMN.WITH_SUGGESTION");
    expect(error?.message).toMatch(/running\.test\.ts:\d+:\d+ \.filter\(…\)/);
    expect(error?.message).toContain("Did you mean id?");
  });

  test("two columns of one name cannot be collected as objects", async () => {
    await using spark = testSession();
    const frame = spark.range(2).select("id", "id");
    await expect(frame.collect()).rejects.toThrow(/id/);
    expect(await frame.collect({ rows: "array" })).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("a BIGINT beyond 2^53 is an error that names the option", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame([[9007199254740993n]], "big BIGINT");
    await expect(frame.collect()).rejects.toThrow(/longs: "bigint"/);
    expect(await frame.collect({ longs: "bigint" })).toEqual([{ big: 9007199254740993n }]);
  });

  test("a stopped session says so", async () => {
    const spark = SparkSession.create();
    await spark.stop();
    await expect(spark.range(1).count()).rejects.toThrow("the session is stopped");
  });
});

describe("memory", () => {
  test("a sort larger than the memory is spilled and the folder is empty afterwards", async () => {
    const temporaryFolder = join(folder, "spill");
    const spark = SparkSession.create({
      "lakewright.memory": "150MB",
      "lakewright.threads": 2,
      "lakewright.temporaryFolder": temporaryFolder,
    });
    const frame = spark
      .range(8_000_000)
      .select(col("id").multiply(7919).mod(8_000_000).as("k"), col("id").cast("string").as("s"));
    const [row] = await frame.orderBy("k").limit(8_000_000).agg(max("s").as("m")).collect();
    expect(row?.m).toBe("999999");
    await spark.stop();
    const left = await readFile(temporaryFolder).catch((error: NodeJS.ErrnoException) => error.code);
    expect(["ENOENT", "EISDIR"]).toContain(left);
  });
});
