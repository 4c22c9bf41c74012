/** Avro as Spark reads it. */
import { ExecutionError, isLakewrightError } from "../../../errors.ts";
import { isMissing } from "../../../storage/local-file-system.ts";
import type { StructType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { type AvroHeader, avroBlocks, avroHeader } from "./avro/avro-blocks.ts";
import { type AvroRecord, parseAvro } from "./avro/avro-node.ts";
import { type Avro, avroPackage, expandCodecs, typeOf } from "./avro/avro-package.ts";
import {
  checkRecursion,
  type FieldOf,
  type MemberName,
  memberByPlace,
  recordType,
  type TypeRules,
} from "./avro/avro-type.ts";
import { fromRecord } from "./avro/avro-values.ts";
import type { FileFormat, FormatContext, ScanContext, SourceFile } from "./format.ts";
import { unlessFaulty, untilFault } from "./passed-over.ts";
import { type FileRow, scanRows } from "./scan-rows.ts";
import { flag, numberOption, type Options, option } from "./text/options.ts";

export const avroFormat: FileFormat = {
  name: "avro",
  inferSchema,
  scan: async (context) => {
    const avro = await avroPackage();
    return scanRows(context, (wanted) => rowsOf(avro, context, wanted));
  },
};

/** With `ignoreExtension` off, only files that are called so. */
const readFiles = (files: readonly SourceFile[], options: Options): readonly SourceFile[] =>
  flag(options, "ignoreExtension", true) ? files : files.filter(({ path }) => path.endsWith(".avro"));

async function inferSchema({ files, options }: FormatContext): Promise<StructType> {
  const given = option(options, "avroSchema");
  return recordType(parseAvro(given ?? (await firstSchema(readFiles(files, options), options))), typeRules(options));
}

/** The schema of the first file that has one: with `ignoreCorruptFiles` those without are passed over. */
async function firstSchema(files: readonly SourceFile[], options: Options): Promise<string> {
  for (const { path } of files) {
    const header = await unlessFaulty(options, () => headerOf(path));
    if (header !== undefined) return header.schema;
  }
  throw notAvro("", "there is no file of Avro, or none whose name ends in .avro");
}

const typeRules = (options: Options): TypeRules => ({
  memberName: memberName(options),
  recursionDepth: numberOption(options, "recursiveFieldMaxDepth", -1),
});

function memberName(options: Options): MemberName {
  if (!flag(options, "enableStableIdentifiersForUnionType")) return memberByPlace;
  const prefix = option(options, "stableIdentifierPrefixForUnionType") ?? "member_";
  return (node) => `${prefix}${("name" in node ? node.name.split(".").at(-1)! : node.is).toLowerCase()}`;
}

/** What a file says of itself. */
async function headerOf(path: string): Promise<AvroHeader> {
  try {
    return await avroHeader(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* rowsOf(avro: Avro, context: ScanContext, wanted: StructType): AsyncGenerator<FileRow> {
  const { files, options, signal } = context;
  const given = option(options, "avroSchema");
  const taken = new Set(readFiles(files, options));
  for (const [index, file] of files.entries()) {
    if (!taken.has(file) || file.size === 0) continue;
    const header = await unlessFaulty(options, () => headerOf(file.path));
    if (header === undefined) continue;
    const read = readerOf(file.path, given ?? header.schema, wanted, context);
    for await (const { value, bytes } of untilFault(options, recordsOf(avro, file.path, header, given))) {
      signal?.throwIfAborted();
      yield { file: index, values: read(value), bytes };
    }
  }
}

function readerOf(
  path: string,
  schema: string,
  wanted: StructType,
  { options, fileSchema }: ScanContext,
): (record: unknown) => readonly StoredValue[] {
  const fieldOf = fieldFinder(options, fileSchema);
  try {
    const node = parseAvro(schema);
    if (node.is !== "record") throw notAvro(path, "its values are no records");
    checkRecursion(node, wanted, fieldOf, typeRules(options));
    return fromRecord(node, wanted, fieldOf);
  } catch (error) {
    if (isLakewrightError(error) && error.condition !== undefined) throw error;
    throw notAvro(path, (error as Error).message, error);
  }
}

/** Fields are found by their names, in any case where that is plain, or by the place of the column. */
function fieldFinder(options: Options, { fields }: StructType): FieldOf {
  if (flag(options, "positionalFieldMatching"))
    return (record, name, index) => record.fields[isRoot(record, fields) ? placeOf(fields, name) : index];
  return (record, name) =>
    record.fields.find((field) => field.name === name) ??
    record.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

const isRoot = ({ fields }: AvroRecord, columns: StructType["fields"]): boolean => fields.length === columns.length;
const placeOf = (columns: StructType["fields"], name: string): number =>
  columns.findIndex((column) => column.name === name);

/** The records of a file; `given` is the schema by which they are read, where it is not that of the file. */
async function* recordsOf(
  avro: Avro,
  path: string,
  header: AvroHeader,
  given?: string,
): AsyncGenerator<{ readonly value: unknown; readonly bytes: number }> {
  const expand = expandCodecs[header.codec];
  if (expand === undefined) throw notAvro(path, `the codec ${header.codec} of its blocks is not known`);
  try {
    const written = typeOf(avro, JSON.parse(header.schema));
    const type = given === undefined ? written : typeOf(avro, JSON.parse(given));
    const resolver = given === undefined ? undefined : type.createResolver(written);
    for await (const { records, bytes } of avroBlocks(path)) {
      const block = await expand(bytes);
      let place = 0;
      for (let record = 0; record < records; record++) {
        const { value, offset } = type.decode(block, place, resolver);
        if (offset < 0) throw new RangeError("a block has fewer records than it says");
        yield { value, bytes: offset - place };
        place = offset;
      }
      if (place !== block.length) throw new RangeError("a block has more records than it says");
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): unknown =>
  isLakewrightError(error) || isMissing(error) ? error : notAvro(path, (error as Error).message, error);

const notAvro = (path: string, reason: string, cause?: unknown): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: ${reason}`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "The file may be cut short or not be Avro at all: write it again, remove it, read other files with pathGlobFilter, or set ignoreCorruptFiles.",
    cause,
  });
