/** The command fails when a case that was equal is equal no more, and leaves the record as it was. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { SparkField, SparkOutcome, SparkRequest, SparkValue } from "../../services/protocol.ts";
import { compare } from "./compare.ts";

type Told = { readonly column: SparkField; readonly value: SparkValue } | { readonly condition: string };

const sum = { column: ["sum", "int", false], value: 3 } as const;
const failure = { condition: "DIVIDE_BY_ZERO" } as const;
const statements = { sum: "SELECT 1 + 2 AS sum", failure: "SELECT 1 / 0" } as const;

/** A Spark that says what it is told to. */
const sparkThatSays = (told: Readonly<Record<keyof typeof statements, Told>>) => ({
  attempt: (request: SparkRequest): Promise<SparkOutcome> => {
    const { text } = request as Extract<SparkRequest, { op: "sql" }>;
    return Promise.resolve(outcomeOf(text === statements.sum ? told.sum : told.failure));
  },
});

function outcomeOf(told: Told): SparkOutcome {
  if ("column" in told) return { answer: { schema: [told.column], schemaJson: {}, rows: [[told.value]] } };
  return { error: { condition: told.condition, sqlState: null, parameters: {}, message: "", causes: [] } };
}

let folder: string;
let ours: SparkSession;

const cases = Object.values(statements).map((sql) => ({ family: "operator", sql }));
const run = (told: Parameters<typeof sparkThatSays>[0]) =>
  compare({ spark: sparkThatSays(told), ours, cases, edges: { shown: [], heldOut: [] }, folder });
const written = (): readonly string[] =>
  ["conformance.md", "conformance-equal.txt"].map((name) => readFileSync(join(folder, name), "utf8"));

beforeAll(() => {
  ours = SparkSession.create();
  vi.spyOn(console, "log").mockImplementation(() => {});
});
afterAll(() => ours.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lakewright-conformance-"));
  return () => rmSync(folder, { recursive: true });
});

it("records what is equal and succeeds", async () => {
  expect(await run({ sum, failure })).toBe(0);
  expect(written()[1]).toBe(`${JSON.stringify(statements.sum)}\n${JSON.stringify(statements.failure)}\n`);
});

it.each<[string, Partial<Record<keyof typeof statements, Told>>, string]>([
  ["name", { sum: { ...sum, column: ["total", "int", false] } }, "was equal, is value"],
  ["type", { sum: { ...sum, column: ["sum", "bigint", false] } }, "was equal, is value"],
  ["nullability", { sum: { ...sum, column: ["sum", "int", true] } }, "was equal, is value"],
  ["value", { sum: { ...sum, value: 4 } }, "was equal, is different"],
  ["condition", { failure: { condition: "ARITHMETIC_OVERFLOW" } }, "was equal, is different"],
])("fails when a %s is equal no more", async (_, changed, told) => {
  const report = vi.spyOn(console, "error").mockImplementation(() => {});
  await run({ sum, failure });
  const before = written();
  expect(await run({ sum, failure, ...changed })).toBe(1);
  expect(report.mock.calls.flat().join()).toContain(told);
  expect(written()).toEqual(before);
  report.mockRestore();
});
