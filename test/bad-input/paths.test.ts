import { chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { col, type SparkSession, udf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { discard, partsOf, put, refuses, scratchFolder, startChild } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(async () => {
  spark = testSession();
  await spark.range(100).write.parquet(at("sales"));
});
afterEach(async () => {
  expect(await spark.range(3).count()).toBe(3);
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const analysis = "AnalysisError";
const notFound = { name: analysis, condition: "PATH_NOT_FOUND", sqlState: "42K03" };

describe("paths that are not what they should be", () => {
  test("a missing path is answered with the nearest folder and the names in it", () =>
    refuses(() => spark.read.parquet(at("slaes")).count(), {
      ...notFound,
      says: [at("slaes"), `${folder} exists`, "Did you mean sales?"],
    }));

  test("a pattern that nothing matches", () =>
    refuses(() => spark.read.json(at("2025-*")).count(), { ...notFound, says: ["2025-*"] }));

  test("a path below a file", () =>
    refuses(() => spark.read.parquet(`${partsOf(at("sales"))[0]}/deeper`).count(), notFound));

  test("a folder is read where a file was meant, and a file where a folder was", async () => {
    expect(await spark.read.parquet(at("sales")).count()).toBe(100);
    expect(await spark.read.parquet(partsOf(at("sales"))[0]!).count()).toBe(100);
  });

  test("a folder without files needs a schema", async () => {
    mkdirSync(at("empty"));
    const inferring = {
      name: analysis,
      condition: "UNABLE_TO_INFER_SCHEMA",
      sqlState: "42KD9",
      says: ["give a schema"],
    };
    await refuses(() => spark.read.parquet(at("empty")).collect(), inferring);
    await refuses(() => spark.read.json(at("empty")).collect(), inferring);
    expect(await spark.read.schema("id BIGINT").parquet(at("empty")).collect()).toEqual([]);
  });

  test("no path, an empty one, one with a zero character, another scheme", async () => {
    await refuses(() => spark.read.load().count(), {
      name: analysis,
      condition: "UNABLE_TO_INFER_SCHEMA",
      says: ["load(path)"],
    });
    await refuses(() => spark.read.parquet("").count(), { name: analysis, says: ["cannot be empty"] });
    await refuses(() => spark.read.parquet(at("a\0b")).count(), { name: analysis, says: ["zero character"] });
    await refuses(() => spark.read.parquet("s3://bucket/x").count(), {
      name: "UnsupportedError",
      says: ["s3", "local"],
    });
  });

  test("a path both as an option and as an argument", () =>
    refuses(() => spark.read.option("path", at("sales")).parquet(at("sales")).count(), {
      name: analysis,
      condition: "_LEGACY_ERROR_TEMP_1306",
      says: ["path"],
    }));

  test("a format that does not exist is answered with those that do", async () => {
    const missing = { condition: "DATA_SOURCE_NOT_FOUND", sqlState: "42K02" };
    await refuses(() => spark.read.format("parket").load(at("sales")).count(), {
      name: "AnalysisError",
      ...missing,
      says: ["parket", "Did you mean parquet?", "json"],
    });
    await refuses(() => spark.read.format("constructor").load(at("sales")).count(), {
      name: "AnalysisError",
      ...missing,
    });
  });
});

describe("options and schemas that are not what they should be", () => {
  test("a time that is none", () =>
    refuses(() => spark.read.option("modifiedBefore", "yesterday").parquet(at("sales")).count(), {
      name: analysis,
      condition: "_LEGACY_ERROR_TEMP_1294",
      says: ["modifiedbefore", "yesterday", "2025-02-01T12:00:00"],
    }));

  test("times are in the zone of the session or of the option", async () => {
    const { utimesSync } = await import("node:fs");
    const path = put(at("times", "a.json"), '{"a":1}\n');
    utimesSync(path, new Date(), new Date("2025-01-01T12:00:00Z"));
    const reader = spark.read.schema("a INT").option("modifiedBefore", "2025-01-01T12:30:00");
    expect(await reader.json(path).count()).toBe(1);
    expect(await reader.option("timeZone", "Europe/Zurich").json(path).count()).toBe(0);
  });

  test("a flag that is neither true nor false", () =>
    refuses(() => spark.read.parquet(at("sales"), { mergeSchema: "maybe" as never }).count(), {
      name: analysis,
      says: ["mergeSchema", "maybe", "true or false"],
    }));

  test("a schema with a typo points at it", async () => {
    await refuses(() => spark.read.schema("id LNOG"), {
      name: "ParseError",
      condition: "UNSUPPORTED_DATATYPE",
      sqlState: "0A000",
      says: ["LNOG", "Did you mean LONG?"],
    });
    await refuses(() => spark.read.schema("id, name STRING"), {
      name: "ParseError",
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      says: ["line 1, column 3"],
    });
  });

  test("names that come twice, also in another case", async () => {
    const twice = {
      name: analysis,
      condition: "COLUMN_ALREADY_EXISTS",
      sqlState: "42711",
      says: ["`id`", "spark.sql.caseSensitive"],
    };
    await refuses(() => spark.read.schema("id BIGINT, ID STRING").parquet(at("sales")).count(), twice);
    await refuses(() => spark.read.json(put(at("twice.json"), '{"id":1,"ID":2}\n')).count(), twice);
  });
});

describe("files that change while they are read", () => {
  /** Runs something after the files of `read` were found, and before they are read. */
  const between = (name: string, act: () => void) => {
    const hook = udf(
      { id: "bigint" },
      "bigint",
      async ({ id }) => {
        act();
        return id;
      },
      { name: "hook" },
    );
    return spark.read.parquet(at(name)).union(spark.read.parquet(at("sales")).limit(1).select(hook("id").as("id")));
  };

  test("a file that is deleted is named", async () => {
    await spark.range(3).write.parquet(at("gone"));
    const [part] = partsOf(at("gone"));
    const reading = between("gone", () => rmSync(part!, { force: true }));
    await refuses(() => reading.collect(), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.FILE_NOT_EXIST",
      sqlState: "KD001",
      says: [part!, "does not exist"],
    });
  });

  test("a file that becomes another is named", async () => {
    await spark.range(3).write.parquet(at("other"));
    await spark.range(9).select(col("id").cast("string").as("name")).write.parquet(at("another"));
    const [part] = partsOf(at("other"));
    const [another] = partsOf(at("another"));
    const reading = between("other", () => renameSync(another!, part!));
    await refuses(() => reading.collect(), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      says: [part!, "changed"],
    });
  });
});

describe.skipIf(process.platform === "win32")("permissions of an ordinary user", () => {
  const isRoot = process.getuid?.() === 0;
  const run = async (command: string, path: string) =>
    (await startChild(command, path, isRoot ? 65_534 : undefined).ended).output;
  beforeAll(async () => {
    await spark.range(3).write.parquet(at("locked"));
    await spark.range(3).write.parquet(at("hidden"));
    for (const part of partsOf(at("locked"))) chmodSync(part, 0o000);
    chmodSync(at("hidden"), 0o000);
    chmodSync(folder, 0o555);
  });
  afterAll(() => {
    chmodSync(folder, 0o755);
    chmodSync(at("hidden"), 0o755);
  });

  test("a file or a folder that may not be read is named", async () => {
    for (const [path, named] of [
      [at("locked"), partsOf(at("locked"))[0]!],
      [at("hidden"), at("hidden")],
    ] as const) {
      const said = await run("read", path);
      expect(said).toMatch(/^ExecutionError FAILED_READ_FILE\.NO_HINT .*: permission denied/);
      expect(said).toContain(named);
    }
  });

  test("a folder that may not be written is named", async () => {
    const said = await run("write", at("new"));
    expect(said).toMatch(/^ExecutionError TASK_WRITE_FAILED .*: permission denied/);
    expect(said).toContain(folder);
  });
});
