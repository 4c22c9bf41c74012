import { describe, expect, test } from "vitest";
import { type DataFrame, defineJob, parseDdl } from "../index.ts";
import { assertDataFrameEqual, assertSchemaEqual, runJob, testSession } from "./index.ts";

describe("assertDataFrameEqual", () => {
  test("takes rows in any order unless the order is asked for", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame(
      [
        ["ann", 1],
        ["bob", 2],
      ],
      "user STRING, n INT",
    );
    await assertDataFrameEqual(frame, [
      { user: "bob", n: 2 },
      { user: "ann", n: 1 },
    ]);
    const ordered = assertDataFrameEqual(
      frame,
      [
        { user: "bob", n: 2 },
        { user: "ann", n: 1 },
      ],
      { checkRowOrder: true },
    );
    await expect(ordered).rejects.toThrow(/2 of 2 rows differ/);
  });

  test("shows the rows that differ, side by side", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame(
      [
        ["ann", 1],
        ["bob", 2],
      ],
      "user STRING, n INT",
    );
    await expect(
      assertDataFrameEqual(frame, [
        { user: "ann", n: 1 },
        { user: "bob", n: 3 },
      ]),
    ).rejects.toThrow("- {user: bob, n: 3}\n  + {user: bob, n: 2}");
  });

  test("counts missing and additional rows", async () => {
    await using spark = testSession();
    await expect(assertDataFrameEqual(spark.range(3), [{ id: 0 }, { id: 1 }])).rejects.toThrow(
      "The actual DataFrame has 3 rows, 2 were expected",
    );
  });

  test("tolerates rounding of fractions, not of whole numbers", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame([[0.1 + 0.2]], "x DOUBLE");
    await assertDataFrameEqual(frame, [{ x: 0.3 }]);
    await expect(assertDataFrameEqual(frame, [{ x: 0.31 }])).rejects.toThrow("1 of 1 rows differ");
    await expect(assertDataFrameEqual(spark.range(1), [{ id: 1 }])).rejects.toThrow("1 of 1 rows differ");
  });

  test("compares nested values and nulls", async () => {
    await using spark = testSession();
    const frame = spark.createDataFrame([[[1, null], { a: 1 }]], "xs ARRAY<INT>, s STRUCT<a: INT>");
    await assertDataFrameEqual(frame, [{ xs: [1, null], s: { a: 1 } }]);
    await expect(assertDataFrameEqual(frame, [{ xs: [1, 2], s: { a: 1 } }])).rejects.toThrow("1 of 1 rows differ");
  });

  test("compares schemas when the expected is a DataFrame", async () => {
    await using spark = testSession();
    const other = spark.createDataFrame([[0]], "id INT");
    await expect(assertDataFrameEqual(spark.range(1), other)).rejects.toThrow("- id: int\n  + id: bigint");
  });
});

describe("assertSchemaEqual", () => {
  test("ignores nullability unless told otherwise", () => {
    const actual = parseDdl("a INT NOT NULL, b STRING");
    assertSchemaEqual(actual, parseDdl("a INT, b STRING"));
    expect(() => assertSchemaEqual(actual, parseDdl("a INT, b STRING"), { ignoreNullable: false })).toThrow(
      "a: int NOT NULL",
    );
  });

  test("lists fields that differ and those that are missing", () => {
    expect(() => assertSchemaEqual(parseDdl("a INT"), parseDdl("a BIGINT, b STRING"))).toThrow(
      "- a: bigint\n  + a: int\n  - b: string\n  + (no field)",
    );
  });
});

describe("runJob", () => {
  const job = defineJob({
    name: "numbers",
    options: {
      upTo: { type: "number", description: "how many", default: 3 },
      label: { type: "string", description: "what to say" },
      loud: { type: "boolean", description: "say it" },
    },
    run: async ({ spark, options, data, out, report }) => {
      report(`${options.label} ${options.loud} ${data} ${out}`);
      return spark.range(options.upTo);
    },
  });

  test("gives options their defaults, and what the job gives and reports", async () => {
    await using spark = testSession();
    const { result, reported } = await runJob(job, spark);
    expect(await (result as DataFrame).count()).toBe(3);
    expect(reported).toEqual(["undefined false undefined undefined"]);
  });

  test("takes options, data and out", async () => {
    await using spark = testSession();
    const given = { data: "in", out: "there", options: { upTo: 1, label: "hello", loud: true } };
    const { result, reported } = await runJob(job, spark, given);
    expect(await (result as DataFrame).count()).toBe(1);
    expect(reported).toEqual(["hello true in there"]);
  });

  test("names an option that the job does not have", async () => {
    await using spark = testSession();
    const given = { options: { upto: 2 } as object };
    await expect(runJob(job, spark, given)).rejects.toThrow("The job numbers has no option upto");
  });
});
