/** Tables clustered by fields of structs. */
import { expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run, rows, commit } = warehouse();

const condition = (statement: string): Promise<unknown> =>
  spark.execute(statement).then(
    () => "done",
    (error: { condition?: string }) => error.condition,
  );

interface Logged {
  readonly domainMetadata?: { readonly configuration: string };
  readonly metaData?: { readonly schemaString: string };
  readonly commitInfo?: { readonly operationParameters: Readonly<Record<string, unknown>> };
}

const clustersIn = (table: string, version: number): unknown =>
  JSON.parse(commit<Logged>(table, version).find(({ domainMetadata }) => domainMetadata)!.domainMetadata!.configuration)
    .clusteringColumns;

const parametersOf = (table: string, version: number): Readonly<Record<string, unknown>> =>
  commit<Logged>(table, version).find(({ commitInfo }) => commitInfo)!.commitInfo!.operationParameters;

const clustersOf = async (table: string): Promise<unknown> =>
  (await spark.sql(`DESCRIBE DETAIL ${table}`).select("clusteringColumns").collect())[0]!.clusteringColumns;

const columns =
  "id INT, s STRUCT<x: INT, `a.b`: INT, T: STRUCT<y: STRING>>, `p.q` INT, a ARRAY<STRUCT<z: INT>>, m MAP<STRING, INT>";

// The log, the details and the history are what Spark 4.2 with Delta 4.4 makes of the same statements.
test("are made, changed and told of as Delta does", async () => {
  await run(`CREATE TABLE fields (${columns}) USING delta CLUSTER BY (s.x, s.T.y)`);
  expect(await clustersOf("fields")).toEqual(["s.x", "s.T.y"]);
  expect(clustersIn("fields", 0)).toEqual([
    ["s", "x"],
    ["s", "T", "y"],
  ]);
  expect(parametersOf("fields", 0).clusterBy).toBe('["s.x","s.T.y"]');
  await run("ALTER TABLE fields CLUSTER BY (S.`A.b`, `p.Q`)");
  expect(await clustersOf("fields")).toEqual(["s.`a.b`", "`p.q`"]);
  expect(clustersIn("fields", 1)).toEqual([["s", "a.b"], ["p.q"]]);
  expect(parametersOf("fields", 1)).toEqual({
    oldClusteringColumns: "s.x,s.T.y",
    newClusteringColumns: "S.`A.b`,`p.Q`",
  });
  await run(
    "INSERT INTO fields VALUES (1, named_struct('x', 1, 'a.b', 2, 'T', named_struct('y', 'x')), 3, NULL, NULL)",
  );
  await run("OPTIMIZE fields");
  expect(parametersOf("fields", 3).clusterBy).toBe('["s.`a.b`","`p.q`"]');
  await run("ALTER TABLE fields CLUSTER BY NONE");
  expect(clustersIn("fields", 4)).toEqual([]);
});

test("have physical names in the log, and keep their fields", async () => {
  await run(
    "CREATE TABLE mapped (id BIGINT, s STRUCT<x: BIGINT, y: BIGINT>) USING delta CLUSTER BY (s.y) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
    "INSERT INTO mapped SELECT id, named_struct('x', id % 7, 'y', id % 5) FROM range(100)",
    "ALTER TABLE mapped RENAME COLUMN s.y TO z",
  );
  const schema = JSON.parse(commit<Logged>("mapped", 0).find(({ metaData }) => metaData)!.metaData!.schemaString);
  const physical = (field: { metadata: Readonly<Record<string, unknown>> }) =>
    field.metadata["delta.columnMapping.physicalName"];
  expect(clustersIn("mapped", 0)).toEqual([[physical(schema.fields[1]), physical(schema.fields[1].type.fields[1])]]);
  expect(await clustersOf("mapped")).toEqual(["s.z"]);
  await run("OPTIMIZE mapped");
  expect((await rows("SELECT s.z FROM mapped")).flat()).toEqual(
    Array.from({ length: 100 }, (_, index) => Math.floor(index / 20)),
  );
  expect(await condition("ALTER TABLE mapped DROP COLUMN s.z")).toBe("DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN");
  expect(await condition("ALTER TABLE mapped DROP COLUMN s")).toBe("DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN");
  expect(await condition("ALTER TABLE mapped DROP COLUMN s.x")).toBe("done");
});

test("are named by writers too", async () => {
  const frame = spark.sql("SELECT id, named_struct('x', id % 3, 'a.b', id) AS s FROM range(9)");
  await frame.write.format("delta").clusterBy("s.x", "s.`a.b`").saveAsTable("by_writer");
  await frame.write.format("delta").clusterBy("S.X", "s.`A.b`").mode("append").saveAsTable("by_writer");
  expect(await clustersOf("by_writer")).toEqual(["s.x", "s.`a.b`"]);
  await frame.writeTo("by_second").using("delta").clusterBy("s.x").create();
  expect(await clustersOf("by_second")).toEqual(["s.x"]);
});

// Spark's conditions for the same statements.
test.each([
  ["s", "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED"],
  ["a", "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED"],
  ["nope", "DELTA_COLUMN_NOT_FOUND_IN_SCHEMA"],
  ["s.nope", "DELTA_COLUMN_NOT_FOUND_IN_SCHEMA"],
  ["a.z", "DELTA_INCORRECT_ARRAY_ACCESS_BY_NAME"],
  ["m.q", "DELTA_FOUND_MAP_TYPE_COLUMN"],
  ["id.z", "DELTA_COLUMN_PATH_NOT_NESTED"],
  ["s.x, S.x", "DELTA_DUPLICATE_COLUMNS_FOUND.CLUSTER_BY"],
  ["id, s.x, s.T.y, `p.q`, s.`a.b`", "DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS"],
])("ALTER TABLE … CLUSTER BY (%s): %s", async (names, expected) => {
  await run(`CREATE TABLE IF NOT EXISTS refusing (${columns}) USING delta`);
  expect(await condition(`ALTER TABLE refusing CLUSTER BY (${names})`)).toBe(expected);
});

test.each([
  ["s", "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED"],
  ["nope", "UNSUPPORTED_FEATURE.PARTITION_WITH_NESTED_COLUMN_IS_UNSUPPORTED"],
  ["s.nope", "UNSUPPORTED_FEATURE.PARTITION_WITH_NESTED_COLUMN_IS_UNSUPPORTED"],
  ["id.z", "INVALID_FIELD_NAME"],
  ["a.z", "INVALID_FIELD_NAME"],
  ["s.x, s.x", "DELTA_DUPLICATE_COLUMNS_FOUND.CLUSTER_BY"],
  ["id, s.x, s.T.y, `p.q`, s.`a.b`", "DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS"],
])("CREATE TABLE … CLUSTER BY (%s): %s", async (names, expected) => {
  expect(await condition(`CREATE TABLE refused (${columns}) USING delta CLUSTER BY (${names})`)).toBe(expected);
});
