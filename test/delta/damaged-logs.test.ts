/** Logs with files that are torn, empty or gone, and clocks that go backwards. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SparkSession } from "lakewright";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { compactionName, versionDigits } from "../../src/delta/log-names.ts";
import { discard } from "../storage/crashing-files.ts";

const root = mkdtempSync(join(tmpdir(), "lakewright-damaged-"));
const template = join(root, "template");
let spark: SparkSession;
let copies = 0;

const nameOf = (path: string): string => `delta.\`${path}\``;
const run = (text: string, path: string): Promise<unknown> => spark.execute(text.replaceAll("{t}", nameOf(path)));
const ids = async (path: string, version = ""): Promise<readonly unknown[]> =>
  (await spark.sql(`SELECT id FROM ${nameOf(path)}${version} ORDER BY id`).collect()).map(({ id }) => id);

/** A new session; the end of the one before it waits for the checkpoints. */
async function anew(): Promise<void> {
  await spark?.stop();
  spark = SparkSession.create();
}

beforeAll(async () => {
  await anew();
  const interval = "TBLPROPERTIES ('delta.checkpointInterval' = '3', 'delta.checkpointPolicy' = 'v2')";
  await run(`CREATE TABLE {t} USING delta ${interval} AS SELECT id FROM range(3)`, template);
  await run("INSERT INTO {t} VALUES (10)", template);
  await run("DELETE FROM {t} WHERE id = 0", template);
  await anew();
});
afterAll(async () => {
  await spark.stop();
  discard(root);
});
afterEach(() => {
  vi.useRealTimers();
});

/** The table of the versions 0 to 2, as nobody has seen it yet. */
function fresh(): { readonly path: string; readonly file: (name: string) => string } {
  const path = join(root, `t${++copies}`);
  cpSync(template, path, { recursive: true });
  return { path, file: (name) => join(path, "_delta_log", name) };
}

const commit = (version: number): string => `${versionDigits(version)}.json`;
const rows = [1, 2, 10];

