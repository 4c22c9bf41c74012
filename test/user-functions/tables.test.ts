import { col, type ExecutionError, lit, type TableCall, udf, udtf } from "lakewright";
import { callFunction, upper } from "lakewright/functions";
import { assertDataFrameEqual, testSession } from "lakewright/testing";
import { afterAll, describe, expect, test } from "vitest";
import { DataFrame } from "../../src/dataframe/dataframe.ts";
import { identified } from "../../src/dataframe/derive.ts";
import type { JoinType, Relation } from "../../src/plan/relation.ts";

const spark = testSession();
afterAll(() => spark.stop());

/** Counts its rows: Spark's own answers with the same class in Python are what the tests expect. */
class Up {
  #rows = 0;
  *eval({ k }: { k: number }) {
    this.#rows++;
    for (let num = 0; num < k; num++) yield { num, n: this.#rows };
  }
  *terminate() {
    yield { num: -1, n: this.#rows };
  }
}
const up = udtf({ k: "int not null" }, "num INT, n INT", Up);
const numbers = udtf({ k: "int not null" }, "num INT", function* ({ k }) {
  for (let num = 0; num < k; num++) yield { num };
});
const rows = spark.createDataFrame([[1], [2], [0]], "k INT");

const called = (name: string, ...args: readonly string[]): Relation =>
  identified({
    kind: "table function",
    name: [name],
    arguments: args.map((argument) => ({ kind: "attribute", name: [argument] })),
  });
const lateral = (right: Relation, type: JoinType = "inner"): DataFrame =>
  new DataFrame(spark.state, identified({ kind: "lateral join", left: rows.plan, right, type }));
const relationOf = ({ call }: TableCall<unknown>): Relation =>
  identified({ kind: "user table function relation", call });

describe("udtf", () => {
  test("alone it gives the rows of one call, and of its end", async () => {
    const frame = spark.table(up(lit(2)));
    expect((await frame.dtypes()).join()).toBe("num,int,n,int");
    expect(await frame.collect()).toEqual([
      { num: 0, n: 1 },
      { num: 1, n: 1 },
      { num: -1, n: 1 },
    ]);
  });

  test("joined, each row comes with its own; the end comes with the last row", async () => {
    expect(await lateral(relationOf(up("k"))).collect()).toEqual([
      { k: 1, num: 0, n: 1 },
      { k: 2, num: 0, n: 2 },
      { k: 2, num: 1, n: 2 },
      { k: 0, num: -1, n: 3 },
    ]);
  });

  test.each(["inner", "left"] as const)("in a %s join rows that give none are gone, as in Spark", async (type) => {
    expect(await lateral(relationOf(numbers("k")), type).collect()).toEqual([
      { k: 1, num: 0 },
      { k: 2, num: 0 },
      { k: 2, num: 1 },
    ]);
  });

  test("its columns answer to the name of the join's side, and may be renamed", async () => {
    const aliased = identified({ kind: "subquery alias", input: relationOf(numbers("k")), name: "x", columns: ["a"] });
    expect(await lateral(aliased).select("k", col("x.a").plus(1).as("b")).collect()).toEqual([
      { k: 1, b: 1 },
      { k: 2, b: 1 },
      { k: 2, b: 2 },
    ]);
    const wrong = identified({ kind: "subquery alias", input: relationOf(up("k")), name: "x", columns: ["a"] });
    await expect(lateral(wrong).collect()).rejects.toThrow(/UDTF_ALIAS_NUMBER_MISMATCH/);
  });

  test("lateralJoin takes its rows, with outer() or without", async () => {
    const joined = rows.lateralJoin(spark.table(numbers("k")));
    expect(await joined.collect()).toEqual([
      { k: 1, num: 0 },
      { k: 2, num: 0 },
      { k: 2, num: 1 },
    ]);
    expect(
      await rows
        .lateralJoin(spark.table(numbers(col("k").outer().plus(1))).alias("x"))
        .select("x.num")
        .count(),
    ).toBe(6);
  });

  test("a function of async rows, of rows by position, and one that gives no rows", async () => {
    const later = udtf({ k: "int" }, "num INT, text STRING", async function* ({ k }) {
      await Promise.resolve();
      yield [k, "first"];
      yield [null, null];
    });
    expect(await spark.table(later(7)).collect()).toEqual([
      { num: 7, text: "first" },
      { num: null, text: null },
    ]);
    const none = udtf({ k: "int" }, "num INT", () => null);
    expect(await spark.table(none({ k: 1 })).count()).toBe(0);
  });

  test("many rows of many rows", async () => {
    const three = udtf({ id: "bigint" }, "copy BIGINT", ({ id }) => [[id], [id], [id]]);
    const many = spark.range(10_000);
    const joined = new DataFrame(
      spark.state,
      identified({ kind: "lateral join", left: many.plan, right: relationOf(three("id")), type: "inner" }),
    );
    expect(await joined.filter(col("id").eq(col("copy"))).count()).toBe(30_000);
  });

  test("is not called where an argument that is not null is null", async () => {
    await assertDataFrameEqual(spark.table(numbers(lit(null).cast("int"))), []);
  });

  test("an error names the function and its arguments", async () => {
    const thrower = udtf(
      { k: "int" },
      "num INT",
      // biome-ignore lint/correctness/useYield: it throws before it gives a row
      function* () {
        throw new RangeError("boom");
      },
      { name: "thrower" },
    );
    const error = (await spark
      .table(thrower(5))
      .collect()
      .catch((thrown) => thrown)) as ExecutionError;
    expect(error.condition).toBe("UDTF_EXEC_ERROR");
    expect(error.message).toMatch(/`thrower`.*boom.*k = 5/s);
    const wrong = udtf({}, "num INT", () => [["x"]], { name: "wrong" });
    await expect(spark.table(wrong()).collect()).rejects.toThrow(/`wrong`.*num/s);
  });

  test("a column that is not there, or too many arguments, are told", async () => {
    await expect(spark.table(numbers("k")).collect()).rejects.toThrow(/UNRESOLVED_COLUMN/);
    expect(() => numbers(1, 2)).toThrow(/takes 1 arguments \(k\), not 2/);
  });
});

describe("functions by name", () => {
  test("spark.udtf.register makes a table function known", async () => {
    expect(spark.udtf.register("up_to", up)).toBe(up);
    expect(await lateral(called("UP_TO", "k")).count()).toBe(4);
    await expect(lateral(called("UP_TO", "k", "k")).collect()).rejects.toThrow(/WRONG_NUM_ARGS/);
  });

  test("spark.udf.register makes a function known to callFunction", async () => {
    const plusOne = spark.udf.register(
      "plus_one",
      udf({ n: "int" }, "int", ({ n }) => n && n + 1),
    );
    const frame = rows.select(plusOne("k").as("a"), callFunction("PLUS_ONE", "k").as("b"));
    expect(await frame.collect()).toEqual([
      { a: 2, b: 2 },
      { a: 3, b: 3 },
      { a: 0, b: 0 },
    ]);
  });

  test("a function of Spark's own comes first, as in Spark", async () => {
    spark.udf.register(
      "upper",
      udf({ text: "string" }, "string", () => "mine"),
    );
    expect(
      await spark
        .range(1)
        .select(callFunction("upper", lit("a")).as("a"), upper(lit("a")).as("b"))
        .collect(),
    ).toEqual([{ a: "A", b: "A" }]);
  });

  test("unknown names and wrong arguments are told", async () => {
    await expect(rows.select(callFunction("no_such_fn", "k")).collect()).rejects.toThrow(/UNRESOLVED_ROUTINE/);
    spark.udf.register(
      "one",
      udf({ n: "int" }, "int", ({ n }) => n),
    );
    await expect(rows.select(callFunction("one", "k", "k")).collect()).rejects.toThrow(/WRONG_NUM_ARGS/);
    expect(() => spark.udf.register("a b", up as never)).toThrow(/INVALID_IDENTIFIER/);
    expect(() => spark.udf.register("bare", (() => 1) as never)).toThrow(/Make it with udf/);
    expect(() => spark.dataSource.register()).toThrow(/dataSource.register/);
  });
});
