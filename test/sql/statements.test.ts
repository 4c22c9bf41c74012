import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Statement } from "../../src/functions/parsers.ts";
import { SparkSession } from "../../src/index.ts";
import { parseStatement } from "../../src/sql/parse.ts";

// The plans and conditions are those of Spark's parser.

const withoutPlaces = (statement: Statement): unknown =>
  JSON.parse(JSON.stringify(statement, (key, value) => (key === "origin" ? undefined : value)));
const read = (text: string): unknown => withoutPlaces(parseStatement(text));

const attribute = (...name: string[]) => ({ kind: "attribute", name });
const call = (name: string, ...args: unknown[]) => ({ kind: "call", name: [name], arguments: args });

describe("MERGE INTO", () => {
  test("has clauses of three kinds, each with its condition", () => {
    const text = `MERGE WITH SCHEMA EVOLUTION INTO c.t AS x USING (SELECT a FROM u) s ON x.a = s.a
      WHEN MATCHED AND s.a > 1 THEN UPDATE SET * WHEN MATCHED THEN UPDATE SET x.b = s.b, c = DEFAULT
      WHEN NOT MATCHED BY TARGET AND s.ok THEN INSERT (a, b) VALUES (s.a, DEFAULT)
      WHEN NOT MATCHED BY SOURCE THEN DELETE`;
    const assignment = (column: unknown, value: unknown) => ({ kind: "merge assignment", column, value });
    expect(read(text)).toMatchObject({
      kind: "merge into",
      target: ["c", "t"],
      alias: "x",
      source: { kind: "subquery alias", name: "s", input: { kind: "project" } },
      condition: call("=", attribute("x", "a"), attribute("s", "a")),
      schemaEvolution: true,
      matched: [
        { action: "update all", condition: { name: [">"] }, assignments: [] },
        {
          action: "update",
          assignments: [
            assignment(attribute("x", "b"), attribute("s", "b")),
            assignment(attribute("c"), attribute("DEFAULT")),
          ],
        },
      ],
      notMatched: [
        {
          action: "insert",
          condition: attribute("s", "ok"),
          assignments: [
            assignment(attribute("a"), attribute("s", "a")),
            assignment(attribute("b"), attribute("DEFAULT")),
          ],
        },
      ],
      notMatchedBySource: [{ action: "delete", assignments: [] }],
    });
  });

  const merge = "MERGE INTO t USING s ON t.a = s.a";
  test.each([
    [merge, "MERGE_WITHOUT_WHEN"],
    [`${merge} WHEN MATCHED THEN DELETE WHEN MATCHED THEN DELETE`, "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION"],
    [
      `${merge} WHEN NOT MATCHED THEN INSERT * WHEN NOT MATCHED THEN INSERT *`,
      "NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION",
    ],
    [
      `${merge} WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DELETE`,
      "NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION",
    ],
    [`${merge} WHEN NOT MATCHED THEN INSERT (a, b) VALUES (1)`, "MERGE_INSERT_VALUE_COUNT_MISMATCH"],
    [`${merge} WHEN NOT MATCHED BY SOURCE THEN UPDATE SET *`, "PARSE_SYNTAX_ERROR"],
    [`${merge} WHEN NOT MATCHED THEN INSERT * WHEN MATCHED THEN DELETE`, "PARSE_SYNTAX_ERROR"],
    ["MERGE INTO t (x, y) USING s ON t.a = s.a WHEN MATCHED THEN DELETE", "PARSE_SYNTAX_ERROR"],
  ])("%s", (text, condition) => {
    expect(() => parseStatement(text)).toThrow(expect.objectContaining({ condition }));
  });
});

