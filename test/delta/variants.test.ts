/** Columns of type VARIANT. */
import { expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run, rows, commit } = warehouse();

const condition = (statement: string): Promise<unknown> =>
  spark.execute(statement).then(
    () => "done",
    (error: { condition?: string }) => error.condition,
  );

const texts = (table: string): Promise<readonly unknown[]> =>
  rows(`SELECT id, to_json(v), v IS NULL FROM ${table} ORDER BY id`);

test("are written and changed, at any depth, and told of in the change feed", async () => {
  await run(
    `CREATE TABLE odd (id BIGINT, v VARIANT, s STRUCT<w: VARIANT>, a ARRAY<VARIANT>) USING delta
     TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.columnMapping.mode' = 'id')`,
    `INSERT INTO odd VALUES (1, parse_json('{"a": [1, 2.5]}'), named_struct('w', parse_json('true')), array(parse_json('"x"'))),
     (2, parse_json('null'), NULL, NULL), (3, NULL, NULL, NULL)`,
    `UPDATE odd SET v = parse_json('"new"') WHERE id = 1`,
    `MERGE INTO odd t USING (SELECT 3L AS id, parse_json('{}') AS v) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v`,
    "OPTIMIZE odd",
  );
  expect(await texts("odd")).toEqual([
    [1, '"new"', false],
    [2, "null", false],
    [3, "{}", false],
  ]);
  expect(await rows("SELECT to_json(s.w), to_json(a[0]) FROM odd WHERE id = 1")).toEqual([["true", '"x"']]);
  expect(await rows("SELECT _change_type, to_json(v) FROM table_changes('odd', 2, 2) ORDER BY _change_type")).toEqual([
    ["update_postimage", '"new"'],
    ["update_preimage", '{"a":[1,2.5]}'],
  ]);
});

test("have the feature in the protocol that the table has already under its older name", async () => {
  const features = (table: string): unknown =>
    commit<{ protocol?: { readerFeatures: readonly string[] } }>(table, 0).find(({ protocol }) => protocol)!.protocol!
      .readerFeatures;
  await run(
    "CREATE TABLE plain (v VARIANT) USING delta",
    "CREATE TABLE older (v VARIANT) USING delta TBLPROPERTIES ('delta.feature.variantType-preview' = 'supported')",
    "CREATE TABLE apart (v VARIANT) USING delta TBLPROPERTIES ('delta.enableVariantShredding' = 'true')",
  );
  expect(features("plain")).toEqual(["variantType"]);
  expect(features("older")).toEqual(["variantType-preview"]);
  expect(features("apart")).toEqual(["variantShredding-preview", "variantType"]);
});

test("part and cluster no table", async () => {
  expect(await condition("CREATE TABLE p (id BIGINT, v VARIANT) USING delta PARTITIONED BY (v)")).toBe(
    "INVALID_PARTITION_COLUMN_DATA_TYPE",
  );
  expect(await condition("CREATE TABLE c (id BIGINT, v VARIANT) USING delta CLUSTER BY (v)")).toBe(
    "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED",
  );
});

test("are counted where they are null, as Spark counts them, and files are left out by it", async () => {
  await run(
    "CREATE TABLE known (k INT, v VARIANT, s STRUCT<w: VARIANT>) USING delta",
    `INSERT INTO known VALUES (1, parse_json('1'), named_struct('w', parse_json('{"a": 1}'))), (2, NULL, NULL),
      (3, parse_json('null'), named_struct('w', NULL))`,
    "INSERT INTO known VALUES (4, NULL, NULL)",
  );
  const [stats] = commit<{ add?: { stats: string } }>("known", 1).flatMap(({ add }) => add?.stats ?? []);
  // Spark has empty objects for structs without bounds beside.
  expect(JSON.parse(stats!)).toEqual({
    numRecords: 3,
    minValues: { k: 1 },
    maxValues: { k: 3 },
    nullCount: { k: 0, v: 1, s: { w: 2 } },
  });
  const filesWhere = async (condition: string): Promise<number> =>
    (await spark.sql(`SELECT k FROM known WHERE ${condition}`).inputFiles()).length;
  expect(await filesWhere("v IS NOT NULL")).toBe(1);
  expect(await filesWhere("s.w IS NOT NULL")).toBe(1);
  expect(await filesWhere("v IS NULL")).toBe(2);
  expect(await rows("SELECT k FROM known WHERE v IS NULL ORDER BY k")).toEqual([[2], [4]]);
});
