/** CSV as Spark reads it. */
import { type StructType, structType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { columnName } from "../sql-text.ts";
import { constantColumns } from "./constant-columns.ts";
import { checkHeader } from "./csv/csv-header.ts";
import { inferCsv } from "./csv/csv-infer.ts";
import { firstLine, type Header } from "./csv/csv-lines.ts";
import { type CsvOptions, csvOptions } from "./csv/csv-options.ts";
import { CsvRecordReader } from "./csv/csv-record.ts";
import { type CsvRewriting, rewriteAllCsv, rewriteOddCsv } from "./csv/csv-rewrite.ts";
import { hasVariant, scanVariants } from "./csv/csv-scan.ts";
import { type CsvForm, type CsvTable, csvSource, csvValue, type ReadableCsv } from "./csv/csv-sql.ts";
import { plainCsv } from "./csv/plain-csv.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource, SourceFile } from "./format.ts";
import { renamed } from "./json/json-columns.ts";
import { mapTogether } from "./map-together.ts";
import { checkFiles, type FileToCheck } from "./text/check-files.ts";
import type { CheckedLines } from "./text/check-lines.ts";
import { Copies } from "./text/copies.ts";
import { gathered, recordsTogether } from "./text/gathered-files.ts";
import { type MalformedRecords, withMalformedRecords } from "./text/malformed-records.ts";
import type { PlainLines } from "./text/plain-program.ts";
import { rowsOnly, type Wanted, wantedColumns } from "./text/wanted-columns.ts";

export const csvFormat: FileFormat = { name: "csv", inferSchema, scan };

function inferSchema({ files, options, timeZone, signal }: FormatContext): Promise<StructType> {
  return inferCsv(files, csvOptions(options, timeZone), signal);
}

async function scan(context: ScanContext): Promise<ScanSource> {
  const options = csvOptions(context.options, context.timeZone);
  const constants = constantColumns(context);
  const wanted = wantedColumns(context.schema, constants, options.corruptColumn);
  const file = structType(context.fileSchema.fields.filter(({ name }) => name !== options.corruptColumn));
  if (hasVariant(wanted)) return scanVariants(context, options, file, wanted);
  const { files, offsets } = await withMalformedRecords(context.files, options, (malformed) =>
    readableFiles(context, options, file, wanted, malformed),
  );
  const table: CsvTable = { file, wanted, offsets, options };
  if (wanted.data.fields.length === 0) return rowsOfFiles(context, files);
  const few = await gathered(
    files,
    context,
    { kindOf: formName, together: recordsTogether },
    new Copies(context.onEnd),
  );
  const tables = [...Map.groupBy(few.map(withoutHeader), formName).values()].map((alike) =>
    tableOfForm(context, alike[0]!.form, alike, table),
  );
  return { sql: tables.length === 0 ? emptyTable(context) : `(${tables.join(" UNION ALL ")})` };
}

function rowsOfFiles(context: ScanContext, files: readonly ReadableCsv[]): ScanSource {
  const constants = constantColumns(context);
  const columns = context.schema.fields.map(({ name }, index) => `${constants.get(name)} AS ${columnName(index)}`);
  return { sql: `(SELECT ${columns.join(", ") || "1 AS none"} FROM ${rowsOnly(files.map(({ rows }) => rows))})` };
}

function tableOfForm(context: ScanContext, form: CsvForm, files: readonly ReadableCsv[], table: CsvTable): string {
  // The number of a file counts within its form.
  const constants = constantColumns({
    files: files.map(({ source }) => source),
    partitionSchema: context.partitionSchema,
  });
  const columns = context.schema.fields.map(
    (field, index) => `${constants.get(field.name) ?? csvValue(field, form, table)} AS ${columnName(index)}`,
  );
  return `SELECT ${columns.join(", ")} FROM ${csvSource(files, form, table)}`;
}

function emptyTable({ schema }: ScanContext): string {
  const columns = schema.fields.map(({ type }, index) => `NULL::${duckType(type)} AS ${columnName(index)}`);
  return `(SELECT ${columns.join(", ")} WHERE false)`;
}

const formName = ({ form }: ReadableCsv): string => JSON.stringify(form);

/** The header of files that were gathered is gone. */
const withoutHeader = (file: ReadableCsv): ReadableCsv =>
  file.start === 0 && file.form.skipped > 0 ? { ...file, form: { ...file.form, skipped: 0 } } : file;

interface ReadableFiles {
  readonly files: readonly ReadableCsv[];
  readonly offsets: ReadonlySet<string>;
}

function readableFiles(
  context: ScanContext,
  options: CsvOptions,
  file: StructType,
  wanted: Wanted,
  malformed: MalformedRecords,
): Promise<ReadableFiles> {
  const names = new Set(wanted.data.fields.map(({ name }) => name));
  const isPruned = options.columnPruning && wanted.corrupt === undefined;
  const rewriting: CsvRewriting = {
    reader: new CsvRecordReader({ file, wanted: wanted.data, isPruned }, options),
    options,
    schema: renamed(wanted.data, columnName),
    file,
    places: wanted.data.fields.map(({ name }) => file.fields.findIndex((field) => field.name === name)),
    keepsText: wanted.corrupt !== undefined,
    malformed,
  };
  const plain = options.isStandard ? plainCsv(file, names, options) : undefined;
  return new Reading(context, options, rewriting, plain).files(isPruned ? wanted.data : file);
}

const noHeader: Header = { line: undefined, end: 0, isFirstLine: true };

/** Makes the files of one scan readable. */
class Reading {
  readonly #context: ScanContext;
  readonly #options: CsvOptions;
  readonly #rewriting: CsvRewriting;
  readonly #plain: PlainLines | undefined;
  readonly #copies: Copies;

  constructor(context: ScanContext, options: CsvOptions, rewriting: CsvRewriting, plain: PlainLines | undefined) {
    this.#context = context;
    this.#options = options;
    this.#rewriting = rewriting;
    this.#plain = plain;
    this.#copies = new Copies(context.onEnd);
  }

  async files(expected: StructType): Promise<ReadableFiles> {
    const { files, signal } = this.#context;
    const headers = await mapTogether(files, ({ path }) =>
      this.#options.header ? firstLine(path, this.#options) : noHeader,
    );
    for (const [index, header] of headers.entries()) this.#checkHeader(files[index]!, header, expected);
    const isChecked = (index: number): boolean => this.#plain !== undefined && headers[index]!.isFirstLine;
    const toCheck = files.flatMap((file, index): FileToCheck[] =>
      isChecked(index) ? [{ ...file, start: headers[index]!.end }] : [],
    );
    const checked = this.#plain === undefined ? [] : await checkFiles(toCheck, this.#plain.program, signal);
    const found = new Map(toCheck.map(({ path }, index) => [path, checked[index]!]));
    const readable: ReadableCsv[] = [];
    let bits = 0;
    for (const [index, file] of files.entries()) {
      const lines = isChecked(index) ? found.get(file.path) : undefined;
      bits |= lines?.offsets ?? 0;
      readable.push(
        lines === undefined ? await this.#rewrittenWhole(file) : await this.#checkedFile(file, headers[index]!, lines),
      );
    }
    return { files: readable, offsets: new Set(this.#plain?.timestamps.filter((_, bit) => (bits & (1 << bit)) !== 0)) };
  }

  async #rewrittenWhole(source: SourceFile): Promise<ReadableCsv> {
    const path = await this.#copies.next("json");
    const { rows, longest } = await rewriteAllCsv(source.path, path, this.#rewriting);
    this.#context.onLongRecord(source.path, longest);
    const form: CsvForm = { kind: "json", lineEnd: "\\n", skipped: 0, hasCorrupt: this.#rewriting.keepsText };
    return { source, path, start: 0, form, rows, longest };
  }

  async #checkedFile(
    source: SourceFile,
    header: Header,
    { odd, rows, longest, lines, returns }: CheckedLines,
  ): Promise<ReadableCsv> {
    const { keepsText } = this.#rewriting;
    this.#context.onLongRecord(source.path, longest);
    const isUniform = returns === 0 || returns === lines;
    const hasReturns = header.line === undefined ? returns > 0 : header.endsWithReturn === true;
    if (odd.length === 0 && isUniform && (lines === 0 || hasReturns === returns > 0)) {
      const form: CsvForm = {
        kind: "csv",
        lineEnd: returns > 0 ? "\\r\\n" : "\\n",
        skipped: header.line === undefined ? 0 : 1,
        hasCorrupt: false,
      };
      return { source, path: source.path, start: header.end, form, rows, longest };
    }
    const path = await this.#copies.next("csv");
    const written = await rewriteOddCsv(source.path, path, odd, header.end, this.#rewriting);
    const form: CsvForm = { kind: "csv", lineEnd: "\\n", skipped: 0, hasCorrupt: keepsText };
    return { source, path, start: 0, form, rows: rows + written.rows, longest: Math.max(longest, written.longest) };
  }

  /** With `enforceSchema` off, a header has to agree with the schema. */
  #checkHeader({ path }: SourceFile, { line }: Header, expected: StructType): void {
    if (this.#options.enforceSchema || line === undefined) return;
    checkHeader(path, this.#rewriting.reader.tokenizer.line(line) ?? [], expected);
  }
}
