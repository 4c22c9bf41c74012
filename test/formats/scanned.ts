/** Rows that the embedded engine reads from files, written as the answers of a real Spark are. */
import { statSync } from "node:fs";
import type { SparkValue } from "../../services/client.ts";
import { Database } from "../../src/engine/duckdb/database.ts";
import type { FileFormat, ScanContext } from "../../src/engine/duckdb/formats/format.ts";
import type { DataType, StructType } from "../../src/types/data-type.ts";
import { structType } from "../../src/types/data-type.ts";

export interface Reading {
  readonly format: FileFormat;
  readonly paths: readonly string[];
  /** All columns of the files. */
  readonly fileSchema: StructType;
  /** The columns wanted; all when absent. */
  readonly schema?: StructType;
  readonly options?: Readonly<Record<string, string>>;
  readonly timeZone?: string;
}

/** Reads files and encodes the rows as `SparkValue` says. */
export async function scanned({
  format,
  paths,
  fileSchema,
  schema = fileSchema,
  options = {},
  timeZone = "UTC",
}: Reading): Promise<SparkValue[][]> {
  const database = await Database.open({ threads: 2 });
  const cleanups: (() => Promise<void> | void)[] = [];
  const context: ScanContext = {
    files: paths.map((path) => ({ path, size: statSync(path).size, modifiedAt: 0, partitionValues: [] })),
    options: new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value])),
    timeZone,
    caseSensitive: false,
    database,
    signal: undefined,
    schema,
    fileSchema,
    partitionSchema: structType([]),
    bounds: [],
    summed: new Set(),
    isPlain: false,
    temporaryTable: () => "lines",
    onLongRecord: () => undefined,
    onEnd: (cleanup) => void cleanups.push(cleanup),
  };
  try {
    const { sql } = await format.scan(context);
    const columns = schema.fields.map(({ type }, index) => `c${index}: ${jsonSql(`c${index}`, type)}`);
    const rows = await database.rows(`SELECT to_json({${["n: 0", ...columns].join(", ")}}) AS json FROM ${sql}`);
    return rows.map(({ json }) => {
      const row = JSON.parse(String(json)) as Record<string, unknown>;
      return schema.fields.map(({ type }, index) => sparkValue(row[`c${index}`], type));
    });
  } finally {
    for (const cleanup of cleanups) await cleanup();
    await database.close();
  }
}

const asText = new Set<DataType["kind"]>([
  "date",
  "timestamp",
  "timestamp_ntz",
  "decimal",
  "bigint",
  "int",
  "smallint",
  "tinyint",
]);

function jsonSql(sql: string, type: DataType): string {
  if (asText.has(type.kind)) return `(${sql})::VARCHAR`;
  switch (type.kind) {
    case "float":
    case "double":
      return `(${sql})::DOUBLE::VARCHAR`;
    case "binary":
      return `lower(hex(${sql}))`;
    case "array":
      return `list_transform(${sql}, lambda z: ${jsonSql("z", type.element)})`;
    case "map":
      return `list_transform(map_entries(${sql}), lambda z: {k: z.key, v: ${jsonSql("z.value", type.value)}})`;
    case "struct":
      return `CASE WHEN ${sql} IS NULL THEN NULL ELSE {${type.fields.map((field, index) => `f${index}: ${jsonSql(`(${sql}).f${index}`, field.type)}`).join(", ")}} END`;
    default:
      return sql;
  }
}

function sparkValue(value: unknown, type: DataType): SparkValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "struct":
      return Object.fromEntries(
        type.fields.map((field, index) => [
          field.name,
          sparkValue((value as Record<string, unknown>)[`f${index}`], field.type),
        ]),
      );
    case "array":
      return (value as unknown[]).map((item) => sparkValue(item, type.element));
    case "map":
      return { map: (value as { k: string; v: unknown }[]).map(({ k, v }) => [k, sparkValue(v, type.value)]) };
    case "binary":
      return `hex:${value}`;
    case "float":
    case "double":
      return floating(String(value));
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case "date":
      return isoDate(String(value));
    case "timestamp":
    case "timestamp_ntz":
      return isoTimestamp(String(value));
    default:
      return value as SparkValue;
  }
}

const names: Readonly<Record<string, string>> = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity" };
const floating = (text: string): SparkValue => names[text] ?? Number(text);

/** DuckDB writes years before 1 as years before Christ, and later ones without a sign. */
function isoDate(text: string): string {
  const [, digits, rest, era] = /^(\d+)(-\d\d-\d\d)( \(BC\))?$/.exec(text)!;
  const year = era === undefined ? Number(digits) : 1 - Number(digits);
  const padded = String(Math.abs(year)).padStart(4, "0");
  return `${year < 0 ? "-" : year > 9999 ? "+" : ""}${padded}${rest}`;
}

function isoTimestamp(text: string): string {
  const [, date, clock, fraction = ""] = /^(\d+-\d\d-\d\d(?: \(BC\))?) (\d\d:\d\d:\d\d)(?:\.(\d+))?$/.exec(text)!;
  return `${isoDate(date!)} ${clock}.${fraction.padEnd(6, "0")}`;
}
