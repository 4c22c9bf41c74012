/** `npm run conformance:delta -- --tables DIR`: reads Delta tables that others made, and prints a line for each. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type DataFrame, isLakewrightError, SparkSession, UnsupportedError } from "lakewright";
import { type Expected, type FoundTable, findTables } from "./tables.ts";

/** How a table came out; the last two are faults of ours. */
type Verdict = "right" | "read" | "refused" | "damaged" | "WRONG" | "FAILED";

interface Line {
  readonly verdict: Verdict;
  readonly text: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tables: { type: "string" } } });
  if (values.tables === undefined) throw new Error("Say where the tables are: --tables DIR");
  const scratch = mkdtempSync(join(tmpdir(), "delta-tables-"));
  const spark = SparkSession.create();
  try {
    const lines: Line[] = [];
    for (const table of findTables(values.tables, scratch)) {
      const line = await lineOf(table, spark);
      console.log(`${line.verdict.padEnd(8)} ${table.name}: ${line.text}`);
      lines.push(line);
    }
    console.log(summary(lines));
    process.exitCode = lines.some(({ verdict }) => verdict === "WRONG" || verdict === "FAILED") ? 1 : 0;
  } finally {
    await spark.stop();
    rmSync(scratch, { recursive: true });
  }
}

async function lineOf({ path, expected, damage }: FoundTable, spark: SparkSession): Promise<Line> {
  if (damage !== undefined) return { verdict: "damaged", text: damage };
  try {
    if (expected.length === 0)
      return {
        verdict: "read",
        text: `${await spark.read.format("delta").load(path).count()} rows, none to compare with`,
      };
    const faults = await Promise.all(expected.map((rows) => faultOf(path, rows, spark)));
    const fault = faults.find((found) => found !== undefined);
    return fault === undefined
      ? { verdict: "right", text: `${expected.length} version(s) as expected` }
      : { verdict: "WRONG", text: fault };
  } catch (error) {
    return told(error);
  }
}

/** What a table is told by whose log or data files are not whole, or whose log says nothing yet. */
const notWhole = new Set([
  ...["PATH_NOT_FOUND", "DELTA_TABLE_NOT_FOUND", "FAILED_READ_FILE.FILE_NOT_EXIST", "DELTA_LOG_FILE_MALFORMED"],
  ...["DELTA_STATE_RECOVER_ERROR", "DELTA_VERSIONS_NOT_CONTIGUOUS", "DELTA_TRUNCATED_TRANSACTION_LOG"],
  ...["DELTA_DELETION_VECTOR_DAMAGED", "DELTA_READ_TABLE_WITHOUT_COLUMNS"],
]);

function told(error: unknown): Line {
  const text = String(error instanceof Error ? error.message : error).split("\n")[0]!;
  if (error instanceof UnsupportedError) return { verdict: "refused", text };
  if (isLakewrightError(error) && notWhole.has(error.condition ?? "")) return { verdict: "damaged", text };
  return { verdict: "FAILED", text };
}

async function faultOf(path: string, { folder, version }: Expected, spark: SparkSession): Promise<string | undefined> {
  const past = version === undefined ? "" : ` VERSION AS OF ${version}`;
  const table = spark.sql(`SELECT * FROM delta.\`${path}\`${past}`);
  const expected = spark.read.parquet(folder);
  const names = (await expected.schema()).fields.map(({ name }) => name);
  const [ours, theirs] = [await rowsOf(table, names), await rowsOf(expected, names)];
  const at = version === undefined ? "" : ` at version ${version}`;
  if (ours.length !== theirs.length) return `${ours.length} rows${at}, ${theirs.length} expected`;
  const index = ours.findIndex((row, place) => row !== theirs[place]);
  return index < 0 ? undefined : `${ours[index]}${at}, ${theirs[index]} expected`;
}

async function rowsOf(rows: DataFrame, names: readonly string[]): Promise<readonly string[]> {
  const quoted = names.map((name) => `\`${name.replaceAll("`", "``")}\``);
  const values = await rows.select(...quoted).collect({ rows: "array", longs: "bigint" });
  return values.map((row) => JSON.stringify(row, plain)).sort();
}

const plain = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value] : typeof value === "bigint" || ArrayBuffer.isView(value) ? String(value) : value;

function summary(lines: readonly Line[]): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of lines) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
}

await main();
