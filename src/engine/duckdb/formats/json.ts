/** JSON as Spark reads it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import { type StructField, type StructType, structType } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { constantColumns } from "./constant-columns.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource } from "./format.ts";
import { momentOf, readType, renamed, storedValue } from "./json/json-columns.ts";
import { inferJson } from "./json/json-infer.ts";
import { jsonRecordReader } from "./json/json-line.ts";
import { type JsonOptions, jsonOptions } from "./json/json-options.ts";
import { type Rewriting, rewriteAll, rewriteOddLines } from "./json/json-rewrite.ts";
import { type PlainJson, type PlainRules, plainJson } from "./json/plain-json.ts";
import { pathList } from "./path-list.ts";
import { openBytes } from "./text/byte-source.ts";
import { checkFiles } from "./text/check-files.ts";
import { failFastError, MalformedStop, malformedRecords } from "./text/malformed-records.ts";

export const jsonFormat: FileFormat = { name: "json", inferSchema, scan };

const defaultObjectSize = 16 * 1024 * 1024;
/** Columns that DuckDB's reader has by itself. */
const virtualNames = new Set(["filename", "file_index", "file_row_number"]);
const rewrittenCorruptName = "corrupt";

function inferSchema({ files, options, timeZone, signal }: FormatContext): Promise<StructType> {
  return inferJson(files, jsonOptions(options, timeZone), signal);
}

/** Files of plain lines only, and what is known of them. */
interface Readable {
  readonly paths: readonly string[];
  /** The rows of each file. */
  readonly rows: readonly number[];
  readonly longest: number;
  /** TIMESTAMP columns with offsets from UTC. */
  readonly offsets: ReadonlySet<string>;
  /** The column of corrupt records' texts, if some file has it. */
  readonly corruptName: string | undefined;
}

/** The columns that are read from the files. */
interface Wanted {
  readonly data: StructType;
  /** The column for corrupt records' texts, if it is wanted. */
  readonly corrupt: StructField | undefined;
}

async function scan(context: ScanContext): Promise<ScanSource> {
  const options = jsonOptions(context.options, context.timeZone);
  const constants = constantColumns(context);
  const wanted = wantedColumns(context.schema, constants, options);
  const plain =
    options.isStandard && !hasVirtualName(wanted.data)
      ? plainJson(wanted.data, await plainRules(context, options, wanted))
      : undefined;
  const readable = await readableFiles(context, options, wanted, plain);
  const columns = context.schema.fields.map((field, index) => {
    const sql =
      constants.get(field.name) ??
      (field === wanted.corrupt ? corruptText(readable) : valueOf(field, wanted, plain, readable));
    return `${sql} AS ${columnName(index)}`;
  });
  const select = columns.length === 0 ? "1 AS none" : columns.join(", ");
  return { sql: `(SELECT ${select} FROM ${source(wanted, plain, readable)})` };
}

function wantedColumns(
  { fields }: StructType,
  constants: ReadonlyMap<string, string>,
  { corruptColumn }: JsonOptions,
): Wanted {
  const data = fields.filter(({ name }) => !constants.has(name));
  const corrupt = data.find(({ name }) => name === corruptColumn);
  if (corrupt !== undefined && corrupt.type.kind !== "string") throw wrongCorruptType(corrupt);
  if (corrupt !== undefined && data.length === 1) throw onlyCorruptColumn(corruptColumn);
  return { data: structType(data.filter((field) => field !== corrupt)), corrupt };
}

const wrongCorruptType = ({ name, type }: StructField): AnalysisError =>
  new AnalysisError(
    `The column \`${name}\` for corrupt records must have the nullable STRING type, but got ${sqlName(type)}`,
    {
      condition: "INVALID_CORRUPT_RECORD_TYPE",
      sqlState: "42804",
      parameters: { columnName: name, actualType: sqlName(type) },
    },
  );

const onlyCorruptColumn = (name: string): UnsupportedError =>
  new UnsupportedError(
    `Queries from raw files are disallowed when the referenced columns only include the corrupt record column ${name}`,
    {
      condition: "UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN",
      hint: "Select another column too, or cache the DataFrame first and ask the cached one.",
    },
  );

const hasVirtualName = ({ fields }: StructType): boolean =>
  fields.some(({ name }) => virtualNames.has(name.toLowerCase()));

async function plainRules(
  { files }: ScanContext,
  { isUtc, corruptColumn }: JsonOptions,
  { corrupt }: Wanted,
): Promise<PlainRules> {
  const first = files.find(({ size }) => size > 0);
  const otherNames = first === undefined ? [] : await namesOfFirstLine(first.path);
  return { isUtc, otherNames, ...(corrupt === undefined ? {} : { reservedName: corruptColumn }) };
}

/** What the members of the first record are called, if it is easily read: only speed depends on it. */
async function namesOfFirstLine(path: string): Promise<readonly string[]> {
  const source = await openBytes(path);
  try {
    const bytes = new Uint8Array(firstBytes);
    const line = decoder.decode(bytes.subarray(0, await source.read(bytes))).split("\n", 1)[0]!;
    return Object.keys(Object(JSON.parse(line)));
  } catch {
    return [];
  } finally {
    await source.close();
  }
}

