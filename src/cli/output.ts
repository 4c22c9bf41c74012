/** Results on standard output, in the format asked for. */
import { Option } from "commander";
import { DataFrame } from "../dataframe/dataframe.ts";
import { drawTable } from "./table.ts";

export type OutputFormat = "table" | "json" | "jsonl" | "csv";

/** The option that every command has. */
export const formatOption = (): Option =>
  new Option("--format <format>", "how to print the result")
    .choices(["table", "json", "jsonl", "csv"])
    .default("table");

/** What a command prints. */
export type Printable = DataFrame | readonly object[];

export interface PrintOptions {
  readonly format: OutputFormat;
  /** The most rows of a table. */
  readonly limit?: number;
}

/** Prints rows. */
export async function print(result: Printable, { format, limit }: PrintOptions): Promise<void> {
  const rows = result instanceof DataFrame ? await rowsOf(result, limit) : result;
  await writeOut(writers[format](rows as readonly Record<string, unknown>[]));
}

const rowsOf = (frame: DataFrame, limit: number | undefined): Promise<readonly object[]> =>
  (limit === undefined ? frame : frame.limit(limit)).collect();

const writers: Record<OutputFormat, (rows: readonly Record<string, unknown>[]) => string> = {
  table: drawTable,
  json: (rows) => `${JSON.stringify(rows, jsonValue, 2)}\n`,
  jsonl: (rows) => rows.map((row) => `${JSON.stringify(row, jsonValue)}\n`).join(""),
  csv: (rows) =>
    rows.length === 0
      ? ""
      : [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
          .map((cells) => `${cells.map(csvCell).join(",")}\n`)
          .join(""),
};

/** Values that JSON has no form for. */
function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? jsonText(value) : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const jsonText = (value: object): string => {
  const json = JSON.stringify(value, jsonValue);
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
};

function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
