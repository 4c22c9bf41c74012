/** Folders that an engine spills to, gone when it is done or when its process has died. */
import { rmSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isRunning, ownedName, ownerOf, signOfLifeEvery } from "./owner.ts";
import { joinPath } from "./path.ts";
import { storageError } from "./storage-error.ts";

/** A folder for one use. Disposing of it removes it. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /** Removes the folder with all that it holds. */
  remove(): Promise<void>;
}

const prefix = "lakewright-";

/** What this process has to remove when it ends. */
const open = new Set<string>();

/**
 * Makes a folder that only this user can read, and removes those that dead processes left beside it.
 *
 * It is removed by `remove`, by disposing of it, when the process exits, or by the next process that makes one.
 *
 * @param root - where to make it; the system's folder for temporary files unless told otherwise
 * @throws ExecutionError when the root cannot be written
 * @example
 * ```ts
 * await using spill = await createTemporaryFolder();
 * await connection.run(`SET temp_directory = '${spill.path}'`);
 * ```
 */
export async function createTemporaryFolder(root: string = tmpdir()): Promise<TemporaryFolder> {
  const path = joinPath(root, `${prefix}${ownedName()}`);
  try {
    await mkdir(root, { recursive: true });
    await removeStaleFolders(root);
    await mkdir(path, { mode: 0o700 });
  } catch (cause) {
    throw storageError(cause, { verb: "make a temporary folder in", writes: true }, root);
  }
  return opened(path);
}

/**
 * Removes the temporary folders whose process has died; those that may not be removed stay.
 *
 * @param root - the folder that holds them
 */
export async function removeStaleFolders(root: string = tmpdir()): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => removeIfStale(joinPath(root, name), name).catch(() => undefined)));
}

function opened(path: string): TemporaryFolder {
  if (open.size === 0) process.once("exit", removeOpen);
  open.add(path);
  const alive = setInterval(() => touch(path).catch(() => undefined), signOfLifeEvery).unref();
  const remove = async (): Promise<void> => {
    clearInterval(alive);
    await rm(path, { recursive: true, force: true });
    open.delete(path);
    if (open.size === 0) process.off("exit", removeOpen);
  };
  return { path, remove, [Symbol.asyncDispose]: remove };
}

function removeOpen(): void {
  for (const path of open) rmSync(path, { recursive: true, force: true });
}

async function removeIfStale(path: string, name: string): Promise<void> {
  const owner = ownerOf(name);
  if (owner === undefined || isRunning(owner, (await stat(path)).mtimeMs)) return;
  await rm(path, { recursive: true, force: true });
}

const touch = (path: string): Promise<void> => utimes(path, new Date(), new Date());
