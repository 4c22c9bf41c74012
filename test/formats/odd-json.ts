/** The comparison of odd JSON lines, shared by the test against a running Spark and the one against its recorded answers. */
import { writeFileSync } from "node:fs";
import type { SparkValue } from "../../services/client.ts";
import { jsonFormat } from "../../src/engine/duckdb/formats/json.ts";
import { parseDdl } from "../../src/types/ddl.ts";
import { type Line, wideSchema } from "./json-lines.ts";
import { scanned } from "./scanned.ts";

/** A column that only the lines between the odd ones have: it tells which rows an odd line gave. */
const marker = "__m BIGINT";

export const oddJsonSchema = [marker, ...wideSchema, "_corrupt_record STRING"].join(", ");

/** Writes the lines, each followed by one with its number. */
export function writeOddJson(path: string, lines: readonly Line[]): void {
  const encoder = new TextEncoder();
  writeFileSync(path, Buffer.concat(lines.flatMap((line, index) => [line, encoder.encode(`\n{"__m":${index}}\n`)])));
}

/** What the embedded engine reads from such a file. */
export async function readOddJson(path: string): Promise<SparkValue[][]> {
  return comparable(await scanned({ format: jsonFormat, paths: [path], fileSchema: parseDdl(oddJsonSchema) }));
}

/** Rows without what cannot be told apart: Spark keeps broken UTF-8 in the text of a record, DuckDB cannot. */
export function comparable(rows: readonly (readonly SparkValue[])[]): SparkValue[][] {
  return rows.map((row) =>
    row.map((value) => (typeof value === "string" ? value.replace(/\ufffd+/g, "\ufffd") : value)),
  );
}

/** The rows of each line, by its number. */
export function byLine(rows: readonly (readonly SparkValue[])[]): SparkValue[][][] {
  const lines: SparkValue[][][] = [];
  let current: SparkValue[][] = [];
  for (const row of rows) {
    if (row[0] === null) current.push([...row]);
    else {
      lines[Number(row[0])] = current;
      current = [];
    }
  }
  return lines;
}
