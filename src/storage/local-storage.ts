/** Files on disks of this machine. */
import { type BigIntStats, constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { type FileSystem, ifPresent, nodeFiles } from "./local-file-system.ts";
import { childrenOf, entryOf, filesBelow, kindOf } from "./local-listing.ts";
import { deleteEmptyFolder, putIfAbsent, replaceFile, syncPath } from "./local-writing.ts";
import { folderOf, joinPath, nameOf } from "./path.ts";
import type { PathStatus, Storage, StorageFile } from "./storage.ts";
import { type FileAction, storageError } from "./storage-error.ts";

const read = (verb: string): FileAction => ({ verb, writes: false });
const write = (verb: string): FileAction => ({ verb, writes: true });

const actions = {
  inspect: read("inspect"),
  list: read("list"),
  read: read("read"),
  write: write("write"),
  rename: write("rename"),
  delete: write("delete"),
  make: write("make the folder"),
  sync: write("write"),
  touch: write("touch"),
};

/**
 * A storage on the disks of this machine.
 *
 * @param files - the calls of the file system, Node's own unless a test stands in between
 */
export function createLocalStorage(files: FileSystem = nodeFiles): Storage {
  const attempt = async <T>(verb: keyof typeof actions, path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw storageError(cause, actions[verb], path);
    }
  };
  return {
    scheme: "file",
    stat: (path) => attempt("inspect", path, () => statusOf(files, path)),
    children: (folder) => attempt("list", folder, () => childrenOf(files, folder)),
    list: (folder, accepts = () => true) => attempt("list", folder, () => filesBelow(files, folder, accepts)),
    open: (path) => attempt("read", path, () => openFile(files, path)),
    putIfAbsent: (path, content) => attempt("write", path, () => putIfAbsent(files, path, content)),
    replace: (path, content) => attempt("write", path, () => replaceFile(files, path, content)),
    rename: (from, to) => attempt("rename", from, () => files.rename(from, to)),
    delete: (path) => attempt("delete", path, () => files.rm(path, { recursive: true, force: true })),
    deleteEmptyFolder: (path) => attempt("delete", path, () => deleteEmptyFolder(files, path)),
    makeFolder: (path) => attempt("make", path, async () => void (await files.mkdir(path, { recursive: true }))),
    sync: (path) => attempt("sync", path, () => syncPath(files, path)),
    touch: (path) => attempt("touch", path, () => touch(files, path)),
    canonical: (path) => attempt("inspect", path, () => canonical(files, path)),
    canSwap: (folder) => attempt("inspect", folder, () => canSwap(files, folder)),
  };
}

/** The disks of this machine. */
export const localStorage: Storage = createLocalStorage();

async function statusOf(files: FileSystem, path: string): Promise<PathStatus | undefined> {
  const status = await files.status(path);
  return status === undefined
    ? undefined
    : { ...entryOf(path, status), kind: kindOf(status), version: versionOf(status) };
}

const versionOf = (status: BigIntStats): string => `${status.dev}:${status.ino}:${status.mtimeNs}:${status.size}`;

async function openFile(files: FileSystem, path: string): Promise<StorageFile> {
  const handle = await files.open(path, "r");
  const close = () => handle.close();
  try {
    const status = await handle.stat();
    if (status.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
    const read = (position: number, length: number) => readFully(handle, position, length);
    return { size: status.size, read, close, [Symbol.asyncDispose]: close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

async function touch(files: FileSystem, path: string): Promise<void> {
  const { mtimeMs } = await files.stat(path);
  const now = new Date(Math.max(Date.now(), Math.floor(mtimeMs) + 1));
  await files.utimes(path, now, now);
}

async function canonical(files: FileSystem, path: string): Promise<string> {
  const real = await ifPresent(files.realpath(path));
  if (real !== undefined || path === "/") return real ?? path;
  return joinPath(await canonical(files, folderOf(path)), nameOf(path));
}

async function canSwap(files: FileSystem, folder: string): Promise<boolean> {
  const own = await files.status(folder);
  if (own === undefined) return true;
  const above = await files.status(folderOf(folder));
  if (own.dev !== above?.dev || folder === "/" || (await isMountPoint(files, folder))) return false;
  try {
    await files.access(folderOf(folder), constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder can be mounted on another of the same disk, which only the list of mounts tells; Linux has one. */
async function isMountPoint(files: FileSystem, folder: string): Promise<boolean> {
  const mounts = await ifPresent(files.readFile("/proc/self/mountinfo", "utf8"));
  const written = folder.replace(
    /[ \t\n\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return mounts?.split("\n").some((line) => line.split(" ")[4] === written) ?? false;
}
