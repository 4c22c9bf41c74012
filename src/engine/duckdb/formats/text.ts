/** Text as Spark reads it: a row a line, empty ones included; a line ends at `\n`, `\r\n` or `\r`. */
import { AnalysisError } from "../../../errors.ts";
import type { Leaf } from "../../../plan/resolved.ts";
import type { Batch } from "../../../types/batch.ts";
import { batchBuilder } from "../../../types/batch-builder.ts";
import { bigintType, type StructType, stringType, structField, structType } from "../../../types/data-type.ts";
import { columnName, text } from "../sql-text.ts";
import { fillTable } from "../table-filler.ts";
import { constantColumns } from "./constant-columns.ts";
import type { SourceDetails } from "./describe.ts";
import type { FileFormat, ScanContext, ScanSource, SourceFile } from "./format.ts";
import { pathList } from "./path-list.ts";
import { Copies } from "./text/copies.ts";
import { type Gathering, gathered, type LinesFile } from "./text/gathered-files.ts";
import { type LineRules, linesOf } from "./text/lines.ts";
import { arePlainLines } from "./text/plain-lines.ts";

/** The only column. */
export const textColumn = "value";

export const textFormat: FileFormat = {
  name: "text",
  inferSchema: async () => structType([structField(textColumn, stringType)]),
  scan,
};

async function scan(context: ScanContext): Promise<ScanSource> {
  const isEmpty = context.files.every(({ size }) => size === 0);
  const { sql: from, files }: Lines = isEmpty ? noLines : await lines(context);
  const constants = constantColumns({ files, partitionSchema: context.partitionSchema });
  const columns = context.schema.fields.map(
    ({ name }, index) => `${constants.get(name) ?? valueOf(name)} AS ${columnName(index)}`,
  );
  return { sql: `(SELECT ${columns.length === 0 ? "1 AS none" : columns.join(", ")} FROM ${from})` };
}

function valueOf(name: string): string {
  if (name.toLowerCase() === textColumn) return `coalesce(${textColumn}, '')`;
  throw new AnalysisError(`Text data source supports only a single column named value, and you have ${name}`, {
    condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
    sqlState: "0A000",
    hint: "Read the lines as `value` and split them with functions.",
  });
}

/** A table of lines, and the files that it counts. */
interface Lines {
  readonly sql: string;
  readonly files: readonly SourceFile[];
}

const noLines: Lines = { sql: "(SELECT NULL::VARCHAR AS value, 0::BIGINT AS file_index WHERE false)", files: [] };

async function lines(context: ScanContext): Promise<Lines> {
  const { files, options, signal } = context;
  const rules = rulesOf(options);
  const isPlain = context.isPlain || (isStandard(rules) && (await arePlainLines(files, signal)));
  return isPlain ? plainLines(context) : { sql: await inJavaScript(context, rules), files };
}

async function plainLines(context: ScanContext): Promise<Lines> {
  const readable = context.files.map((source) => ({ source, path: source.path, start: 0 }));
  const few = await gathered(readable, context, alike, new Copies(context.onEnd));
  return { sql: asLines(few.map(({ path }) => path)), files: few.map(({ source }) => source) };
}

const alike: Gathering<LinesFile> = { kindOf: () => textFormat.name, together: ([first]) => first! };

const rulesOf = (options: ReadonlyMap<string, string>): LineRules => ({
  wholeText: options.get("wholetext") === "true",
  separator: options.get("linesep"),
});

const isStandard = ({ wholeText, separator }: LineRules): boolean => !wholeText && separator === undefined;

/** Whether a leaf gives the lines of files as they are. */
export const areWholeLines = ({ format, details }: Leaf): boolean =>
  format === textFormat.name && isStandard(rulesOf((details as SourceDetails).options));

// A delimiter and a null text that plain files do not hold leave each line whole.
const asLines = (paths: readonly string[]): string =>
  `read_csv(${pathList(paths)}, columns = {${text(textColumn)}: 'VARCHAR'}, auto_detect = false, header = false, hive_partitioning = false, union_by_name = false, delim = '\u0001\u0002\u0003\u0004', quote = '', escape = '', comment = '', nullstr = '\u0005\u0006\u0007', strict_mode = false)`;

const lineSchema: StructType = structType([structField(textColumn, stringType), structField("file_index", bigintType)]);

async function inJavaScript(
  { files, database, signal, temporaryTable, onLongRecord }: ScanContext,
  rules: LineRules,
): Promise<string> {
  const table = temporaryTable();
  await fillTable(database, table, lineSchema, batchesOfLines(files, rules, onLongRecord), signal);
  return `(SELECT c0 AS ${textColumn}, c1 AS file_index FROM ${table})`;
}

async function* batchesOfLines(
  files: readonly SourceFile[],
  rules: LineRules,
  onLongRecord: ScanContext["onLongRecord"],
): AsyncGenerator<Batch> {
  const builder = batchBuilder(lineSchema);
  let characters = 0;
  for (const [index, { path, size }] of files.entries()) {
    if (size === 0) continue;
    for await (const line of linesOf(path, rules)) {
      builder.append([line, BigInt(index)]);
      characters += line.length;
      onLongRecord(path, line.length);
      if (builder.rows < rowsPerBatch && characters < charactersPerBatch) continue;
      characters = 0;
      yield builder.finish();
    }
  }
  if (builder.rows > 0) yield builder.finish();
}

const rowsPerBatch = 2048;
const charactersPerBatch = 64 * 1024 * 1024;
