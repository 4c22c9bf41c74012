/** What a process that was killed while it wrote has left, and reading while others write. */
import { setTimeout as delay } from "node:timers/promises";
import { ExecutionError, isLakewrightError } from "../errors.ts";
import { complete, readJournal } from "./journal.ts";
import { defaultLockTimeout, ownerRuns, runningTickets, withLock } from "./lock.ts";
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
  const candidates = ancestors(await storage.canonical(path)).flatMap(workFoldersOf);
  const present = await Promise.all(candidates.map((folder) => isThere(storage, folder)));
  for (const folder of candidates.filter((_, index) => present[index])) await settle(storage, folder);
}

/**
 * Reads what may be changed by a running writer meanwhile, so that the result is that of one moment: the state before a
 * write or after it, never between.
 *
 * @param storage - where the path lies
 * @param path - the folder or file that is read, or the folder that holds it
 * @param read - reads it, and reports the work folders that it comes across
 * @throws ExecutionError as `recover`
 */
export async function readSettled<T>(storage: Storage, path: string, read: Read<T>): Promise<T> {
  const real = await storage.canonical(path);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    await recover(storage, real);
    const found = new Set(ancestors(real).flatMap(workFoldersOf));
    const before = await storage.stat(real);
    const outcome = await outcomeOf(read((workFolder) => found.add(workFolder)));
    const after = await storage.stat(real);
    if (before?.version === after?.version && !(await isAnyOpen(storage, found))) return unwrap(outcome);
    for (const workFolder of found) await settle(storage, workFolder);
    await delay(attempt);
  }
  return readLocked(storage, real, read);
}

type Read<T> = (report: (workFolder: string) => void) => Promise<T>;

/** How often a folder that keeps changing is read again, before its writers are asked to wait. */
const mostAttempts = 12;

/** Who may not write beside the folder cannot ask writers to wait, and takes what there is. */
async function readLocked<T>(storage: Storage, path: string, read: Read<T>): Promise<T> {
  const workFolder = await workFolderFor(storage, path);
  const locked = await outcomeOf(
    withLock(storage, workFolder, defaultLockTimeout, async () => {
      await completeOpen(storage, workFolder);
      return outcomeOf(read(() => undefined));
    }),
  );
  await removeLeftovers(storage, workFolder);
  return unwrap("error" in locked ? await outcomeOf(read(() => undefined)) : locked.value);
}

/**
 * The work folder that changes of a folder go through: beside it, unless the folder cannot change places.
 *
 * @param storage - where the folder lies
 * @param target - the folder, which need not exist
 */
export async function workFolderFor(storage: Storage, target: string): Promise<string> {
  const canSwap = (await storage.stat(target)) === undefined || (await storage.canSwap(target));
  return canSwap ? workFolderBeside(target) : workFolderInside(target);
}

/** Finishes what is open in one work folder, removes what dead processes left in it, and removes it when it is empty. */
export async function settle(storage: Storage, workFolder: string): Promise<void> {
  await waitForRunningWrite(storage, workFolder);
  if (await isOpen(storage, workFolder)) await completeInterrupted(storage, workFolder);
  await removeLeftovers(storage, workFolder);
}

const workFoldersOf = (path: string): string[] => [workFolderBeside(path), workFolderInside(path)];

const isOpen = (storage: Storage, workFolder: string): Promise<boolean> => isThere(storage, journalOf(workFolder));

/** Where nothing may be looked at, nothing can be recovered; reading will say what may not be read. */
async function isThere(storage: Storage, path: string): Promise<boolean> {
  try {
    return (await storage.stat(path)) !== undefined;
  } catch (error) {
    if (systemCode(error) === "EACCES") return false;
    throw error;
  }
}

async function isAnyOpen(storage: Storage, workFolders: Iterable<string>): Promise<boolean> {
  const open = await Promise.all([...workFolders].map((folder) => isOpen(storage, folder)));
  return open.includes(true);
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

/** Best effort: what is left is in nobody's way, and who may not delete it may still read. */
async function removeLeftovers(storage: Storage, workFolder: string): Promise<void> {
  try {
    const names = ((await storage.children(workFolder)) ?? []).map(({ name }) => name);
    for (const name of names)
      if (await isLeftover(storage, workFolder, name)) await storage.delete(joinPath(workFolder, name));
    await storage.deleteEmptyFolder(workFolder);
  } catch (error) {
    if (!isLakewrightError(error) || systemCode(error) === undefined) throw error;
  }
}

/** The journal is looked for after the owner is known to be dead: from then on nobody can decide what the stage holds. */
async function isLeftover(storage: Storage, workFolder: string, name: string): Promise<boolean> {
  if (!isStageName(name) && !isTicketName(name) && !isTemporaryName(name)) return false;
  return !(await ownerRuns(storage, workFolder, name)) && !(await isOpen(storage, workFolder));
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

const outcomeOf = <T>(promise: Promise<T>): Promise<Outcome<T>> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

function unwrap<T>(outcome: Outcome<T>): T {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
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
