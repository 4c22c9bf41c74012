/** Writes that take the place of the rows that meet a condition (`replaceWhere`). */
import { join } from "node:path";
import { col, type DataFrame } from "lakewright";
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows, commit } = warehouse();

interface Action {
  readonly commitInfo?: {
    readonly operationParameters: Readonly<Record<string, string>>;
    readonly operationMetrics: Readonly<Record<string, string>>;
  };
  readonly add?: { readonly deletionVector?: object };
  readonly cdc?: object;
}

const infoOf = (table: string, version: number) =>
  commit<Action>(table, version).find(({ commitInfo }) => commitInfo)!.commitInfo!;

const made = (table: string, properties = "'delta.appendOnly' = 'false'"): Promise<void> =>
  run(
    `CREATE TABLE ${table} (id BIGINT, v INT) USING delta TBLPROPERTIES (${properties})`,
    `INSERT INTO ${table} SELECT id, CAST(id % 3 AS INT) FROM range(0, 6, 1, 1)`,
  );

const replaced = (table: string, by: DataFrame, where: string, options: Readonly<Record<string, string>> = {}) =>
  by.write
    .format("delta")
    .mode("overwrite")
    .options({ replaceWhere: where, ...options })
    .save(join(folder, table));

const remaining = [
  [0, 0],
  [2, 2],
  [3, 0],
  [5, 2],
  [10, 1],
];

describe("replaceWhere on columns of the rows", () => {
  const one = () => spark.sql("SELECT 10L AS id, 1 AS v");

  test("keeps the other rows of the files, and tells of what it did as Delta does", async () => {
    await made("copied");
    await replaced("copied", one(), "v = 1");
    expect(await rows("SELECT * FROM copied ORDER BY id")).toEqual(remaining);
    expect(infoOf("copied", 2)).toMatchObject({
      operationParameters: { predicate: "v = 1" },
      operationMetrics: {
        numFiles: "2",
        numRemovedFiles: "1",
        numCopiedRows: "4",
        numDeletedRows: "2",
        numAddedChangeFiles: "0",
        numOutputRows: "5",
      },
    });
  });

  test("marks rows in deletion vectors where the table has them", async () => {
    await made("vectors", "'delta.enableDeletionVectors' = 'true'");
    await replaced("vectors", one(), "v = 1");
    expect(await rows("SELECT * FROM vectors ORDER BY id")).toEqual(remaining);
    expect(commit<Action>("vectors", 2).filter(({ add }) => add?.deletionVector !== undefined)).toHaveLength(1);
  });

  test("feeds the rows that went and those that came", async () => {
    await made("fed", "'delta.enableChangeDataFeed' = 'true'");
    await replaced("fed", one(), "v = 1");
    expect(commit<Action>("fed", 2).filter(({ cdc }) => cdc !== undefined)).toHaveLength(2);
    expect(await rows("SELECT id, v, _change_type FROM table_changes('fed', 2) ORDER BY id")).toEqual([
      [1, 1, "delete"],
      [4, 1, "delete"],
      [10, 1, "insert"],
    ]);
    await replaced("fed", spark.sql("SELECT 100L AS id, 2 AS v"), "id >= 100");
    expect(await rows("SELECT id, v, _change_type FROM table_changes('fed', 3)")).toEqual([[100, 2, "insert"]]);
  });

  test("works beside partition columns, by statements, by writeTo and without any new row", async () => {
    await run(
      "CREATE TABLE parted (id BIGINT, v INT, q INT) USING delta PARTITIONED BY (q)",
      "INSERT INTO parted SELECT id, CAST(id % 3 AS INT), CAST(id % 2 AS INT) FROM range(0, 6, 1, 1)",
    );
    await replaced("parted", spark.sql("SELECT 7L AS id, 1 AS v, 1 AS q"), "q = 1 AND v > 0");
    expect(await rows("SELECT id FROM parted ORDER BY id")).toEqual([[0], [2], [3], [4], [7]]);
    await run("INSERT INTO parted REPLACE WHERE id >= 4 SELECT 8L, 2, 0");
    expect(await rows("SELECT id FROM parted ORDER BY id")).toEqual([[0], [2], [3], [8]]);
    await spark.sql("SELECT 9L AS id, 2 AS v, 1 AS q").writeTo("parted").overwrite(col("v").eq(2));
    expect(await rows("SELECT id FROM parted ORDER BY id")).toEqual([[0], [3], [9]]);
    await run("INSERT INTO parted REPLACE WHERE id = 9 SELECT 1L, 1, 1 WHERE false");
    expect(await rows("SELECT id FROM parted ORDER BY id")).toEqual([[0], [3]]);
  });

  test("takes new columns with mergeSchema", async () => {
    await made("evolved");
    await replaced("evolved", spark.sql("SELECT 10L AS id, 1 AS v, 'n' AS w"), "v = 1", { mergeSchema: "true" });
    expect(await rows("SELECT * FROM evolved WHERE id > 4 ORDER BY id")).toEqual([
      [5, 2, null],
      [10, 1, "n"],
    ]);
  });

  test("refuses rows that do not meet the condition, and conditions that cannot be", async () => {
    await made("strict");
    const refusal = (where: string, by = one()) =>
      replaced("strict", by, where).then(
        () => undefined,
        (error: { readonly condition?: string }) => error.condition,
      );
    expect(await refusal("v = 2")).toBe("DELTA_REPLACE_WHERE_MISMATCH");
    expect(await refusal("v = 2", spark.sql("SELECT 1L AS id, CAST(NULL AS INT) AS v"))).toBe(
      "DELTA_REPLACE_WHERE_MISMATCH",
    );
    expect(await refusal("nope = 1")).toBe("UNRESOLVED_COLUMN.WITH_SUGGESTION");
    expect(await refusal("id IN (SELECT 1)")).toBe("DELTA_UNSUPPORTED_SUBQUERY");
    expect(await refusal("id > rand() * 0")).toBe("INVALID_NON_DETERMINISTIC_EXPRESSIONS");
    expect(await rows("SELECT count(*) FROM strict")).toEqual([[6]]);
  });

  test("is as the session wants it", async () => {
    await made("asked");
    const prefix = "spark.databricks.delta.replaceWhere";
    spark.conf.set(`${prefix}.dataColumns.enabled`, "false");
    await expect(replaced("asked", one(), "v = 1")).rejects.toMatchObject({
      condition: "DELTA_NON_PARTITION_COLUMN_REFERENCE",
    });
    spark.conf.set(`${prefix}.dataColumns.enabled`, "true");
    spark.conf.set(`${prefix}.constraintCheck.enabled`, "false");
    await replaced("asked", one(), "v = 2");
    spark.conf.set(`${prefix}.constraintCheck.enabled`, "true");
    expect(await rows("SELECT id FROM asked ORDER BY id")).toEqual([[0], [1], [3], [4], [10]]);
  });
});
