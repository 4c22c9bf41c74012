import { AssertionError } from "node:assert";
import { DataFrame, type StructType } from "../index.ts";
import { assertSchemaEqual } from "./assert-schema-equal.ts";

/** Options of `assertDataFrameEqual`, by PySpark's names. */
export interface DataFrameEqualOptions {
  /** Whether rows must come in the same order; false by default. */
  readonly checkRowOrder?: boolean;
  /** The relative tolerance of floating-point numbers; 1e-5 by default. */
  readonly rtol?: number;
  /** The absolute tolerance of floating-point numbers; 1e-8 by default. */
  readonly atol?: number;
  readonly ignoreNullable?: boolean;
  readonly ignoreColumnOrder?: boolean;
  /** How many differing rows the message shows; 10 by default. */
  readonly maxErrors?: number;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Asserts that a DataFrame has the rows of another, or of a list. Spark: `pyspark.testing.assertDataFrameEqual`.
 *
 * @param actual - the DataFrame in question
 * @param expected - a DataFrame, whose schema is compared too, or rows as objects
 * @param options - order and tolerances
 * @throws AssertionError with the rows that differ, side by side
 * @example
 * ```ts
 * await assertDataFrameEqual(totals, [{ user: "ann", total: 10.75 }]);
 * ```
 */
export async function assertDataFrameEqual(
  actual: DataFrame,
  expected: DataFrame | readonly object[],
  options: DataFrameEqualOptions = {},
): Promise<void> {
  const schema = await actual.schema();
  if (expected instanceof DataFrame) assertSchemaEqual(schema, await expected.schema(), options);
  const left = (await actual.collect()) as readonly Row[];
  const right = (expected instanceof DataFrame ? await expected.collect() : expected) as readonly Row[];
  const names = namesOf(schema, right);
  const [a, b] = options.checkRowOrder === true ? [left, right] : [sorted(left, names), sorted(right, names)];
  const differing = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index).filter(
    (index) => !sameRow(a[index], b[index], names, options),
  );
  if (differing.length > 0) throw failure(a, b, differing, names, options);
}

// A list of rows may have columns that the DataFrame lacks: they count as differences.
function namesOf({ fields }: StructType, rows: readonly Row[]): readonly string[] {
  return [...new Set([...fields.map(({ name }) => name), ...rows.flatMap((row) => Object.keys(row))])];
}

const sorted = (rows: readonly Row[], names: readonly string[]): readonly Row[] =>
  rows
    .map((row) => [textOf(row, names), row] as const)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, row]) => row);

const textOf = (row: Row, names: readonly string[]): string => names.map((name) => valueText(row[name])).join("\u0000");

function sameRow(
  left: Row | undefined,
  right: Row | undefined,
  names: readonly string[],
  options: DataFrameEqualOptions,
): boolean {
  if (left === undefined || right === undefined) return false;
  return names.every((name) => sameValue(left[name] ?? null, right[name] ?? null, options));
}

function sameValue(left: unknown, right: unknown, options: DataFrameEqualOptions): boolean {
  if (typeof left === "number" && typeof right === "number") return close(left, right, options);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index], options));
  }
  if (left instanceof Map && right instanceof Map) {
    return (
      left.size === right.size &&
      [...left].every(([key, value]) => right.has(key) && sameValue(value, right.get(key), options))
    );
  }
  if (isPlain(left) && isPlain(right)) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.every((name) => sameValue(left[name] ?? null, right[name] ?? null, options));
  }
  return valueText(left) === valueText(right);
}

function close(left: number, right: number, { rtol = 1e-5, atol = 1e-8 }: DataFrameEqualOptions): boolean {
  if (Object.is(left, right) || left === right) return true;
  if (Number.isInteger(left) && Number.isInteger(right)) return false;
  return Math.abs(left - right) <= atol + rtol * Math.abs(right);
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${valueText(key)} -> ${valueText(item)}`).join(", ")}}`;
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString("hex")}`;
  if (isPlain(value))
    return `{${Object.entries(value)
      .map(([name, item]) => `${name}: ${valueText(item)}`)
      .join(", ")}}`;
  return String(value);
}

function failure(
  actual: readonly Row[],
  expected: readonly Row[],
  differing: readonly number[],
  names: readonly string[],
  { maxErrors = 10 }: DataFrameEqualOptions,
): AssertionError {
  const total = Math.max(actual.length, expected.length);
  const shown = differing
    .slice(0, maxErrors)
    .map((index) => `  - ${rowText(expected[index], names)}\n  + ${rowText(actual[index], names)}`);
  const more = differing.length > maxErrors ? `\n  … and ${differing.length - maxErrors} more` : "";
  const counts =
    actual.length === expected.length
      ? ""
      : ` The actual DataFrame has ${actual.length} rows, ${expected.length} were expected.`;
  return new AssertionError({
    message: `[DIFFERENT_ROWS] ${differing.length} of ${total} rows differ.${counts} (- expected, + actual)\n${shown.join("\n")}${more}`,
    actual,
    expected,
  });
}

const rowText = (row: Row | undefined, names: readonly string[]): string =>
  row === undefined ? "(no row)" : `{${names.map((name) => `${name}: ${valueText(row[name])}`).join(", ")}}`;
