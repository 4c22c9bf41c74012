/** Hive partitions: folders named `column=value` that give each file below them a value, as Spark discovers them. */
import {
  type DataType,
  type StructField,
  type StructType,
  stringType,
  structField,
  voidType,
} from "../types/data-type.ts";
import { conflictingFolders, conflictingNames, emptyPart, invalidValue, repeatedColumn } from "./partition-errors.ts";
import { nullPartition, unescapePathName } from "./partition-path.ts";
import { inferPartitionType, type PartitionValue, partitionValue, widerPartitionType } from "./partition-values.ts";
import { folderOf, nameOf } from "./path.ts";
import { type FileListing, fileFilter } from "./resolve-uris.ts";
import type { FileEntry } from "./storage.ts";

export type { PartitionValue } from "./partition-values.ts";

/** How partitions are discovered. */
export interface PartitionOptions {
  /** The schema that the program gave: its types go before inferred ones, its spelling of names before the folders'. */
  readonly schema?: StructType;
  /** `spark.sql.sources.partitionColumnTypeInference.enabled`; true by default. */
  readonly typeInference?: boolean;
  /** `spark.sql.caseSensitive`; false by default. */
  readonly caseSensitive?: boolean;
  /** `spark.sql.sources.validatePartitionColumns`: whether a value that is none of its type is an error or null; true by default. */
  readonly validate?: boolean;
  /** `spark.sql.files.ignoreInvalidPartitionPaths`; false by default. */
  readonly ignoreInvalidPaths?: boolean;
  /** The session's zone, in which timestamps are written; UTC by default. */
  readonly timeZone?: string;
}

/** A file with the values that its folders give to the partition columns. */
export interface PartitionedFile extends FileEntry {
  /** In the order of the columns. */
  readonly partitionValues: readonly PartitionValue[];
}

/** What a read of files reads. */
export interface PartitionedFiles {
  /** None when the folders are no partitions. */
  readonly columns: readonly StructField[];
  /** A file that was named twice is here twice, when there are no partitions. Files of no bytes are here too. */
  readonly files: readonly PartitionedFile[];
}

/**
 * Finds the partition columns of listed files, and the files that are read.
 *
 * As in Spark, only folders that hold files count; without partitions only files directly in the listed folders are
 * read; and with partitions, files that lie in no partition are passed over.
 *
 * @param listing - what `resolveUris` found
 * @param options - how to discover
 * @throws AnalysisError CONFLICTING_PARTITION_COLUMN_NAMES, CONFLICTING_DIRECTORY_STRUCTURES, EMPTY_PARTITION_COLUMN_NAME,
 *   EMPTY_PARTITION_COLUMN_VALUE (KD009), COLUMN_ALREADY_EXISTS (42711) or INVALID_PARTITION_VALUE (42846)
 * @example
 * ```ts
 * const { columns, files } = discoverPartitions(await resolveUris(localStorage, ["/data/sales"]));
 * // /data/sales/day=2025-01-05/part-0.parquet: columns [day DATE], files[0].partitionValues [20093]
 * ```
 */
export function discoverPartitions(listing: FileListing, options: PartitionOptions = {}): PartitionedFiles {
  const accepts = fileFilter(listing.options);
  const folders = listing.options.recursiveFileLookup ? [] : partitionFolders(listing, options);
  if (folders.length === 0) return { columns: [], files: unpartitioned(listing).filter(accepts).map(withoutValues) };
  const columns = columnsOf(folders, options);
  const values = new Map(folders.map((folder) => [folder.path, valuesOf(folder, columns, options)]));
  const files = distinct(listing).filter((file) => accepts(file) && values.has(folderOf(file.path)));
  return { columns, files: files.map((file) => ({ ...file, partitionValues: values.get(folderOf(file.path))! })) };
}

/** A folder that holds files, with its column names and values as they are written, outermost first. */
interface PartitionFolder {
  readonly path: string;
  readonly names: readonly string[];
  readonly raw: readonly string[];
}