describe("changes behind what they read", () => {
  test("FROM … INSERT … INSERT", () => {
    const text = `FROM x INSERT INTO t (a) SELECT a
      INSERT OVERWRITE TABLE u PARTITION (p = 1) SELECT b WHERE c > 1 GROUP BY b ORDER BY b LIMIT 3`;
    expect(read(text)).toMatchObject({
      kind: "insert all",
      inserts: [
        { kind: "insert", table: ["t"], columns: ["a"], overwrite: false, input: { kind: "project" } },
        { table: ["u"], overwrite: true, partition: { p: "1" }, input: { kind: "limit", input: { kind: "sort" } } },
      ],
    });
    expect(read("FROM x INSERT INTO t SELECT a")).toMatchObject({ kind: "insert", table: ["t"] });
  });

  test("WITH … INSERT and WITH … MERGE", () => {
    expect(read("WITH c AS (SELECT 1 a) INSERT INTO t SELECT * FROM c")).toMatchObject({
      kind: "insert",
      input: { kind: "with", tables: [{ name: "c" }], input: { kind: "project" } },
    });
    expect(read("WITH c AS (SELECT 1) MERGE INTO t USING c ON t.a = c.a WHEN MATCHED THEN DELETE")).toMatchObject({
      kind: "merge into",
      source: { kind: "with", tables: [{ name: "c" }] },
    });
  });
});

describe("NEAREST BY", () => {
  test("joins with a count or one row, by distance or similarity", () => {
    const near = (text: string) => (read(`SELECT * FROM a ${text}`) as { readonly input: unknown }).input;
    expect(near("JOIN b APPROX NEAREST 2 BY DISTANCE abs(a.x - b.y)")).toMatchObject({
      kind: "nearest-by join",
      type: "inner",
      count: 2,
      mode: "approximate",
      direction: "distance",
    });
    expect(near("LEFT JOIN b EXACT NEAREST BY SIMILARITY b.y")).toMatchObject({
      type: "left",
      count: 1,
      mode: "exact",
      direction: "similarity",
      ranking: attribute("b", "y"),
    });
  });

  test.each([
    ["JOIN b APPROX NEAREST 0 BY DISTANCE 1", "NEAREST_BY_JOIN.NUM_RESULTS_OUT_OF_RANGE"],
    ["RIGHT JOIN b APPROX NEAREST 1 BY DISTANCE 1", "NEAREST_BY_JOIN.UNSUPPORTED_JOIN_TYPE"],
    ["JOIN LATERAL (SELECT 1) b APPROX NEAREST 1 BY DISTANCE 1", "UNSUPPORTED_FEATURE.LATERAL_JOIN_NEAREST_BY"],
    ["NATURAL JOIN b APPROX NEAREST 1 BY DISTANCE 1", "PARSE_SYNTAX_ERROR"],
    ["JOIN b NEAREST 1 BY DISTANCE 1", "PARSE_SYNTAX_ERROR"],
    ["LEFT ASOF JOIN b ON a.x = b.y", "PARSE_SYNTAX_ERROR"],
  ])("%s", (text, condition) => {
    expect(() => parseStatement(`SELECT * FROM a ${text}`)).toThrow(expect.objectContaining({ condition }));
  });
});

describe("what pipelines run", () => {
  test("datasets and flows", () => {
    const text = `CREATE STREAMING TABLE IF NOT EXISTS t (a INT) USING parquet PARTITIONED BY (a) COMMENT 'c'
      TBLPROPERTIES ('k' = 'v') AS SELECT * FROM STREAM s`;
    expect(read(text)).toMatchObject({
      kind: "create pipeline dataset",
      type: "streaming table",
      name: ["t"],
      ifNotExists: true,
      provider: "parquet",
      comment: "c",
      properties: { k: "v" },
      partitioning: [attribute("a")],
      query: { kind: "project", input: { kind: "read table", isStreaming: true } },
    });
    expect(read("CREATE STREAMING TABLE t")).not.toHaveProperty("query");
    expect(read("CREATE FLOW f COMMENT 'x' AS INSERT INTO t BY NAME SELECT 1")).toMatchObject({
      kind: "create flow",
      name: ["f"],
      comment: "x",
      insert: { table: ["t"], byName: true },
    });
  });

  test.each([
    ["CREATE MATERIALIZED VIEW t", "_LEGACY_ERROR_TEMP_0035"],
    ["CREATE MATERIALIZED VIEW t LOCATION 'x' AS SELECT 1", "_LEGACY_ERROR_TEMP_0035"],
    ["CREATE MATERIALIZED VIEW t OPTIONS (a 'b') AS SELECT 1", "_LEGACY_ERROR_TEMP_0035"],
    ["CREATE FLOW f AS AUTO CDC INTO t FROM STREAM s KEYS (a) SEQUENCE BY b", "PARSE_SYNTAX_ERROR"],
    ["CREATE STREAMING TABLE t FLOW AUTO CDC FROM STREAM s KEYS (a) SEQUENCE BY b", "PARSE_SYNTAX_ERROR"],
  ])("%s", (text, condition) => {
    expect(() => parseStatement(text)).toThrow(expect.objectContaining({ condition }));
  });
});

