/** Every statement of `statements.sql`, one after the other, beside what Spark answers. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLakewrightError, SparkSession, simpleString } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";

interface Recorded {
  readonly sql: string;
  readonly columns?: readonly (readonly [name: string, type: string, nullable: boolean])[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly error?: string;
  readonly sqlState?: string;
}

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, "recorded.json"), "utf8")) as readonly Recorded[];

let warehouse: string;
let spark: SparkSession;

beforeAll(async () => {
  warehouse = await mkdtemp(join(tmpdir(), "statements-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": warehouse });
});
afterAll(async () => {
  await spark.catalog.dropGlobalTempView("gv");
  await spark.stop();
  await rm(warehouse, { recursive: true });
});

function shown(value: unknown): unknown {
  if (value === null || typeof value === "boolean") return value;
  return String(value)
    .replaceAll(`file:${warehouse}`, "<warehouse>")
    .replaceAll("Created By: Lakewright", "Created By: <maker>")
    .replace(/^Lakewright$/, "<maker>")
    .replaceAll(/\w{3} \w{3} \d\d \d\d:\d\d:\d\d \w+ \d{4}/g, "<time>");
}

async function answer(sql: string): Promise<Recorded> {
  try {
    const frame = await spark.execute(sql);
    const { fields } = await frame.schema();
    const columns = fields.map(({ name, type, nullable }) => [name, simpleString(type), nullable] as const);
    const rows = (await frame.collect({ rows: "array" })) as unknown[][];
    return { sql, columns, rows: rows.map((row) => row.map(shown)) };
  } catch (error) {
    if (!isLakewrightError(error) || error.condition === undefined) throw error;
    return { sql, error: error.condition, ...(error.sqlState === undefined ? {} : { sqlState: error.sqlState }) };
  }
}

/** Rows of queries come in any order. */
const sorted = (answered: Recorded): Recorded =>
  /^SELECT/.test(answered.sql) && answered.rows !== undefined
    ? { ...answered, rows: [...answered.rows].map((row) => JSON.stringify(row)).sort() as never }
    : answered;

// Each statement depends on those before, so that one test runs them all and tells every difference.
test("answers every statement as Spark does", async () => {
  const answers: Recorded[] = [];
  for (const { sql } of recorded) answers.push(sorted(await answer(sql)));
  expect(answers).toEqual(recorded.map(sorted));
});
