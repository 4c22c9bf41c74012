/** What Spark Connect has no message for, and what it has that a plan lacks: refused by name, in both directions. */
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { SparkSession } from "lakewright";
import { expect, test } from "vitest";
import { decodePlan } from "../../src/connect/decode.ts";
import { type Plan, PlanSchema } from "../../src/connect/generated/spark/connect/base_pb.ts";
import { RelationSchema } from "../../src/connect/generated/spark/connect/relations_pb.ts";
import type { Command } from "../../src/plan/command.ts";
import type { Expression } from "../../src/plan/expression.ts";
import type { Relation } from "../../src/plan/relation.ts";
import { parseStatement } from "../../src/sql/parse.ts";
import { codecOptions, refusalOf, throughTheWire } from "./round-trip.ts";

const input = SparkSession.create().range(3).plan;
const selecting = (expression: Expression): Relation => ({ kind: "project", input, expressions: [expression] });

/** Statements whose plan has no messages once their text is gone. */
test.each([
  ["VALUES (1), (2)", "VALUES by itself"],
  ["WITH t AS (SELECT 1) SELECT * FROM t", "WITH by itself"],
  ["SELECT 1 AS a QUALIFY rank() OVER (ORDER BY a) = 1", "QUALIFY by itself"],
  ["SELECT * FROM range(3) LATERAL VIEW explode(array(1)) t AS x", "LATERAL VIEW by itself"],
  ["SELECT * FROM range(3) ORDER BY ALL", "ORDER BY ALL"],
  ["SELECT * FROM t TIMESTAMP AS OF now()", "a version of a table by a moment that is computed"],
  ["SELECT id, count(*) FROM range(3) GROUP BY ALL", "GROUP BY of SQL"],
  ["SELECT * FROM range(3) a NATURAL JOIN range(4) b", "a NATURAL join"],
  ["SELECT * EXCEPT (id) FROM range(3)", "a star with EXCEPT"],
  ["SHOW TABLES", "SHOW TABLES"],
  ["INSERT INTO t VALUES (1)", "INSERT"],
  ["CREATE TABLE t LIKE u", "this form of CREATE TABLE"],
  ["ALTER TABLE t RENAME TO u", "ALTER TABLE (rename)"],
  ["DECLARE VARIABLE x INT", "DECLARE VARIABLE"],
])("%s", (text, reason) => {
  const { written: _, ...plan } = parseStatement(text) as Relation;
  expect(refusalOf(withoutOrigins(plan) as Relation | Command)).toContain(`Spark Connect has no message for ${reason}`);
});

/** The node without places in a text, from which expressions would travel as that text. */
function withoutOrigins(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigins);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => name !== "origin");
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutOrigins(field)]));
}

test.each<readonly [string, Expression]>([
  ["FILTER (WHERE …)", { kind: "call", name: ["sum"], arguments: [], filter: { kind: "attribute", name: ["a"] } }],
  ["the variable x", { kind: "variable", form: "session", name: ["x"] }],
  ["a constant of VARIANT", { kind: "literal", type: { kind: "variant" }, value: 1 }],
])("an expression: %s", (reason, expression) => {
  expect(refusalOf(selecting(expression))).toContain(reason);
});

const rootOf = (relType: MessageInitShape<typeof RelationSchema>["relType"]): Plan =>
  create(PlanSchema, { opType: { case: "root", value: create(RelationSchema, { relType: relType! }) } });
const python = { functionName: "f", function: { case: "pythonUdf", value: {} } } as const;

test.each<readonly [string, Plan]>([
  ["A function of partitions", rootOf({ case: "mapPartitions", value: { func: python } })],
  ["A table function of Python", rootOf({ case: "commonInlineUserDefinedTableFunction", value: {} })],
  ["A model of machine learning", rootOf({ case: "mlRelation", value: {} })],
  ["A table as HTML", rootOf({ case: "htmlString", value: {} })],
  ["The extension a/b", rootOf({ case: "extension", value: { typeUrl: "a/b" } })],
  ["The user-defined function f in Python", projecting({ case: "commonInlineUserDefinedFunction", value: python })],
  ["A typed aggregate of Scala", projecting({ case: "typedAggregateExpression", value: {} })],
])("of another client: %s", (reason, plan) => {
  expect(() => decodePlan(plan, codecOptions())).toThrow(`${reason}`);
  expect(() => decodePlan(plan, codecOptions())).toThrow("of Spark Connect is not supported");
});

function projecting(
  exprType: NonNullable<
    MessageInitShape<
      typeof import("../../src/connect/generated/spark/connect/expressions_pb.ts").ExpressionSchema
    >["exprType"]
  >,
): Plan {
  return rootOf({ case: "project", value: { expressions: [{ exprType }] } });
}

test("a message without a choice, or with one of a newer client, is invalid", () => {
  expect(() => decodePlan(create(PlanSchema), codecOptions())).toThrow("CONNECT_INVALID_PLAN");
  expect(() => decodePlan(rootOf(undefined), codecOptions())).toThrow("a relation is missing or not known");
  const limited = rootOf({ case: "limit", value: { limit: 3 } });
  expect(() => decodePlan(limited, codecOptions())).toThrow("a relation is missing or not known");
});

test("fields of a newer client are ignored, as Spark does", () => {
  const bytes = toBinary(PlanSchema, rootOf({ case: "range", value: { end: 3n, step: 1n } }));
  // Field 900 of the plan, a number.
  const newer = new Uint8Array([...bytes, 0xa0, 0x38, 0x07]);
  const plan = decodePlan(fromBinary(PlanSchema, newer), codecOptions());
  expect(plan).toMatchObject({ kind: "range", start: 0n, end: 3n, step: 1n });
});

test("commands of the catalogue travel as relations", () => {
  const commands: readonly Command[] = [
    { kind: "use", name: ["shop"] },
    { kind: "drop namespace", name: ["shop"], ifExists: true, cascade: true },
    { kind: "drop view", name: "v", global: false },
    { kind: "refresh", target: { table: ["shop", "odd name"] } },
    { kind: "uncache table", ifExists: true },
  ];
  expect(commands.map((command) => throughTheWire(command))).toEqual(commands);
});
