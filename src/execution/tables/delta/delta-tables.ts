/** Delta tables as a session sees them: their snapshots, kept so that the next look reads only what came since. */
import type { DeltaHandlers } from "../../../delta/handlers.ts";
import { readSnapshot, refreshed, type Snapshot } from "../../../delta/snapshot.ts";
import type { Engine, SourceDescription } from "../../../engine/engine.ts";
import type { Read, ReadTable } from "../../../plan/relation.ts";
import type { Storage } from "../../../storage/storage.ts";
import { engineParquet } from "./parquet-handler.ts";

/** How many tables' newest snapshots are kept. */
const mostKept = 32;

export class DeltaTables {
  readonly handlers: DeltaHandlers;
  readonly #known = new Map<string, Snapshot>();
  #later: Promise<void> = Promise.resolve();
  readonly #pinned = new WeakMap<Read | ReadTable, SourceDescription | Read>();

  constructor(engine: Engine, storage: Storage) {
    this.handlers = { storage, parquet: engineParquet(engine, storage) };
  }

  /**
   * A table as it is now, or was at a version.
   *
   * @param table - the table's folder, absolute
   * @throws AnalysisError, UnsupportedError, ExecutionError as `readSnapshot` does
   */
  async snapshot(table: string, version?: number): Promise<Snapshot> {
    const known = this.#known.get(table);
    const snapshot = await readSnapshot(table, this.handlers, { known, ...(version === undefined ? {} : { version }) });
    if (snapshot.version >= (known?.version ?? 0)) this.#keep(snapshot);
    return snapshot;
  }

  /**
   * A table as it is now, where an earlier version of it is known; undefined where none is. Only the commits since then are
   * looked for: what the snapshot says of the files of the log is not up to date.
   *
   * @param table - the table's folder, absolute
   */
  async refreshed(table: string): Promise<Snapshot | undefined> {
    const known = this.#known.get(table);
    const snapshot = known === undefined ? undefined : await refreshed(known, this.handlers);
    if (snapshot !== undefined) this.#keep(snapshot);
    return snapshot;
  }

  /** Says what a node reads, so that it is not looked up: a read its source, the name of a table the read that it means. */
  pin(node: Read, source: SourceDescription): void;
  pin(node: ReadTable, read: Read): void;
  pin(node: Read | ReadTable, meaning: SourceDescription | Read): void {
    this.#pinned.set(node, meaning);
  }

  pinnedSource(node: Read): SourceDescription | undefined {
    return this.#pinned.get(node) as SourceDescription | undefined;
  }

  pinnedRead(node: ReadTable): Read | undefined {
    return this.#pinned.get(node) as Read | undefined;
  }

  /** Does work that nobody waits for, one piece after the other; what fails of it harms nothing. */
  later(work: () => Promise<void>): void {
    this.#later = this.#later.then(work).catch(() => undefined);
  }

  /** Kept when all that was left for later is done. */
  settled(): Promise<void> {
    return this.#later;
  }

  /** Forgets what is known of a table, such as one that was replaced by another. */
  forget(table: string): void {
    this.#known.delete(table);
  }

  #keep(snapshot: Snapshot): void {
    this.#known.delete(snapshot.table);
    this.#known.set(snapshot.table, snapshot);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept) this.#known.delete(oldest!);
  }
}
