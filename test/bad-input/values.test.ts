import { col, type DataFrame, SparkSession, udf } from "lakewright";
import { sum } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { refuses } from "./scratch.ts";

let spark: SparkSession;
beforeAll(() => {
  spark = testSession();
});
afterEach(async () => {
  expect(await spark.range(3).count()).toBe(3);
});
afterAll(() => spark.stop());

const execution = "ExecutionError";
const analysis = "AnalysisError";
const row = () =>
  spark.createDataFrame(
    [[2147483647, 0, "abc", "2025-02-30", 99999, 1e300]],
    "n INT, z INT, s STRING, d STRING, m INT, x DOUBLE",
  );

describe("values that do not fit", () => {
  test.each([
    ["addition", () => row().select(col("n").plus(1)), "ARITHMETIC_OVERFLOW", "22003", "try_add"],
    ["multiplication", () => row().select(col("n").multiply(2)), "ARITHMETIC_OVERFLOW", "22003", "try_multiply"],
    [
      "a sum",
      () =>
        row()
          .union(row())
          .agg(sum(col("n").cast("bigint").multiply(4_000_000_000))),
      "ARITHMETIC_OVERFLOW",
      "22003",
      "overflow",
    ],
    ["division by zero", () => row().select(col("n").divide(col("z"))), "DIVIDE_BY_ZERO", "22012", "try_divide"],
    ["a remainder by zero", () => row().select(col("n").mod(col("z"))), "REMAINDER_BY_ZERO", "22012", "try_mod"],
    ["a cast of text", () => row().select(col("s").cast("int")), "CAST_INVALID_INPUT", "22018", "'abc'"],
    [
      "a date that there is not",
      () => row().select(col("d").cast("date")),
      "CAST_INVALID_INPUT",
      "22018",
      "'2025-02-30'",
    ],
    [
      "a time that there is not",
      () => row().select(col("s").cast("timestamp")),
      "CAST_INVALID_INPUT",
      "22018",
      "'abc'",
    ],
    ["a narrower integer", () => row().select(col("n").cast("tinyint")), "CAST_OVERFLOW", "22003", "2147483647"],
    ["a double beyond integers", () => row().select(col("x").cast("bigint")), "CAST_OVERFLOW", "22003", '"BIGINT"'],
    [
      "a decimal with too few digits",
      () => row().select(col("m").cast("decimal(3,0)")),
      "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
      "22003",
      "99999",
    ],
  ] as const)("%s", (_, frame, condition, sqlState, says) =>
    refuses(() => (frame() as unknown as DataFrame).collect(), { name: execution, condition, sqlState, says: [says] }),
  );

  test("are met by filters of what is only counted", () =>
    refuses(() => row().filter(col("n").plus(1).isNotNull()).count(), {
      name: execution,
      condition: "ARITHMETIC_OVERFLOW",
    }));
});

