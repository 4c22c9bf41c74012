/** What the log says of the values of a column in each file. */
import { isLakewrightError } from "../../errors.ts";
import type { Vector } from "../../types/batch.ts";
import { bigintType, type DataType, stringType } from "../../types/data-type.ts";
import { storedReader } from "../../types/stored-reader.ts";
import { parseDate, parseTimestamp } from "../../types/temporal-text.ts";
import { isNullAt } from "../../types/validity.ts";
import { type FileChunk, type FurtherColumn, fileColumns } from "../file-chunk.ts";
import { readPartitionValue } from "../partition-value.ts";
import type { Bound } from "./bound-values.ts";

/** A column that a condition reads. */
export interface StatisticsColumn {
  /** Physical names, from the outermost. */
  readonly path: readonly string[];
  readonly type: DataType;
  /** For partition columns: the name by which the log may know it too. */
  readonly partition?: string;
}

/** What is known of a column in a file; undefined is unknown. */
export interface ColumnBounds {
  readonly min: (row: number) => Bound | undefined;
  readonly max: (row: number) => Bound | undefined;
  readonly nulls: (row: number) => number | undefined;
  readonly records: (row: number) => number | undefined;
}

/** Types whose bounds say something, as statistics hold them. */
const bounded: ReadonlySet<string> = new Set([
  ...["tinyint", "smallint", "int", "bigint", "float", "double", "decimal"],
  ...["string", "varchar", "char", "date", "timestamp", "timestamp_ntz"],
]);

const known = new WeakMap<FileChunk["batch"], Map<string, Promise<ColumnBounds>>>();

/** The statistics of a chunk's files as JSON values, while several columns are taken from them. */
export interface ParsedTexts {
  texts?: Promise<readonly (JsonStatistics | undefined)[]>;
}

/** The bounds of a column by row of the chunk's batch; read once. */
export function boundsOf(
  chunk: FileChunk,
  column: StatisticsColumn,
  timeZone: string,
  parsed: ParsedTexts = {},
): Promise<ColumnBounds> {
  const ofChunk = known.get(chunk.batch) ?? new Map<string, Promise<ColumnBounds>>();
  known.set(chunk.batch, ofChunk);
  const key = JSON.stringify([column.path, column.type, timeZone]);
  const bounds =
    ofChunk.get(key) ??
    (column.partition === undefined
      ? statisticsOf(chunk, column, parsed)
      : Promise.resolve(partitionBounds(chunk, column, column.partition, timeZone)));
  ofChunk.set(key, bounds);
  return bounds;
}

function partitionBounds(
  chunk: FileChunk,
  { path, type }: StatisticsColumn,
  logical: string,
  timeZone: string,
): ColumnBounds {
  const columns = fileColumns(chunk);
  const values = new Map<string, Bound | null>();
  const valueAt = (row: number): Bound | null => {
    const text = columns.partitionValue(row, path[0]!) ?? columns.partitionValue(row, logical) ?? "";
    let value = values.get(text);
    if (value === undefined) {
      const read = readPartitionValue(text, type, timeZone);
      value = read instanceof Uint8Array ? undefined : read;
      if (value !== undefined) values.set(text, value);
    }
    return value ?? null;
  };
  const bound = (row: number): Bound | undefined => valueAt(row) ?? undefined;
  const isNull = (row: number): boolean =>
    (columns.partitionValue(row, path[0]!) ?? columns.partitionValue(row, logical) ?? "") === "";
  return { min: bound, max: bound, nulls: (row) => (isNull(row) ? 1 : 0), records: () => 1 };
}

async function statisticsOf(chunk: FileChunk, column: StatisticsColumn, texts: ParsedTexts): Promise<ColumnBounds> {
  if (!(await chunk.hasParsed())) return textStatistics(chunk, column, texts);
  const parsed = await parsedStatistics(chunk, column);
  if (parsed.isWhole) return parsed.bounds;
  const text = await textStatistics(chunk, column, texts);
  const either =
    (name: keyof ColumnBounds) =>
    (row: number): never =>
      (parsed.bounds.records(row) === undefined ? text[name](row) : parsed.bounds[name](row)) as never;
  return { min: either("min"), max: either("max"), nulls: either("nulls"), records: either("records") };
}

/** Where statistics tell of a column: how many rows and nulls there are, and the bounds where its type has such. */
const statisticsColumns = (path: readonly string[], type: DataType): readonly FurtherColumn[] => [
  { path: ["numRecords"], type: bigintType },
  { path: ["nullCount", ...path], type: bigintType },
  ...(bounded.has(type.kind) ? ["minValues", "maxValues"] : []).map((name) => ({ path: [name, ...path], type })),
];

interface ParsedStatistics {
  readonly bounds: ColumnBounds;
  /** Whether every file has some. */
  readonly isWhole: boolean;
}

/** `stats_parsed` of checkpoints. */
async function parsedStatistics(chunk: FileChunk, { path, type }: StatisticsColumn): Promise<ParsedStatistics> {
  const columns = statisticsColumns(path, type).map((column) => ({
    ...column,
    path: ["stats_parsed", ...column.path],
  }));
  const { columns: vectors } = await chunk.further(columns);
  const [records, nulls, min, max] = vectors.map(stored);
  const bounds: ColumnBounds = {
    records: (row) => numberOf(records!(row)),
    nulls: (row) => numberOf(nulls!(row)),
    min: (row) => boundOf(min?.(row)),
    max: (row) => later(boundOf(max?.(row)), type),
  };
  return { bounds, isWhole: vectors[0]!.validity === undefined && vectors[0]!.length > 0 };
}

