/** Plans that programs make go over the wire and come back with the same meaning. */
import { readFileSync } from "node:fs";
import { create } from "@bufbuild/protobuf";
import { col, lit, SparkSession } from "lakewright";
import { describe, expect, test } from "vitest";
import { decodePlan } from "../../src/connect/decode.ts";
import { PlanSchema } from "../../src/connect/generated/spark/connect/base_pb.ts";
import { RelationSchema } from "../../src/connect/generated/spark/connect/relations_pb.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { planOf } from "../analyzer/program.ts";
import { codecOptions, refusalOf, sameMeaning, throughTheWire } from "./round-trip.ts";

const spark = SparkSession.create();
const two = { literalType: { case: "integer", value: 2 } } as const;
const programs = readFileSync(new URL("../answers/programs.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

test("every program of the analyzer's answers", () => {
  const changed = programs.filter((program) => {
    const plan = planOf(program);
    return !sameMeaning(plan, throughTheWire(plan));
  });
  expect(programs.length).toBeGreaterThan(300);
  expect(changed).toEqual([]);
});

describe("SQL text", () => {
  const backOf = (plan: Relation): Relation => throughTheWire(plan) as Relation;
  const people = spark.createDataFrame([[1, "ann"]], "id INT, name STRING");

  test("travels with the values of its markers", () => {
    const { plan } = spark.sql("SELECT id FROM range(9) WHERE id > :least AND id < :most", { least: 3, most: lit(7) });
    const back = backOf(plan);
    expect(sameMeaning(plan, back)).toBe(true);
    expect(back.written?.text).toBe("SELECT id FROM range(9) WHERE id > :least AND id < :most");
    expect(Object.keys(back.written!.named)).toEqual(["least", "most"]);
  });

  test("travels with the DataFrames and values of a template", () => {
    const { plan } =
      spark.sql`SELECT name FROM ${people} WHERE id = ${1} AND EXISTS (SELECT 1 FROM (${spark.range(1)}))`;
    expect(sameMeaning(plan, backOf(plan))).toBe(true);
  });

  test("names relations that another client sends beside it", () => {
    const named = { input: { relType: { case: "range", value: { end: 3n, step: 1n } } }, alias: "p" } as const;
    const value = {
      root: { relType: { case: "sql", value: { query: "SELECT p.id FROM p WHERE p.id < ?", posArgs: [two] } } },
      references: [{ relType: { case: "subqueryAlias", value: named } }],
    } as const;
    const root = create(RelationSchema, { relType: { case: "withRelations", value: value as never } });
    const plan = decodePlan(create(PlanSchema, { opType: { case: "root", value: root } }), codecOptions()) as Relation;
    expect(plan).toMatchObject({
      kind: "project",
      input: { kind: "filter", input: { kind: "subquery alias", name: "p", input: { kind: "range", end: 3n } } },
    });
    expect(sameMeaning(plan, backOf(plan))).toBe(true);
  });

  test("travels from inside other queries, and as conditions that have no message", () => {
    const { plan } = spark
      .sql("SELECT * FROM VALUES (1), (2) AS t(a) QUALIFY row_number() OVER (ORDER BY a) = 1")
      .filter("a IN (SELECT 1)")
      .selectExpr("count(a) FILTER (WHERE a > 1) AS n");
    expect(sameMeaning(plan, backOf(plan))).toBe(true);
  });
});

test("a relation that is met twice comes back as one", () => {
  const numbers = spark.range(3);
  const { plan } = numbers.union(numbers);
  const back = throughTheWire(plan) as Extract<Relation, { kind: "set operation" }>;
  expect(back.left).toBe(back.right);
});

test("other plans are told apart", () => {
  const plans = [spark.range(3), spark.range(4), spark.range(3).filter(col("id").gt(1))].map(({ plan }) => plan);
  expect(sameMeaning(plans[0]!, throughTheWire(plans[1]!))).toBe(false);
  expect(sameMeaning(plans[0]!, throughTheWire(plans[2]!))).toBe(false);
});

test("functions of TypeScript are refused by name", () => {
  const { plan } = spark.range(3).mapBatches((batch) => ({ id: batch.id }), "id BIGINT");
  expect(refusalOf(plan)).toContain("a function of batches of TypeScript");
});