describe("columns that are not there, or twice", () => {
  test("an unknown one is answered with the nearest", () =>
    refuses(
      () =>
        row()
          .select("nn" as "n")
          .collect(),
      {
        name: analysis,
        condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
        sqlState: "42703",
        says: ["`nn`", "values.test.ts", "Did you mean n?"],
      },
    ));

  test("one that two sides have", async () => {
    const side = (name: string) => spark.range(2).alias(name) as unknown as DataFrame;
    const joined = side("a").join(side("b"), col("a.id").eq(col("b.id")));
    await refuses(() => joined.select("id").collect(), {
      name: analysis,
      condition: "AMBIGUOUS_REFERENCE",
      sqlState: "42704",
      says: ["`a`.`id`, `b`.`id`", "alias"],
    });
  });

  test("one in another case is the same, unless the session tells them apart", async () => {
    expect(
      await spark
        .range(1)
        .select("ID" as "id")
        .collect({ rows: "array" }),
    ).toEqual([[0]]);
    await using exact = SparkSession.create({ "spark.sql.caseSensitive": true });
    await refuses(
      () =>
        exact
          .range(1)
          .select("ID" as "id")
          .collect(),
      { name: analysis, condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION", says: ["Did you mean id?"] },
    );
  });
});

describe("rows that do not fit their schema", () => {
  test.each([
    ["a type", [["x"]], "n INT", "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME", ["row 0", "n", '"x"']],
    ["a date", [["2025-02-30"]], "d DATE", "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME", ["row 0", "d", "2025-02-30"]],
    ["a range", [[1], [3e9]], "n INT", "VALUE_OUT_OF_BOUNDS", ["row 1", "n", "3000000000"]],
    ["a number of values", [[1, 2]], "n INT", "FIELD_STRUCT_LENGTH_MISMATCH_WITH_NAME", ["row 0"]],
  ] as const)("by %s", (_, rows, schema, condition, says) =>
    refuses(() => spark.createDataFrame(rows, schema).collect(), { name: execution, condition, says }),
  );
});

describe("user functions", () => {
  const numbers = () => spark.range(4);
  const failed = { name: execution, condition: "FAILED_EXECUTE_UDF", sqlState: "39000" };

  test.each([
    ["an error", new Error("two is not allowed"), "two is not allowed"],
    ["a text", "a text", "a text"],
    ["nothing", undefined, "undefined"],
  ] as const)("that throw %s are named with their row, called at once or later", async (_, thrown, says) => {
    const strict = udf(
      { id: "bigint" },
      "bigint",
      ({ id }) => {
        if (id === 2) throw thrown;
        return id;
      },
      { name: "strict" },
    );
    const later = udf({ id: "bigint" }, "bigint", async () => Promise.reject(thrown), { name: "later" });
    await refuses(() => numbers().select(strict("id")).collect(), { ...failed, says: ["strict", says, "id = 2"] });
    await refuses(() => numbers().select(later("id")).collect(), { ...failed, says: ["later", says, "id = "] });
  });

  test("that return another type, or a promise, are told", async () => {
    const wrong = udf({ id: "bigint" }, "int", (() => "text") as unknown as () => number, { name: "wrong" });
    const promised = udf({ id: "bigint" }, "int", (() => Promise.resolve(1)) as unknown as () => number, {
      name: "promised",
    });
    await refuses(() => numbers().select(wrong("id")).collect(), { ...failed, says: ["wrong", "INT", '"text"'] });
    await refuses(() => numbers().select(promised("id")).collect(), { ...failed, says: ["promised", "async"] });
  });

  test("that never return end with the run that is cancelled", async () => {
    const controller = new AbortController();
    const never = udf({ id: "bigint" }, "string", () => new Promise<string>(() => {}), { asynchronous: true });
    const hanging = numbers().select(never("id")).collect({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error("no answer")), 50);
    await expect(hanging).rejects.toThrow("no answer");
  });
});

describe("settings", () => {
  const invalid = (condition: string, ...says: string[]) => ({
    name: analysis,
    condition: `INVALID_CONF_VALUE.${condition}`,
    sqlState: "22022",
    says,
  });

  test.each([
    ["spark.sql.shuffle.partitions", "many", "TYPE_MISMATCH", "whole number"],
    ["spark.sql.caseSensitive", "yess", "TYPE_MISMATCH", "true or false"],
    ["spark.sql.session.timeZone", "Mars/Base", "TIME_ZONE", "Europe/Zurich"],
    ["spark.sql.sources.partitionOverwriteMode", "dynmic", "OUT_OF_RANGE_OF_OPTIONS", '"dynamic"'],
    ["lakewright.memory", "lots", "DEFAULT", "4GB"],
  ] as const)("%s is not %s", (key, value, condition, says) =>
    refuses(() => spark.conf.set(key, value), invalid(condition, key, value, says)),
  );

  test("that there are not", async () => {
    await refuses(() => spark.conf.get("spark.sql.nope"), {
      name: analysis,
      condition: "SQL_CONF_NOT_FOUND",
      sqlState: "42K0I",
      says: ["spark.sql.nope"],
    });
    await refuses(() => spark.conf.set("lakewright.memry", "4GB"), {
      name: analysis,
      says: ["Did you mean lakewright.memory?"],
    });
  });

  test("a temporary folder that cannot be made", async () => {
    await using lost = SparkSession.create({ "lakewright.temporaryFolder": "/dev/null/x" });
    await refuses(() => lost.range(1).count(), {
      name: execution,
      condition: "TASK_WRITE_FAILED",
      says: ["/dev/null/x", "Name a folder"],
    });
  });
});
