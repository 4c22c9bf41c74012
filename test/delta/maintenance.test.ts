/** `OPTIMIZE`, `VACUUM` and `RESTORE`: what they change, and that no row does. */
import { readdirSync } from "node:fs";
import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark } = warehouse();

async function rows(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = (await spark.execute(statement)) as {
    collect(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  };
  return answer.collect();
}

const condition = async (statement: string): Promise<string | undefined> =>
  spark.execute(statement).then(
    () => "none",
    (error: { readonly condition?: string }) => error.condition,
  );

const dataFiles = (table: string): number =>
  readdirSync(join(folder, table), { recursive: true }).filter((name) => String(name).endsWith(".parquet")).length;

describe("OPTIMIZE", () => {
  test("puts small files of a partition together, and changes no row", async () => {
    await spark.execute("CREATE TABLE small (id BIGINT, p INT) USING delta PARTITIONED BY (p)");
    for (let index = 0; index < 4; index++)
      await spark.execute(`INSERT INTO small VALUES (${index}, ${index % 2}), (${index + 10}, 0)`);
    const before = await rows("SELECT * FROM small ORDER BY id");
    expect(await rows("OPTIMIZE small WHERE p = 0")).toMatchObject([
      { metrics: { numFilesAdded: 1, numFilesRemoved: 4, partitionsOptimized: 1, totalConsideredFiles: 4 } },
    ]);
    expect(await rows("OPTIMIZE small")).toMatchObject([
      { metrics: { numFilesAdded: 1, numFilesRemoved: 2, totalConsideredFiles: 3, totalFilesSkipped: 1 } },
    ]);
    expect(await rows("OPTIMIZE small")).toMatchObject([{ metrics: { numFilesAdded: 0, numFilesRemoved: 0 } }]);
    expect(await rows("SELECT * FROM small ORDER BY id")).toEqual(before);
  });

  test("places rows so that files can be left out by each of several columns", async () => {
    await spark.execute("CREATE TABLE curve (x INT, y INT) USING delta");
    await spark.execute("INSERT INTO curve SELECT CAST(id % 100 AS INT), CAST(id DIV 100 AS INT) FROM range(10000)");
    expect(await rows("OPTIMIZE curve ZORDER BY (x, y)")).toMatchObject([
      { metrics: { numFilesAdded: 1, preserveInsertionOrder: false } },
    ]);
    const first = await rows("SELECT max(x) AS x, max(y) AS y FROM (SELECT * FROM curve LIMIT 2500)");
    expect(first[0]!.x).toBeLessThan(64);
    expect(first[0]!.y).toBeLessThan(64);
    expect(await rows("SELECT count(*) AS n, sum(x) AS x, sum(y) AS y FROM curve")).toEqual([
      { n: 10_000, x: 495_000, y: 495_000 },
    ]);
  });

  test("places rows of clustered tables along a Hilbert curve", async () => {
    await spark.execute("CREATE TABLE placed_near (x INT, y INT) USING delta CLUSTER BY (x, y)");
    const values = "CAST(id % 8 AS INT) * 3, CAST(id DIV 8 AS INT) - 5";
    await spark.execute(`INSERT INTO placed_near SELECT ${values} FROM range(64) ORDER BY hash(id)`);
    await spark.execute("OPTIMIZE placed_near FULL");
    const placed = await rows("SELECT x DIV 3 AS x, y + 5 AS y FROM placed_near");
    expect(placed.slice(0, 20).map(({ x, y }) => `${x}${y}`)).toEqual(
      "00 10 11 01 02 03 13 12 22 23 33 32 31 21 20 30 40 41 51 50".split(" "),
    );
    const steps = placed.slice(1).map(({ x, y }, index) => {
      const before = placed[index]!;
      return Math.abs(Number(x) - Number(before.x)) + Math.abs(Number(y) - Number(before.y));
    });
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  test.each([
    ["OPTIMIZE small WHERE id = 0", "DELTA_NON_PARTITION_COLUMN_REFERENCE"],
    ["OPTIMIZE small ZORDER BY (p)", "DELTA_ZORDERING_ON_PARTITION_COLUMN"],
    ["OPTIMIZE small ZORDER BY (nope)", "DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST"],
  ])("%s: %s", async (statement, expected) => {
    expect(await condition(statement)).toBe(expected);
  });

  test("of a clustered table takes no other order", async () => {
    await spark.execute("CREATE TABLE clustered (a INT, b INT) USING delta CLUSTER BY (a)");
    expect(await condition("OPTIMIZE clustered ZORDER BY (b)")).toBe("DELTA_CLUSTERING_WITH_ZORDER_BY");
    expect(await condition("OPTIMIZE clustered WHERE a = 1")).toBe("DELTA_CLUSTERING_WITH_PARTITION_PREDICATE");
  });

  test("in full is for clustered tables", async () => {
    await spark.execute("CREATE TABLE whole (a INT, b INT) USING delta CLUSTER BY (a)");
    await spark.execute("INSERT INTO whole VALUES (2, 1), (1, 2)");
    expect(await rows("OPTIMIZE whole FULL")).toMatchObject([{ metrics: { numFilesAdded: 1, numFilesRemoved: 1 } }]);
    await spark.execute("CREATE TABLE unclustered (a INT) USING delta");
    expect(await condition("OPTIMIZE unclustered FULL")).toBe("DELTA_OPTIMIZE_FULL_NOT_SUPPORTED");
  });
});

describe("REORG", () => {
  test("writes files with deleted rows anew, and no others", async () => {
    await spark.execute(
      "CREATE TABLE marked (id BIGINT, p INT) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    );
    await spark.execute("INSERT INTO marked VALUES (1, 1), (2, 2)");
    await spark.execute("INSERT INTO marked SELECT id, 3 FROM range(100)");
    await spark.execute("DELETE FROM marked WHERE id % 10 = 3");
    expect(await condition("REORG TABLE marked WHERE p = 3 APPLY (PURGE)")).toBe(
      "DELTA_NON_PARTITION_COLUMN_REFERENCE",
    );
    expect(await rows("REORG TABLE marked APPLY (PURGE)")).toMatchObject([
      {
        path: `file:${join(folder, "marked")}`,
        metrics: {
          numFilesAdded: 1,
          numFilesRemoved: 1,
          totalConsideredFiles: 2,
          totalFilesSkipped: 1,
          deletionVectorStats: { numDeletionVectorsRemoved: 1, numDeletionVectorRowsRemoved: 10 },
        },
      },
    ]);
    expect(await rows("SELECT count(*) AS n FROM marked")).toEqual([{ n: 92 }]);
    const [last] = await rows("DESCRIBE HISTORY marked LIMIT 1");
    expect(last).toMatchObject({ operation: "REORG" });
    expect(last!.operationParameters).toEqual(
      new Map([
        ["predicate", "[]"],
        ["applyPurge", "true"],
      ]),
    );
    expect(await rows("REORG TABLE marked APPLY (PURGE)")).toMatchObject([
      { metrics: { numFilesRemoved: 0, deletionVectorStats: null } },
    ]);
  });
});

describe("VACUUM and RESTORE", () => {
  test("bring back versions as long as their files are there", async () => {
    await spark.execute("CREATE TABLE back (id BIGINT) USING delta");
    await spark.execute("INSERT INTO back VALUES (1)");
    await spark.execute("INSERT INTO back VALUES (2)");
    await spark.execute("INSERT OVERWRITE back VALUES (3)");
    expect(await rows("RESTORE TABLE back TO VERSION AS OF 2")).toMatchObject([
      { num_of_files_after_restore: 2, num_removed_files: 1, num_restored_files: 2 },
    ]);
    expect(await rows("SELECT * FROM back ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await rows("VACUUM back DRY RUN")).toEqual([]);
    expect(await condition("VACUUM back RETAIN 0 HOURS")).toBe("DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT");
    await spark.execute("SET spark.databricks.delta.retentionDurationCheck.enabled = false");
    expect(await rows("VACUUM back RETAIN 0 HOURS DRY RUN")).toHaveLength(1);
    expect(dataFiles("back")).toBe(3);
    await spark.execute("VACUUM back RETAIN 0 HOURS");
    expect(dataFiles("back")).toBe(2);
    expect(await rows("SELECT * FROM back ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await condition("RESTORE TABLE back TO VERSION AS OF 3")).toBe("DELTA_FILE_NOT_FOUND_DETAILED");
    expect(await condition("RESTORE TABLE back TO VERSION AS OF 99")).toBe("DELTA_CANNOT_RESTORE_TABLE_VERSION");
  });

  /** Makes every file of a table a month old, as if it had been written long before it was removed. */
  async function age(table: string): Promise<void> {
    const time = new Date(Date.now() - 30 * 86_400_000);
    for (const name of readdirSync(join(folder, table), { recursive: true })) {
      if (!String(name).startsWith("_delta_log")) await utimes(join(folder, table, String(name)), time, time);
    }
  }

  test("leave what readers of a version of yesterday need, however old the files are", async () => {
    await spark.execute("CREATE TABLE read (id BIGINT) USING delta");
    await spark.execute("INSERT INTO read VALUES (1), (2)");
    await spark.execute("INSERT OVERWRITE read VALUES (3)");
    await age("read");
    await spark.execute("VACUUM read");
    expect(await rows("SELECT * FROM read VERSION AS OF 1 ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("leave the vectors of deleted rows", async () => {
    await spark.execute(
      "CREATE TABLE deleted (id BIGINT) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    );
    await spark.execute("INSERT INTO deleted SELECT id FROM range(0, 10, 1, 1)");
    await spark.execute("DELETE FROM deleted WHERE id > 2");
    await age("deleted");
    expect(readdirSync(join(folder, "deleted")).filter((name) => name.endsWith(".bin"))).toHaveLength(1);
    await spark.execute("VACUUM deleted");
    await using later = SparkSession.create({ "spark.sql.warehouse.dir": folder });
    const left = later.read.format("delta").load(join(folder, "deleted"));
    expect(await left.orderBy("id").collect()).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }]);
  });

  test("bring back what was there at a time, which must be between the first commit and the last", async () => {
    await spark.execute("CREATE TABLE clock (id BIGINT) USING delta");
    await spark.execute("INSERT INTO clock VALUES (1)");
    await spark.execute("INSERT INTO clock VALUES (2)");
    for (const [version, day] of ["2025-01-01", "2025-01-02", "2025-01-03"].entries()) {
      const time = new Date(`${day}T12:00:00Z`);
      await utimes(join(folder, "clock", "_delta_log", `${String(version).padStart(20, "0")}.json`), time, time);
    }
    expect(await condition("RESTORE TABLE clock TO TIMESTAMP AS OF '2024-12-31'")).toBe(
      "DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER",
    );
    expect(await condition("RESTORE TABLE clock TO TIMESTAMP AS OF '2025-01-04'")).toBe(
      "DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER",
    );
    expect(await condition("RESTORE TABLE clock TO TIMESTAMP AS OF 'noon'")).toBe("DELTA_TIMESTAMP_INVALID");
    expect(await rows("RESTORE TABLE clock TO TIMESTAMP AS OF '2025-01-03 11:59:59'")).toMatchObject([
      { num_of_files_after_restore: 1, num_removed_files: 1, num_restored_files: 0 },
    ]);
    expect(await rows("SELECT * FROM clock")).toEqual([{ id: 1 }]);
    const [last] = await rows("DESCRIBE HISTORY clock LIMIT 1");
    expect(last!.operation).toBe("RESTORE");
    expect((last!.operationParameters as ReadonlyMap<string, string>).get("timestamp")).toBe("2025-01-03 11:59:59.000");
  });

  test("are not for tables of plain files", async () => {
    await spark.execute("CREATE TABLE plain (id BIGINT) USING parquet");
    expect(await condition("VACUUM plain")).toBe("UNSUPPORTED_FEATURE.TABLE_OPERATION");
  });
});

describe("CLONE, CONVERT TO DELTA and FSCK", () => {
  test("a shallow clone names the files of its source, a deep one has its own", async () => {
    await spark.execute("CREATE TABLE source (id BIGINT, p INT) USING delta PARTITIONED BY (p)");
    await spark.execute("INSERT INTO source VALUES (1, 1), (2, 2)");
    await spark.execute("INSERT INTO source VALUES (3, 1)");
    expect(await rows("CREATE TABLE shallow SHALLOW CLONE source VERSION AS OF 1")).toMatchObject([
      { source_num_of_files: 2, num_copied_files: 0 },
    ]);
    expect(await rows("CREATE TABLE deep DEEP CLONE source")).toMatchObject([
      { source_num_of_files: 3, num_copied_files: 3 },
    ]);
    await spark.execute("INSERT INTO shallow VALUES (4, 4)");
    await spark.execute("TRUNCATE TABLE source");
    expect(await rows("SELECT * FROM shallow ORDER BY id")).toEqual([
      { id: 1, p: 1 },
      { id: 2, p: 2 },
      { id: 4, p: 4 },
    ]);
    expect(await rows("SELECT sum(id) AS s FROM deep")).toEqual([{ s: 6 }]);
    expect([dataFiles("shallow"), dataFiles("deep")]).toEqual([1, 3]);
    expect(await condition("CREATE TABLE deep DEEP CLONE source")).toBe("TABLE_OR_VIEW_ALREADY_EXISTS");
  });

  test("clones have the deleted rows of their source, and clones of clones too", async () => {
    await spark.execute(
      "CREATE TABLE pierced (id BIGINT, p INT) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    );
    await spark.execute("INSERT INTO pierced SELECT id, id % 2 FROM range(20)");
    await spark.execute("DELETE FROM pierced WHERE id IN (3, 4)");
    await spark.execute("CREATE TABLE near SHALLOW CLONE pierced");
    await spark.execute("DELETE FROM near WHERE id = 5");
    await spark.execute("CREATE TABLE nearer SHALLOW CLONE near");
    await spark.execute("CREATE TABLE own DEEP CLONE nearer");
    const left = (...gone: readonly number[]) =>
      Array.from({ length: 20 }, (_, id) => ({ id })).filter(({ id }) => !gone.includes(id));
    const ids = (table: string) => rows(`SELECT id FROM ${table} ORDER BY id`);
    expect(await ids("near")).toEqual(left(3, 4, 5));
    expect(await ids("nearer")).toEqual(left(3, 4, 5));
    for (const table of ["pierced", "near"]) await rm(join(folder, table), { recursive: true });
    await spark.execute("DELETE FROM own WHERE id = 6");
    expect(await ids("own")).toEqual(left(3, 4, 5, 6));
  });

  test("a folder of Parquet files becomes a table", async () => {
    const path = join(folder, "converted");
    await spark.range(10).selectExpr("id", "id % 2 AS p", "'a b' AS q").write.partitionBy("p", "q").parquet(path);
    await spark.execute(`CONVERT TO DELTA parquet.\`${path}\` PARTITIONED BY (p INT, q STRING)`);
    await spark.execute(`INSERT INTO delta.\`${path}\` VALUES (100, 7, 'c')`);
    expect(await rows(`SELECT p, q, count(*) AS n FROM delta.\`${path}\` GROUP BY p, q ORDER BY p`)).toEqual([
      { p: 0, q: "a b", n: 5 },
      { p: 1, q: "a b", n: 5 },
      { p: 7, q: "c", n: 1 },
    ]);
    expect(await condition(`CONVERT TO DELTA json.\`${path}\``)).toBe("DELTA_CONVERT_NON_PARQUET_TABLE");
  });

  test("files that are gone are taken out of the table", async () => {
    await spark.execute("CREATE TABLE torn (id BIGINT) USING delta");
    await spark.execute("INSERT INTO torn VALUES (1)");
    const [lost] = readdirSync(join(folder, "torn")).filter((name) => name.endsWith(".parquet"));
    await spark.execute("INSERT INTO torn VALUES (2)");
    await rm(join(folder, "torn", lost!));
    expect(await rows("FSCK REPAIR TABLE torn DRY RUN")).toEqual([
      { dataFilePath: `file:${join(folder, "torn", lost!)}`, checksumPath: null, problem: "The file is gone" },
    ]);
    await spark.execute("FSCK REPAIR TABLE torn");
    expect(await rows("SELECT * FROM torn")).toEqual([{ id: 2 }]);
    expect(await rows("FSCK REPAIR TABLE torn")).toEqual([]);
  });
});
