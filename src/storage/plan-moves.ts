/** Which renames put a staged write in place. */
import { ExecutionError } from "../errors.ts";
import type { Move } from "./journal.ts";
import { folderOf, joinPath, nameOf } from "./path.ts";
import type { Storage } from "./storage.ts";
import { isWorkName } from "./work-names.ts";

/** A staged write that is to be put in place. */
export interface StagedWrite {
  readonly target: string;
  readonly workFolder: string;
  /** The stage's name in the work folder; `new` in it holds what was written. */
  readonly stage: string;
  /** What becomes of files that are in the target already. */
  readonly existing: "keep" | "replace" | "replace partitions";
  /** The files of the write, relative to `new`. */
  readonly files: readonly string[];
}

/** The name of Spark's empty file that says that a write was completed. */
export const successFile = "_SUCCESS";

/**
 * The renames that put a staged write in place, in the order in which other readers see the least of the change.
 *
 * @param storage - where the target lies
 * @param write - what was staged
 * @throws ExecutionError when a file of the write has the name of an existing one
 */
export async function planMoves(storage: Storage, write: StagedWrite): Promise<Move[]> {
  const planner = new MovePlanner(storage, write);
  await plans[write.existing](planner);
  return planner.moves;
}

const plans: Readonly<Record<StagedWrite["existing"], (planner: MovePlanner) => Promise<void>>> = {
  keep: (planner) => planner.merge(),
  replace: (planner) => planner.replaceTarget(),
  "replace partitions": (planner) => planner.replacePartitions(),
};

class MovePlanner {
  readonly moves: Move[] = [];
  readonly #storage: Storage;
  readonly #write: StagedWrite;

  constructor(storage: Storage, write: StagedWrite) {
    this.#storage = storage;
    this.#write = write;
  }

  /** The new folder takes the place of the old one, or its names those of the old names where it cannot. */
  async replaceTarget(): Promise<void> {
    const { target, workFolder } = this.#write;
    const isBeside = folderOf(workFolder) === folderOf(target);
    if (isBeside) return this.#replaceWhole();
    const names = ((await this.#storage.children(target)) ?? [])
      .map(({ name }) => name)
      .filter((name) => !isWorkName(name));
    for (const name of names) this.#takeOut(name);
    for (const name of await this.#stagedNames("")) this.#bringIn(name);
  }

  async merge(): Promise<void> {
    await this.#mergeAt("");
  }

  async replacePartitions(): Promise<void> {
    if (!(await this.#isTaken(""))) return this.#bringIn("");
    const folders = new Set(this.#write.files.map(folderOf));
    for (const folder of [...folders].sort()) {
      if (await this.#isTaken(folder)) this.#swap(folder);
      else await this.#bringInTopmost(folder);
    }
  }

  async #replaceWhole(): Promise<void> {
    if (await this.#isTaken("")) this.#takeOut("");
    this.#bringIn("");
  }

  #swap(path: string): void {
    this.#takeOut(path);
    this.#bringIn(path);
  }

  /** One rename brings in everything below the first folder that the target lacks. */
  async #bringInTopmost(path: string): Promise<void> {
    const above = folderOf(path);
    if (above !== "." && !(await this.#isTaken(above))) await this.#bringInTopmost(above);
    else if (!this.moves.some(({ step, from }) => step === "in" && from === this.#staged(path))) this.#bringIn(path);
  }

  async #mergeAt(path: string): Promise<void> {
    const existing = await this.#storage.stat(this.#final(path));
    if (existing === undefined) return this.#bringIn(path);
    const staged = await this.#storage.children(joinPath(this.#write.workFolder, this.#staged(path)));
    if (existing.kind === "folder" && staged !== undefined) {
      for (const { name } of staged) await this.#mergeAt(joinPath(path, name));
    } else if (nameOf(path) === successFile && existing.kind === "file") this.#swap(path);
    else throw nameTaken(this.#final(path));
  }

  #takeOut(path: string): void {
    const to = joinPath(this.#write.stage, "old", String(this.moves.length));
    this.moves.push({ step: "out", from: this.#fromWorkFolder(path), to });
  }

  #bringIn(path: string): void {
    this.moves.push({ step: "in", from: this.#staged(path), to: this.#fromWorkFolder(path) });
  }

  async #stagedNames(path: string): Promise<string[]> {
    const children = await this.#storage.children(joinPath(this.#write.workFolder, this.#staged(path)));
    return (children ?? []).map(({ name }) => name);
  }

  #staged(path: string): string {
    return joinPath(this.#write.stage, "new", path);
  }

  #final(path: string): string {
    return joinPath(this.#write.target, path);
  }

  #fromWorkFolder(path: string): string {
    const { target, workFolder } = this.#write;
    return joinPath("..", folderOf(workFolder) === folderOf(target) ? nameOf(target) : "", path);
  }

  async #isTaken(path: string): Promise<boolean> {
    return (await this.#storage.stat(this.#final(path))) !== undefined;
  }
}

function nameTaken(path: string): ExecutionError {
  return new ExecutionError(`${path} exists already, so that nothing can be appended under that name`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    parameters: { path },
    hint: "Remove it, or write to another folder.",
  });
}
