/** `CLONE`: a table of the files of another one, named where they lie (shallow) or copied (deep). */
import type { Action, AddFile } from "../../../delta/actions.ts";
import { dataPath, encodedPath } from "../../../delta/data-path.ts";
import { addsOf } from "../../../delta/write/file-actions.ts";
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import { folderOf, joinPath } from "../../../storage/path.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { openTable } from "../open-table.ts";

export interface CloneMetrics {
  readonly sourceTableSize: number;
  readonly sourceNumOfFiles: number;
  readonly numCopiedFiles: number;
  readonly copiedFilesSize: number;
}

export interface CloneOptions {
  readonly source: string;
  readonly target: string;
  readonly isShallow: boolean;
  /** The newest where it is not given. */
  readonly version?: number | undefined;
}

/**
 * Makes a table of another one's files, with its columns, properties and protocol. A shallow clone needs the files of its
 * source: VACUUM of the source can take them away.
 *
 * @throws AnalysisError `DELTA_PATH_EXISTS` where a table is already
 */
export async function cloneTable(
  { source, target, isShallow, version }: CloneOptions,
  context: CommandContext,
): Promise<CloneMetrics> {
  const open = await openTable(target, context);
  if (open.snapshot !== undefined) throw exists(target);
  const snapshot = await context.delta.snapshot(source, version);
  const files = await Array.fromAsync(addsOf(snapshot));
  if (files.some(({ deletionVector }) => deletionVector !== undefined && deletionVector.storageType === "u"))
    throw hasVectors(source);
  if (!isShallow) await copyFiles(files, source, target, context);
  const adds = files.map(
    (add): AddFile => (isShallow ? { ...add, path: absolute(add.path, source) } : relative(add, source)),
  );
  open.transaction.setMetadata({ ...snapshot.metadata, id: crypto.randomUUID(), createdTime: Date.now() });
  open.transaction.setProtocol(snapshot.protocol);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const metrics: CloneMetrics = {
    sourceTableSize: bytes,
    sourceNumOfFiles: files.length,
    numCopiedFiles: isShallow ? 0 : files.length,
    copiedFilesSize: isShallow ? 0 : bytes,
  };
  const actions: Action[] = [
    ...[...snapshot.domains.values()].map((domainMetadata): Action => ({ domainMetadata })),
    ...adds.map((add): Action => ({ add })),
  ];
  await committed(
    open,
    actions,
    {
      name: "CLONE",
      parameters: { source: `delta.\`file:${source}\``, sourceVersion: snapshot.version, isShallow },
      metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, String(value)])),
    },
    context,
  );
  return metrics;
}

const absolute = (path: string, source: string): string => `file://${encodedPath(dataPath(source, path))}`;

/** The file below the folder of the clone. */
function relative(add: AddFile, source: string): AddFile {
  return { ...add, path: encodedPath(below(dataPath(source, add.path), source)) };
}

/** The path of a file below its table; that of a file which lies elsewhere is its name. */
const below = (path: string, table: string): string =>
  path.startsWith(`${table}/`) ? path.slice(table.length + 1) : path.slice(path.lastIndexOf("/") + 1);

async function copyFiles(
  files: readonly AddFile[],
  source: string,
  target: string,
  { catalogue: { storage } }: CommandContext,
): Promise<void> {
  for (const { path } of files) {
    const from = dataPath(source, path);
    const to = joinPath(target, below(from, source));
    await storage.makeFolder(folderOf(to));
    await using file = await storage.open(from);
    await storage.putIfAbsent(to, await file.read(0, file.size));
  }
}

const exists = (path: string): AnalysisError =>
  new AnalysisError(`Cannot clone into ${path}, where a table is already`, {
    condition: "DELTA_PATH_EXISTS",
    sqlState: "42K04",
    parameters: { path },
    hint: "Choose another path or name, or drop the table.",
  });

const hasVectors = (source: string): UnsupportedError =>
  new UnsupportedError(`The files of ${source} have deletion vectors, which are not cloned`, {
    hint: "Run OPTIMIZE on the table first, which writes the rows that are left anew.",
  });
