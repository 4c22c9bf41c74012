import { chmodSync, mkdirSync, readdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import type { SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { discard, put, refuses, scratchFolder, startChild } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const load = (path: string) => spark.read.format("delta").load(path);
const append = (path: string, ...columns: readonly string[]) =>
  spark
    .range(3)
    .selectExpr(...columns)
    .write.format("delta")
    .mode("append")
    .save(path);
const logFile = (path: string, version: number): string =>
  join(path, "_delta_log", `${String(version).padStart(20, "0")}.json`);

beforeAll(async () => {
  spark = testSession();
  for (let version = 0; version < 3; version++) await append(at("sales"), "id");
});
afterEach(async () => {
  expect(await load(at("sales")).count()).toBe(9);
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const analysis = "AnalysisError";
const noPath = { name: analysis, condition: "PATH_NOT_FOUND", sqlState: "42K03" };
const noTable = { name: analysis, condition: "DELTA_TABLE_NOT_FOUND", sqlState: "42P01" };

describe("what is no Delta table", () => {
  test.each([
    ["nothing", "Path does not exist", noPath],
    ["file.txt", "it is a file", noTable],
    ["empty", "the folder is empty", noTable],
    ["parquet", "it holds _SUCCESS and 1 more", noTable],
    ["dangling", "Path does not exist", noPath],
    ["without-commits", "holds no commit", noTable],
  ])("%s says so", async (name, says, refusal) => {
    put(at("file.txt"), "");
    put(at("without-commits", "_delta_log", "_commits", "a"), "");
    mkdirSync(at("empty"), { recursive: true });
    await spark.range(3).write.mode("overwrite").parquet(at("parquet"));
    if (name === "dangling") symlinkSync(at("nowhere"), at(name));
    await refuses(() => load(at(name)).count(), { ...refusal, says: [at(name), says, "_delta_log"] });
    await refuses(() => spark.sql(`SELECT * FROM delta.\`${at(name)}\``).count(), { ...refusal, says: [says] });
  });

  test("a file is not made a table", () =>
    refuses(() => append(put(at("file"), ""), "id"), { name: "ExecutionError", says: [at("file")] }));
});

describe("versions and times that are not there", () => {
  test("a log with a gap names what is missing", async () => {
    for (let version = 0; version < 3; version++) await append(at("gap"), "id");
    unlinkSync(logFile(at("gap"), 1));
    await refuses(() => load(at("gap")).count(), {
      name: "ExecutionError",
      condition: "DELTA_VERSIONS_NOT_CONTIGUOUS",
      says: ["version 1 is missing", at("gap")],
    });
    expect(await load(`${at("gap")}@v0`).count()).toBe(3);
  });

  test.each(["3", "99"])("version %s, which is too high, says the range", (version) =>
    refuses(() => spark.read.format("delta").option("versionAsOf", version).load(at("sales")).count(), {
      name: analysis,
      condition: "DELTA_VERSION_NOT_FOUND",
      says: [`version ${version}`, "[0, 2]", "Give a version from 0 to 2."],
    }),
  );

  test.each(["-1", "x", "1.5"])("version %s, which is none", (version) =>
    refuses(() => spark.read.format("delta").option("versionAsOf", version).load(at("sales")).count(), {
      name: analysis,
      condition: "DELTA_INVALID_VERSION",
      says: [`(${version})`, "whole number"],
    }),
  );

  test.each([
    ["1999-01-01", "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION", "version 0"],
    ["2999-01-01", "DELTA_TIMESTAMP_GREATER_THAN_COMMIT", "version 2"],
  ])("%s says the first or the last commit", (time, condition, says) =>
    refuses(() => spark.read.format("delta").option("timestampAsOf", time).load(at("sales")).count(), {
      name: analysis,
      condition,
      says: [time, says],
    }),
  );
});

describe("tables of the future", () => {
  let copies = 0;
  /** A table whose last commit asks for a protocol. */
  async function tableOf(protocol: object): Promise<string> {
    const path = at(`future-${++copies}`);
    await append(path, "id");
    put(logFile(path, 1), `${JSON.stringify({ protocol })}\n`);
    return path;
  }

  test("a reader version that is not known is refused with what is", async () => {
    const path = await tableOf({ minReaderVersion: 4, minWriterVersion: 7, readerFeatures: [], writerFeatures: [] });
    const refusal = { name: "UnsupportedError", condition: "DELTA_INVALID_PROTOCOL_VERSION" };
    await refuses(() => load(path).count(), { ...refusal, says: [path, "reader version 4", "1 to 3"] });
    await refuses(() => append(path, "id"), refusal);
  });

  test("a writer version that is not known is read, not written", async () => {
    const path = await tableOf({ minReaderVersion: 1, minWriterVersion: 8 });
    expect(await load(path).count()).toBe(3);
    await refuses(() => append(path, "id"), {
      name: "UnsupportedError",
      condition: "DELTA_INVALID_PROTOCOL_VERSION",
      says: ["writer version 8"],
    });
  });

  test("features are refused by name: of readers always, of writers when rows are written", async () => {
    const both = { minReaderVersion: 3, minWriterVersion: 7 };
    const read = await tableOf({ ...both, readerFeatures: ["timeless"], writerFeatures: ["timeless"] });
    await refuses(() => load(read).count(), {
      name: "UnsupportedError",
      condition: "DELTA_UNSUPPORTED_FEATURES_FOR_READ",
      says: ["timeless", "Upgrade Lakewright"],
    });
    const written = await tableOf({
      minReaderVersion: 1,
      minWriterVersion: 7,
      writerFeatures: ["icebergCompatV2", "x"],
    });
    expect(await load(written).count()).toBe(3);
    await refuses(() => append(written, "id"), {
      name: "UnsupportedError",
      condition: "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
      says: ["icebergCompatV2, x", "UniForm"],
    });
  });
});

describe("paths", () => {
  test.each(["a b", "100%", "50%25", "naïve 日本", "x#y?z", "a=b", "it's"])(
    "with %s in them, and in values of partitions, are as good as any",
    async (name) => {
      const path = at(name, "t");
      const rows = spark.range(3).selectExpr("id", `"${name}" AS p`);
      await rows.write.format("delta").partitionBy("p").save(path);
      await spark.execute(`INSERT INTO delta.\`${path}\` VALUES (9, 'x/y=z')`);
      await spark.execute(`DELETE FROM delta.\`${path}\` WHERE id = 1`);
      expect(await load(path).orderBy("id").collect()).toEqual([
        { id: 0, p: name },
        { id: 2, p: name },
        { id: 9, p: "x/y=z" },
      ]);
      expect(await load(`${path}@v0`).count()).toBe(3);
    },
  );

  test("symbolic links lead to the table", async () => {
    await append(at("real"), "id");
    symlinkSync(at("real"), at("link"));
    await append(at("link"), "id");
    expect(await load(at("real")).count()).toBe(6);
    expect(await load(at("link")).count()).toBe(6);
    expect(readdirSync(join(at("real"), "_delta_log")).filter((name) => /^\d+\.json$/.test(name))).toHaveLength(2);
  });
});

describe.skipIf(process.platform === "win32")("a folder that is read-only", () => {
  const user = process.getuid?.() === 0 ? 65_534 : undefined;
  const run = async (command: string, path: string): Promise<string> =>
    (await startChild(command, path, user).ended).output;
  const lock = (path: string, mode: number): void => {
    for (const name of ["_delta_log", "."]) chmodSync(join(path, name), mode);
  };

  test("is read, and names what cannot be written", async () => {
    await append(at("locked"), "id");
    lock(at("locked"), 0o555);
    expect(await run("read a Delta table", at("locked"))).toBe("3\n");
    const refusal = await run("append to a Delta table", at("locked"));
    expect(refusal).toMatch(/^ExecutionError TASK_WRITE_FAILED .*permission denied/);
    expect(refusal).toContain(at("locked"));
    lock(at("locked"), 0o755);
    expect(await load(at("locked")).count()).toBe(3);
  });
});

describe("columns", () => {
  const odd = ["id AS `a.b`", "id + 1 AS `c d`", "id + 2 AS `e,f`", "id + 3 AS `g;h`"];

  test("with blanks and commas in their names need column mapping, which the error says", () =>
    refuses(() => append(at("odd"), ...odd), {
      name: analysis,
      condition: "DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES",
      says: ["c d, e,f, g;h", "delta.columnMapping.mode"],
    }));

  test("with dots, blanks and commas are written, changed and filtered by", async () => {
    const rows = spark.range(2).selectExpr(...odd, "named_struct('x.y', id) AS s");
    await rows.write.format("delta").option("delta.columnMapping.mode", "name").save(at("mapped"));
    const changed = "UPDATE delta.`PATH` SET `c d` = 9 WHERE `a.b` = 1 AND s.`x.y` = 1".replace("PATH", at("mapped"));
    await spark.execute(changed);
    expect(await load(at("mapped")).filter("`e,f` = 3").collect()).toEqual([
      { "a.b": 1, "c d": 9, "e,f": 3, "g;h": 4, s: { "x.y": 1 } },
    ]);
  });

  test("whose names differ by case only are the same", async () => {
    const twice = { name: analysis, condition: "DELTA_DUPLICATE_COLUMNS_FOUND.DATA", says: ["id", "case"] };
    await refuses(() => append(at("twice"), "id", "1 AS ID"), twice);
    await append(at("cases"), "id");
    await refuses(() => append(at("cases"), "id", "1 AS ID"), twice);
    await append(at("cases"), "id AS ID");
    expect(await load(at("cases")).columns()).toEqual(["id"]);
    expect(await load(at("cases")).count()).toBe(6);
  });

  test("that do not fit are all named", async () => {
    await append(at("fits"), "id", "1 AS a");
    await refuses(() => append(at("fits"), "id", "1 AS b", "named_struct('q', 1) AS c"), {
      name: analysis,
      condition: "DELTA_METADATA_MISMATCH",
      says: ["b, c", "id:bigint", "mergeSchema"],
    });
    await refuses(() => append(at("fits"), "array(id) AS id"), {
      name: analysis,
      condition: "DELTA_FAILED_TO_MERGE_FIELDS",
      says: ["'id'"],
    });
  });
});
