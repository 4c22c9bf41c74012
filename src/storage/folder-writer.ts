/** Writing a data folder so that a process killed at any moment leaves the old data or the new. */
import { AnalysisError, ExecutionError, InternalError } from "../errors.ts";
import { complete, decide, type Journal, revert } from "./journal.ts";
import { abandon, defaultLockTimeout, withLock } from "./lock.ts";
import { signOfLifeEvery } from "./owner.ts";
import { folderOf, joinPath, resolveUri } from "./path.ts";
import { planMoves, type StagedWrite, successFile } from "./plan-moves.ts";
import { completeOpen, recover, workFolderFor } from "./recovery.ts";
import { type FolderSaveMode, mayWrite } from "./save-mode.ts";
import type { Storage } from "./storage.ts";
import { stageName } from "./work-names.ts";

export type { FolderSaveMode } from "./save-mode.ts";

export interface FolderWriteOptions {
  readonly mode: FolderSaveMode;
  /** With `overwrite`: only the partition folders that the write has files for are replaced. */
  readonly dynamicPartitions?: boolean;
  /** Whether to leave Spark's empty `_SUCCESS`; true by default. A dynamic overwrite leaves none, as in Spark. */
  readonly successFile?: boolean;
  /** How long a commit waits for other writers of the folder, in milliseconds. */
  readonly lockTimeout?: number;
}

/** A write that is being staged. Disposing of it without a commit aborts it. */
export interface FolderWriter extends AsyncDisposable {
  /** The folder that is written. */
  readonly target: string;
  /** Where to write the files, on the file system of the target; its files have the paths they will have in the target. */
  readonly stagingPath: string;
  /** Unlike that of any other write: for the names of the files. */
  readonly writeId: string;
  /**
   * Puts the staged files in place, all or none.
   *
   * @param files - every staged file, relative to `stagingPath`
   * @returns the absolute paths of the files in the target; none when `ignore` found a folder that was made meanwhile
   * @throws AnalysisError PATH_ALREADY_EXISTS when `error` finds a folder that was made meanwhile
   * @throws ExecutionError when the file system refuses; the target is as it was
   */
  commit(files: readonly string[]): Promise<readonly string[]>;
  /** Removes the staged files; the target is as it was. */
  abort(): Promise<void>;
}

/**
 * Begins to write a data folder.
 *
 * Nothing changes in the folder until `commit`, which puts the files in place by renames under a journal: whoever opens
 * the folder next with this library completes what a killed process had decided, and removes what it had not.
 *
 * @param storage - where the folder lies
 * @param target - a path or `file:` URI
 * @param options - the save mode
 * @returns the writer; `undefined` when the mode is `ignore` and the folder exists
 * @throws AnalysisError PATH_ALREADY_EXISTS (42K04) when the mode is `error` and the path exists
 * @throws ExecutionError when the file system refuses
 * @example
 * ```ts
 * await using writer = await beginWrite(localStorage, "/out/sales", { mode: "error" });
 * const name = partFileName({ writeId: writer.writeId, task: 0, extension: "json" });
 * await writeFile(join(writer.stagingPath, name), rows);
 * await writer.commit([name]);
 * ```
 */
export function beginWrite(
  storage: Storage,
  target: string,
  options: FolderWriteOptions & { readonly mode: Exclude<FolderSaveMode, "ignore"> },
): Promise<FolderWriter>;
export function beginWrite(
  storage: Storage,
  target: string,
  options: FolderWriteOptions,
): Promise<FolderWriter | undefined>;
export async function beginWrite(
  storage: Storage,
  target: string,
  options: FolderWriteOptions,
): Promise<FolderWriter | undefined> {
  const folder = await storage.canonical(resolveUri(target));
  if (folder === "/")
    throw new AnalysisError("the root folder / cannot be written", { hint: "Name a folder below it." });
  await recover(storage, folder);
  if (!(await mayWrite(storage, folder, options.mode))) return undefined;
  const workFolder = await workFolderFor(storage, folder);
  const stage = stageName();
  await storage.makeFolder(joinPath(workFolder, stage, "new"));
  await storage.makeFolder(joinPath(workFolder, stage, "old"));
  return new StagedFolder(storage, { ...options, target: folder, workFolder, stage });
}

interface Staging extends FolderWriteOptions {
  readonly target: string;
  readonly workFolder: string;
  readonly stage: string;
}

class StagedFolder implements FolderWriter {
  readonly target: string;
  readonly stagingPath: string;
  readonly writeId: string;
  readonly #storage: Storage;
  readonly #staging: Staging;
  readonly #stagePath: string;
  readonly #alive: NodeJS.Timeout;
  #isOver = false;

