/** Delta tables written by the API and by SQL: values, log and errors as Spark 4.2 with Delta 4.4 has them. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-delta-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
});

afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

type Json = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The actions of a version. */
function commit(path: string, version: number): readonly Json[] {
  const file = join(path, "_delta_log", `${String(version).padStart(20, "0")}.json`);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

const info = (path: string, version: number): Readonly<Record<string, unknown>> =>
  commit(path, version)[0]!.commitInfo!;
const versions = (path: string): number =>
  readdirSync(join(path, "_delta_log")).filter((name) => /^\d+\.json$/.test(name)).length;
const table = (name: string): string => join(folder, "warehouse", name);
const rows = async (query: string): Promise<readonly unknown[]> =>
  (await (await spark.sql(query)).collect()).map((row) => Object.values(row));
const condition = async (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => "none",
    (error: { readonly condition?: string }) => error.condition,
  );

describe("df.write", () => {
  const some = (text: string) => spark.range(3).selectExpr("id", text);

  test("appends, replaces partitions, and refuses what does not fit", async () => {
    const path = join(folder, "modes");
    const write = (text: string, mode: "append" | "overwrite", options: Record<string, string> = {}) =>
      some(text).write.format("delta").mode(mode).options(options).save(path);
    await some("id % 2 AS p").write.format("delta").partitionBy("p").save(path);
    expect(info(path, 0)).toMatchObject({
      operation: "WRITE",
      operationParameters: { mode: "ErrorIfExists", partitionBy: '["p"]' },
      isolationLevel: "Serializable",
      isBlindAppend: true,
      operationMetrics: { numFiles: "2", numOutputRows: "3" },
    });
    expect(await condition(some("id % 2 AS p").write.format("delta").save(path))).toBe("DELTA_PATH_EXISTS");
    await some("id % 2 AS p").write.format("delta").mode("ignore").save(path);
    expect(await condition(write("id % 2 AS p", "overwrite", { replaceWhere: "p = 1" }))).toBe(
      "DELTA_REPLACE_WHERE_MISMATCH",
    );
    await write("1L AS p", "overwrite", { replaceWhere: "p = 1" });
    expect(info(path, 1)).toMatchObject({
      operationParameters: { mode: "Overwrite", predicate: "p = 1" },
      isBlindAppend: false,
      operationMetrics: { numRemovedFiles: "1" },
    });
    await write("1L AS p", "overwrite", { partitionOverwriteMode: "dynamic" });
    expect(await rows(`SELECT p, count(*), sum(id) FROM delta.\`${path}\` GROUP BY p ORDER BY p`)).toEqual([
      [0, 2, 2],
      [1, 3, 3],
    ]);
    expect(await condition(write("1L AS new", "append"))).toBe("DELTA_METADATA_MISMATCH");
    expect(await condition(write("'a' AS p", "append"))).toBe("DELTA_FAILED_TO_MERGE_FIELDS");
    expect(versions(path)).toBe(3);
  });

  test("merges and overwrites the schema where it is asked to", async () => {
    const path = join(folder, "schema");
    await some("1 AS a").write.format("delta").save(path);
    await some("2 AS b").write.format("delta").mode("append").option("mergeSchema", "true").save(path);
    expect(await spark.read.format("delta").load(path).columns()).toEqual(["id", "a", "b"]);
    await some("'x' AS a").write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(path);
    expect(await rows(`SELECT DISTINCT a FROM delta.\`${path}\``)).toEqual([["x"]]);
    expect(await spark.read.format("delta").load(path).columns()).toEqual(["id", "a"]);
  });

  test("writes a batch of a program once, and notes what it is told", async () => {
    const path = join(folder, "batches");
    const write = (version: string) =>
      some("1 AS a")
        .write.format("delta")
        .mode("append")
        .options({ txnAppId: "job", txnVersion: version, userMetadata: "by hand" })
        .save(path);
    await write("1");
    await write("1");
    await write("2");
    await write("1");
    expect(versions(path)).toBe(2);
    expect(commit(path, 1).find(({ txn }) => txn !== undefined)!.txn).toMatchObject({ appId: "job", version: 2 });
    expect(info(path, 1).userMetadata).toBe("by hand");
    const half = some("1 AS a").write.format("delta").mode("append").option("txnAppId", "job").save(path);
    expect(await condition(half)).toBe("DELTA_INVALID_IDEMPOTENT_WRITES_OPTIONS");
  });

  test("gives checkpoints every so many commits, from which the table is read", async () => {
    const path = join(folder, "checkpoints");
    const writer = SparkSession.create();
    const name = `delta.\`${path}\``;
    await writer.execute(
      `CREATE TABLE ${name} USING delta TBLPROPERTIES ('delta.checkpointInterval' = '2') AS SELECT id FROM range(3)`,
    );
    for (let index = 0; index < 4; index++) await writer.execute(`INSERT INTO ${name} SELECT id FROM range(3)`);
    // Nobody waits for checkpoints but the end of the session.
    await writer.stop();
    const names = readdirSync(join(path, "_delta_log"));
    expect(names.filter((name) => name.includes("checkpoint."))).toHaveLength(2);
    await rm(join(path, "_delta_log", "00000000000000000001.json"));
    expect(await rows(`SELECT count(*) FROM delta.\`${path}\``)).toEqual([[15]]);
  });

  test("keeps what a version held while others are written", async () => {
    const path = join(folder, "view");
    await some("1 AS a").write.format("delta").save(path);
    const first = await spark.read.format("delta").option("versionAsOf", "0").load(path);
    for (let index = 0; index < 5; index++) {
      await some("1 AS a")
        .write.format("delta")
        .mode(index % 2 === 0 ? "overwrite" : "append")
        .save(path);
      expect(await first.count()).toBe(3);
    }
  });
});

describe("SQL", () => {
  test("fills generated, identity and default columns, and checks each row", async () => {
    await spark.execute(
      `CREATE TABLE made (id INT NOT NULL, g INT GENERATED ALWAYS AS (id + 1), k BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY 2),
       k2 BIGINT GENERATED BY DEFAULT AS IDENTITY, d INT DEFAULT 9) USING delta TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')`,
    );
    await spark.execute("INSERT INTO made (id) VALUES (1), (2)");
    await spark.execute("ALTER TABLE made ADD CONSTRAINT c1 CHECK (id > 0)");
    const insert = (text: string) => condition(spark.execute(`INSERT INTO made ${text}`));
    expect(await insert("(id) VALUES (-1)")).toBe("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
    expect(await insert("(id) VALUES (null)")).toBe("DELTA_NOT_NULL_CONSTRAINT_VIOLATED");
    expect(await insert("(id, g) VALUES (1, 7)")).toBe("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
    expect(await insert("(id, k) VALUES (1, 7)")).toBe("DELTA_IDENTITY_COLUMNS_EXPLICIT_INSERT_NOT_SUPPORTED");
    expect(await insert("(id, k2) VALUES (3, 7)")).toBe("none");
    expect(await rows("SELECT * FROM made ORDER BY id")).toEqual([
      [1, 2, 5, 1, 9],
      [2, 3, 7, 2, 9],
      [3, 4, 9, 7, 9],
    ]);
    expect(await condition(spark.execute("ALTER TABLE made ADD CONSTRAINT c2 CHECK (id > 2)"))).toBe(
      "DELTA_NEW_CHECK_CONSTRAINT_VIOLATION",
    );
    await expect(spark.execute("INSERT INTO made (id) VALUES (-1)")).rejects.toThrow(/c1 \(id > 0\).*\n - id : -1/);
  });

  test("a filter of the program is asked before the rows are checked", async () => {
    await spark.execute("CREATE TABLE kept (id INT) USING delta TBLPROPERTIES ('delta.constraints.pos' = 'id > 0')");
    await spark.execute("INSERT INTO kept SELECT v FROM VALUES (-1), (1) AS t(v) WHERE v > 0");
    expect(await rows("SELECT * FROM kept")).toEqual([[1]]);
  });

  test("renames, drops, adds and moves mapped columns without writing a file", async () => {
    await spark.execute(
      "CREATE TABLE mapped (id INT, `a b` STRING, p INT) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
    );
    await spark.execute("INSERT INTO mapped VALUES (1, 'a', 2)");
    await spark.execute("ALTER TABLE mapped RENAME COLUMN `a b` TO w");
    await spark.execute("ALTER TABLE mapped ADD COLUMNS (z STRUCT<x: INT> COMMENT 'new' FIRST)");
    await spark.execute("INSERT INTO mapped VALUES (named_struct('x', 5), 2, 'b', 3)");
    expect(await rows("SELECT z.x, id, w, p FROM mapped ORDER BY id")).toEqual([
      [null, 1, "a", 2],
      [5, 2, "b", 3],
    ]);
    await spark.execute("ALTER TABLE mapped DROP COLUMN w");
    expect(await spark.table("mapped").columns()).toEqual(["z", "id", "p"]);
    expect(await condition(spark.execute("ALTER TABLE mapped DROP COLUMN p"))).toBe(
      "DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN",
    );
    expect(commit(table("mapped"), 5).some(({ add }) => add !== undefined)).toBe(false);
  });

  test("widens types, tracks rows and dates commits", async () => {
    await spark.execute(
      `CREATE TABLE wide (id INT) USING delta TBLPROPERTIES ('delta.enableTypeWidening' = 'true', 'delta.enableRowTracking' = 'true', 'delta.enableInCommitTimestamps' = 'true')`,
    );
    await spark.execute("INSERT INTO wide VALUES (1), (2)");
    await spark.execute("ALTER TABLE wide ALTER COLUMN id TYPE BIGINT");
    await spark.execute("INSERT INTO wide VALUES (10000000000)");
    expect(await rows("SELECT * FROM wide ORDER BY id")).toEqual([[1], [2], [10_000_000_000]]);
    const added = [1, 3].map((version) => commit(table("wide"), version).find(({ add }) => add !== undefined)!.add);
    expect(added).toMatchObject([
      { baseRowId: 0, defaultRowCommitVersion: 1 },
      { baseRowId: 2, defaultRowCommitVersion: 3 },
    ]);
    const times = [0, 1, 2, 3].map((version) => info(table("wide"), version).inCommitTimestamp as number);
    expect(times).toEqual([...new Set(times)].sort((left, right) => left - right));
    expect(await condition(spark.execute("ALTER TABLE wide ALTER COLUMN id TYPE STRING"))).toBe(
      "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP",
    );
    expect(await condition(spark.execute("ALTER TABLE wide ALTER COLUMN id TYPE INT"))).toBe(
      "NOT_SUPPORTED_CHANGE_COLUMN",
    );
  });

  test("replaces tables, partitions and rows by condition", async () => {
    const create = "CREATE OR REPLACE TABLE again USING delta";
    await spark.execute(`${create} CLUSTER BY (id) AS SELECT id, CAST(id AS STRING) AS s FROM range(3)`);
    expect(
      commit(table("again"), 0).find(({ domainMetadata }) => domainMetadata !== undefined)!.domainMetadata,
    ).toMatchObject({
      domain: "delta.clustering",
      removed: false,
    });
    await spark.execute(`${create} PARTITIONED BY (s) AS SELECT id, CAST(id AS STRING) AS s FROM range(2)`);
    expect(info(table("again"), 1)).toMatchObject({
      operation: "CREATE OR REPLACE TABLE AS SELECT",
      isBlindAppend: false,
    });
    await spark.execute("INSERT INTO again REPLACE WHERE s = '1' SELECT 7, '1'");
    await spark.execute("INSERT OVERWRITE again PARTITION (s = '0') SELECT 99");
    expect(await rows("SELECT * FROM again ORDER BY id")).toEqual([
      [7, "1"],
      [99, "0"],
    ]);
    await spark.execute("ALTER TABLE again SET TBLPROPERTIES ('delta.appendOnly' = 'true')");
    expect(await condition(spark.execute("TRUNCATE TABLE again"))).toBe("DELTA_CANNOT_MODIFY_APPEND_ONLY");
    await spark.execute("ALTER TABLE again UNSET TBLPROPERTIES ('delta.appendOnly')");
    await spark.execute("TRUNCATE TABLE again");
    expect(await rows("SELECT count(*) FROM again")).toEqual([[0]]);
  });

  test.each([
    [
      "CREATE TABLE bad (id INT, v STRING DEFAULT 'x') USING delta",
      "WRONG_COLUMN_DEFAULTS_FOR_DELTA_FEATURE_NOT_ENABLED",
    ],
    ["CREATE TABLE bad (`a b` INT) USING delta", "DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES"],
    ["CREATE TABLE bad (a INT) USING delta TBLPROPERTIES ('delta.foo' = '1')", "DELTA_UNKNOWN_CONFIGURATION"],
    ["CREATE TABLE bad (a INTERVAL DAY) USING delta", "DELTA_UNSUPPORTED_DATA_TYPES"],
    ["REPLACE TABLE bad (a INT) USING delta", "DELTA_CANNOT_REPLACE_MISSING_TABLE"],
    ["ALTER TABLE plain DROP COLUMN a", "DELTA_UNSUPPORTED_DROP_COLUMN"],
    ["ALTER TABLE plain RENAME COLUMN a TO c", "DELTA_UNSUPPORTED_RENAME_COLUMN"],
    ["ALTER TABLE plain ADD COLUMNS (c INT NOT NULL)", "DELTA_OPERATION_NOT_ALLOWED"],
    ["ALTER TABLE plain DROP CONSTRAINT nope", "DELTA_CONSTRAINT_DOES_NOT_EXIST"],
    ["ALTER TABLE plain DROP CONSTRAINT IF EXISTS nope", "none"],
    ["INSERT INTO plain VALUES (1)", "DELTA_INSERT_COLUMN_ARITY_MISMATCH"],
    ["INSERT INTO plain (a, nope) VALUES (1, 2)", "UNRESOLVED_COLUMN.WITH_SUGGESTION"],
    ["INSERT INTO plain VALUES (1, 'zz')", "CAST_INVALID_INPUT"],
    [
      "ALTER TABLE plain SET TBLPROPERTIES ('delta.feature.nope' = 'supported')",
      "DELTA_UNSUPPORTED_FEATURES_IN_CONFIG",
    ],
  ])("%s: %s", async (statement, expected) => {
    await spark.execute("CREATE TABLE IF NOT EXISTS plain (a INT, b BIGINT) USING delta");
    expect(await condition(spark.execute(statement))).toBe(expected);
  });

  test("a failed write leaves no file behind", async () => {
    await spark.execute("CREATE TABLE clean (id INT NOT NULL) USING delta");
    await condition(spark.execute("INSERT INTO clean SELECT IF(id = 1999, null, id) FROM range(2000)"));
    expect(readdirSync(table("clean")).filter((name) => name.endsWith(".parquet"))).toEqual([]);
  });
});
