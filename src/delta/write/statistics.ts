/** The statistics of a data file as an `add` action holds them: JSON text, exact where it is given at all. */
import type { DataType, StructField, StructType } from "../../types/data-type.ts";

/** What an engine knows of a column of a file: bounds as text, which may be wider than the values. */
export interface KnownColumn {
  readonly path: readonly string[];
  readonly min?: string;
  readonly max?: string;
  readonly nulls: number;
  readonly hasNaN: boolean;
}

export interface StatisticsRequest {
  /** The columns of the files, without the partition columns, by the names that the files have. */
  readonly schema: StructType;
  /** Which leaf columns are told of. */
  readonly indexed: (path: readonly string[]) => boolean;
  /** Whether the table may delete rows by vectors: bounds are then said to be tight. */
  readonly tightBounds: boolean;
}

/**
 * The statistics of a file.
 *
 * A bound is left out where the text that Delta has for it would not be one: NaN, infinities, moments outside of the
 * years 0 to 9999. Delta cuts a moment to milliseconds; the upper bound is the next one, so that it stays a bound.
 *
 * @param rows - how many the file has
 */
export function fileStatistics(
  rows: number,
  columns: readonly KnownColumn[],
  { schema, indexed, tightBounds }: StatisticsRequest,
): string {
  const known = new Map(columns.map((column) => [JSON.stringify(column.path), column]));
  const part = (value: ValueOf): string => objectOf(schema.fields, [], { known, indexed, value }) ?? "{}";
  const parts = [`"numRecords":${rows}`];
  if (rows > 0) parts.push(`"minValues":${part(lower)}`, `"maxValues":${part(upper)}`);
  parts.push(`"nullCount":${part(nulls)}`);
  if (tightBounds) parts.push(`"tightBounds":true`);
  return `{${parts.join(",")}}`;
}

type ValueOf = (column: KnownColumn, type: DataType) => string | undefined;

interface Collecting {
  readonly known: ReadonlyMap<string, KnownColumn>;
  readonly indexed: StatisticsRequest["indexed"];
  readonly value: ValueOf;
}

function objectOf(
  fields: readonly StructField[],
  above: readonly string[],
  collecting: Collecting,
): string | undefined {
  const entries = fields.flatMap(({ name, type }) => {
    const path = [...above, name];
    const json = type.kind === "struct" ? objectOf(type.fields, path, collecting) : leaf(path, type, collecting);
    return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
  });
  return entries.length === 0 ? undefined : `{${entries.join(",")}}`;
}

function leaf(path: readonly string[], type: DataType, { known, indexed, value }: Collecting): string | undefined {
  // Files have a variant in two parts, which are null together.
  const column = known.get(JSON.stringify(type.kind === "variant" ? [...path, "metadata"] : path));
  return column === undefined || !indexed(path) ? undefined : value(column, type);
}

const nulls: ValueOf = ({ nulls }) => String(nulls);

const lower: ValueOf = ({ min }, type) => (min === undefined ? undefined : bounds[type.kind]?.(min, "lower"));

// NaN is greater than every number in Spark: with one there is no upper bound that JSON could tell.
const upper: ValueOf = ({ max, hasNaN }, type) =>
  max === undefined || hasNaN ? undefined : bounds[type.kind]?.(max, "upper");

type Side = "lower" | "upper";
type Bound = (text: string, side: Side) => string | undefined;

const number: Bound = (text) => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? text : undefined);

const date: Bound = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? JSON.stringify(text) : undefined);

const moment =
  (zone: string): Bound =>
  (text, side) => {
    const parts = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(?:\+00)?$/.exec(text);
    if (parts === null) return undefined;
    const micros = (parts[3] ?? "").padEnd(6, "0");
    const millis = Date.parse(`${parts[1]}T${parts[2]}.${micros.slice(0, 3)}Z`);
    const bound = new Date(millis + (side === "upper" && !micros.endsWith("000") ? 1 : 0)).toISOString();
    return bound.length === 24 ? JSON.stringify(bound.slice(0, -1) + zone) : undefined;
  };

/** How many characters of a text are told. */
const prefixLength = 32;
const lastAscii = "\u007f";
const lastCharacter = "\u{10ffff}";

function text(value: string, side: Side): string | undefined {
  if (side === "lower") return JSON.stringify(firstCharacters(value));
  const bound = value.length <= prefixLength ? value : cutAbove(value);
  return bound === undefined ? undefined : JSON.stringify(bound);
}

const firstCharacters = (value: string): string =>
  Array.from(value.slice(0, 2 * prefixLength))
    .slice(0, prefixLength)
    .join("");

/** A prefix and a character that is not less than what follows it: a text that is greater than the whole one. */
function cutAbove(value: string): string | undefined {
  // Half of a pair of surrogates is no character.
  const isHalf = /[\ud800-\udbff]$/.test(value.slice(0, prefixLength));
  const end = isHalf ? prefixLength - 1 : prefixLength;
  const next = value.codePointAt(end)!;
  if (next === lastCharacter.codePointAt(0)) return undefined;
  return value.slice(0, end) + (next < lastAscii.charCodeAt(0) ? lastAscii : lastCharacter);
}

const bounds: Partial<Record<DataType["kind"], Bound>> = {
  tinyint: number,
  smallint: number,
  int: number,
  bigint: number,
  float: number,
  double: number,
  decimal: number,
  date,
  timestamp: moment("Z"),
  timestamp_ntz: moment(""),
  string: text,
  char: text,
  varchar: text,
};

/** How many leaf columns Delta tells of where the table does not say. */
const defaultIndexed = 32;

/**
 * Which leaf columns of a table have statistics: `delta.dataSkippingStatsColumns`, or else the first
 * `delta.dataSkippingNumIndexedCols`, or 32.
 *
 * @param schema - the columns without the partition columns, by the names that files have
 * @param named - the columns of `delta.dataSkippingStatsColumns` by the names that files have, a list of names each
 */
export function indexedColumns(
  schema: StructType,
  configuration: Readonly<Record<string, string>>,
  named?: readonly (readonly string[])[],
): StatisticsRequest["indexed"] {
  if (named !== undefined) return (path) => named.some((wanted) => wanted.every((name, index) => path[index] === name));
  const count = Number(configuration["delta.dataSkippingNumIndexedCols"] ?? defaultIndexed);
  if (count < 0) return () => true;
  const leaves = new Set(leavesOf(schema.fields, []).slice(0, count));
  return (path) => leaves.has(JSON.stringify(path));
}

const leavesOf = (fields: readonly StructField[], above: readonly string[]): readonly string[] =>
  fields.flatMap(({ name, type }) =>
    type.kind === "struct" ? leavesOf(type.fields, [...above, name]) : [JSON.stringify([...above, name])],
  );