describe("a file of the log that is not whole", () => {
  test.each([
    ["torn", 40],
    ["empty", 0],
  ])("is named where it is a commit: %s", async (_, length) => {
    const { path, file } = fresh();
    truncateSync(file(commit(2)), length);
    const error = { condition: "DELTA_LOG_FILE_MALFORMED", parameters: { path: file(commit(2)) } };
    await expect(ids(path)).rejects.toMatchObject(error);
    await expect(run("INSERT INTO {t} VALUES (11)", path)).rejects.toMatchObject(error);
    expect(await ids(path, " VERSION AS OF 1")).toEqual([0, 1, 2, 10]);
  });

  test.each([
    ["torn", 100],
    ["empty", 0],
  ])(
    "is passed over where it is a checksum, the word of a checkpoint, a sidecar or a checkpoint: %s",
    async (_, length) => {
      const { path, file } = fresh();
      await run("INSERT INTO {t} VALUES (11)", path);
      await anew();
      const log = readdirSync(join(path, "_delta_log"), { recursive: true }).map(String);
      const damaged = log.filter((name) => /checkpoint|\.crc$|_sidecars\//.test(name));
      expect(damaged).toHaveLength(7);
      for (const name of damaged) truncateSync(file(name), length);
      const copy = join(root, `t${++copies}`);
      cpSync(path, copy, { recursive: true });
      expect(await ids(copy)).toEqual([...rows, 11]);
      for (const id of [12, 13, 14]) await run(`INSERT INTO {t} VALUES (${id})`, copy);
      await anew();
      expect(readdirSync(join(copy, "_delta_log")).filter((name) => /6\.checkpoint/.test(name))).toHaveLength(1);
      for (const version of [0, 1, 2, 3, 4, 5]) unlinkSync(join(copy, "_delta_log", commit(version)));
      expect(await ids(copy)).toEqual([...rows, 11, 12, 13, 14]);
    },
  );

  test.each([
    ["torn", 40],
    ["empty", 0],
  ])("is passed over where it is a compaction whose commits are there: %s", async (_, length) => {
    const { path, file } = fresh();
    writeFileSync(file(compactionName(0, 2)), compacted(path));
    expect(await ids(path)).toEqual(rows);
    const other = fresh();
    writeFileSync(other.file(compactionName(0, 2)), compacted(path).slice(0, length));
    expect(await ids(other.path)).toEqual(rows);
    unlinkSync(other.file(commit(0)));
    const last = join(root, `t${++copies}`);
    cpSync(other.path, last, { recursive: true });
    await expect(ids(last)).rejects.toMatchObject({ condition: "DELTA_LOG_FILE_MALFORMED" });
  });
});

/** The actions of all commits, the newest first, as some writers put them together: files that came and went stay in it. */
function compacted(path: string): string {
  const log = join(path, "_delta_log");
  const names = readdirSync(log).filter((name) => /^\d+\.json$/.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => readFileSync(join(log, name), "utf8"))
    .join("");
}

test("a compaction that has files that came and went counts by its newest actions", async () => {
  const { path, file } = fresh();
  writeFileSync(file(compactionName(0, 2)), compacted(path));
  for (const version of [0, 1, 2]) unlinkSync(file(commit(version)));
  writeFileSync(file(commit(3)), `${JSON.stringify({ commitInfo: { operation: "NOTHING" } })}\n`);
  expect(await ids(path)).toEqual(rows);
});

test("a data file that is gone is named, and FSCK takes it out", async () => {
  const { path } = fresh();
  const [file] = await spark.read.format("delta").load(path).filter("id = 10").inputFiles();
  unlinkSync(fileURLToPath(file!));
  await expect(ids(path)).rejects.toMatchObject({ condition: "FAILED_READ_FILE.FILE_NOT_EXIST" });
  await expect(ids(path)).rejects.toThrow(basename(file!));
  await run("FSCK REPAIR TABLE {t}", path);
  expect(await ids(path)).toEqual([1, 2]);
});

describe("a clock that goes backwards", () => {
  const at = (time: string): void => void vi.useFakeTimers({ toFake: ["Date"], now: new Date(time) });

  test("changes neither the order of commits nor what a time means", async () => {
    const path = join(root, `t${++copies}`);
    at("2030-01-02T00:00:00Z");
    const properties = "TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'true')";
    await run(`CREATE TABLE {t} USING delta ${properties} AS SELECT id FROM range(1)`, path);
    at("2030-01-01T00:00:00Z");
    await run("INSERT INTO {t} VALUES (1)", path);
    at("2030-01-03T00:00:00Z");
    await run("INSERT INTO {t} VALUES (2)", path);
    const history = await spark.sql(`DESCRIBE HISTORY ${nameOf(path)}`).collect();
    expect(history.map(({ version, timestamp }) => [version, String(timestamp)])).toEqual([
      [2, "2030-01-03T00:00:00Z"],
      [1, "2030-01-02T00:00:00.001Z"],
      [0, "2030-01-02T00:00:00Z"],
    ]);
    expect(await ids(path, " TIMESTAMP AS OF '2030-01-02 00:00:00'")).toEqual([0]);
    expect(await ids(path, " TIMESTAMP AS OF '2030-01-02 12:00:00'")).toEqual([0, 1]);
  });

  test("makes VACUUM and the clean-up of a log keep what the future made", async () => {
    const { path } = fresh();
    await run("OPTIMIZE {t}", path);
    await anew();
    const before = readdirSync(path, { recursive: true }).length;
    at("2000-01-01T00:00:00Z");
    await run("VACUUM {t}", path);
    expect(readdirSync(path, { recursive: true }).length).toBe(before);
    expect(await ids(path, " VERSION AS OF 1")).toEqual([0, 1, 2, 10]);
  });
});

describe("a log of another writer", () => {
  const written = (...versions: readonly (readonly object[])[]): string => {
    const path = join(root, `t${++copies}`);
    mkdirSync(join(path, "_delta_log"), { recursive: true });
    for (const [version, actions] of versions.entries())
      writeFileSync(
        join(path, "_delta_log", commit(version)),
        actions.map((action) => `${JSON.stringify(action)}\n`).join(""),
      );
    return path;
  };
  const protocol = { protocol: { minReaderVersion: 1, minWriterVersion: 2 } };
  const bare = { id: "t", format: { provider: "parquet" }, partitionColumns: [], configuration: {} };
  const schemaString = JSON.stringify({
    type: "struct",
    fields: [{ name: "id", type: "integer", nullable: true, metadata: {} }],
  });

  test("may tell the columns later than the table", async () => {
    const first = [protocol, { metaData: bare }];
    await expect(ids(written(first))).rejects.toMatchObject({ condition: "DELTA_READ_TABLE_WITHOUT_COLUMNS" });
    expect(await ids(written(first, [{ metaData: { ...bare, schemaString } }]))).toEqual([]);
  });

  test.each(["file:/gone/with%20space", "file:///gone/with%20space", "/gone/with%20space"])(
    "may remove a file by another form of its path: %s",
    async (path) => {
      const add = { path: "/gone/with%20space", partitionValues: {}, size: 1, modificationTime: 1, dataChange: true };
      const table = written(
        [protocol, { metaData: { ...bare, schemaString } }, { add }],
        [{ remove: { path, dataChange: true } }],
      );
      expect(await ids(table)).toEqual([]);
    },
  );
});
