import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { col, isLakewrightError, SparkSession, udf } from "lakewright";
import { countDistinct, max, sum } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { discard, leftovers, partsOf, put, refuses, scratchFolder, startChild } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  spark = testSession();
});
afterEach(async () => {
  expect(await spark.range(3).count()).toBe(3);
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const analysis = "AnalysisError";

describe("outputs that cannot be", () => {
  afterAll(() => expect(leftovers(folder)).toEqual([]));

  test("a folder that exists is left as it is, unless the mode says otherwise", async () => {
    await spark.range(3).write.parquet(at("taken"));
    const before = readdirSync(at("taken"));
    await refuses(() => spark.range(9).write.parquet(at("taken")), {
      name: analysis,
      condition: "PATH_ALREADY_EXISTS",
      sqlState: "42K04",
      says: [at("taken"), '"overwrite"', '"append"'],
    });
    expect(readdirSync(at("taken"))).toEqual(before);
    await spark.range(9).write.mode("ignore").parquet(at("taken"));
    expect(await spark.read.parquet(at("taken")).count()).toBe(3);
  });

  test("a file where a folder should be", async () => {
    const path = put(at("file"), "old");
    await refuses(() => spark.range(1).write.parquet(path), { name: analysis, condition: "PATH_ALREADY_EXISTS" });
    await refuses(() => spark.range(1).write.mode("append").parquet(path), { name: analysis, says: [path, "file"] });
    await refuses(() => spark.range(1).write.parquet(join(path, "below")), {
      name: "ExecutionError",
      condition: "TASK_WRITE_FAILED",
      says: [path, "not a folder"],
    });
  });

  test("columns to partition by that are missing or all there are", async () => {
    await refuses(() => spark.range(1).write.partitionBy("idd").parquet(at("x")), {
      name: analysis,
      condition: "_LEGACY_ERROR_TEMP_1155",
      says: ["idd", "id"],
    });
    await refuses(() => spark.range(1).write.partitionBy("id").parquet(at("x")), {
      name: analysis,
      condition: "ALL_PARTITION_COLUMNS_NOT_ALLOWED",
      sqlState: "KD005",
    });
  });

  test("columns of one name, and none", async () => {
    const twice = spark.range(1).select(col("id"), col("id").as("ID"));
    await refuses(() => twice.write.parquet(at("x")), {
      name: analysis,
      condition: "COLUMN_ALREADY_EXISTS",
      sqlState: "42711",
      says: ["`id`"],
    });
    await refuses(() => spark.range(1).select().write.parquet(at("x")), {
      name: analysis,
      condition: "EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE",
      sqlState: "0A000",
    });
  });

  test("modes, formats and codecs that there are not", async () => {
    const { write } = spark.range(1);
    await refuses(() => write.mode("overwite" as "overwrite"), {
      name: analysis,
      condition: "INVALID_SAVE_MODE",
      sqlState: "42000",
      says: ["overwite", '"overwrite"'],
    });
    await refuses(() => write.format("parket").save(at("x")), {
      name: analysis,
      condition: "DATA_SOURCE_NOT_FOUND",
      sqlState: "42K02",
      says: ["parket", "parquet"],
    });
    await refuses(() => write.parquet(at("x"), { compression: "zpi" }), {
      name: analysis,
      condition: "CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
      sqlState: "56038",
      says: ["zpi", "snappy"],
    });
  });

  test("a misspelt overwrite mode deletes no partition", async () => {
    const rows = spark.range(4).select("id", col("id").mod(2).as("k"));
    await rows.write.partitionBy("k").parquet(at("partitions"));
    const one = rows.filter(col("k").eq(0)).write.mode("overwrite").partitionBy("k");
    await refuses(() => one.option("partitionOverwriteMode", "dynmic").parquet(at("partitions")), {
      name: analysis,
      says: ["dynmic", '"dynamic"'],
    });
    expect(await spark.read.parquet(at("partitions")).count()).toBe(4);
  });

  test("the overwrite mode of the session holds where a write does not say", async () => {
    await using dynamic = SparkSession.create({ "spark.sql.sources.partitionOverwriteMode": "dynamic" });
    const rows = dynamic.range(4).select("id", col("id").mod(2).as("k"));
    await rows.write.partitionBy("k").parquet(at("session"));
    await rows.filter(col("k").eq(0)).write.mode("overwrite").partitionBy("k").parquet(at("session"));
    expect(await dynamic.read.parquet(at("session")).count()).toBe(4);
  });

  test("a function that throws half way leaves nothing", async () => {
    const failing = udf(
      { id: "bigint" },
      "bigint",
      ({ id }) => {
        if (id === 90_000) throw new Error("no more");
        return id;
      },
      { name: "failing" },
    );
    const { write } = spark.range(100_000).select(failing("id").as("id"));
    await refuses(() => write.parquet(at("half")), {
      name: "ExecutionError",
      condition: "FAILED_EXECUTE_UDF",
      sqlState: "39000",
      says: ["failing", "no more", "id = 90000"],
    });
    expect(readdirSync(folder)).not.toContain("half");
  });
});

const mounts = process.getuid?.() === 0 && process.platform === "linux" && mount(at("probe"));
if (mounts) execFileSync("umount", [at("probe")]);

function mount(path: string): boolean {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!mounts)(`a full disk${mounts ? "" : " (skipped: mounting a small disk needs root on Linux)"}`, () => {
  beforeAll(() => {
    mount(at("disk"));
  });
  afterAll(() => {
    execFileSync("umount", [at("disk")]);
  });
  const large = () => spark.range(2_000_000).select("id", col("id").multiply(7919).mod(1_000_003).as("n"));

  test.each(["parquet", "json"])("keeps the old data, and frees what was written of %s", async (format) => {
    const path = at("disk", format);
    await spark.range(3).write.format(format).save(path);
    const full = {
      name: "ExecutionError",
      condition: "TASK_WRITE_FAILED",
      sqlState: "58030",
      says: [at("disk"), "no space left on the device", "Free space"],
    };
    await refuses(() => large().write.format(format).mode("overwrite").save(path), full);
    expect(leftovers(at("disk"))).toEqual([]);
    expect(await spark.read.format(format).load(path).count()).toBe(3);
  });

  test("that is spilled to is named as what is full", async () => {
    await using small = SparkSession.create({
      "lakewright.memory": "60MB",
      "lakewright.threads": 1,
      "lakewright.temporaryFolder": at("disk", "spill"),
    });
    const sorted = small
      .range(5_000_000)
      .select(col("id").multiply(7919).mod(5_000_011).as("k"), col("id").cast("string").as("s"))
      .orderBy("k");
    await refuses(() => sorted.limit(4_999_999).agg(max("s").as("m")).collect(), {
      name: "ExecutionError",
      condition: "OUT_OF_MEMORY",
      says: ["lakewright.temporaryFolder", "lakewright.memory"],
    });
    await small.stop();
    expect(readdirSync(at("disk", "spill"))).toEqual([]);
  });
});

/** The version of all rows of a folder that is rewritten. */
async function versionOf(path: string): Promise<number> {
  const rows = spark.read.schema("id BIGINT, version INT").parquet(path);
  const [row] = await rows
    .agg(countDistinct("id").as("ids"), countDistinct("version").as("versions"), max("version").as("version"))
    .collect();
  expect(row).toMatchObject({ ids: 100_000, versions: 1 });
  return row?.version as number;
}

describe("other processes", () => {
  test.each([0, 15, 40, 90, 180])(
    "kill -9 of a writer after %i ms leaves one version, and no temporary file",
    async (wait) => {
      const path = at(`killed-${wait}`, "out");
      const { child, ended, said } = startChild("rewrite", path);
      await said("version 1");
      await delay(wait);
      child.kill("SIGKILL");
      const { output } = await ended;
      const last = Number(output.trim().split(" ").at(-1));
      // A write may be in place before the process could say so.
      expect([last, last + 1]).toContain(await versionOf(path));
      expect(readdirSync(at(`killed-${wait}`))).toEqual(["out"]);
      expect(leftovers(at(`killed-${wait}`))).toEqual([]);
      await spark.range(5).write.mode("overwrite").parquet(path);
      expect(await spark.read.parquet(path).count()).toBe(5);
    },
  );

  test("a reader sees one version or is told that a file is gone, while another process replaces them", async () => {
    const path = at("replaced", "out");
    const { child, ended, said } = startChild("rewrite", path);
    await said("version 1");
    const seen: (number | string | undefined)[] = [];
    for (let turn = 0; turn < 30; turn++)
      seen.push(
        await versionOf(path).catch((error: unknown) => (isLakewrightError(error) ? error.condition : String(error))),
      );
    child.kill("SIGKILL");
    await ended;
    seen.push(await versionOf(path));
    expect(leftovers(at("replaced"))).toEqual([]);
    const versions = seen.filter((version) => typeof version === "number");
    expect(versions.length).toBeGreaterThan(0);
    expect(versions).toEqual(versions.toSorted((left, right) => left - right));
    for (const refusal of seen)
      if (typeof refusal !== "number") expect(refusal).toMatch(/^FAILED_READ_FILE\.(?:FILE_NOT_EXIST|NO_HINT)$/);
  });
});

describe("cancelling in mid-run", () => {
  const cancelled = async (work: (signal: AbortSignal) => Promise<unknown>): Promise<number> => {
    const controller = new AbortController();
    const running = work(controller.signal);
    running.catch(() => undefined);
    await delay(400);
    const started = performance.now();
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    return performance.now() - started;
  };
  const endless = () => spark.range(20_000_000_000);

  /** The quickest of three: the machine may be busy with other work. */
  const quickest = async (work: (signal: AbortSignal) => Promise<unknown>) =>
    Math.min(await cancelled(work), await cancelled(work), await cancelled(work));

  test("a read ends within 200 ms", async () => {
    expect(
      await quickest((signal) =>
        endless()
          .agg(sum(col("id").mod(7)).as("s"))
          .collect({ signal }),
      ),
    ).toBeLessThan(200);
    expect(await quickest((signal) => endless().orderBy(col("id").mod(7)).collect({ signal }))).toBeLessThan(200);
  });

  test("a write ends within 200 ms and leaves the old data", async () => {
    await spark.range(3).write.parquet(at("cancelled"));
    expect(
      await quickest((signal) => endless().write.parquet(at("cancelled"), { mode: "overwrite", signal })),
    ).toBeLessThan(200);
    expect(partsOf(at("cancelled"))).toHaveLength(1);
    expect(leftovers(folder)).toEqual([]);
    expect(await spark.read.parquet(at("cancelled")).count()).toBe(3);
  });

  test("a session that is stopped meanwhile ends its runs", async () => {
    const own = testSession();
    const running = own
      .range(20_000_000_000)
      .agg(sum(col("id").mod(7)).as("s"))
      .collect();
    running.catch(() => undefined);
    await delay(300);
    await own.stop();
    await expect(running).rejects.toThrow();
    await refuses(() => own.range(1).count(), { name: analysis, says: ["the session is stopped", "getOrCreate"] });
    await refuses(() => own.range(1).write.parquet(at("stopped")), {
      name: analysis,
      says: ["the session is stopped"],
    });
  });
});

test.each(["1 AS ``", "named_struct('', 1) AS s", "array(named_struct('a', 1, '', 2)) AS l"])(
  "a name without a character, %s, is refused by Parquet",
  (column) =>
    refuses(() => spark.sql(`SELECT ${column}`).write.parquet(at("nameless")), {
      name: "UnsupportedError",
      condition: "UNSUPPORTED_FEATURE",
      says: ["has an empty name", "alias"],
    }),
);