describe("files", () => {
  test.each([
    ["INSERT OVERWRITE DIRECTORY 'd' USING csv OPTIONS (header 'true') SELECT 1", { header: "true" }],
    ["INSERT OVERWRITE LOCAL DIRECTORY USING csv OPTIONS (path 'd') SELECT 1", {}],
    ["WITH c AS (SELECT 1) INSERT OVERWRITE DIRECTORY 'd' USING CSV SELECT * FROM c", {}],
  ])("%s", (text, options) => {
    const target = { to: "path", path: "d" };
    expect(read(text)).toMatchObject({ kind: "write", format: "csv", mode: "overwrite", target, options });
  });

  test("a temporary view of files has columns with types", () => {
    expect(read("CREATE TEMPORARY VIEW v (a INT NOT NULL, b STRING COMMENT 'x') USING json")).toMatchObject({
      kind: "create view",
      input: {
        kind: "read",
        schema: { fields: [{ name: "a", type: { kind: "int" } }, { metadata: { comment: "x" } }] },
      },
    });
  });

  test.each([
    ["INSERT OVERWRITE DIRECTORY 'd' USING csv OPTIONS (path 'e') SELECT 1", "_LEGACY_ERROR_TEMP_0049"],
    ["INSERT OVERWRITE DIRECTORY USING csv SELECT 1", "_LEGACY_ERROR_TEMP_0049"],
    ["INSERT OVERWRITE DIRECTORY 'd' SELECT 1", "NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT"],
    ["INSERT OVERWRITE DIRECTORY 'd' STORED AS parquet SELECT 1", "NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT"],
    ["INSERT OVERWRITE DIRECTORY 'd' USING delta SELECT 1", "DELTA_OPERATION_NOT_ALLOWED"],
    ["CREATE TEMPORARY VIEW v (a INT DEFAULT 3) USING json", "PARSE_SYNTAX_ERROR"],
    ["CREATE TEMPORARY VIEW v (a INT, b) USING json", "PARSE_SYNTAX_ERROR"],
    ["CREATE TEMPORARY VIEW v (a INT) AS SELECT 1", "PARSE_SYNTAX_ERROR"],
    ["CREATE VIEW v (a INT) USING json", "PARSE_SYNTAX_ERROR"],
    ["FROM t INSERT OVERWRITE DIRECTORY 'd' USING csv SELECT 1", "UNSUPPORTED_FEATURE"],
  ])("%s", (text, condition) => {
    expect(() => parseStatement(text)).toThrow(expect.objectContaining({ condition }));
  });
});

