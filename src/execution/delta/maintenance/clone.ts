/** `CLONE`: a table of the files of another one, named where they lie (shallow) or copied (deep). */
import type { Action, AddFile, DeletionVectorDescriptor } from "../../../delta/actions.ts";
import { dataPath, encodedPath } from "../../../delta/data-path.ts";
import { deletedRows, type VectorFiles, vectorPath } from "../../../delta/deletion-vectors/deletion-vector.ts";
import { writeVectors } from "../../../delta/deletion-vectors/vector-writer.ts";
import { addsOf } from "../../../delta/write/file-actions.ts";
import { AnalysisError } from "../../../errors.ts";
import { partitionPath } from "../../../storage/partition-path.ts";
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
  const adds = isShallow ? files.map((add) => named(add, source)) : await copied(files, source, target, context);
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

const absolute = (path: string): string => `file:${encodedPath(path)}`;

/** The file where it lies, with its deleted rows where they lie. */
function named(add: AddFile, source: string): AddFile {
  const { deletionVector: vector } = add;
  const path = absolute(dataPath(source, add.path));
  if (vector === undefined || vector.storageType === "i") return { ...add, path };
  const pathOrInlineDv = absolute(vectorPath(vector, source));
  return { ...add, path, deletionVector: { ...vector, storageType: "p", pathOrInlineDv } };
}

/** The files copied below the folder of the clone, with their deleted rows in a file of its own. */
async function copied(
  files: readonly AddFile[],
  source: string,
  target: string,
  context: CommandContext,
): Promise<readonly AddFile[]> {
  await copyFiles(files, source, target, context);
  const vectors = await copiedVectors(files, source, target, context);
  return files.map((add) => {
    const vector = vectors.get(add);
    const path = encodedPath(below(add, source));
    return vector === undefined ? { ...add, path } : { ...add, path, deletionVector: vector };
  });
}

async function copiedVectors(
  files: readonly AddFile[],
  source: string,
  target: string,
  { catalogue: { storage } }: CommandContext,
): Promise<ReadonlyMap<AddFile, DeletionVectorDescriptor>> {
  const read: VectorFiles = new Map();
  const marked = files.filter(({ deletionVector: vector }) => vector !== undefined && vector.storageType !== "i");
  const rows: BigInt64Array[] = [];
  for (const { deletionVector } of marked) rows.push(await deletedRows(deletionVector!, source, storage, read));
  const written = await writeVectors(rows, target, storage);
  return new Map(marked.map((add, index) => [add, written[index]!]));
}

/**
 * The path of a file below its table; one that lies elsewhere goes into the folders of its partition, since files of
 * several partitions can have one name.
 */
function below({ path, partitionValues }: AddFile, table: string): string {
  const absolutePath = dataPath(table, path);
  if (absolutePath.startsWith(`${table}/`)) return absolutePath.slice(table.length + 1);
  return joinPath(
    partitionPath(Object.entries(partitionValues)),
    absolutePath.slice(absolutePath.lastIndexOf("/") + 1),
  );
}

async function copyFiles(
  files: readonly AddFile[],
  source: string,
  target: string,
  { catalogue: { storage } }: CommandContext,
): Promise<void> {
  for (const add of files) {
    const from = dataPath(source, add.path);
    const to = joinPath(target, below(add, source));
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
