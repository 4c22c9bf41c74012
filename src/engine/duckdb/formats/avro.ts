/** Avro as Spark reads it. */
import { open } from "node:fs/promises";
import { ExecutionError, isLakewrightError } from "../../../errors.ts";
import type { StructType } from "../../../types/data-type.ts";
import { checkBlocks } from "./avro/avro-blocks.ts";
import { type AvroRecord, parseAvro } from "./avro/avro-node.ts";
import { type Avro, avroPackage, expandCodecs, typeOf } from "./avro/avro-package.ts";
import { type MemberName, memberByPlace, recordType } from "./avro/avro-type.ts";
import { type FieldOf, fromRecord } from "./avro/avro-values.ts";
import type { FileFormat, FormatContext, ScanContext, SourceFile } from "./format.ts";
import { type FileRow, scanRows } from "./scan-rows.ts";
import { flag, type Options, option } from "./text/options.ts";

export const avroFormat: FileFormat = {
  name: "avro",
  inferSchema,
  scan: async (context) => {
    const avro = await avroPackage();
    return scanRows(context, (wanted) => rowsOf(avro, context, wanted));
  },
  faultOf,
};

/** With `ignoreExtension` off, only files that are called so. */
const readFiles = (files: readonly SourceFile[], options: Options): readonly SourceFile[] =>
  flag(options, "ignoreExtension", true) ? files : files.filter(({ path }) => path.endsWith(".avro"));

async function inferSchema({ files, options }: FormatContext): Promise<StructType> {
  const given = option(options, "avroSchema");
  if (given !== undefined) return recordType(parseAvro(given), memberName(options));
  const avro = await avroPackage();
  const [first] = readFiles(files, options);
  if (first === undefined) throw notAvro("", "there is no file whose name ends in .avro");
  return recordType(parseAvro(await schemaText(avro, first.path)), memberName(options));
}

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
  const { options, signal, fileSchema } = context;
  const taken = new Set(readFiles(context.files, options));
  for (const [index, file] of context.files.entries()) {
    if (!taken.has(file) || file.size === 0) continue;
    const given = option(options, "avroSchema");
    const node = parseAvro(given ?? (await schemaText(avro, file.path)));
    if (node.is !== "record") throw notAvro(file.path, "its values are no records");
    const read = fromRecord(node, wanted, fieldFinder(options, fileSchema));
    for await (const record of recordsOf(avro, file.path, given)) {
      signal?.throwIfAborted();
      yield { file: index, values: read(record) };
    }
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

async function* recordsOf(avro: Avro, path: string, readerSchema: string | undefined): AsyncGenerator<unknown> {
  const reader = readerSchema === undefined ? undefined : typeOf(avro, JSON.parse(readerSchema));
  try {
    await checkBlocks(path);
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

async function faultOf({ path, size }: SourceFile): Promise<Error | undefined> {
  if (size === 0) return undefined;
  const avro = await avroPackage();
  try {
    await schemaText(avro, path);
    for await (const _ of recordsOf(avro, path, undefined));
    return undefined;
  } catch (error) {
    return error as Error;
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
