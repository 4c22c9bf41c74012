/** Common table expressions: which name means which table, and that a table used twice is computed once. */
import { DataFrame, SparkSession } from "lakewright";
import { afterAll, expect, it } from "vitest";
import type { Expression } from "../../src/plan/expression.ts";
import type { CommonTable, Relation, SetOperation } from "../../src/plan/relation.ts";

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

const n = { kind: "attribute", name: ["n"] } as const;
const call = (name: string, left: Expression, right: Expression): Expression => ({
  kind: "call",
  name: [name],
  arguments: [left, right],
});
const integer = (value: number): Expression => ({ kind: "literal", type: { kind: "int" }, value });
const one: Relation = {
  kind: "project",
  input: { kind: "one row" },
  expressions: [{ kind: "alias", input: integer(1), names: ["n"] }],
};
const next = (input: Relation): Relation => ({ kind: "project", input, expressions: [call("+", n, integer(1))] });
const below = (input: Relation, end: number): Relation => ({
  kind: "filter",
  input,
  condition: call("<", n, integer(end)),
});
const recursive = (step: Relation, input: Relation, more: Partial<SetOperation> & { max?: number } = {}): Relation => ({
  kind: "with",
  input,
  recursive: true,
  tables: [
    {
      name: "t",
      ...(more.max === undefined ? {} : { maxRecursion: more.max }),
      plan: {
        kind: "set operation",
        left: one,
        right: step,
        operation: "union",
        all: more.all ?? true,
        byName: false,
        allowMissingColumns: false,
      },
    },
  ],
});

it("repeats a step until it adds no row", async () => {
  const plan = recursive(next(below(reference("t"), 5)), reference("t"));
  expect(await rows(plan)).toEqual([[1], [2], [3], [4], [5]]);
  const { fields } = await new DataFrame(spark.state, plan).schema();
  expect(fields[0]!.nullable).toBe(true);
});

it("reads a recursive table as often as wanted", async () => {
  const joined: Relation = {
    kind: "join",
    left: { kind: "subquery alias", input: reference("t"), name: "a" },
    right: { kind: "subquery alias", input: reference("t"), name: "b" },
    type: "inner",
    using: ["n"],
  };
  expect(await rows(recursive(next(below(reference("t"), 3)), joined))).toHaveLength(3);
});

// As real Spark decides: the fifth step of 1 to 5 is empty, but it is a step.
it.each([
  [5, undefined],
  [4, "RECURSION_LEVEL_LIMIT_EXCEEDED"],
])("allows %d steps", async (max, condition) => {
  const plan = recursive(next(below(reference("t"), 5)), reference("t"), { max });
  if (condition === undefined) expect(await rows(plan)).toHaveLength(5);
  else await expect(rows(plan)).rejects.toMatchObject({ condition, sqlState: "42836" });
});

it("gives up after 100 steps, and after a million rows", async () => {
  await expect(rows(recursive(next(reference("t")), reference("t")))).rejects.toMatchObject({
    condition: "RECURSION_LEVEL_LIMIT_EXCEEDED",
  });
  const tenfold: Relation = {
    kind: "project",
    input: { kind: "join", left: reference("t"), right: numbers(10), type: "cross", using: [] },
    expressions: [n],
  };
  await expect(rows(recursive(tenfold, reference("t")))).rejects.toMatchObject({
    condition: "RECURSION_ROW_LIMIT_EXCEEDED",
  });
});

it.each<[string, Relation, Partial<SetOperation>, string]>([
  ["UNION", next(reference("t")), { all: false }, "UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE"],
  [
    "an aggregate",
    {
      kind: "aggregate",
      input: reference("t"),
      type: "group by",
      grouping: [],
      aggregates: [{ kind: "call", name: ["max"], arguments: [n] }],
    },
    {},
    "INVALID_RECURSIVE_REFERENCE.PLACE",
  ],
  [
    "another type",
    {
      kind: "project",
      input: reference("t"),
      expressions: [call("+", n, { ...integer(1), type: { kind: "bigint" }, value: 1n } as Expression)],
    },
    {},
    "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
  ],
])("refuses %s in the step", async (_, step, more, condition) => {
  await expect(rows(recursive(step, reference("t"), more))).rejects.toMatchObject({ condition });
});

it("refuses random values in a step, which would be the same in each", async () => {
  const query = "WITH RECURSIVE r(v) AS (SELECT 1D UNION ALL SELECT rand(3) FROM r) SELECT v FROM r LIMIT 3";
  await expect(spark.sql(query).collect()).rejects.toThrow("the step of a recursion cannot compute random values");
});

it("refuses a full join by columns of the query around, of which Spark loses rows", async () => {
  const query =
    "SELECT (SELECT max(b) FROM VALUES (1) AS u(b) FULL JOIN VALUES (1) AS v(c) ON b = t.id) FROM range(2) AS t";
  await expect(spark.sql(query).collect()).rejects.toThrow("no full join by columns of the query around");
});

it("refuses an aggregate over the parameter of a lambda", async () => {
  const query = "SELECT transform(array(1), q -> max(q)) FROM range(2)";
  await expect(spark.sql(query).collect()).rejects.toThrow("cannot compute over the lambda's parameters");
});