describe("at a session", () => {
  const spark = SparkSession.create();
  afterAll(() => spark.stop());
  beforeAll(async () => {
    await spark.execute("DECLARE total INT; DECLARE verb STRING DEFAULT 'SELECT'");
  });
  const rows = async (text: string) => (await spark.execute(text)).collect();

  test("nearest rows", async () => {
    const query = `SELECT a.x, b.y FROM VALUES (1), (6) a(x)
      JOIN VALUES (2), (7) b(y) EXACT NEAREST BY DISTANCE abs(a.x - b.y) ORDER BY x`;
    expect(await rows(query)).toEqual([
      { x: 1, y: 2 },
      { x: 6, y: 7 },
    ]);
  });

  test("EXECUTE IMMEDIATE runs a text with values in order, by name, and into variables", async () => {
    expect(await rows("EXECUTE IMMEDIATE 'SELECT ? + ? AS n' USING 1, 2")).toEqual([{ n: 3 }]);
    expect(await rows("EXECUTE IMMEDIATE verb || ' :a + :b AS n' USING (1 AS a, 4 AS b)")).toEqual([{ n: 5 }]);
    await spark.execute("EXECUTE IMMEDIATE 'SELECT 7' INTO total");
    expect(await rows("SELECT total")).toEqual([{ total: 7 }]);
    await spark.execute("EXECUTE IMMEDIATE 'SELECT 7 WHERE false' INTO total");
    expect(await rows("SELECT total")).toEqual([{ total: null }]);
  });

  test("EXECUTE IMMEDIATE runs another inside, names variables by themselves, and gives what SET answers", async () => {
    expect(await rows("EXECUTE IMMEDIATE 'EXECUTE IMMEDIATE ''SELECT ? AS n'' USING 10'")).toEqual([{ n: 10 }]);
    expect(await rows("EXECUTE IMMEDIATE 'SELECT :total IS NULL AS n' USING total")).toEqual([{ n: true }]);
    expect(await rows("EXECUTE IMMEDIATE 'SET spark.sql.ansi.enabled = true'")).toEqual([
      { key: "spark.sql.ansi.enabled", value: "true" },
    ]);
  });

  test("a temporary view of files with a schema and no path has no rows", async () => {
    await spark.execute("CREATE TEMPORARY VIEW nowhere (e INT) USING parquet");
    expect(await rows("SELECT * FROM nowhere")).toEqual([]);
    await expect(spark.execute("CREATE TEMPORARY VIEW nothing USING parquet")).rejects.toMatchObject({
      condition: "UNABLE_TO_INFER_SCHEMA",
    });
  });

  test.each(["DESCRIBE TABLE EXTENDED t AS JSON", "DESC t PARTITION (a = 1) AS JSON"])(
    "%s is refused by name",
    (text) => {
      expect(() => spark.sql(text)).toThrow("DESCRIBE … AS JSON is not supported");
    },
  );

  test("the older rules of IDENTIFIER let it stand for no column of a statement, and hints never take it", async () => {
    const refused = expect.objectContaining({ condition: "PARSE_SYNTAX_ERROR" });
    expect(() => spark.sql("SELECT /*+ IDENTIFIER('BROADCAST')(t) */ 1")).toThrow(refused);
    spark.conf.set("spark.sql.legacy.identifierClause", "true");
    await expect(spark.execute("SET VAR IDENTIFIER('total') = 1")).rejects.toThrow(refused);
    spark.conf.set("spark.sql.legacy.identifierClause", "false");
  });

  test.each([
    ["EXECUTE IMMEDIATE NULL :: STRING", "NULL_QUERY_STRING_EXECUTE_IMMEDIATE"],
    ["EXECUTE IMMEDIATE 5", "INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE"],
    ["EXECUTE IMMEDIATE 'SELECT :a' USING 1", "ALL_PARAMETERS_MUST_BE_NAMED"],
    ["EXECUTE IMMEDIATE 'SELECT :a' USING 1, 2 AS a", "ALL_PARAMETERS_MUST_BE_NAMED"],
    ["EXECUTE IMMEDIATE 'SELECT ?, :a' USING 1 AS b, 2 AS a", "INVALID_QUERY_MIXED_QUERY_PARAMETERS"],
    ["EXECUTE IMMEDIATE 'SELECT ?' USING (SELECT 1)", "UNSUPPORTED_EXPR_FOR_PARAMETER"],
    ["EXECUTE IMMEDIATE (SELECT 'SELECT 1')", "UNSUPPORTED_EXPR_FOR_PARAMETER"],
    ["EXECUTE IMMEDIATE 'SELEC 1'", "PARSE_SYNTAX_ERROR"],
    ["EXECUTE IMMEDIATE 'SELECT 1' INTO other", "UNRESOLVED_VARIABLE"],
    ["EXECUTE IMMEDIATE 'SELECT 1, 2' INTO total", "ASSIGNMENT_ARITY_MISMATCH"],
    ["EXECUTE IMMEDIATE 'VALUES 1, 2' INTO total", "ROW_SUBQUERY_TOO_MANY_ROWS"],
    ["EXECUTE IMMEDIATE 'SET x = 1' INTO total", "INVALID_STATEMENT_FOR_EXECUTE_INTO"],
    ["CREATE MATERIALIZED VIEW v AS SELECT 1", "UNSUPPORTED_FEATURE"],
  ])("%s", async (text, condition) => {
    await expect(spark.execute(text)).rejects.toMatchObject({ condition });
  });
});
