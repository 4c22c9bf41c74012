/** The commands that PySpark sends, recorded by `test/answers/record-commands.py`: what they mean is written here by hand. */
import { readFileSync } from "node:fs";
import { create, fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { decodePlan } from "../../src/connect/decode.ts";
import { PlanSchema } from "../../src/connect/generated/spark/connect/base_pb.ts";
import { CommandSchema } from "../../src/connect/generated/spark/connect/commands_pb.ts";
import { codecOptions, sameMeaning, throughTheWire } from "./round-trip.ts";

const recorded = JSON.parse(readFileSync(new URL("../answers/commands.json", import.meta.url), "utf8")) as readonly {
  readonly statement: string;
  readonly command: string;
}[];

const decoded = (statement: string) => {
  const bytes = Buffer.from(recorded.find((one) => one.statement === statement)!.command, "base64");
  const command = fromBinary(CommandSchema, bytes);
  return decodePlan(create(PlanSchema, { opType: { case: "command", value: command } }), codecOptions());
};

const input = { kind: "range", start: 0n, end: 3n, step: 1n };
const id = { kind: "attribute", name: ["id"] };
const aboveOne = { kind: "call", name: [">"], arguments: [id, { kind: "literal", value: 1 }] };
const one = { kind: "merge assignment", column: { name: ["n"] }, value: { kind: "literal", value: 1 } };

/** The meaning of each statement, in the order in which they are recorded. */
const meanings: readonly object[] = [
  { kind: "write", input, format: "parquet", target: { to: "path", path: "out" }, mode: "error", options: {} },
  { kind: "write", format: "csv", mode: "overwrite", options: { header: "true" }, partitionBy: ["id"] },
  { kind: "write", mode: "append", target: { to: "table", name: ["shop", "sales"], method: "save" } },
  { kind: "write", mode: "ignore", bucketBy: { columns: ["id"], count: 4 }, sortBy: ["id"] },
  { kind: "write", mode: "overwrite", target: { to: "table", name: ["t"], method: "insert" } },
  {
    kind: "write to",
    table: ["shop", "t"],
    provider: "parquet",
    tableProperties: { a: "b" },
    partitionBy: [id],
    mode: "create",
  },
  { kind: "write to", table: ["t"], mode: "overwrite", overwriteCondition: aboveOne },
  { kind: "write to", table: ["t"], mode: "append" },
  { kind: "create view", input, name: "v", global: false, replace: true },
  { kind: "create view", input, name: "v", global: true, replace: false },
  {
    kind: "merge into",
    target: ["t"],
    source: input,
    condition: { kind: "call", name: ["="] },
    matched: [{ kind: "merge action", action: "update", condition: aboveOne, assignments: [one] }],
    notMatched: [{ kind: "merge action", action: "insert all", assignments: [] }],
    notMatchedBySource: [{ kind: "merge action", action: "delete", assignments: [] }],
    schemaEvolution: false,
  },
];

test("every recorded statement has a meaning here", () => {
  expect(recorded).toHaveLength(meanings.length);
});

test.each(recorded.map(({ statement }, index) => [statement, meanings[index]!] as const))(
  "%s",
  (statement, meaning) => {
    const command = decoded(statement);
    expect(command).toMatchObject(meaning);
    expect(sameMeaning(command, throughTheWire(command))).toBe(true);
  },
);
