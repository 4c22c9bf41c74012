/** The default collation of tables, as on Spark 4.2, which gave these answers. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-collations-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

const rows = async (text: string) => (await spark.execute(text)).collect({ rows: "array" });
const types = async (table: string) =>
  Object.fromEntries((await rows(`DESCRIBE TABLE ${table}`)).map(([name, type]) => [name, type]));
const details = async (table: string) =>
  (await rows(`DESCRIBE TABLE EXTENDED ${table}`)).filter(([name]) => name === "Collation").map(([, value]) => value);

describe("a table with DEFAULT COLLATION", () => {
  test("gives it to the texts for which none is stated, in columns that come later too", async () => {
    await spark.execute(`
      CREATE TABLE t (g ARRAY<STRING>, h STRUCT<a: STRING>, i STRING COLLATE UTF8_BINARY) USING parquet
      DEFAULT COLLATION UTF8_LCASE COMMENT 'c' TBLPROPERTIES ('x' = 'y')`);
    expect(await details("t")).toEqual(["UTF8_LCASE"]);
    expect(await rows("SHOW CREATE TABLE t")).toEqual([
      [
        "CREATE TABLE spark_catalog.default.t (\n  g ARRAY<STRING COLLATE UTF8_LCASE>,\n  h STRUCT<a: STRING COLLATE UTF8_LCASE>,\n" +
          "  i STRING COLLATE UTF8_BINARY)\nUSING parquet\nCOMMENT 'c'\nDEFAULT COLLATION UTF8_LCASE\nTBLPROPERTIES (\n  'x' = 'y')\n",
      ],
    ]);
    await spark.execute(
      "ALTER TABLE t ADD COLUMNS (l STRING, m STRING COLLATE UTF8_BINARY, n STRUCT<a: STRING, b: ARRAY<STRING>>)",
    );
    await spark.execute("ALTER TABLE t DEFAULT COLLATION UNICODE");
    await spark.execute("ALTER TABLE t ADD COLUMNS (o STRING)");
    expect(await types("t")).toEqual({
      g: "array<string collate UTF8_LCASE>",
      h: "struct<a:string collate UTF8_LCASE>",
      i: "string",
      l: "string collate UTF8_LCASE",
      m: "string",
      n: "struct<a:string collate UTF8_LCASE,b:array<string collate UTF8_LCASE>>",
      o: "string collate UNICODE",
    });
    expect(await details("t")).toEqual(["UNICODE"]);
  });

  test("made of a query gives it to the texts that the query writes", async () => {
    await spark.execute("CREATE TABLE plain (a STRING) USING csv DEFAULT COLLATION UTF8_BINARY");
    expect(await details("plain")).toEqual(["UTF8_BINARY"]);
    await spark.execute(`
      CREATE TABLE made USING parquet DEFAULT COLLATION UTF8_LCASE
      AS SELECT *, CAST(a AS STRING) AS b, 'x' || a AS c, upper('q') AS d FROM plain WHERE 'a' = 'A'`);
    expect(await types("made")).toEqual({
      a: "string",
      b: "string collate UTF8_LCASE",
      c: "string",
      d: "string collate UTF8_LCASE",
    });
    await spark.execute("CREATE TABLE one USING parquet DEFAULT COLLATION UNICODE AS SELECT 1 AS x WHERE 'a' = 'A'");
    expect(await rows("SELECT count(*) FROM one")).toEqual([[0]]);
  });

  test("compares what is written to it, and is left out of its likenesses", async () => {
    await spark.execute("CREATE TABLE d (a STRING DEFAULT 'Q', b INT) USING parquet DEFAULT COLLATION UTF8_LCASE");
    await spark.execute("INSERT INTO d (b) VALUES (1)");
    expect(await rows("SELECT *, a = 'q' FROM d")).toEqual([["Q", 1, true]]);
    await spark.execute("CREATE TABLE like_d LIKE d");
    expect(await details("like_d")).toEqual([]);
    expect(await types("like_d")).toMatchObject({ a: "string collate UTF8_LCASE" });
  });

  test.each([
    ["(a VARCHAR(3)) USING parquet DEFAULT COLLATION UNICODE", "varchar"],
    ["(a BOOLEAN DEFAULT 'a' = 'A') USING parquet DEFAULT COLLATION UTF8_LCASE", "constant"],
    ["(a INT) USING delta DEFAULT COLLATION UNICODE", "parquet"],
  ])("is refused where it cannot be faithful: %s", async (text, hint) => {
    await expect(spark.execute(`CREATE TABLE refused ${text}`)).rejects.toThrow(new RegExp(hint, "i"));
  });
});
