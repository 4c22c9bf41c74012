/** What a process that was killed while it wrote has left. */
import { setTimeout as delay } from "node:timers/promises";
import { ExecutionError, isLakewrightError } from "../errors.ts";
import { complete, readJournal } from "./journal.ts";
import { defaultLockTimeout, makerState, runningTickets, withLock } from "./lock.ts";
import { ancestors, joinPath } from "./path.ts";
import type { Storage } from "./storage.ts";
import { refusalReason, systemCode } from "./storage-error.ts";
import {
  isStageName,
  isTemporaryName,
  isTicketName,
  journalOf,
  targetOf,
  workFolderBeside,
  workFolderInside,
} from "./work-names.ts";

/**
 * Completes or rolls back the writes to a path, or to a folder above it, whose process has died, and waits for one that
 * is just being put in place by a running process. Called before a folder is listed or written.
 *
 * A write that was not yet decided leaves the old data; one that was decided is completed.
 *
 * @param storage - where the path lies
 * @param path - an absolute path, of a file or a folder, that need not exist
 * @throws ExecutionError when an interrupted write cannot be completed, such as on a read-only disk
 * @example
 * ```ts
 * await recover(localStorage, "/data/sales");
 * ```
 */
export async function recover(storage: Storage, path: string): Promise<void> {
  for (const folder of await presentWorkFolders(storage, await storage.canonical(path))) await settle(storage, folder);
}

/**
 * The work folder that changes of a folder go through: beside it, unless the folder cannot change places.
 *
 * @param storage - where the folder lies
 * @param target - the folder, which need not exist
 */
export async function workFolderFor(storage: Storage, target: string): Promise<string> {
  return (await storage.canSwap(target)) ? workFolderBeside(target) : workFolderInside(target);
}

/** Finishes what is open in one work folder, removes what dead processes left in it, and removes it when it is empty. */
export async function settle(storage: Storage, workFolder: string): Promise<void> {
  await waitForRunningWrite(storage, workFolder);
  if (await isOpen(storage, workFolder)) await completeInterrupted(storage, workFolder);
  await removeLeftovers(storage, workFolder);
}

/** The work folders of a path and of the folders above it that are there. */
async function presentWorkFolders(storage: Storage, path: string): Promise<string[]> {
  const candidates = ancestors(path).flatMap(workFoldersOf);
  const present = await Promise.all(candidates.map((folder) => isThere(storage, folder)));
  return candidates.filter((_, index) => present[index]);
}

/** The places of the work folders of a path. */
export const workFoldersOf = (path: string): string[] => [workFolderBeside(path), workFolderInside(path)];

/** Whether a change of a work folder's target is decided and not done. */
export const isOpen = (storage: Storage, workFolder: string): Promise<boolean> =>
  isThere(storage, journalOf(workFolder));

/** Where nothing may be looked at, nothing can be recovered; reading will say what may not be read. */
async function isThere(storage: Storage, path: string): Promise<boolean> {
  try {
    return (await storage.stat(path)) !== undefined;
  } catch (error) {
    if (systemCode(error) === "EACCES") return false;
    throw error;
  }
}

/** Without taking the lock, which a reader who may not write could not. */
async function waitForRunningWrite(storage: Storage, workFolder: string): Promise<void> {
  const deadline = Date.now() + defaultLockTimeout;
  while ((await isOpen(storage, workFolder)) && (await runningTickets(storage, workFolder)).length > 0) {
    if (Date.now() > deadline) throw unfinished(workFolder, "the process that writes it makes no progress");
    await delay(5);
  }
}

async function completeInterrupted(storage: Storage, workFolder: string): Promise<void> {
  try {
    await withLock(storage, workFolder, defaultLockTimeout, () => completeOpen(storage, workFolder));
  } catch (cause) {
    const reason = refusalReason(cause);
    throw reason === undefined ? cause : unfinished(workFolder, reason, cause);
  }
}

/** Completes the change that a dead process has decided; to be called with the lock held. */
export async function completeOpen(storage: Storage, workFolder: string): Promise<void> {
  const journal = await readJournal(storage, workFolder);
  if (journal !== undefined) await complete(storage, workFolder, journal);
}

/**
 * Removes what dead processes left in a work folder, and the folder itself when it is empty.
 *
 * What cannot be deleted stays: it is in nobody's way, and who may not delete it may still read.
 */
export async function removeLeftovers(storage: Storage, workFolder: string): Promise<void> {
  try {
    for (const { name } of (await storage.children(workFolder)) ?? []) {
      if (await isLeftover(storage, workFolder, name)) await storage.delete(joinPath(workFolder, name));
    }
    await storage.deleteEmptyFolder(workFolder);
  } catch (error) {
    if (!isLakewrightError(error) || systemCode(error) === undefined) throw error;
  }
}

/** The journal is looked for after the owner is known to be dead: from then on nobody can decide what the stage holds. */
async function isLeftover(storage: Storage, workFolder: string, name: string): Promise<boolean> {
  if (!isStageName(name) && !isTicketName(name) && !isTemporaryName(name)) return false;
  return (await makerState(storage, workFolder, name)) === "dead" && !(await isOpen(storage, workFolder));
}

function unfinished(workFolder: string, reason: string, cause?: unknown): ExecutionError {
  return new ExecutionError(`an interrupted write to ${targetOf(workFolder)} cannot be completed: ${reason}`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    parameters: { path: targetOf(workFolder) },
    hint: `Open the folder once with the right to write it. The old and the new data are both in ${workFolder} until then.`,
    cause,
  });
}
