/** What puts a prepared change in place, noted before it starts, so that whoever comes next can finish it. */
import { ExecutionError } from "../errors.ts";
import { folderOf, joinPath } from "./path.ts";
import type { Storage } from "./storage.ts";
import { journalOf, targetOf } from "./work-names.ts";

/**
 * One rename. `out` takes something old away to a fresh name in the stage, `in` brings something new from the stage.
 *
 * So both can be repeated: an `out` is done when its `to` exists, an `in` when its `from` does not.
 */
export interface Move {
  readonly step: "out" | "in";
  /** Relative to the work folder, so that a journal stays true when its folders are moved together. */
  readonly from: string;
  readonly to: string;
}

export interface Journal {
  /** The stage in the work folder that the moves come from and go to. */
  readonly stage: string;
  readonly moves: readonly Move[];
}

/** Decides a change: once this returns, the change will be completed, by this process or the next one. */
export const decide = (storage: Storage, workFolder: string, journal: Journal): Promise<void> =>
  storage.replace(journalOf(workFolder), new TextEncoder().encode(JSON.stringify({ version: 1, ...journal })));

/** The change that was decided and is not done; `undefined` when there is none. */
export async function readJournal(storage: Storage, workFolder: string): Promise<Journal | undefined> {
  if ((await storage.stat(journalOf(workFolder))) === undefined) return undefined;
  await using file = await storage.open(journalOf(workFolder));
  return parseJournal(workFolder, new TextDecoder().decode(await file.read(0, file.size)));
}

/**
 * Does what is left of a decided change, makes it durable and forgets the journal; the stage is left to be deleted.
 *
 * The target's modification time moves, so that a reader who listed it meanwhile notices.
 */
export async function complete(storage: Storage, workFolder: string, journal: Journal): Promise<void> {
  // Without its stage a change was done, and only the deletion of the journal did not survive a loss of power.
  const isOpen = (await storage.stat(joinPath(workFolder, journal.stage))) !== undefined;
  if (isOpen) for (const move of journal.moves) await forward(storage, workFolder, move);
  await forget(storage, workFolder, isOpen ? journal : { ...journal, moves: [] });
}

/** Takes back what was done of a decided change, and forgets the journal. */
export async function revert(storage: Storage, workFolder: string, journal: Journal): Promise<void> {
  for (const move of journal.moves.toReversed()) await backward(storage, workFolder, move);
  await forget(storage, workFolder, journal);
}

async function forget(storage: Storage, workFolder: string, { moves }: Journal): Promise<void> {
  const folders = new Set(
    moves.flatMap(({ from, to }) => [from, to]).map((path) => folderOf(joinPath(workFolder, path))),
  );
  for (const folder of folders) if ((await storage.stat(folder)) !== undefined) await storage.sync(folder);
  if ((await storage.stat(targetOf(workFolder))) !== undefined) await storage.touch(targetOf(workFolder));
  await storage.delete(journalOf(workFolder));
  await storage.sync(workFolder);
}

async function forward(storage: Storage, workFolder: string, move: Move): Promise<void> {
  const [from, to] = [joinPath(workFolder, move.from), joinPath(workFolder, move.to)];
  if (!(await isDone(storage, workFolder, move))) await storage.rename(from, to);
}

async function backward(storage: Storage, workFolder: string, move: Move): Promise<void> {
  const [from, to] = [joinPath(workFolder, move.from), joinPath(workFolder, move.to)];
  if (await isDone(storage, workFolder, move)) await storage.rename(to, from);
}

async function isDone(storage: Storage, workFolder: string, { step, from, to }: Move): Promise<boolean> {
  if (step === "out") return (await storage.stat(joinPath(workFolder, to))) !== undefined;
  return (await storage.stat(joinPath(workFolder, from))) === undefined;
}

function parseJournal(workFolder: string, text: string): Journal {
  try {
    const journal = JSON.parse(text) as Journal & { version: number };
    if (journal.version === 1) return journal;
  } catch {
    // Said below: an unreadable journal and one of a later version ask for the same.
  }
  throw new ExecutionError(`the journal ${journalOf(workFolder)} of an interrupted write cannot be read`, {
    hint: "Open the folder with the version of Lakewright that wrote it.",
  });
}
