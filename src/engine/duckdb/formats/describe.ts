/** Finding a source's files, its schema and its partition columns. */

import { AnalysisError } from "../../../errors.ts";
import type { Read } from "../../../plan/relation.ts";
import { CleanUp } from "../../../storage/clean-up.ts";
import { discoverPartitions, type PartitionedFiles } from "../../../storage/partitions.ts";
import { type ListingOptions, resolveUris } from "../../../storage/resolve-uris.ts";
import type { Storage } from "../../../storage/storage.ts";
import { reading, storageError } from "../../../storage/storage-error.ts";
import {
  arrayType,
  type DataType,
  mapType,
  type StructField,
  type StructType,
  structType,
} from "../../../types/data-type.ts";
import { parseTimestamp } from "../../../types/temporal-text.ts";
import type { EngineSettings, SourceDescription } from "../../engine.ts";
import { metadataColumns } from "../../metadata-column.ts";
import type { Database } from "../database.ts";
import { checkOptions } from "./check-options.ts";
import { quotedPath } from "./constant-columns.ts";
import type { FileFormat, SourceFile } from "./format.ts";
import { fileFormat } from "./index.ts";
import { passedOver, withoutFaulty } from "./passed-over.ts";
import { preparedFiles } from "./prepared-files.ts";
import { flag, forInference, withTimeParser } from "./text/options.ts";
import { singleVariantSchema } from "./text/single-variant.ts";

/** What describing a source leaves for its scan. */
export interface SourceDetails {
  readonly files: readonly SourceFile[];
  readonly partitionSchema: StructType;
  readonly options: ReadonlyMap<string, string>;
  /** The columns of the files in their order, those among them whose values the folders give. */
  readonly fileSchema: StructType;
}

/** Spark's default format. */
const defaultFormat = "parquet";

/**
 * The files and the schema of a read.
 *
 * @param database - is waited for only where files have to be looked into
 * @throws AnalysisError `UNABLE_TO_INFER_SCHEMA` when there is neither a file nor a schema
 */
export async function describeSource(
  read: Read,
  settings: EngineSettings,
  storage: Storage,
  database: Promise<Database>,
): Promise<SourceDescription> {
  const format = fileFormat(read.format ?? defaultFormat);
  const given = new Map(Object.entries(read.options).map(([name, value]) => [name.toLowerCase(), value]));
  checkOptions(format.name, "read", given);
  const options = withTimeParser(new Map([...passedOver(settings), ...given]), settings.timeParser);
  const listing = await resolveUris(storage, pathsOf(read, options), listingOptions(options, settings));
  const partitioned = discoverPartitions(listing, {
    caseSensitive: settings.caseSensitive,
    timeZone: settings.timeZone,
    ...(read.schema === undefined ? {} : { schema: read.schema }),
  });
  const found = {
    files: await withoutCorrupt(partitioned.files, format, options, database),
    partitionSchema: structType(partitioned.columns),
    options,
  };
  const dataSchema =
    singleVariantSchema(format.name, options, read.schema) ??
    read.schema ??
    (await inferred(format, found, settings, database).catch((error) => {
      throw storageError(error, reading, "");
    }));
  checkNames(dataSchema, settings);
  const fileSchema = fileSchemaOf(read, dataSchema, partitioned, settings);
  const schema = withPartitions(fileSchema, partitioned, settings);
  const details: SourceDetails = { ...found, fileSchema };
  const leaf = {
    schema: nullable(schema),
    format: format.name,
    paths: read.paths,
    options: read.options,
    partitionColumns: partitioned.columns.map(({ name }) => name),
    files: details.files.map(({ path }) => `file://${quotedPath(path)}`),
    details,
  };
  return { leaf, metadataColumns };
}

function pathsOf({ paths, format, schema }: Read, options: ReadonlyMap<string, string>): readonly string[] {
  const path = options.get("path");
  if (path !== undefined && paths.length > 0) {
    throw new AnalysisError("There is a 'path' option set and the method is called with path parameters", {
      condition: "_LEGACY_ERROR_TEMP_1306",
      hint: "Leave the option out, or read all paths with load([…]).",
    });
  }
  if (path !== undefined) return [path];
  if (paths.length > 0 || schema !== undefined) return paths;
  throw cannotInfer(format ?? defaultFormat, "Name a path: load(path); with a schema alone there are no rows.");
}

