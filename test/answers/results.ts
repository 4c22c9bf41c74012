/** Programs with the answers of real Spark in `results/`, which `record-results.py` records, and what ours make of them. */
import { readFileSync } from "node:fs";
import { col, type DataFrame, isLakewrightError, lit, parseDdl, type SparkSession, Window, when } from "lakewright";
import * as functions from "lakewright/functions";
import { columnExpression, makeColumn } from "../../src/functions/column.ts";
import { nameOf } from "../functions/named-types.ts";
import { sparkValue } from "../services/spark-value.ts";

/** What Spark or the embedded engine makes of a program. */
export type Outcome =
  | { readonly columns: readonly string[]; readonly rows: readonly unknown[] }
  | { readonly condition: string; readonly message?: string };

/** An answer of Spark's. */
export type Answer = Outcome & { readonly program: string };

type Scope = Readonly<Record<string, unknown>>;

const folder = new URL("./results/", import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** The recorded answers of a topic. */
export const answersOf = (topic: string): readonly Answer[] => readJson(`${topic}.json`) as readonly Answer[];

/** The names that programs use: functions, and the tables of `results/tables.json`. */
export function scopeOf(spark: SparkSession): Scope {
  const tables = readJson("tables.json") as Readonly<
    Record<string, { schema: string; rows: readonly (readonly unknown[])[] }>
  >;
  const frames = Object.entries(tables).map(
    ([name, { schema, rows }]) => [name, tableOf(spark, schema, rows)] as const,
  );
  return { ...functions, callFunction, col, lit, when, Window, spark, ...Object.fromEntries(frames) };
}

/** Any function by its SQL name, operators included. */
const callFunction = (name: string, ...args: readonly unknown[]) =>
  makeColumn({ kind: "call", name: [name], arguments: args.map((argument) => columnExpression(argument)) });

const givenAsText = new Set(["bigint", "double", "float", "decimal", "date", "timestamp", "timestamp_ntz", "binary"]);

function tableOf(spark: SparkSession, ddl: string, rows: readonly (readonly unknown[])[]): DataFrame {
  const { fields } = parseDdl(ddl);
  const raw = fields.map((field) =>
    givenAsText.has(field.type.kind) ? { ...field, type: { kind: "string" as const } } : field,
  );
  const frame = spark.createDataFrame(rows, { kind: "struct", fields: raw });
  return frame.select(...fields.map(({ name, type }) => col(name).cast(type).as(name))) as unknown as DataFrame;
}

/** The columns and rows of a frame, as the recorders write Spark's down. */
export async function rowsOf(frame: DataFrame): Promise<{ columns: readonly string[]; rows: readonly unknown[] }> {
  const { fields } = await frame.schema();
  const rows = (await frame.collect({ rows: "array", longs: "bigint" })) as unknown as unknown[][];
  return {
    columns: fields.map(({ name, type, nullable }) => `${name}: ${nameOf(type)}${nullable ? "" : " not null"}`),
    rows: rows.map((row) => fields.map((field, index) => sparkValue(row[index], field.type))),
  };
}

/** What the embedded engine makes of a program. */
export async function outcomeOf(program: string, scope: Scope): Promise<Outcome> {
  try {
    const frame = new Function(...Object.keys(scope), `return ${program};`)(...Object.values(scope)) as DataFrame;
    return await rowsOf(frame);
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return { condition: error.condition ?? error.message, message: error.message };
  }
}

/** Whether the order of a program's rows is of interest: where it ends by sorting. */
const ordered = ({ program }: Answer): boolean => /\.(?:orderBy|sort)\((?:[^()]|\([^()]*\))*\)$/.test(program);

const inOrder = (rows: readonly unknown[]): readonly unknown[] =>
  [...rows].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/**
 * An outcome in the form in which it is compared: rows sorted unless the program sorts them, and of conditions only that
 * there is one where Spark has no name for it.
 *
 * @param named - whether the names of columns are of interest, besides their types
 */
export function comparable(outcome: Outcome, answer: Answer, named = false): Outcome {
  if ("condition" in outcome)
    return { condition: unnamed(answer) ? "UNKNOWN" : outcome.condition.replace("DATATYPE_MISMATCH.", "") };
  const columns = outcome.columns.map((column) => (named ? column : column.slice(column.lastIndexOf(": ") + 2)));
  const rows = outcome.rows.map(settled);
  return { columns, rows: ordered(answer) ? rows : inOrder(rows) };
}

/** Values without what neither side decides: the entries of maps in one order, doubles to 15 digits. */
function settled(value: unknown): unknown {
  // The last digit of a sum of doubles depends on the order in which they are added.
  if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toPrecision(15));
  if (Array.isArray(value)) return value.map(settled);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, held]) => [name, settled(held)] as const);
  return Object.fromEntries(
    fields.map(([name, held]) => [name, name === "map" && Array.isArray(held) ? inOrder(held) : held]),
  );
}

const unnamed = (answer: Answer): boolean => "condition" in answer && answer.condition.startsWith("UNKNOWN");
