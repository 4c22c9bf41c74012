/** Tables as the DataFrame API writes and lists them; conditions and answers are those of Spark 4.2. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, SparkSession } from "lakewright";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;
let rows: DataFrame;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "catalogue-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
  rows = spark.createDataFrame(
    [
      [1, "a"],
      [2, "b"],
    ],
    "id INT, k STRING",
  );
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await spark.catalog.dropDatabase("shop", { ifExists: true, cascade: true });
  await spark.catalog.createDatabase("shop");
  await spark.catalog.setCurrentDatabase("shop");
});

const fails = (action: Promise<unknown>, condition: string): Promise<void> =>
  expect(action).rejects.toMatchObject({ condition });

const all = (table: string): Promise<unknown> => spark.table(table).orderBy("id").collect();

describe("saveAsTable", () => {
  test("makes a table that another session finds by each of its names", async () => {
    await rows.write.saveAsTable("x");
    await using other = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
    for (const name of ["shop.x", "SHOP.X", "spark_catalog.shop.x"])
      expect(await other.table(name).orderBy("id").collect()).toEqual(await rows.collect());
    expect(await other.table("shop.x").select("x.id", "shop.x.k").count()).toBe(2);
  });

  test("obeys the four modes", async () => {
    await rows.write.saveAsTable("x");
    await fails(rows.write.saveAsTable("x"), "TABLE_OR_VIEW_ALREADY_EXISTS");
    await rows.write.mode("ignore").saveAsTable("x");
    expect(await spark.table("x").count()).toBe(2);
    await rows.select("k", "id").write.mode("append").saveAsTable("x");
    expect(await all("x")).toEqual([
      { id: 1, k: "a" },
      { id: 1, k: "a" },
      { id: 2, k: "b" },
      { id: 2, k: "b" },
    ]);
    await rows.select("id").write.mode("overwrite").saveAsTable("x");
    expect(await all("x")).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("appends only what is the same table", async () => {
    await rows.write.saveAsTable("x");
    const append = (frame: DataFrame) => frame.write.mode("append");
    await fails(append(rows.select("id")).saveAsTable("x"), "_LEGACY_ERROR_TEMP_1161");
    await fails(append(rows.toDF("id", "q")).saveAsTable("x"), "_LEGACY_ERROR_TEMP_1162");
    await fails(append(rows).format("json").saveAsTable("x"), "_LEGACY_ERROR_TEMP_1159");
    await fails(append(rows).option("path", "/elsewhere").saveAsTable("x"), "_LEGACY_ERROR_TEMP_1160");
    await fails(append(rows).partitionBy("k").saveAsTable("x"), "_LEGACY_ERROR_TEMP_1163");
    await fails(append(rows).bucketBy(3, "k").saveAsTable("x"), "_LEGACY_ERROR_TEMP_1164");
    const text = spark.createDataFrame([["w", "a"]], "id STRING, k STRING");
    await fails(append(text).saveAsTable("x"), "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST");
    const wide = spark.createDataFrame([[2 ** 40, "a"]], "id BIGINT, k STRING");
    await fails(append(wide).saveAsTable("x"), "CAST_OVERFLOW_IN_TABLE_INSERT");
    expect(await spark.table("x").count()).toBe(2);
  });

  test("refuses to replace what it reads, and names that cannot be", async () => {
    await rows.write.saveAsTable("x");
    await fails(spark.table("x").write.mode("overwrite").saveAsTable("x"), "UNSUPPORTED_OVERWRITE.TABLE");
    await fails(rows.write.saveAsTable("`a-b`"), "INVALID_SCHEMA_OR_RELATION_NAME");
    await fails(rows.write.saveAsTable("nodb.y"), "SCHEMA_NOT_FOUND");
    await fails(rows.write.sortBy("k").saveAsTable("y"), "SORT_BY_WITHOUT_BUCKETING");
    await fails(rows.write.bucketBy(4, "nope").saveAsTable("y"), "COLUMN_NOT_DEFINED_IN_TABLE");
    await fails(rows.write.bucketBy(0, "id").saveAsTable("y"), "INVALID_BUCKET_COUNT");
    await fails(rows.write.partitionBy("id", "k").saveAsTable("y"), "ALL_PARTITION_COLUMNS_NOT_ALLOWED");
    await fails(rows.write.bucketBy(2, "id").save(join(folder, "y")), "_LEGACY_ERROR_TEMP_1312");
    expect(await spark.catalog.tableExists("y")).toBe(false);
  });

  test.each(["parquet", "json", "csv"])("keeps rows as %s, partition columns last", async (format) => {
    await rows.select("k", "id").write.partitionBy("k").format(format).saveAsTable("p");
    expect(await all("p")).toEqual(await rows.collect());
    await expect(spark.table("p").columns()).resolves.toEqual(["id", "k"]);
    expect(await spark.catalog.listPartitions("p")).toEqual(["k=a", "k=b"]);
    await fails(spark.catalog.recoverPartitions("nope"), "TABLE_OR_VIEW_NOT_FOUND");
    await spark.catalog.recoverPartitions("p");
  });

  test("puts rows into the buckets that Spark's hash says, sorted there", async () => {
    await rows.write.bucketBy(4, "id").sortBy("k").saveAsTable("b");
    const files = (await readdir(join(folder, "warehouse", "shop.db", "b"))).filter((name) => name.startsWith("part-"));
    expect(files.map((name) => name.slice(-28)).sort()).toEqual(
      ["_00002.c000.snappy.parquet", "_00003.c000.snappy.parquet"].map((end) => expect.stringContaining(end)),
    );
    expect(await all("b")).toEqual(await rows.collect());
    expect((await spark.catalog.listColumns("b")).map(({ isBucket }) => isBucket)).toEqual([true, false]);
    const one = join(folder, "warehouse", "shop.db", "b", files.find((name) => name.includes("_00003."))!);
    expect(await spark.read.parquet(one).collect()).toEqual([{ id: 1, k: "a" }]);
  });

  test("leaves the files of an external table when it is dropped, and takes those of a managed one", async () => {
    const path = join(folder, "outside");
    await rows.write.option("path", path).mode("overwrite").saveAsTable("e");
    await rows.write.saveAsTable("m");
    expect((await spark.catalog.getTable("e")).tableType).toBe("EXTERNAL");
    await spark.catalog.dropTable("e");
    await spark.catalog.dropTable("m");
    expect(await spark.read.parquet(path).count()).toBe(2);
    expect(await readdir(join(folder, "warehouse", "shop.db"))).toEqual([]);
    const again = await spark.catalog.createTable("e", { path });
    expect(await again.count()).toBe(2);
  });
});

describe("insertInto", () => {
  test("inserts by position and fits types", async () => {
    await spark.catalog.createTable("t", { schema: "a INT, v VARCHAR(3), c CHAR(4), d DECIMAL(4,1)", source: "json" });
    const insert = (row: readonly unknown[]) =>
      spark.createDataFrame([row], "x BIGINT, y STRING, z STRING, w INT").write.insertInto("t");
    await insert([1, "abc  ", "x", 7]);
    await fails(insert([1, "abcd", "x", 7]), "EXCEED_LIMIT_LENGTH");
    await fails(insert([1, "abc", "xxxxx", 7]), "EXCEED_LIMIT_LENGTH");
    await fails(insert([1, "abc", "x", 1000]), "CAST_OVERFLOW_IN_TABLE_INSERT");
    const [row] = await spark.table("t").collect();
    expect({ ...row, d: String(row!.d) }).toEqual({ a: 1, v: "abc", c: "x   ", d: "7.0" });
  });

  test("tells what does not fit", async () => {
    await rows.write.saveAsTable("x");
    await fails(rows.select("id").write.insertInto("x"), "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS");
    const wide = rows.select("id", "k", "k");
    await fails(wide.write.insertInto("x"), "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS");
    const swapped = rows.select("k", "id");
    await fails(swapped.write.insertInto("x"), "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST");
    await fails(rows.write.partitionBy("k").insertInto("x"), "PARTITION_BY_NOT_ALLOWED_WITH_INSERT_INTO");
    await fails(rows.write.bucketBy(2, "k").insertInto("x"), "_LEGACY_ERROR_TEMP_1312");
    await fails(rows.write.insertInto("nope"), "TABLE_OR_VIEW_NOT_FOUND");
    await rows.createOrReplaceTempView("view");
    await fails(rows.write.insertInto("view"), "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE");
    await spark.catalog.dropTempView("view");
  });

  test("replaces the table, or with dynamic overwrite the partitions that are written", async () => {
    await rows.write.partitionBy("k").saveAsTable("p");
    const one = spark.createDataFrame([[9, "b"]], "id INT, k STRING");
    await one.write.option("partitionOverwriteMode", "dynamic").insertInto("p", { overwrite: true });
    expect(await all("p")).toEqual([
      { id: 1, k: "a" },
      { id: 9, k: "b" },
    ]);
    await one.write.insertInto("p", { overwrite: true });
    expect(await all("p")).toEqual([{ id: 9, k: "b" }]);
  });
});

describe("writeTo", () => {
  test("creates tables of files and refuses what Spark refuses of them", async () => {
    await rows.writeTo("w").using("csv").tableProperty("a", "b").partitionedBy("k").create();
    expect(await all("w")).toEqual(await rows.collect());
    expect(await spark.catalog.getTableProperties("w")).toEqual({ a: "b" });
    await fails(rows.writeTo("w").create(), "TABLE_OR_VIEW_ALREADY_EXISTS");
    await fails(rows.writeTo("w").append(), "_LEGACY_ERROR_TEMP_1012");
    await fails(rows.writeTo("w").overwritePartitions(), "_LEGACY_ERROR_TEMP_1012");
    await fails(rows.writeTo("w").replace(), "UNSUPPORTED_FEATURE.TABLE_OPERATION");
    await fails(rows.writeTo("new").createOrReplace(), "UNSUPPORTED_FEATURE.TABLE_OPERATION");
    await fails(rows.writeTo("nope").append(), "TABLE_OR_VIEW_NOT_FOUND");
  });
});

describe("spark.catalog", () => {
  test("lists namespaces and says where names are looked up", async () => {
    const { catalog } = spark;
    expect(await catalog.currentCatalog()).toBe("spark_catalog");
    expect(await catalog.currentDatabase()).toBe("shop");
    expect((await catalog.listDatabases()).map(({ name }) => name)).toEqual(["default", "shop"]);
    expect((await catalog.listDatabases("d*")).map(({ description }) => description)).toEqual(["default database"]);
    expect(await catalog.getDatabase("spark_catalog.shop")).toEqual({
      name: "shop",
      catalog: "spark_catalog",
      description: "",
      locationUri: `file:${join(folder, "warehouse", "shop.db")}`,
    });
    expect(await catalog.databaseExists("nope")).toBe(false);
    await fails(catalog.getDatabase("nope"), "SCHEMA_NOT_FOUND");
    await fails(catalog.setCurrentDatabase("nope"), "SCHEMA_NOT_FOUND");
    await fails(catalog.createDatabase("shop"), "SCHEMA_ALREADY_EXISTS");
    await fails(catalog.createDatabase("a.b"), "REQUIRES_SINGLE_PART_NAMESPACE");
    await fails(catalog.dropDatabase("default"), "UNSUPPORTED_FEATURE.DROP_DATABASE");
    await catalog.createDatabase("shop", { ifNotExists: true });
  });

  test("lists tables, then temporary views", async () => {
    const { catalog } = spark;
    await rows.write.saveAsTable("x");
    await rows.createOrReplaceTempView("tv");
    const x = {
      name: "x",
      catalog: "spark_catalog",
      namespace: ["shop"],
      description: null,
      tableType: "MANAGED",
      isTemporary: false,
    };
    const tv = { ...x, name: "tv", catalog: null, namespace: [], tableType: "TEMPORARY", isTemporary: true };
    expect(await catalog.listTables()).toEqual([x, tv]);
    expect(await catalog.listTables("shop", "x|y*")).toEqual([x]);
    expect(await catalog.listViews()).toEqual([tv]);
    expect(await catalog.getTable("tv")).toEqual(tv);
    await fails(catalog.listTables("nope"), "SCHEMA_NOT_FOUND");
    await fails(catalog.getTable("nope"), "TABLE_OR_VIEW_NOT_FOUND");
    expect(await catalog.tableExists("x", "shop")).toBe(true);
    expect(await catalog.tableExists("nodb.x")).toBe(false);
    expect(await catalog.dropTempView("tv")).toBe(true);
    expect(await catalog.dropTempView("x")).toBe(false);
    await fails(catalog.dropDatabase("shop"), "SCHEMA_NOT_EMPTY");
    await fails(catalog.dropView("x"), "WRONG_COMMAND_FOR_OBJECT_TYPE");
    await catalog.truncateTable("x");
    expect(await spark.table("x").count()).toBe(0);
    await catalog.dropTable("x");
    await fails(catalog.dropTable("x"), "TABLE_OR_VIEW_NOT_FOUND");
    await catalog.dropTable("x", { ifExists: true });
  });

  test("a column of a set operation that is cast has no comment, and the property comment is the comment", async () => {
    await spark.execute("CREATE TABLE noted (k INT COMMENT 'note') USING parquet COMMENT 'first'");
    const comments = async (query: string) => (await spark.execute(query)).collect({ rows: "array" });
    expect(await comments("DESC QUERY SELECT k FROM noted UNION ALL SELECT 1")).toEqual([["k", "int", "note"]]);
    expect(await comments("DESC QUERY SELECT k FROM noted UNION ALL SELECT 1.0D")).toEqual([["k", "double", null]]);
    await spark.execute("ALTER TABLE noted SET TBLPROPERTIES (comment = 'second', u = 'v')");
    const details = await comments("DESC EXTENDED noted");
    expect(details).toContainEqual(["Comment", "second", ""]);
    expect(details).toContainEqual(["Table Properties", "[u=v]", ""]);
    await spark.execute("ALTER TABLE noted UNSET TBLPROPERTIES (comment)");
    expect((await comments("DESC EXTENDED noted")).map(([name]) => name)).not.toContain("Comment");
    await spark.execute("DROP TABLE noted");
  });

  test("describes columns and functions", async () => {
    const { catalog } = spark;
    await rows.write.partitionBy("k").saveAsTable("p");
    const id = {
      name: "id",
      description: null,
      dataType: "int",
      nullable: true,
      isPartition: false,
      isBucket: false,
      isCluster: false,
    };
    expect(await catalog.listColumns("p")).toEqual([id, { ...id, name: "k", dataType: "string", isPartition: true }]);
    expect((await catalog.getFunction("abs")).isTemporary).toBe(true);
    expect(await catalog.functionExists("abs", "shop")).toBe(false);
    await fails(catalog.getFunction("nope"), "UNRESOLVED_ROUTINE");
    await fails(catalog.createTable("p", { schema: "a INT" }), "TABLE_OR_VIEW_ALREADY_EXISTS");
    await fails(catalog.createTable("q"), "UNABLE_TO_INFER_SCHEMA");
    await fails(catalog.createTable("q", { schema: "a INT", source: "nope" }), "DATA_SOURCE_NOT_FOUND");
    await fails(catalog.createTable("q", { schema: "a INT, A STRING" }), "COLUMN_ALREADY_EXISTS");
    expect(await catalog.getCreateTableString("p")).toBe(
      "CREATE TABLE spark_catalog.shop.p (\n  id INT,\n  k STRING COLLATE UTF8_BINARY)\nUSING parquet\nPARTITIONED BY (k)\n",
    );
  });

  test("keeps the rows of a table until it is written", async () => {
    const { catalog } = spark;
    await rows.write.saveAsTable("x");
    await catalog.cacheTable("x");
    expect(await catalog.isCached("x")).toBe(true);
    expect(await spark.table("x").count()).toBe(2);
    await rows.write.insertInto("x");
    expect(await spark.table("x").count()).toBe(4);
    await catalog.refreshTable("x");
    await catalog.uncacheTable("x");
    expect(await catalog.isCached("x")).toBe(false);
    await fails(catalog.cacheTable("nope"), "TABLE_OR_VIEW_NOT_FOUND");
    await catalog.clearCache();
  });
});

test("current_path() ends with the current namespace", async () => {
  const told = await spark.sql("SELECT current_path() AS it").collect();
  expect(told).toEqual([{ it: "system.builtin,system.session,spark_catalog.shop" }]);
});
