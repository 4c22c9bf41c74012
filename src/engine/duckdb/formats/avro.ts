/** Avro as Spark reads it. */
import { open } from "node:fs/promises";
import { ExecutionError, isLakewrightError } from "../../../errors.ts";
import type { StructType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { checkBlocks } from "./avro/avro-blocks.ts";
import { type AvroNode, type AvroRecord, parseAvro } from "./avro/avro-node.ts";
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
  const avro = await avroPackage();
  for (const { path } of files) {
    const schema = await unlessFaulty(options, () => schemaText(avro, path));
    if (schema !== undefined) return schema;
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

/** The schema that a file was written with. */
async function schemaText(avro: Avro, path: string): Promise<string> {
  // The library says nothing of a file that is not there.
  await (await open(path)).close();
  const header = avro.extractFileHeader(path, { decode: false }) as {
    readonly meta: Readonly<Record<string, Buffer>>;
  } | null;
  const schema = header?.meta["avro.schema"];
  if (schema === undefined) throw notAvro(path, "it is not a file of Avro");
  if (!isJson(schema.toString())) throw notAvro(path, "its schema is damaged");
  return schema.toString();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function* rowsOf(avro: Avro, context: ScanContext, wanted: StructType): AsyncGenerator<FileRow> {
  const { files, options, signal } = context;
  const given = option(options, "avroSchema");
  const taken = new Set(readFiles(files, options));
  for (const [index, file] of files.entries()) {
    if (!taken.has(file) || file.size === 0) continue;
    const schema = given ?? (await unlessFaulty(options, () => schemaText(avro, file.path)));
    if (schema === undefined) continue;
    const read = readerOf(file.path, parseAvro(schema), wanted, context);
    for await (const record of untilFault(options, recordsOf(avro, file.path, given, options))) {
      signal?.throwIfAborted();
      yield { file: index, values: read(record) };
    }
  }
}

function readerOf(
  path: string,
  node: AvroNode,
  wanted: StructType,
  { options, fileSchema }: ScanContext,
): (record: unknown) => readonly StoredValue[] {
  if (node.is !== "record") throw notAvro(path, "its values are no records");
  const fieldOf = fieldFinder(options, fileSchema);
  try {
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

async function* recordsOf(
  avro: Avro,
  path: string,
  readerSchema: string | undefined,
  options: Options,
): AsyncGenerator<unknown> {
  const reader = readerSchema === undefined ? undefined : typeOf(avro, JSON.parse(readerSchema));
  try {
    // The rows before a cut are read where the options say so: the library ends with the last block that is whole.
    if (!flag(options, "ignoreCorruptFiles")) await checkBlocks(path);
    const decoder = avro.createFileDecoder(path, {
      codecs: { ...avro.streams.BlockDecoder.defaultCodecs(), ...expandCodecs } as never,
      parseHook: (schema) => typeOf(avro, schema),
      ...(reader === undefined ? {} : { readerSchema: reader }),
    });
    yield* decoder as unknown as AsyncIterable<unknown>;
  } catch (error) {
    throw isLakewrightError(error) ? error : notAvro(path, (error as Error).message, error);
  }
}

const notAvro = (path: string, reason: string, cause?: unknown): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: ${reason}`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "The file may be cut short or not be Avro at all: write it again, remove it, read other files with pathGlobFilter, or set ignoreCorruptFiles.",
    cause,
  });
