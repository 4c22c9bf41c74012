/** JSON as Spark reads it. */
import type { StructField, StructType } from "../../../types/data-type.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { constantColumns } from "./constant-columns.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource } from "./format.ts";
import { momentOf, readType, renamed, storedValue } from "./json/json-columns.ts";
import { isMadeHere, scanMade } from "./json/json-deep.ts";
import { inferJson } from "./json/json-infer.ts";
import { jsonReader } from "./json/json-line.ts";
import { type JsonOptions, jsonOptions } from "./json/json-options.ts";
import { type Rewriting, rewriteAll, rewriteOddLines } from "./json/json-rewrite.ts";
import { type PlainRules, plainJson } from "./json/plain-json.ts";
import { pathList } from "./path-list.ts";
import { firstBytes } from "./text/byte-source.ts";
import { checkFiles } from "./text/check-files.ts";
import { Copies } from "./text/copies.ts";
import { type Gathering, gathered, type ReadableFile, recordsTogether } from "./text/gathered-files.ts";
import { type MalformedRecords, withMalformedRecords } from "./text/malformed-records.ts";
import type { PlainLines } from "./text/plain-program.ts";
import { rowsOnly, type Wanted, wantedColumns } from "./text/wanted-columns.ts";

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
  readonly files: readonly ReadableFile[];
  /** TIMESTAMP columns with offsets from UTC. */
  readonly offsets: ReadonlySet<string>;
  /** The column of corrupt records' texts, if some file has it. */
  readonly corruptName: string | undefined;
}

async function scan(context: ScanContext): Promise<ScanSource> {
  const options = jsonOptions(context.options, context.timeZone);
  const wanted = wantedColumns(context.schema, constantColumns(context), options.corruptColumn);
  if (isMadeHere(wanted.data)) return scanMade(context, options, wanted);
  const plain =
    options.isStandard && !hasVirtualName(wanted.data)
      ? plainJson(wanted.data, await plainRules(context, options, wanted))
      : undefined;
  const readable = await withMalformedRecords(context.files, options, (malformed) =>
    readableFiles(context, options, wanted, plain, malformed),
  );
  const constants = constantColumns({
    files: readable.files.map(({ source }) => source),
    partitionSchema: context.partitionSchema,
  });
  const columns = context.schema.fields.map((field, index) => {
    const sql =
      constants.get(field.name) ??
      (field === wanted.corrupt ? corruptText(readable) : valueOf(field, wanted, plain, readable));
    return `${sql} AS ${columnName(index)}`;
  });
  const select = columns.length === 0 ? "1 AS none" : columns.join(", ");
  return { sql: `(SELECT ${select} FROM ${source(wanted, plain, readable)})` };
}

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
  try {
    const line = decoder.decode(await firstBytes(path, bytesOfFirstLine)).split("\n", 1)[0]!;
    return Object.keys(Object(JSON.parse(line)));
  } catch {
    return [];
  }
}

const bytesOfFirstLine = 64 * 1024;
const decoder = new TextDecoder();

async function readableFiles(
  context: ScanContext,
  options: JsonOptions,
  wanted: Wanted,
  plain: PlainLines | undefined,
  malformed: MalformedRecords,
): Promise<Readable> {
  const schema = plain === undefined ? renamed(wanted.data, columnName) : wanted.data;
  const corruptName =
    wanted.corrupt === undefined ? undefined : plain === undefined ? rewrittenCorruptName : wanted.corrupt.name;
  const rewriting: Rewriting = { read: jsonReader(wanted.data, options), schema, corruptName, malformed };
  const copies = new Copies(context.onEnd);
  const readable = await (plain === undefined
    ? allRewritten(context, options, rewriting, copies)
    : oddRewritten(context, plain, rewriting, copies));
  if (wanted.data.fields.length === 0) return readable;
  return { ...readable, files: await gathered(readable.files, context, alike, copies) };
}

const alike: Gathering<ReadableFile> = { kindOf: () => jsonFormat.name, together: recordsTogether };

async function allRewritten(
  { files, onLongRecord }: ScanContext,
  options: JsonOptions,
  rewriting: Rewriting,
  copies: Copies,
): Promise<Readable> {
  const readable: ReadableFile[] = [];
  for (const source of files) {
    const path = await copies.next("json");
    const { rows, longest } = await rewriteAll(source.path, path, options, rewriting);
    onLongRecord(source.path, longest);
    readable.push({ source, path, start: 0, rows, longest });
  }
  return { files: readable, offsets: new Set(), corruptName: rewriting.corruptName };
}

async function oddRewritten(
  { files, signal, onLongRecord }: ScanContext,
  plain: PlainLines,
  rewriting: Rewriting,
  copies: Copies,
): Promise<Readable> {
  const checked = await checkFiles(files, plain.program, signal);
  const readable: ReadableFile[] = [];
  let corruptName: string | undefined;
  for (const [index, { odd, ...found }] of checked.entries()) {
    const source = files[index]!;
    const { path } = source;
    const copy = odd.length === 0 ? undefined : await copies.next("json");
    const written = copy === undefined ? { rows: 0, longest: 0 } : await rewriteOddLines(path, copy, odd, rewriting);
    if (copy !== undefined) corruptName = rewriting.corruptName;
    const longest = Math.max(found.longest, written.longest);
    onLongRecord(path, longest);
    readable.push({ source, path: copy ?? path, start: 0, rows: found.rows + written.rows, longest });
  }
  const bits = checked.reduce((all, { offsets }) => all | offsets, 0);
  return {
    files: readable,
    offsets: new Set(plain.timestamps.filter((_, bit) => (bits & (1 << bit)) !== 0)),
    corruptName,
  };
}

const corruptText = ({ corruptName }: Readable): string =>
  corruptName === undefined ? "NULL::VARCHAR" : identifier(corruptName);

function valueOf(field: StructField, { data }: Wanted, plain: PlainLines | undefined, { offsets }: Readable): string {
  if (plain === undefined) {
    const index = data.fields.indexOf(field);
    return storedValue(columnName(index), renamed(data, columnName).fields[index]!.type);
  }
  return offsets.has(field.name) ? momentOf(identifier(field.name)) : storedValue(identifier(field.name), field.type);
}

/** The files as a table; without a column that is read from them, only their rows are needed. */
function source({ data }: Wanted, plain: PlainLines | undefined, { files, offsets, corruptName }: Readable): string {
  if (data.fields.length === 0) return rowsOnly(files.map(({ rows }) => rows));
  const schema = plain === undefined ? renamed(data, columnName) : data;
  const columns = schema.fields.map(({ name, type }): [string, string] => [
    name,
    offsets.has(name) ? "VARCHAR" : readType(type),
  ]);
  if (corruptName !== undefined) columns.push([corruptName, "VARCHAR"]);
  if (files.length === 0)
    return `(SELECT ${columns.map(([name, type]) => `NULL::${type} AS ${identifier(name)}`).join(", ")}, 0 AS file_index WHERE false)`;
  const longest = files.reduce((most, file) => Math.max(most, file.longest), 0);
  const parameters = [
    pathList(files.map(({ path }) => path)),
    "format = 'newline_delimited', auto_detect = false, records = true, hive_partitioning = false, union_by_name = false",
    `columns = {${columns.map(([name, type]) => `${text(name)}: ${text(type)}`).join(", ")}}`,
    ...(longest > defaultObjectSize ? [`maximum_object_size = ${longest + 1}`] : []),
  ];
  return `read_json(${parameters.join(", ")})`;
}