/** The folders of files that are partitions; they all start below one folder and have the same columns. */
function partitionFolders(listing: FileListing, options: PartitionOptions): PartitionFolder[] {
  const bases = basePaths(listing);
  const paths = new Set(distinct(listing).map((file) => folderOf(file.path)));
  const parsed = [...paths].map((path) => parseFolder(path, bases));
  const folders = parsed.filter(({ names }) => names.length > 0);
  if (folders.length === 0) return [];
  checkBases(options.ignoreInvalidPaths ? folders : parsed);
  checkNames(folders, options);
  return folders;
}

function basePaths({ roots, basePath }: FileListing): ReadonlySet<string> {
  if (basePath !== undefined) return new Set([basePath]);
  return new Set(roots.map(({ path, kind }) => (kind === "file" ? folderOf(path) : path)));
}

/** Reads names upwards, until a base path or, behind the first partition, a name that is none. */
function parseFolder(path: string, bases: ReadonlySet<string>): PartitionFolder & { readonly base: string } {
  const parts: string[] = [];
  let current = path;
  while (!bases.has(current) && current !== "/") {
    const isPartition = nameOf(current).includes("=");
    if (isPartition) parts.unshift(nameOf(current));
    else if (parts.length > 0) break;
    current = folderOf(current);
  }
  const columns = parts.map(parseName);
  const base = columns.length === 0 ? path : current;
  return { path, base, names: columns.map(([name]) => name), raw: columns.map(([, raw]) => raw) };
}

function parseName(part: string): readonly [name: string, raw: string] {
  const equals = part.indexOf("=");
  if (equals === 0) throw emptyPart(part, "NAME");
  if (equals === part.length - 1) throw emptyPart(part, "VALUE");
  return [unescapePathName(part.slice(0, equals)), part.slice(equals + 1)];
}

function columnsOf(folders: readonly PartitionFolder[], options: PartitionOptions): StructField[] {
  return folders[0]!.names.map((name, index) => {
    const declared = declaredField(name, options);
    const types =
      declared === undefined ? folders.map(({ raw }) => inferredType(raw[index]!, options)) : [declared.type];
    return structField(declared?.name ?? name, types.reduce(widerPartitionType));
  });
}

function inferredType(raw: string, { typeInference = true, timeZone = "UTC" }: PartitionOptions): DataType {
  if (typeInference) return inferPartitionType(raw, timeZone);
  return raw === nullPartition ? voidType : stringType;
}

function declaredField(name: string, { schema, caseSensitive = false }: PartitionOptions): StructField | undefined {
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  return schema?.fields.find((field) => fold(field.name) === fold(name));
}

function valuesOf(
  folder: PartitionFolder,
  columns: readonly StructField[],
  options: PartitionOptions,
): PartitionValue[] {
  const { timeZone = "UTC", validate = true } = options;
  return columns.map(({ name, type }, index) => {
    const value = partitionValue(folder.raw[index]!, type, timeZone);
    if (value !== undefined) return value;
    if (validate) throw invalidValue(folder.raw[index]!, type, name);
    return null;
  });
}

function unpartitioned({ roots, options }: FileListing): readonly FileEntry[] {
  if (options.recursiveFileLookup) return distinct({ roots });
  return roots.flatMap(({ path, kind, files }) =>
    kind === "file" ? files : files.filter((file) => folderOf(file.path) === path),
  );
}

function distinct({ roots }: Pick<FileListing, "roots">): readonly FileEntry[] {
  return [...new Map(roots.flatMap(({ files }) => files).map((file) => [file.path, file])).values()];
}

const withoutValues = (file: FileEntry): PartitionedFile => ({ ...file, partitionValues: [] });

function checkBases(folders: readonly { readonly base: string }[]): void {
  const bases = [...new Map(folders.map(({ base }) => [base.toLowerCase(), base])).values()];
  if (bases.length > 1) throw conflictingFolders(bases);
}

function checkNames(folders: readonly PartitionFolder[], { caseSensitive = false }: PartitionOptions): void {
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  const lists = new Map(folders.map(({ names }) => [names.map(fold).join("\0"), names]));
  if (lists.size > 1) throw conflictingNames([...lists.values()], folders);
  const names = folders[0]!.names;
  const repeated = names.find((name, index) => names.findIndex((other) => fold(other) === fold(name)) < index);
  if (repeated !== undefined) throw repeatedColumn(fold(repeated));
}
