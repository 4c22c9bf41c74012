/** Reading while other processes write. */
import { setTimeout as delay } from "node:timers/promises";
import { defaultLockTimeout, withLock } from "./lock.ts";
import { ancestors } from "./path.ts";
import { completeOpen, isOpen, recover, removeLeftovers, settle, workFolderFor, workFoldersOf } from "./recovery.ts";
import type { Storage } from "./storage.ts";

/**
 * Reads what may be changed by a running writer meanwhile, so that the result is that of one moment: the state before a
 * write or after it, never between.
 *
 * @param storage - where the path lies
 * @param path - the folder or file that is read, or the folder that holds it
 * @param read - reads it, and reports the work folders that it comes across
 * @param mayLock - whether it helps that nobody changes `path` itself; not when only its names are read
 * @throws ExecutionError as `recover`
 */
export async function readSettled<T>(storage: Storage, path: string, read: Read<T>, mayLock = true): Promise<T> {
  const real = await storage.canonical(path);
  for (let attempt = 1; ; attempt++) {
    const { outcome, isSettled } = await readOnce(storage, real, read);
    if (isSettled || attempt === mostAttempts) return unwrap(outcome);
    const locked = mayLock && attempt === attemptsBeforeLock ? await readLocked(storage, real, read) : undefined;
    if (locked !== undefined) return unwrap(locked);
    await delay(attempt);
  }
}

type Read<T> = (report: (workFolder: string) => void) => Promise<T>;

/** How often a folder that keeps changing is read again before its writers are asked to wait. */
const attemptsBeforeLock = 3;

/** How often it is read by one who may not ask them to. */
const mostAttempts = 12;

/**
 * A change notes its journal, moves files, moves the folder's version and deletes the journal, in this order. So a read
 * has not met one if there was no journal right before it and right after it, and the version, taken outside of both,
 * is the same.
 */
async function readOnce<T>(
  storage: Storage,
  path: string,
  read: Read<T>,
): Promise<{ readonly outcome: Outcome<T>; readonly isSettled: boolean }> {
  const before = await folderVersion(storage, path);
  await recover(storage, path);
  const below = new Set<string>();
  const outcome = await outcomeOf(read((workFolder) => below.add(workFolder)));
  const isChanging = await isAnyOpen(storage, [...ancestors(path).flatMap(workFoldersOf), ...below]);
  const after = await folderVersion(storage, path);
  const isSettled = !isChanging && before === after;
  for (const workFolder of below) await (isSettled ? removeLeftovers : settle)(storage, workFolder);
  return { outcome, isSettled };
}

/** What a file holds may change while it is listed: that is no matter of two states. */
async function folderVersion(storage: Storage, path: string): Promise<string | undefined> {
  const status = await storage.stat(path);
  return status?.kind === "folder" ? status.version : status?.kind;
}

/** Reads while writers wait; `undefined` for one who may not make them. */
async function readLocked<T>(storage: Storage, path: string, read: Read<T>): Promise<Outcome<T> | undefined> {
  const workFolder = await workFolderFor(storage, path);
  const locked = await outcomeOf(
    withLock(storage, workFolder, defaultLockTimeout, async () => {
      await completeOpen(storage, workFolder);
      return outcomeOf(read(() => undefined));
    }),
  );
  await removeLeftovers(storage, workFolder);
  return "error" in locked ? undefined : locked.value;
}

async function isAnyOpen(storage: Storage, workFolders: readonly string[]): Promise<boolean> {
  const open = await Promise.all(workFolders.map((folder) => isOpen(storage, folder)));
  return open.includes(true);
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
