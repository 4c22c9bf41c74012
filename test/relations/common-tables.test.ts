/** Common table expressions: which name means which table, and that a table used twice is computed once. */
import { DataFrame, SparkSession } from "lakewright";
import { afterAll, expect, it } from "vitest";
import type { CommonTable, Relation } from "../../src/plan/relation.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const rows = (plan: Relation) => new DataFrame(spark.state, plan).collect({ rows: "array" });
const reference = (name: string): Relation => ({ kind: "common table reference", name });
const tables = (input: Relation, ...defined: readonly CommonTable[]): Relation => ({
  kind: "with",
  input,
  tables: defined,
  recursive: false,
});
const numbers = (end: number): Relation => spark.range(end).plan;

it("lets later tables and the query use earlier ones, in any case", async () => {
  const second = tables(
    reference("B"),
    { name: "a", plan: numbers(2) },
    {
      name: "b",
      plan: {
        kind: "set operation",
        left: reference("A"),
        right: reference("a"),
        operation: "union",
        all: true,
        byName: false,
        allowMissingColumns: false,
      },
    },
  );
  expect(await rows(second)).toEqual([[0], [1], [0], [1]]);
});

it("lets an inner definition stand for its own query only", async () => {
  const inner = tables(reference("t"), { name: "t", plan: numbers(1) });
  const both: Relation = { kind: "join", left: inner, right: reference("t"), type: "cross", using: [] };
  expect(await rows(tables(both, { name: "t", plan: numbers(3) }))).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
  ]);
});

it("renames columns and refuses another number of names", async () => {
  const named = (...columns: string[]) => tables(reference("t"), { name: "t", columns, plan: numbers(1) });
  const { fields } = await new DataFrame(spark.state, named("n")).schema();
  expect(fields.map(({ name }) => name)).toEqual(["n"]);
  await expect(rows(named("n", "m"))).rejects.toMatchObject({
    condition: "ASSIGNMENT_ARITY_MISMATCH",
  });
});

it("is not seen outside of its query", async () => {
  const gone: Relation = {
    kind: "join",
    left: tables(reference("t"), { name: "t", plan: numbers(1) }),
    right: reference("t"),
    type: "cross",
    using: [],
  };
  await expect(rows(gone)).rejects.toMatchObject({ condition: "TABLE_OR_VIEW_NOT_FOUND" });
});

it("computes a table once for the query and its sub-queries", async () => {
  const random: Relation = {
    kind: "project",
    input: numbers(100),
    expressions: [{ kind: "alias", input: { kind: "call", name: ["rand"], arguments: [] }, names: ["r"] }],
  };
  const isIn = { kind: "attribute", name: ["r"] } as const;
  const filtered: Relation = {
    kind: "filter",
    input: reference("t"),
    condition: { kind: "subquery", form: "in", plan: reference("t"), values: [isIn] },
  };
  expect(await rows(tables(filtered, { name: "t", plan: random }))).toHaveLength(100);
});