function listingOptions(options: ReadonlyMap<string, string>, { timeZone }: EngineSettings): ListingOptions {
  const zone = options.get("timezone") ?? timeZone;
  const moment = (name: string): number | undefined => {
    const text = options.get(name);
    return text === undefined ? undefined : momentOf(name, text, zone);
  };
  const entries = {
    recursiveFileLookup: flag(options, "recursiveFileLookup"),
    pathGlobFilter: options.get("pathglobfilter"),
    modifiedBefore: moment("modifiedbefore"),
    modifiedAfter: moment("modifiedafter"),
    basePath: options.get("basepath"),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as ListingOptions;
}

function momentOf(option: string, text: string, zone: string): number {
  const micros = parseTimestamp(text, zone);
  if (micros !== undefined) return Number(micros) / 1000;
  throw new AnalysisError(
    `The timestamp provided for the '${option}' option is invalid. The expected format is 'YYYY-MM-DDTHH:mm:ss', but the provided timestamp: ${text}`,
    {
      condition: "_LEGACY_ERROR_TEMP_1294",
      parameters: { strategy: option, expectedFormat: "YYYY-MM-DDTHH:mm:ss", timeString: text },
      hint: 'Write it as "2025-02-01T12:00:00".',
    },
  );
}

async function inferred(
  format: FileFormat,
  { files, options }: Pick<SourceDetails, "files" | "options">,
  { timeZone, caseSensitive }: EngineSettings,
  database: Promise<Database>,
): Promise<StructType> {
  if (files.length === 0)
    throw cannotInfer(format.name, "There is no data file at the path; give a schema to read it as empty.");
  await using cleanUp = new CleanUp();
  const onEnd = (cleanup: () => Promise<void>): void => cleanUp.defer(cleanup);
  const readable = await preparedFiles({ format: format.name, files, options, signal: undefined, onEnd });
  return await format.inferSchema({
    files: readable,
    options: forInference(options),
    timeZone,
    caseSensitive,
    database: await database,
    signal: undefined,
  });
}

/** With `ignoreCorruptFiles`, the files that are not broken as a whole; text is cut where it breaks instead. */
async function withoutCorrupt(
  files: readonly SourceFile[],
  { faultOf }: FileFormat,
  options: ReadonlyMap<string, string>,
  database: Promise<Database>,
): Promise<readonly SourceFile[]> {
  if (faultOf === undefined || !flag(options, "ignoreCorruptFiles")) return files;
  return withoutFaulty(options, files, async (file) => faultOf(file, await database));
}

const cannotInfer = (format: string, hint: string): AnalysisError =>
  new AnalysisError(`Unable to infer schema for ${format}. It must be specified manually`, {
    condition: "UNABLE_TO_INFER_SCHEMA",
    sqlState: "42KD9",
    parameters: { format },
    hint,
  });

function checkNames({ fields }: StructType, settings: EngineSettings): void {
  const { caseSensitive } = settings;
  for (const { type } of fields) for (const part of structsOf(type)) checkNames(part, settings);
  const names = fields.map(({ name }) => (caseSensitive ? name : name.toLowerCase()));
  const double = names.find((name, index) => names.indexOf(name) < index);
  if (double === undefined) return;
  throw new AnalysisError(
    `The column \`${double}\` already exists. Choose another name or rename the existing column`,
    {
      condition: "COLUMN_ALREADY_EXISTS",
      sqlState: "42711",
      parameters: { columnName: `\`${double}\`` },
      hint: caseSensitive
        ? "Give a schema with each name once."
        : 'Give a schema with each name once, or set "spark.sql.caseSensitive" where names differ by case.',
    },
  );
}

/** The outermost structs of a type. */
function structsOf(type: DataType): readonly StructType[] {
  switch (type.kind) {
    case "struct":
      return [type];
    case "array":
      return structsOf(type.element);
    case "map":
      return [...structsOf(type.key), ...structsOf(type.value)];
    default:
      return [];
  }
}

// A schema that the program gave names partition columns too, which are no columns of the files then.
function fileSchemaOf(
  { schema: given }: Read,
  data: StructType,
  { columns }: PartitionedFiles,
  settings: EngineSettings,
): StructType {
  const isPartition = ({ name }: StructField): boolean =>
    columns.some((column) => sameName(column.name, name, settings));
  return nullable(given === undefined ? data : structType(data.fields.filter((field) => !isPartition(field))));
}

const sameName = (left: string, right: string, { caseSensitive }: EngineSettings): boolean =>
  caseSensitive ? left === right : left.toLowerCase() === right.toLowerCase();

// Partition columns come last; one that the files have too keeps its place and takes the folder's value.
function withPartitions(data: StructType, { columns }: PartitionedFiles, settings: EngineSettings): StructType {
  const same = (left: string, right: string): boolean => sameName(left, right, settings);
  const partition = (field: StructField): StructField =>
    columns.find((column) => same(column.name, field.name)) ?? field;
  const added = columns.filter((column) => !data.fields.some((field) => same(field.name, column.name)));
  return structType([...data.fields.map(partition), ...added]);
}

// Files may lack any value at any depth, whatever a schema says.
const nullable = (schema: StructType): StructType =>
  structType(schema.fields.map((field) => ({ ...field, type: nullableType(field.type), nullable: true })));

function nullableType(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return arrayType(nullableType(type.element));
    case "map":
      return mapType(nullableType(type.key), nullableType(type.value));
    case "struct":
      return nullable(type);
    default:
      return type;
  }
}
