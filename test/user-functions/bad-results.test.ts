/** What functions give that they should not: each has PySpark's condition where there is one, and the session goes on. */
import { type DataFrame, lit, udaf, udf, udtf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, describe, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const frame = spark.createDataFrame(
  [
    [1, "a"],
    [2, "b"],
    [null, "c"],
  ],
  "n INT, t STRING",
);
const boom = (): never => {
  throw new RangeError("boom");
};

// Programs that no compiler checks give anything.
const row = (type: string, result: unknown) => frame.select(udf({ n: "int" }, type, (() => result) as never)("n"));
const vectorized = (type: string, call: () => unknown) =>
  frame.select(udf.vectorized({ n: "int" }, type, call as never)("n"));
const batches = (schema: string, result: unknown) => frame.mapBatches((() => result) as never, schema);
const groups = (schema: string, result: unknown) => frame.groupBy("t").applyBatches((() => result) as never, schema);
const steps = { zero: () => 0, reduce: (n: number) => n, merge: (n: number) => n, finish: (n: number) => n };
const aggregate = (more: object) => frame.agg(udaf({ n: "int" }, "int", { ...steps, ...more } as never)("n"));
const table = (schema: string, handler: unknown) =>
  spark.table(udtf({ n: "int" }, schema, handler as never, { name: "f" })(lit(1)));

type Case = readonly [what: string, frame: () => DataFrame<never>, condition: string, message: RegExp];
const cases = (...all: readonly (readonly [string, () => unknown, string, RegExp])[]) => all as readonly Case[];

async function check([, make, condition, message]: Case): Promise<void> {
  const error: unknown = await make()
    .collect()
    .then(
      (rows) => rows,
      (thrown: unknown) => thrown,
    );
  expect(error).toMatchObject({ condition, message: expect.stringMatching(message) });
  expect(await frame.count()).toBe(3);
}

describe("of rows", () => {
  test.each(
    cases(
      ["text for a number", () => row("int", "x"), "FAILED_EXECUTE_UDF", /INT can not accept object "x".*n = 1/s],
      ["NaN for an int", () => row("int", Number.NaN), "FAILED_EXECUTE_UDF", /INT can not accept object NaN/],
      ["an infinite bigint", () => row("bigint", Number.POSITIVE_INFINITY), "FAILED_EXECUTE_UDF", /object Infinity/],
      ["a number that is too large", () => row("int", 2 ** 40), "FAILED_EXECUTE_UDF", /got 1099511627776/],
      [
        "a promise",
        () => row("int", Promise.resolve(1)),
        "FAILED_EXECUTE_UDF",
        /returned a promise.*Declare it async/s,
      ],
    ),
  )("%s", (...found) => check(found));

  test("structs by name lack fields, which are null, and have more, which are left out", async () => {
    const given = row("struct<a: int, b: int>", { a: 1, c: 2 }) as DataFrame<Record<string, unknown>>;
    expect(Object.values((await given.collect())[0]!)).toEqual([{ a: 1, b: null }]);
  });
});

describe("of columns", () => {
  test.each(
    cases(
      ["too few values", () => vectorized("int", () => [1]), "RESULT_ROWS_MISMATCH", /has 1 rows where 3 are due/],
      ["no array", () => vectorized("int", () => 3), "UDF_RETURN_TYPE", /is number where an array is due/],
      ["a promise", () => vectorized("int", async () => [1, 2, 3]), "UDF_RETURN_TYPE", /is Promise where an array/],
      [
        "NaN for an int",
        () => vectorized("int", () => Float64Array.of(1, Number.NaN, 3)),
        "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME",
        /row 1, .*: INT can not accept object NaN/,
      ],
      ["an error", () => vectorized("int", boom), "FAILED_EXECUTE_UDF", /boom/],
    ),
  )("%s", (...found) => check(found));
});

describe("of batches and groups", () => {
  test.each(
    cases(
      ["columns of two lengths", () => batches("a INT, b INT", { a: [1], b: [] }), "RESULT_ROWS_MISMATCH", /'b' has 0/],
      ["an array", () => batches("a INT", [1]), "UDF_RETURN_TYPE", /gave Array where an object of columns is due/],
      ["a column too few", () => batches("a INT, b INT", { a: [1] }), "RESULT_COLUMN_NAMES_MISMATCH", /Missing: b\./],
      [
        "a column too few and one too many",
        () => groups("a INT, b INT", { a: [1], c: [1] }),
        "RESULT_COLUMN_NAMES_MISMATCH",
        /do not match specified schema\. Missing: b\. Unexpected: c\./,
      ],
      ["nothing", () => groups("a INT", null), "UDF_RETURN_TYPE", /gave null/],
      [
        "NaN for an int",
        () => groups("a INT", { a: [Number.NaN] }),
        "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME",
        /a: INT can not accept object NaN/,
      ],
    ),
  )("%s", (...found) => check(found));
});

describe("of aggregates", () => {
  test.each(
    cases(
      ...(["zero", "reduce", "finish"] as const).flatMap((step) => [
        [`an error of ${step}`, () => aggregate({ [step]: boom }), "FAILED_EXECUTE_UDF", /boom/] as const,
        [
          `a promise of ${step}`,
          () => aggregate({ [step]: async () => 1 }),
          "FAILED_EXECUTE_UDF",
          new RegExp(`step '${step}' gave a promise`),
        ] as const,
      ]),
      ["NaN for an int", () => aggregate({ finish: () => Number.NaN }), "FAILED_EXECUTE_UDF", /object NaN/],
    ),
  )("%s", (...found) => check(found));

  test("a step that is missing is told at once", () => {
    expect(() => aggregate({ merge: undefined })).toThrow("an aggregate has no step merge");
  });
});

describe("of table functions", () => {
  const eachEnd = (call: () => unknown) =>
    class {
      *eval() {
        yield [1];
      }
      terminate = call;
    };
  test.each(
    cases(
      [
        "no rows",
        () => table("a INT", () => 3),
        "UDTF_RETURN_NOT_ITERABLE",
        /'eval' method is no iterable, but number/,
      ],
      ["text", () => table("a INT", () => "abc"), "UDTF_RETURN_NOT_ITERABLE", /but string.*n = 1/s],
      ["a promise", () => table("a INT", async () => []), "UDTF_RETURN_NOT_ITERABLE", /but Promise.*async generator/s],
      ["values for rows", () => table("a INT", () => [1]), "UDTF_INVALID_OUTPUT_ROW_TYPE", /gave 1 where a row is due/],
      ["null for a row", () => table("a INT", () => [null]), "UDTF_INVALID_OUTPUT_ROW_TYPE", /gave null where/],
      [
        "a short row",
        () => table("a INT, b INT", () => [[1]]),
        "UDTF_RETURN_SCHEMA_MISMATCH",
        /1 values for 2 columns/,
      ],
      ["a long row", () => table("a INT", () => [[1, 2]]), "UDTF_RETURN_SCHEMA_MISMATCH", /2 values for 1 columns/],
      ["NaN for an int", () => table("a INT", () => [[Number.NaN]]), "UDTF_EXEC_ERROR", /a: INT can not accept.*NaN/],
      ["an error", () => table("a INT", boom), "UDTF_EXEC_ERROR", /`f`.*error in the 'eval' method: boom.*n = 1/s],
      ["an error of the end", () => table("a INT", eachEnd(boom)), "UDTF_EXEC_ERROR", /the 'terminate' method: boom/],
      [
        "no rows of the end",
        () =>
          table(
            "a INT",
            eachEnd(() => 3),
          ),
        "UDTF_RETURN_NOT_ITERABLE",
        /'terminate' method/,
      ],
      [
        "an error of the constructor",
        () =>
          table(
            "a INT",
            class {
              ready = boom();
              eval() {}
            },
          ),
        "UDTF_EXEC_ERROR",
        /the 'constructor' method: boom/,
      ],
    ),
  )("%s", (...found) => check(found));

  test("what can give no rows is told at once", () => {
    expect(() => table("a INT", class {})).toThrow(/INVALID_UDTF_NO_EVAL.*'f'.*'eval'/);
    expect(() => table("a INT", 3)).toThrow(/INVALID_UDTF_HANDLER_TYPE.*number/);
  });

  test("objects lack columns, which are null, and have more, which are left out", async () => {
    expect(await table("a INT, b INT", () => [{ a: 1, c: 2 }]).collect()).toEqual([{ a: 1, b: null }]);
  });
});