const stored = (vector: Vector): ((row: number) => unknown) => {
  const read = storedReader(vector);
  return (row) => (isNullAt(vector.validity, row) ? null : read(row));
};

const numberOf = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);

const boundOf = (value: unknown): Bound | undefined =>
  value === null || value === undefined ? undefined : (value as Bound);

/** Moments of statistics are cut to milliseconds. */
const cut = 999n;

const later = (bound: Bound | undefined, { kind }: DataType): Bound | undefined =>
  typeof bound === "bigint" && (kind === "timestamp" || kind === "timestamp_ntz") ? bound + cut : bound;

interface JsonStatistics {
  readonly numRecords?: number;
  readonly minValues?: unknown;
  readonly maxValues?: unknown;
  readonly nullCount?: unknown;
}

/** `stats` as JSON. */
async function textStatistics(chunk: FileChunk, column: StatisticsColumn, parsed: ParsedTexts): Promise<ColumnBounds> {
  const found = parsed.texts === undefined ? await extracted(chunk, column) : undefined;
  return found ?? readStatistics(chunk, column, parsed);
}

/** What a reader of many files takes out of their texts by columns; undefined where it cannot. */
async function extracted(chunk: FileChunk, { path, type }: StatisticsColumn): Promise<ColumnBounds | undefined> {
  if (chunk.inStatistics === undefined) return undefined;
  try {
    const { columns } = await chunk.inStatistics(statisticsColumns(path, type));
    const [records, nulls, min, max] = columns.map(stored);
    return {
      records: (row) => numberOf(records!(row)),
      nulls: (row) => numberOf(nulls!(row)),
      min: (row) => widened(boundOf(min?.(row)), type, "min"),
      max: (row) => later(widened(boundOf(max?.(row)), type, "max"), type),
    };
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return undefined;
  }
}

/** A bound that may have been rounded on its way through JSON, wide enough for the value that it was. */
function widened(bound: Bound | undefined, { kind }: DataType, side: "min" | "max"): Bound | undefined {
  if (typeof bound === "number") return Number.isFinite(bound) ? bound : undefined;
  if (typeof bound !== "bigint" || kind !== "decimal") return bound;
  const slack = (bound < 0n ? -bound : bound) / roundedBeyond + 1n;
  return side === "min" ? bound - slack : bound + slack;
}

/** What is kept of texts that are read here are values by row: a million objects would not fit. */
async function readStatistics(
  chunk: FileChunk,
  { path, type }: StatisticsColumn,
  parsed: ParsedTexts,
): Promise<ColumnBounds> {
  parsed.texts ??= parseTexts(chunk);
  const all = await parsed.texts;
  const read = (side: "min" | "max"): readonly (Bound | undefined)[] =>
    bounded.has(type.kind) ? all.map((file) => jsonBound(inner(file?.[`${side}Values`], path), type, side)) : [];
  const [min, max] = [read("min"), read("max").map((bound) => later(bound, type))];
  const nulls = all.map((file) => numberOf(inner(file?.nullCount, path)));
  const records = all.map((file) => file?.numRecords);
  return { records: (row) => records[row], nulls: (row) => nulls[row], min: (row) => min[row], max: (row) => max[row] };
}

async function parseTexts(chunk: FileChunk): Promise<readonly (JsonStatistics | undefined)[]> {
  const { columns } = await chunk.further([{ path: ["stats"], type: stringType }]);
  const [vector] = columns;
  if (vector?.layout !== "text") return [];
  return vector.text.strings().map((text) => (text === "" ? undefined : parsedText(text)));
}

// Statistics that cannot be read say nothing.
function parsedText(text: string): JsonStatistics | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function inner(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}

/** Of numbers that are greater than this, JSON may have rounded whole units. */
const roundedBeyond = 2n ** 51n;

/** How far a number of JSON may be from the one that was written, which JavaScript has rounded. */
const rounding = 2 ** -51;

function jsonBound(value: unknown, type: DataType, side: "min" | "max"): Bound | undefined {
  if (typeof value === "string") return boundOfText(value, type);
  if (typeof value !== "number") return undefined;
  const outward = side === "min" ? -1 : 1;
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "int":
    case "float":
    case "double":
      return value;
    case "bigint":
      return Number.isSafeInteger(value) ? BigInt(value) : BigInt(Math.round(value)) + BigInt(outward * 2048);
    case "decimal": {
      const unscaled = value * 10 ** type.scale;
      const slack = Math.ceil(Math.abs(unscaled) * rounding) + 1;
      return Number.isFinite(unscaled) ? BigInt(Math.round(unscaled)) + BigInt(outward) * BigInt(slack) : undefined;
    }
    default:
      return undefined;
  }
}

function boundOfText(text: string, { kind }: DataType): Bound | undefined {
  if (kind === "string" || kind === "varchar" || kind === "char") return text;
  if (kind === "date") return parseDate(text);
  if (kind === "timestamp") return parseTimestamp(text, "UTC");
  return kind === "timestamp_ntz" ? parseTimestamp(text) : undefined;
}
