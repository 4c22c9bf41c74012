/** Arguments that Spark 4.2 refuses under conditions of their own, and the forms of calls that it fills in. */
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let spark: SparkSession;
beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

describe("conditions", () => {
  it.each([
    ["SELECT n FROM VALUES ('seven'), (7) AS t(n)", "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE"],
    ["SELECT n FROM VALUES (true), (7) AS t(n)", "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE"],
    ["SELECT date_part('moon', DATE'2024-02-29')", "INVALID_EXTRACT_FIELD"],
    ["SELECT date_part(1, DATE'2024-02-29')", "NON_FOLDABLE_ARGUMENT"],
    ["SELECT date_part(f, DATE'2024-02-29') FROM VALUES ('year') AS t(f)", "NON_FOLDABLE_ARGUMENT"],
    ["SELECT floor(2.71, n) FROM VALUES (1) AS t(n)", "NON_FOLDABLE_ARGUMENT"],
    ["SELECT ceil(2.71, 1.0D)", "NON_FOLDABLE_ARGUMENT"],
    ["SELECT ascii(X'C3')", "UNSUPPORTED_FEATURE"],
    ["SELECT decode(n, 1, 5, 2, array(6)) FROM VALUES (2) AS t(n)", "DATATYPE_MISMATCH.DATA_DIFF_TYPES"],
    ["SELECT mask('Ab', 'XX')", "DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE"],
    ["SELECT mask('Ab', 1.5BD)", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE"],
    ["SELECT percentile(n, 1.5) FROM VALUES (1) AS t(n)", "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE"],
    ["SELECT percentile_approx(n, NULL) FROM VALUES (1) AS t(n)", "DATATYPE_MISMATCH.UNEXPECTED_NULL"],
    ["SELECT listagg(a, b) FROM VALUES ('x', 'y') AS t(a, b)", "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT"],
    ["SELECT rand(n) FROM VALUES (1) AS t(n)", "SEED_EXPRESSION_IS_UNFOLDABLE"],
    ["SELECT from_json(s, s) FROM VALUES ('{}') AS t(s)", "INVALID_SCHEMA.NON_STRING_LITERAL"],
  ])("%s: %s", async (sql, condition) => {
    await expect(spark.sql(sql).collect()).rejects.toMatchObject({ condition });
  });
});

describe("forms", () => {
  it.each([
    ["SELECT convert_timezone('Europe/Paris', TIMESTAMP_NTZ'2024-01-01 10:00:00')", "2024-01-01 11:00:00"],
    ["SELECT date_part(NULL, DATE'2024-02-29')", null],
    ["SELECT concat_ws(s) FROM VALUES ('-') AS t(s)", ""],
    ["SELECT array_join(array('x', NULL, 'y'), s, '?') FROM VALUES ('-') AS t(s)", "x-?-y"],
    ["SELECT concat_ws(s, 'x', NULL, array('y')) FROM VALUES ('-') AS t(s)", "x-y"],
    ["SELECT overlay('Spark' PLACING NULL FROM 2)", null],
    ["SELECT decode(n, 1, NULL, 2, 'two') FROM VALUES (2) AS t(n)", "two"],
    ["SELECT listagg(w, 1) FROM VALUES ('a'), ('b') AS t(w)", "a1b"],
    ["SELECT rank(n) OVER (ORDER BY n) FROM VALUES (3) AS t(n)", "1"],
    [
      "SELECT concat_ws(' ', 0.5, -0.25, 0.0, CAST(0.5 AS DECIMAL(38,38)))",
      "0.5 -0.25 0.0 0.50000000000000000000000000000000000000",
    ],
    ["SELECT to_json(named_struct('a', 0.5))", '{"a":0.5}'],
    ["SELECT round(0.25D, CAST(NULL AS INT))", null],
    ["SELECT try_divide(s, 2) FROM VALUES ('a') AS t(s)", null],
    ["SELECT element_at(CAST(NULL AS ARRAY<DATE>), 2)", null],
  ])("%s is %s", async (sql, value) => {
    const frame = spark.sql(`SELECT CAST(first_value AS STRING) AS value FROM (${sql}) AS t(first_value)`);
    expect(await frame.collect()).toEqual([{ value }]);
  });

  it("names what it fills in as Spark does", async () => {
    const { fields } = await spark
      .sql(
        "SELECT lpad(X'AB', 3), to_varchar(X'AB', 'hex'), listagg(DISTINCT w) FROM VALUES ('a') AS t(w) GROUP BY ALL",
      )
      .schema();
    expect(fields.map(({ name }) => name)).toEqual([
      "lpad(X'AB', 3, X'00')",
      "to_varchar(X'AB')",
      "listagg(DISTINCT w, NULL)",
    ]);
  });
});
