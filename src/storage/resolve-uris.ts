/** From the paths of a read to the files below them, as Spark's `InMemoryFileIndex` lists them. */
import { AnalysisError } from "../errors.ts";
import { globMatcher } from "./glob.ts";
import { matchingPaths, onlyPath } from "./glob-expand.ts";
import { pathNotFound } from "./missing-path.ts";
import { isWithin, joinPath, nameOf, resolvePattern, resolveUri } from "./path.ts";
import { readSettled } from "./settled-read.ts";
import type { FileEntry, Storage } from "./storage.ts";
import { isWorkFolderName } from "./work-names.ts";

/** Spark's options of every file source. */
export interface ListingOptions {
  /** Take files at every depth, and look for no partitions. */
  readonly recursiveFileLookup?: boolean;
  /** Take only files whose name matches this pattern. */
  readonly pathGlobFilter?: string;
  /** Take only files modified before this moment, in milliseconds since 1970. */
  readonly modifiedBefore?: number;
  /** Take only files modified after this moment, in milliseconds since 1970. */
  readonly modifiedAfter?: number;
  /** The folder whose sub-folders are partitions, when the paths lie deeper. */
  readonly basePath?: string;
}

/** A path that is read, and the files below it. */
export interface ListedRoot {
  readonly path: string;
  readonly kind: "file" | "folder";
  /** At every depth, sorted; those that the options leave out are here too, since their folders tell partitions. */
  readonly files: readonly FileEntry[];
}

/** What a read found, before it is known which folders are partitions. */
export interface FileListing {
  readonly roots: readonly ListedRoot[];
  /** The folder given as `basePath`, resolved. */
  readonly basePath: string | undefined;
  readonly options: ListingOptions;
}

/**
 * Lists the files that paths name: files, folders, patterns, `file:` URIs, or several of them.
 *
 * Folders are listed at a moment at which no writer of this library changes them; writes whose process was killed are
 * completed or rolled back first. Files and folders whose name starts with `_` or `.` are passed over, unless it is a
 * partition folder as `_k=1`.
 *
 * @param storage - where the paths lie
 * @param paths - paths, patterns and URIs; none for an empty listing
 * @param options - Spark's options of every file source
 * @throws AnalysisError PATH_NOT_FOUND (42K03) when a path or pattern names nothing
 * @throws UnsupportedError for a URI of another scheme
 * @throws ParseError when a pattern is none
 * @throws ExecutionError when a folder cannot be listed, such as for lack of permission
 * @example
 * ```ts
 * const listing = await resolveUris(localStorage, ["/data/2025-*", "file:///data/old%20files"]);
 * const { columns, files } = discoverPartitions(listing);
 * ```
 */
export async function resolveUris(
  storage: Storage,
  paths: readonly string[],
  options: ListingOptions = {},
): Promise<FileListing> {
  const roots: ListedRoot[] = [];
  for (const uri of paths) {
    const pattern = resolvePattern(uri);
    const found = await listMatching(storage, pattern);
    if (found.length === 0) throw await pathNotFound(storage, uri, pattern);
    roots.push(...found);
  }
  return { roots, basePath: await checkedBasePath(storage, roots, options.basePath), options };
}

/**
 * Whether the options of a read take a file.
 *
 * @param options - the options
 * @throws ParseError when `pathGlobFilter` is no pattern
 */
export function fileFilter(options: ListingOptions): (file: FileEntry) => boolean {
  const { pathGlobFilter, modifiedBefore = Infinity, modifiedAfter = -Infinity } = options;
  const matches = pathGlobFilter === undefined ? () => true : globMatcher(pathGlobFilter);
  return ({ path, modifiedAt }) => modifiedAt < modifiedBefore && modifiedAt > modifiedAfter && matches(nameOf(path));
}

/**
 * Whether a name is passed over when a folder is listed (`HadoopFSUtils.shouldFilterOutPathName`).
 *
 * Parquet's `_metadata` and `_common_metadata`, which Spark lists but never reads as data, are passed over as well.
 *
 * @param name - the name of a file or folder
 */
export const isHiddenName = (name: string): boolean =>
  (name.startsWith("_") && !name.includes("=")) || name.startsWith(".") || name.endsWith("._COPYING_");

async function listMatching(storage: Storage, pattern: string): Promise<readonly ListedRoot[]> {
  const path = onlyPath(pattern);
  const roots: ListedRoot[] = [];
  for (const match of path === undefined ? await matchingPaths(storage, pattern) : [path]) {
    const root = await listRoot(storage, match);
    // What was matched a moment ago may be gone: it is empty then.
    if (root !== undefined) roots.push(root);
    else if (path === undefined) roots.push({ path: match, kind: "folder", files: [] });
  }
  return roots;
}

/** A path and the files below it; undefined where there is nothing. */
function listRoot(storage: Storage, path: string): Promise<ListedRoot | undefined> {
  return readSettled(storage, path, async (report) => {
    const status = await storage.stat(path);
    if (status === undefined) return undefined;
    if (status.kind === "file") return { path, kind: "file", files: isHiddenName(nameOf(path)) ? [] : [status] };
    const accepts = (name: string, folder: string): boolean => {
      if (isWorkFolderName(name)) report(joinPath(folder, name));
      return !isHiddenName(name);
    };
    return { path, kind: "folder", files: await storage.list(path, accepts) };
  });
}

async function checkedBasePath(
  storage: Storage,
  roots: readonly ListedRoot[],
  uri: string | undefined,
): Promise<string | undefined> {
  if (uri === undefined) return undefined;
  const path = resolveUri(uri);
  if ((await storage.stat(path))?.kind !== "folder")
    throw wrongBasePath(`Option 'basePath' must be a directory, ${uri} is none`);
  const outside = roots.find((root) => !isWithin(root.path, path));
  if (outside !== undefined) throw wrongBasePath(`Wrong basePath ${uri} for the root path: file:${outside.path}`);
  return path;
}

function wrongBasePath(sentence: string): AnalysisError {
  return new AnalysisError(sentence, {
    hint: "Give the folder that holds the partition folders; every path that is read lies in it.",
  });
}
