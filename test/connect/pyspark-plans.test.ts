/** The plans that PySpark sends for programs, recorded by `test/answers/record-plans.py`: they mean what ours mean. */
import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { DataFrame, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodePlan } from "../../src/connect/decode.ts";
import { PlanSchema } from "../../src/connect/generated/spark/connect/base_pb.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { rewriteRelations } from "../../src/plan/rewrite.ts";
import { planOf } from "../analyzer/program.ts";
import tables from "../answers/program-tables.json" with { type: "json" };
import { type Answer, answersOf, comparable, outcomeOf, scopeOf } from "../answers/results.ts";
import { codecOptions, sameMeaning } from "./round-trip.ts";

interface Recorded {
  readonly program: string;
  readonly tables: "programs" | "results" | "rows";
  readonly plan: string;
}

const recorded = JSON.parse(
  readFileSync(new URL("../answers/plans.json", import.meta.url), "utf8"),
) as readonly Recorded[];
const decoded = ({ plan }: Recorded): Relation =>
  decodePlan(fromBinary(PlanSchema, Buffer.from(plan, "base64")), codecOptions()) as Relation;

/**
 * Programs whose plans differ, because PySpark writes out what ours leaves to the function or to the engine: defaults of
 * arguments, a seed, offsets of windows as BIGINT, and numbers that JavaScript does not tell apart.
 */
const writtenOut =
  /split\(|locate\(|fromUnixtime\(|monthsBetween\(|sortArray\(|first\(|last\(|percentileApprox\(|lag\(|lead\(|rowsBetween\(-|rangeBetween\(|nthValue\(|sample\(|levenshtein\(|listagg|replace\(|unpivot|fill\(|tvf\.range/;

/** Programs whose answers differ from those recorded of Spark, and why. */
const others: Readonly<Record<string, string>> = {
  'longs.groupBy("k").agg(median("x"), percentile("l", lit(0.5)), percentileApprox("e", 0.5), mode(lit(1)), product("x"))':
    "PySpark sends mode with its second argument, of which the name of the column tells here",
  "pairs.na.fill(0)": "PySpark sends a BIGINT, which here makes the columns free of nulls",
  'sales.select("id", "amount", "n", "user").na.fill(9)':
    "PySpark sends a BIGINT, which here makes the columns free of nulls",
  'sales.select("id", users.filter(col("users.user").equalTo(col("sales.user").outer())).select("age").scalar())':
    "The tables are views with names here, by which columns can be called",
};

describe("the programs of the analyzer", () => {
  const named = Object.keys(tables).map((name) => [planOf(name), name] as const);
  const withNames = (plan: Relation): Relation =>
    rewriteRelations(plan, (relation) => {
      const [, name] = named.find(([table]) => table === relation) ?? [];
      const { planId } = relation;
      if (name === undefined) return relation;
      return { kind: "read table", name: [name], options: {}, isStreaming: false, ...(planId && { planId }) };
    });
  const programs = recorded.filter((one) => one.tables === "programs" && !writtenOut.test(one.program));

  test("are sent by PySpark as by us", () => {
    const other = programs.filter((one) => !sameMeaning(withNames(planOf(one.program)), decoded(one)));
    expect(programs.length).toBeGreaterThan(350);
    expect(other.map(({ program }) => program)).toEqual([]);
  });
});

describe("the programs with results", () => {
  const topics = ["aggregates", "shapes", "statistics", "subqueries", "table-functions", "windows"];
  const answers = new Map<string, Answer>(
    topics.flatMap((topic) => answersOf(`relations/${topic}`)).map((answer) => [answer.program, answer] as const),
  );
  const programs = recorded.filter(
    ({ program, tables }) => (tables === "rows" || answers.has(program)) && !(program in others),
  );
  let spark: SparkSession;

  beforeAll(async () => {
    spark = SparkSession.create();
    const scope = scopeOf(spark);
    for (const [name, table] of Object.entries(scope))
      if (table instanceof DataFrame) await table.createOrReplaceTempView(name);
  });
  afterAll(() => spark.stop());

  test.each(programs.map((one) => [one.program, one] as const))("%s", async (program, one) => {
    const answer = answers.get(program) ?? (one as unknown as Answer);
    const outcome = await outcomeOf("frame()", { frame: () => new DataFrame(spark.state, decoded(one)) });
    expect(comparable(outcome, answer, true)).toEqual(comparable(answer, answer, true));
  });
});