  constructor(storage: Storage, staging: Staging) {
    this.#storage = storage;
    this.#staging = staging;
    this.#stagePath = joinPath(staging.workFolder, staging.stage);
    this.target = staging.target;
    this.stagingPath = joinPath(this.#stagePath, "new");
    this.writeId = staging.stage.slice(-36);
    this.#alive = setInterval(() => storage.touch(this.#stagePath).catch(() => undefined), signOfLifeEvery).unref();
  }

  async commit(files: readonly string[]): Promise<readonly string[]> {
    if (this.#isOver) throw new InternalError(`the write to ${this.target} is over`);
    await this.#finish(files);
    const { workFolder, lockTimeout = defaultLockTimeout } = this.#staging;
    const isPublished = await withLock(this.#storage, workFolder, lockTimeout, () => this.#publish(files));
    this.#leave();
    // The write is done; what cannot be deleted now is in nobody's way, and whoever opens the folder next tries again.
    await this.#clean().catch(() => undefined);
    return isPublished ? files.map((file) => joinPath(this.target, file)) : [];
  }

  async abort(): Promise<void> {
    if (this.#isOver) return;
    this.#leave();
    await this.#clean();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.abort();
  }

  #leave(): void {
    this.#isOver = true;
    clearInterval(this.#alive);
  }

  async #clean(): Promise<void> {
    abandon(this.#staging.stage);
    await this.#storage.delete(this.#stagePath);
    await this.#storage.deleteEmptyFolder(this.#staging.workFolder);
  }

  /** Checks that the staged files are those named, adds `_SUCCESS`, and makes all survive a loss of power. */
  async #finish(files: readonly string[]): Promise<void> {
    const { successFile: isWanted = true } = this.#staging;
    const staged = await this.#storage.list(this.stagingPath);
    checkFiles(this.#staging, files, new Set(staged.map(({ path }) => path.slice(this.stagingPath.length + 1))));
    if (isWanted && existing(this.#staging) !== "replace partitions")
      await this.#storage.replace(joinPath(this.stagingPath, successFile), new Uint8Array());
    const folders = [...new Set(files.flatMap(foldersOf))].map((folder) => joinPath(this.stagingPath, folder));
    await syncAll(
      this.#storage,
      staged.map(({ path }) => path),
    );
    await syncAll(this.#storage, [...folders, this.stagingPath, this.#stagePath, folderOf(this.#staging.workFolder)]);
  }

  /** With the lock held: decides the change and does it. */
  async #publish(files: readonly string[]): Promise<boolean> {
    const { workFolder, target, stage, mode } = this.#staging;
    await completeOpen(this.#storage, workFolder);
    if (!(await mayWrite(this.#storage, target, mode))) return false;
    const moves = await planMoves(this.#storage, {
      target,
      workFolder,
      stage,
      existing: existing(this.#staging),
      files,
    });
    if (moves.length > 0) await this.#carryOut({ stage, moves });
    return true;
  }

  async #carryOut(journal: Journal): Promise<void> {
    const { workFolder } = this.#staging;
    try {
      await decide(this.#storage, workFolder, journal);
      await complete(this.#storage, workFolder, journal);
    } catch (cause) {
      await revert(this.#storage, workFolder, journal).catch((reverting: unknown) => {
        // A journal that stays, and with it the stage, is completed by whoever opens the folder next.
        this.#leave();
        abandon(this.#staging.stage);
        throw leftInDoubt(this.target, reverting);
      });
      throw cause;
    }
  }
}

function existing({ mode, dynamicPartitions = false }: FolderWriteOptions): StagedWrite["existing"] {
  if (mode !== "overwrite") return "keep";
  return dynamicPartitions ? "replace partitions" : "replace";
}

function checkFiles(
  { target, dynamicPartitions }: Staging,
  named: readonly string[],
  staged: ReadonlySet<string>,
): void {
  const names = new Set(named);
  const missing = named.find((file) => !staged.has(file));
  const unnamed = [...staged].find((file) => !names.has(file) && file !== successFile);
  const unpartitioned = dynamicPartitions ? named.find((file) => folderOf(file) === ".") : undefined;
  if (missing !== undefined) throw new InternalError(`the staged file ${missing} of ${target} does not exist`);
  if (unnamed !== undefined) throw new InternalError(`the staged file ${unnamed} of ${target} is not committed`);
  if (unpartitioned !== undefined)
    throw new InternalError(`the file ${unpartitioned} of a dynamic overwrite is in no partition`);
}

/** The folders above a relative path. */
function foldersOf(file: string): string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

/** How many files are made durable together, so that the disk can do it in one go. */
const together = 16;

async function syncAll(storage: Storage, paths: readonly string[]): Promise<void> {
  for (let start = 0; start < paths.length; start += together) {
    await Promise.all(paths.slice(start, start + together).map((path) => storage.sync(path)));
  }
}

function leftInDoubt(target: string, cause: unknown): ExecutionError {
  return new ExecutionError(`the write to ${target} failed, and the file system refused to take it back`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    parameters: { path: target },
    hint: "Whether it took place shows when the folder is next opened: it then has the old data or the new.",
    cause,
  });
}