const firstBytes = 64 * 1024;
const decoder = new TextDecoder();

async function readableFiles(
  context: ScanContext,
  options: JsonOptions,
  wanted: Wanted,
  plain: PlainJson | undefined,
): Promise<Readable> {
  const malformed = malformedRecords(options.mode, options.badRecordsPath);
  const schema = plain === undefined ? renamed(wanted.data, columnName) : wanted.data;
  const corruptName =
    wanted.corrupt === undefined ? undefined : plain === undefined ? rewrittenCorruptName : wanted.corrupt.name;
  const rewriting: Rewriting = { read: jsonRecordReader(wanted.data, options), schema, corruptName, malformed };
  try {
    const copies = new Copies(context);
    const readable =
      plain === undefined
        ? await allRewritten(context, options, rewriting, copies)
        : await oddRewritten(context, plain, rewriting, copies);
    await malformed.finish();
    return readable;
  } catch (error) {
    throw error instanceof MalformedStop ? await failFastError(error) : error;
  }
}

async function allRewritten(
  { files }: ScanContext,
  options: JsonOptions,
  rewriting: Rewriting,
  copies: Copies,
): Promise<Readable> {
  const paths: string[] = [];
  const rows: number[] = [];
  let longest = 0;
  for (const file of files) {
    const path = await copies.next();
    const written = await rewriteAll(file.path, path, options, rewriting);
    paths.push(path);
    rows.push(written.rows);
    longest = Math.max(longest, written.longest);
  }
  return { paths, rows, longest, offsets: new Set(), corruptName: rewriting.corruptName };
}

async function oddRewritten(
  { files, signal }: ScanContext,
  plain: PlainJson,
  rewriting: Rewriting,
  copies: Copies,
): Promise<Readable> {
  const checked = await checkFiles(files, plain.program, signal);
  const paths: string[] = [];
  const rows: number[] = [];
  let longest = 0;
  let corruptName: string | undefined;
  for (const [index, { odd, ...found }] of checked.entries()) {
    const { path } = files[index]!;
    const copy = odd.length === 0 ? undefined : await copies.next();
    const written = copy === undefined ? { rows: 0, longest: 0 } : await rewriteOddLines(path, copy, odd, rewriting);
    if (copy !== undefined) corruptName = rewriting.corruptName;
    paths.push(copy ?? path);
    rows.push(found.rows + written.rows);
    longest = Math.max(longest, found.longest, written.longest);
  }
  const bits = checked.reduce((all, { offsets }) => all | offsets, 0);
  return {
    paths,
    rows,
    longest,
    offsets: new Set(plain.timestamps.filter((_, bit) => (bits & (1 << bit)) !== 0)),
    corruptName,
  };
}

/** Names for copies in a folder that lasts as long as the query. */
class Copies {
  readonly #onEnd: ScanContext["onEnd"];
  #folder: Promise<string> | undefined;
  #count = 0;

  constructor({ onEnd }: ScanContext) {
    this.#onEnd = onEnd;
  }

  async next(): Promise<string> {
    this.#folder ??= this.#makeFolder();
    return join(await this.#folder, `${this.#count++}.json`);
  }

  async #makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-json-"));
    this.#onEnd(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }
}

const corruptText = ({ corruptName }: Readable): string =>
  corruptName === undefined ? "NULL::VARCHAR" : identifier(corruptName);

function valueOf(field: StructField, { data }: Wanted, plain: PlainJson | undefined, { offsets }: Readable): string {
  if (plain === undefined) {
    const index = data.fields.indexOf(field);
    return storedValue(columnName(index), renamed(data, columnName).fields[index]!.type);
  }
  return offsets.has(field.name) ? momentOf(identifier(field.name)) : storedValue(identifier(field.name), field.type);
}

/** The files as a table; without a column that is read from them, only their rows are needed. */
function source(
  { data }: Wanted,
  plain: PlainJson | undefined,
  { paths, rows, longest, offsets, corruptName }: Readable,
): string {
  if (data.fields.length === 0) return rowsOnly(rows);
  const schema = plain === undefined ? renamed(data, columnName) : data;
  const columns = schema.fields.map(({ name, type }): [string, string] => [
    name,
    offsets.has(name) ? "VARCHAR" : readType(type),
  ]);
  if (corruptName !== undefined) columns.push([corruptName, "VARCHAR"]);
  if (paths.length === 0)
    return `(SELECT ${columns.map(([name, type]) => `NULL::${type} AS ${identifier(name)}`).join(", ")}, 0 AS file_index WHERE false)`;
  const parameters = [
    pathList(paths),
    "format = 'newline_delimited', auto_detect = false, records = true, hive_partitioning = false, union_by_name = false",
    `columns = {${columns.map(([name, type]) => `${text(name)}: ${text(type)}`).join(", ")}}`,
    ...(longest > defaultObjectSize ? [`maximum_object_size = ${longest + 1}`] : []),
  ];
  return `read_json(${parameters.join(", ")})`;
}

const rowsOnly = (rows: readonly number[]): string =>
  rows.length === 0
    ? "(SELECT 0 AS file_index WHERE false)"
    : `(${rows.map((count, index) => `SELECT ${index} AS file_index FROM range(${count})`).join(" UNION ALL ")})`;
