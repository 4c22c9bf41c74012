/** `DELETE`, `UPDATE` and `MERGE` of Delta tables: what they answer, what the log says, and what they leave alone. */
import { join } from "node:path";
import { col, lit, udf } from "lakewright";
import { describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows, commit: actionsOf } = warehouse();

interface Action {
  readonly add?: { readonly path: string; readonly deletionVector?: { readonly cardinality: number } };
  readonly remove?: { readonly path: string };
  readonly cdc?: { readonly path: string };
  readonly commitInfo?: { readonly operation: string; readonly operationMetrics: Readonly<Record<string, string>> };
}

const commit = (table: string, version: number) => actionsOf<Action>(table, version);

const counted = (actions: readonly Action[], kind: keyof Action): number =>
  actions.filter((action) => action[kind] !== undefined).length;

const values = (found: readonly object[]): readonly unknown[] => found.map((row) => Object.values(row));

const answer = async (statement: string): Promise<readonly unknown[]> =>
  values(await (await spark.execute(statement)).collect());

const refusal = (statement: string): Promise<unknown> =>
  spark.execute(statement).then(
    () => undefined,
    (error: { condition?: string }) => error.condition,
  );

describe("rows of Delta tables", () => {
  test("are deleted, updated and merged; the answers count them", async () => {
    await run(
      "CREATE TABLE plain (id INT, v STRING) USING delta",
      "INSERT INTO plain VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, 'd')",
    );
    expect(await answer("UPDATE plain SET v = 'x' WHERE id = 1")).toEqual([[1]]);
    expect(await answer("DELETE FROM plain AS p WHERE p.id = 2")).toEqual([[1]]);
    const merge = `MERGE INTO plain USING (VALUES (3, 'q'), (9, 'n')) s(id, v) ON plain.id = s.id
      WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED AND s.id > 5 THEN INSERT *
      WHEN NOT MATCHED BY SOURCE AND plain.id = 4 THEN DELETE`;
    expect(await answer(merge)).toEqual([[3, 1, 1, 1]]);
    expect(await rows("SELECT * FROM plain ORDER BY id")).toEqual([
      [1, "x"],
      [3, "q"],
      [9, "n"],
    ]);
    const { operation, operationMetrics } = commit("plain", 4)[0]!.commitInfo!;
    expect(operation).toBe("MERGE");
    expect(operationMetrics).toMatchObject({
      numSourceRows: "2",
      numTargetRowsInserted: "1",
      numTargetRowsUpdated: "1",
      numTargetRowsDeleted: "1",
      numTargetRowsMatchedUpdated: "1",
      numTargetRowsNotMatchedBySourceDeleted: "1",
      numTargetRowsCopied: "1",
      numOutputRows: "3",
    });
  });

  test("lie in files that are left alone where no row of them changes", async () => {
    await run("CREATE TABLE files (id INT) USING delta", ...[1, 2, 3].map((id) => `INSERT INTO files VALUES (${id})`));
    await run("UPDATE files SET id = 20 WHERE id = 2");
    expect([counted(commit("files", 4), "add"), counted(commit("files", 4), "remove")]).toEqual([1, 1]);
    await run("DELETE FROM files WHERE id = 100");
    await run("DELETE FROM files WHERE id = 3");
    expect([counted(commit("files", 5), "add"), counted(commit("files", 5), "remove")]).toEqual([0, 1]);
  });

  test("go with whole partitions without a look at them", async () => {
    await run(
      "CREATE TABLE parts (id INT, p STRING) USING delta PARTITIONED BY (p)",
      "INSERT INTO parts VALUES (1, 'a'), (2, 'a'), (3, 'b'), (4, NULL)",
    );
    expect(await answer("DELETE FROM parts WHERE p = 'a'")).toEqual([[2]]);
    expect(counted(commit("parts", 2), "add")).toBe(0);
    expect(await rows("SELECT id FROM parts ORDER BY id")).toEqual([[3], [4]]);
    expect(await answer("DELETE FROM parts")).toEqual([[2]]);
  });

  test("are marked in deletion vectors where the table has them", async () => {
    await run(
      "CREATE TABLE marked TBLPROPERTIES ('delta.enableDeletionVectors' = 'true') USING delta AS SELECT id, id * 10 AS v FROM range(0, 70000, 1, 1)",
      "DELETE FROM marked WHERE id % 2 = 0",
      "DELETE FROM marked WHERE id IN (1, 65537)",
      "UPDATE marked SET v = -1 WHERE id = 3",
    );
    const cardinalities = [1, 2, 3].map((version) => {
      const adds = commit("marked", version).flatMap(({ add }) => (add === undefined ? [] : [add]));
      return adds.flatMap(({ deletionVector }) => deletionVector?.cardinality ?? []);
    });
    expect(cardinalities).toEqual([[35_000], [35_002], [35_003]]);
    expect(await rows("SELECT count(*), min(id), sum(v) FROM marked WHERE id < 10")).toEqual([[4, 3, 209]]);
    expect(await rows("SELECT count(*), max(id) FROM marked")).toEqual([[34_998, 69_999]]);
  });

  test("leave files of changes where the table feeds them", async () => {
    await run(
      "CREATE TABLE fed (id INT, v INT) USING delta TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
      "INSERT INTO fed VALUES (1, 1), (2, 2)",
      `MERGE INTO fed t USING (VALUES (1), (3)) s(id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 9
        WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id) WHEN NOT MATCHED BY SOURCE THEN DELETE`,
    );
    const files = commit("fed", 2).flatMap(({ cdc }) => (cdc === undefined ? [] : [cdc.path]));
    const read = spark.read.format("parquet").load(files.map((path) => join(folder, "fed", path)));
    expect(values(await read.orderBy("_change_type", "id").collect())).toEqual([
      [2, 2, "delete"],
      [3, null, "insert"],
      [1, 9, "update_postimage"],
      [1, 1, "update_preimage"],
    ]);
  });

  test("keep generated columns, defaults, identities and constraints", async () => {
    await run(
      "CREATE TABLE made (id BIGINT GENERATED ALWAYS AS IDENTITY, a INT, b INT GENERATED ALWAYS AS (a * 2), c STRING DEFAULT 'd') USING delta TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')",
      "ALTER TABLE made ADD CONSTRAINT positive CHECK (a > 0)",
      "INSERT INTO made (a) VALUES (1), (2)",
      "UPDATE made SET a = 5, c = 'x' WHERE a = 1",
      "MERGE INTO made USING (VALUES (2), (30)) s(a) ON made.a = s.a WHEN MATCHED THEN UPDATE SET a = 7 WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)",
      "UPDATE made SET c = DEFAULT WHERE a = 5",
    );
    expect(await rows("SELECT * FROM made ORDER BY id")).toEqual([
      [1, 5, 10, "d"],
      [2, 7, 14, "d"],
      [3, 30, 60, "d"],
    ]);
    expect(await refusal("UPDATE made SET a = -1")).toBe("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
    expect(await refusal("UPDATE made SET b = 3")).toBe("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES");
    expect(await refusal("UPDATE made SET id = 3")).toBe("DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED");
  });

  test("take new columns with schema evolution, and fields of structs", async () => {
    await run(
      "CREATE TABLE grown (id INT, s STRUCT<x: INT, y: STRING>) USING delta",
      "INSERT INTO grown VALUES (1, named_struct('x', 1, 'y', 'k'))",
      "UPDATE grown SET s.x = 9",
      `MERGE WITH SCHEMA EVOLUTION INTO grown t USING (SELECT 1 AS id, 5 AS extra UNION ALL SELECT 2, 6) s ON t.id = s.id
        WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await rows("SELECT id, s.x, s.y, extra FROM grown ORDER BY id")).toEqual([
      [1, 9, "k", 5],
      [2, null, null, 6],
    ]);
  });

  test("have structs after a field of them is set, where they were null", async () => {
    await run(
      "CREATE TABLE hollow (id INT, n STRUCT<a: INT, m: STRUCT<b: INT, c: INT>>) USING delta",
      "INSERT INTO hollow VALUES (1, NULL), (2, named_struct('a', 1, 'm', NULL))",
      "UPDATE hollow SET n.m.b = 4 WHERE id = 1",
      "MERGE INTO hollow t USING (SELECT 2 AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.n.m.c = 5, t.n.m.b = NULL",
    );
    expect(await rows("SELECT id, n.a, n.m FROM hollow ORDER BY id")).toEqual([
      [1, null, { b: 4, c: null }],
      [2, 1, { b: null, c: 5 }],
    ]);
  });

  test("take no structs that lack fields, without schema evolution", async () => {
    await run(
      "CREATE TABLE whole (id INT, s STRUCT<x: INT, y: STRING>) USING delta",
      "INSERT INTO whole VALUES (1, NULL)",
    );
    const merge = `INTO whole t USING (SELECT 1 AS id, named_struct('x', 3) AS s) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET *`;
    expect(await refusal(`MERGE ${merge}`)).toBe("DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION");
  });

  test("are merged by df.mergeInto", async () => {
    await run("CREATE TABLE api (id BIGINT, v INT) USING delta", "INSERT INTO api VALUES (1, 1), (2, 2)");
    await spark
      .range(2, 4)
      .alias("s")
      .mergeInto("api", "s.id = api.id")
      .whenMatched()
      .update({ v: lit(20) })
      .whenNotMatched(col("s.id").gt(2))
      .insert({ id: col("s.id"), v: lit(0) })
      .merge();
    expect(await rows("SELECT * FROM api ORDER BY id")).toEqual([
      [1, 1],
      [2, 20],
      [3, 0],
    ]);
  });

  test("are refused as Spark refuses them", async () => {
    await run("CREATE TABLE strict (id INT, v STRING) USING delta", "INSERT INTO strict VALUES (3, 'a')");
    const source = "MERGE INTO strict t USING (SELECT 3 AS id, 'q' AS v) s ON t.id = s.id";
    const statements = {
      "DELETE FROM strict WHERE id IN (SELECT 2)": "DELTA_UNSUPPORTED_SUBQUERY",
      "DELETE FROM strict WHERE rand() < 0.5": "INVALID_NON_DETERMINISTIC_EXPRESSIONS",
      "DELETE FROM strict WHERE id": "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      "DELETE FROM strict WHERE nope = 1": "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      "MERGE INTO strict t USING (SELECT 3 AS id) s ON NULL WHEN MATCHED THEN DELETE":
        "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
      "UPDATE strict SET nope = 1": "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      "UPDATE strict SET id = 1, ID = 2": "DELTA_CONFLICT_SET_COLUMN",
      "UPDATE strict SET id = 'abc'": "CAST_INVALID_INPUT",
      [`${source} WHEN MATCHED AND t.id IN (SELECT 3) THEN DELETE`]: "DELTA_UNSUPPORTED_SUBQUERY",
      [`${source} AND rand() < 0.5 WHEN MATCHED THEN DELETE`]: "DELTA_NON_DETERMINISTIC_FUNCTION_NOT_SUPPORTED",
      [`${source} WHEN MATCHED THEN UPDATE SET v = 1, v = 2`]: "DELTA_CONFLICT_SET_COLUMN",
      [`${source} WHEN MATCHED THEN UPDATE SET nope = 1`]: "DELTA_MERGE_UNRESOLVED_EXPRESSION",
      [`${source} WHEN NOT MATCHED AND t.id > 2 THEN INSERT *`]: "DELTA_MERGE_UNRESOLVED_EXPRESSION",
      [`${source} WHEN NOT MATCHED BY SOURCE AND s.id > 2 THEN DELETE`]: "DELTA_MERGE_UNRESOLVED_EXPRESSION",
      "MERGE INTO strict t USING (SELECT 3 AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET *":
        "DELTA_MERGE_UNRESOLVED_EXPRESSION",
    };
    for (const [statement, condition] of Object.entries(statements))
      expect(await refusal(statement), statement).toBe(condition);
  });

  test("that another commit changed meanwhile are a conflict", async () => {
    await run("CREATE TABLE raced (id INT, v INT) USING delta", "INSERT INTO raced VALUES (1, 1), (2, 2)");
    const both = await Promise.allSettled([
      spark.execute("UPDATE raced SET v = 10 WHERE id = 1"),
      spark.execute("UPDATE raced SET v = 20 WHERE id = 2"),
    ]);
    const lost = both.filter(({ status }) => status === "rejected");
    const updated = await rows("SELECT count(*) FROM raced WHERE v >= 10");
    expect(updated).toEqual([[2 - lost.length]]);
  });

  test("are merged from one source into several tables at once, each of which reads it once", async () => {
    const tables = Array.from({ length: 6 }, (_, index) => `together_${index}`);
    for (const table of tables) await run(`CREATE TABLE ${table} USING delta AS SELECT id, 0 AS v FROM range(3)`);
    let calls = 0;
    const call = udf({ id: "bigint" }, "int", () => ++calls);
    const source = spark.range(1, 5).select(col("id"), call("id").as("v")).alias("s");
    const merge = (table: string) =>
      source.mergeInto(table, `${table}.id = s.id`).whenMatched().updateAll().whenNotMatched().insertAll().merge();
    await Promise.all(tables.map(merge));
    const found = await Promise.all(tables.map((table) => rows(`SELECT v FROM ${table} WHERE v > 0`)));
    expect(new Set(found.flat().map(String)).size).toBe(24);
    expect(calls).toBe(24);
  });
});
