/** Plans printed as SQL text and read again: the same plans. */
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { col, type DataFrame, lit, SparkSession, Window, when } from "lakewright";
import { rowNumber, sum } from "lakewright/functions";
import { afterAll, describe, expect, test } from "vitest";
import { equalPlans } from "../../src/plan/equal.ts";
import { printPlan } from "../../src/plan/print.ts";
import { parseExpression, parseQuery } from "../../src/sql/parse.ts";
import { printQuery, printSqlExpression } from "../../src/sql/print/print.ts";
import { anySqlExpression, anySqlQuery } from "../properties/any-sql.ts";

const tpch = globSync("bench/tpch/sql/*.sql").map((file) => readFileSync(file, "utf8").replace(/;\s*$/, ""));

function roundTrip(text: string): void {
  const plan = parseQuery(text);
  const printed = printQuery(plan);
  const again = parseQuery(printed);
  expect(equalPlans(again, plan), `${text}\n${printed}\n${printPlan(plan)}\n${printPlan(again)}`).toBe(true);
}

test.each(tpch)("%s", roundTrip);

const examples = Object.keys(JSON.parse(readFileSync("test/answers/examples.json", "utf8")) as Record<string, unknown>);

test("each example of a function", () => {
  expect(examples.length).toBeGreaterThan(300);
  for (const example of examples) roundTrip(example);
});

/** The texts of a suite that are queries. */
const queriesIn = (file: string): readonly string[] =>
  [...readFileSync(file, "utf8").matchAll(/"((?:SELECT|WITH|FROM|VALUES|TABLE) (?:[^"\\\n]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text!}"`) as string)
    .filter((text) => isQuery(text) && !text.includes("?"));

function isQuery(text: string): boolean {
  try {
    parseQuery(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  "SELECT * FROM t TIMESTAMP AS OF current_timestamp() - INTERVAL 1 DAY AS past",
  "SELECT * FROM delta.`/a b` TIMESTAMP AS OF (SELECT max(at) FROM u) JOIN s VERSION AS OF 3 ON true",
  "TABLE t",
  "SELECT * FROM t CHANGES FROM VERSION 1 EXCLUSIVE TO VERSION 2 WITH (computeUpdates = 'true') AS c",
  "SELECT * FROM a.t CHANGES FROM TIMESTAMP '2025-02-01' TO TIMESTAMP now() EXCLUSIVE",
  "SELECT * FROM STREAM t CHANGES FROM VERSION '0'",
  "SELECT * FROM table_changes('t', 1, 2)",
])("%s", roundTrip);

test.each(["queries", "statements", "robustness", "session"])("each query of the suite %s", (suite) => {
  for (const text of queriesIn(`test/sql/${suite}.test.ts`)) roundTrip(text);
});

test("each query of the scripts", () => {
  const scripts = readFileSync("test/answers/scripts/scripts.txt", "utf8");
  const queries = [...scripts.matchAll(/(?:SELECT|VALUES) [^;]*(?=;)/g)].map(([text]) => text).filter(isQuery);
  expect(queries.length).toBeGreaterThan(100);
  for (const text of queries) roundTrip(text);
});

function planOf<Plan>(parse: (text: string) => Plan, text: string): Plan | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

test("any query that is read", () => {
  fc.assert(
    fc.property(anySqlQuery, (text) => {
      fc.pre(planOf(parseQuery, text) !== undefined);
      roundTrip(text);
    }),
    { numRuns: 300 },
  );
});

test("any expression that is read", () => {
  fc.assert(
    fc.property(anySqlExpression, (text) => {
      const plan = planOf(parseExpression, text);
      fc.pre(plan !== undefined);
      const printed = printSqlExpression(plan!);
      expect(equalPlans(parseExpression(printed), plan!), `${text}\n${printed}`).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe("DataFrame.toSQL", () => {
  const spark = SparkSession.create();
  afterAll(() => spark.stop());
  const numbers = spark.range(1, 6).withColumnRenamed("id", "n");
  const sales = spark.sql(
    "SELECT * FROM VALUES ('ann', 3, 1.5), ('bob', 4, 2.5), ('ann', 5, NULL) AS s(user, n, amount)",
  );

  test.each<[string, () => DataFrame]>([
    [
      "filters and columns",
      () => sales.filter(col("n").gt(3)).select(col("user"), col("n").multiply(2).as("twice")) as never,
    ],
    ["groups", () => sales.groupBy("user").agg(sum("amount").as("total")).orderBy(col("total").desc()) as never],
    ["joins", () => sales.join(spark.range(4, 6).select(col("id").as("n")), "n", "left").orderBy("n") as never],
    [
      "unions",
      () =>
        sales
          .select("n")
          .union(spark.range(2).select(col("id").cast("int").as("n")))
          .orderBy("n")
          .limit(3) as never,
    ],
    ["distinct rows", () => sales.select("user").distinct().orderBy("user") as never],
    ["columns that are dropped or replaced", () => sales.drop("amount").withColumn("n", col("n").plus(1)) as never],
    ["ranges", () => spark.range(0, 10, { step: 3 }) as never],
    [
      "windows",
      () =>
        sales
          .select("user", rowNumber().over(Window.partitionBy("user").orderBy("n")).as("place"))
          .orderBy("user", "place") as never,
    ],
    [
      "conditions",
      () =>
        sales.select(
          when(col("n").gt(3), lit("many")).otherwise(lit("few")).as("size"),
          col("n").isin(3, 5).as("odd"),
        ) as never,
    ],
  ])("%s give the same rows", async (_, make) => {
    const frame = make();
    expect(await spark.sql(frame.toSQL()).collect()).toEqual(await frame.collect());
  });

  test.each<[string, () => DataFrame, string]>([
    ["rows of the program", () => spark.createDataFrame([[1]], "a INT") as never, "What the program holds in memory"],
    ["renamed columns", () => numbers as never, "Renamed columns"],
  ])("refuses %s by name", (_, make, what) => {
    expect(() => make().toSQL()).toThrow(what);
  });
});
