/** Ids of rows in tables that track them (`delta.enableRowTracking`). */
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run, rows } = warehouse();

/** Of each row its own number, its id and the version that it is of. */
const ids = (table: string): Promise<readonly unknown[]> =>
  rows(`SELECT id, _metadata.row_id, _metadata.row_commit_version FROM ${table} ORDER BY id`);

const tracked = (table: string, ...further: readonly string[]): string =>
  `CREATE TABLE ${table} (id BIGINT, s STRING) USING delta TBLPROPERTIES (${["'delta.enableRowTracking' = 'true'", ...further].join(", ")})`;

describe("ids of rows", () => {
  test("stay when rows are written anew, by whatever statement", async () => {
    await run(
      tracked("kept"),
      "INSERT INTO kept SELECT * FROM VALUES (1, 'a'), (2, 'b') ORDER BY 1",
      "INSERT INTO kept VALUES (3, 'c')",
    );
    const inserted = [
      [1, 0, 1],
      [2, 1, 1],
      [3, 2, 2],
    ];
    expect(await ids("kept")).toEqual(inserted);
    await run("OPTIMIZE kept");
    expect(await ids("kept")).toEqual(inserted);
    await run("UPDATE kept SET s = 'x' WHERE id = 2");
    expect(await ids("kept")).toEqual([
      [1, 0, 1],
      [2, 1, 4],
      [3, 2, 2],
    ]);
    await run(
      `MERGE INTO kept t USING (SELECT 1 AS id, 'm' AS s UNION ALL SELECT 7, 'n') s ON t.id = s.id
       WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
      "OPTIMIZE kept ZORDER BY (s)",
    );
    const merged = await ids("kept");
    expect(merged.slice(0, 3)).toEqual([
      [1, 0, 5],
      [2, 1, 4],
      [3, 2, 2],
    ]);
    expect(merged[3]).toEqual([7, expect.any(Number), 5]);
    expect(await rows("SELECT count(DISTINCT _metadata.row_id) FROM kept")).toEqual([[4]]);
  });

  test("stay in tables with deletion vectors and in those that are purged of deleted rows", async () => {
    await run(
      tracked("marked", "'delta.enableDeletionVectors' = 'true'"),
      "INSERT INTO marked SELECT id, 'a' FROM range(0, 5, 1, 1)",
      "DELETE FROM marked WHERE id = 1",
      "UPDATE marked SET s = 'b' WHERE id = 3",
    );
    const before = await ids("marked");
    expect(before).toEqual([
      [0, 0, 1],
      [2, 2, 1],
      [3, 3, 3],
      [4, 4, 1],
    ]);
    await run("REORG TABLE marked APPLY (PURGE)");
    expect(await ids("marked")).toEqual(before);
  });

  test("are fields of _metadata beside where the row lies, and can be asked for", async () => {
    await run(tracked("told"), "INSERT INTO told SELECT id, 'a' FROM range(0, 3, 1, 1)", "OPTIMIZE told");
    const { fields } = (await spark.sql("SELECT _metadata FROM told").schema()).fields[0]!.type as {
      fields: readonly { readonly name: string; readonly nullable: boolean }[];
    };
    expect(fields.slice(6).map(({ name, nullable }) => [name, nullable])).toEqual(
      ["row_index", "row_id", "base_row_id", "default_row_commit_version", "row_commit_version"].map((name) => [
        name,
        false,
      ]),
    );
    const asked = "_metadata.row_index, _metadata.base_row_id, _metadata.default_row_commit_version";
    expect(await rows(`SELECT id, ${asked} FROM told WHERE _metadata.row_id = 2`)).toEqual([[2, 2, 0, 1]]);
    expect(await rows("SELECT max(_metadata.row_id) FROM told VERSION AS OF 1")).toEqual([[2]]);
  });

  test("are none of a table that does not track them", async () => {
    await run("CREATE TABLE untracked USING delta AS SELECT id FROM range(2)");
    await expect(spark.sql("SELECT _metadata.row_id FROM untracked").collect()).rejects.toMatchObject({
      condition: "FIELD_NOT_FOUND",
    });
  });
});
