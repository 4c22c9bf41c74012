/** A process that commits to a Delta log: `node commit-child.ts <command> <JSON argument>`. */
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Action, AddFile } from "../../src/delta/actions.ts";
import type { DeltaHandlers, ParquetHandler } from "../../src/delta/handlers.ts";
import { readSnapshot } from "../../src/delta/snapshot.ts";
import { ConcurrentModificationException } from "../../src/delta/write/conflict-errors.ts";
import { addsOf, removeOf } from "../../src/delta/write/file-actions.ts";
import { Transaction } from "../../src/delta/write/transaction.ts";
import { AnalysisError } from "../../src/errors.ts";
import { createLocalStorage, localStorage } from "../../src/storage/local-storage.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { watchedFiles } from "../storage/crashing-files.ts";

const refused = (): never => {
  throw new AnalysisError("these logs have no checkpoint");
};
const parquet: ParquetHandler = { read: refused, schema: refused, write: refused };

export const handlersOf = (storage: Storage): DeltaHandlers => ({ storage, parquet });

const file = (path: string, dataChange = true): AddFile => ({
  path,
  partitionValues: {},
  size: 1,
  modificationTime: 1,
  dataChange,
});

/** What a commit did, for whoever checks the history. */
export const kinds = ["append", "delete", "overwrite", "compact", "batch"] as const;
export type Kind = (typeof kinds)[number];

export const application = "counter";

interface Prepared {
  readonly transaction: Transaction;
  readonly actions: readonly Action[];
}

async function prepared(
  table: string,
  kind: Kind,
  tag: string,
  storage: Storage,
  random: () => number,
): Promise<Prepared> {
  const snapshot = await readSnapshot(table, handlersOf(localStorage));
  const { version, protocol, metadata, domains, transactions } = snapshot;
  const base = { version, protocol, metadata, domains, applications: transactions };
  const transaction = new Transaction(table, base, { storage, engineInfo: "test" });
  const live = await Array.fromAsync(addsOf(snapshot));
  const picked = live.toSorted(() => random() - 0.5).slice(0, kind === "compact" ? 2 : 1);
  const removes = (files: readonly AddFile[], dataChange = true): Action[] =>
    files.map((add) => ({ remove: removeOf(add, dataChange) }));
  const actions: Record<Kind, () => readonly Action[]> = {
    append: () => [{ add: file(tag) }],
    delete: () => {
      transaction.readsFiles(picked);
      return removes(picked);
    },
    overwrite: () => {
      transaction.readsAll();
      return [...removes(live), { add: file(tag) }];
    },
    compact: () => {
      transaction.readsFiles(picked);
      // Made of nothing, it would bring in a file that others need not look at.
      return picked.length === 0 ? [] : [...removes(picked, false), { add: file(tag, false) }];
    },
    batch: () => {
      const last = transaction.lastBatchOf(application) ?? 0;
      return [{ txn: { appId: application, version: last + 1 } }, { add: file(tag) }];
    },
  };
  return { transaction, actions: actions[kind]() };
}

export async function commit(
  table: string,
  kind: Kind,
  tag: string,
  storage: Storage,
  random = Math.random,
): Promise<number> {
  const { transaction, actions } = await prepared(table, kind, tag, storage, random);
  const operation = { name: kind.toUpperCase(), parameters: {}, metrics: {}, userMetadata: tag };
  return (await transaction.commit(actions, operation)).version;
}

/** Makes an empty table. */
export async function makeTable(table: string): Promise<void> {
  const none = { version: -1, protocol: undefined, metadata: undefined, domains: new Map(), applications: new Map() };
  const transaction = new Transaction(table, none, { storage: localStorage, engineInfo: "test" });
  transaction.setMetadata({
    id: "table",
    format: { provider: "parquet", options: {} },
    schemaString: '{"type":"struct","fields":[]}',
    partitionColumns: [],
    configuration: {},
  });
  transaction.setProtocol({ minReaderVersion: 1, minWriterVersion: 2 });
  await transaction.commit([], { name: "CREATE TABLE", parameters: {}, metrics: {} });
}

export interface RaceArgument {
  readonly table: string;
  readonly name: string;
  readonly commits: number;
  readonly seed: number;
  /** The file that the process waits for, so that all go at the same time. */
  readonly start: string;
}

/** Commits of random kinds; tells of each whether it was acknowledged and as which version, or refused. */
async function race({ table, name, commits, seed, start }: RaceArgument): Promise<void> {
  console.log("ready");
  while (!existsSync(start)) await delay(1);
  let state = seed;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let index = 0; index < commits; index++) {
    const tag = `${name}-${index}`;
    const kind = kinds[Math.floor(random() * kinds.length)]!;
    try {
      console.log(JSON.stringify({ tag, kind, version: await commit(table, kind, tag, localStorage, random) }));
    } catch (error) {
      if (!(error instanceof ConcurrentModificationException)) throw error;
      console.log(JSON.stringify({ tag, kind }));
    }
  }
}

export interface KillArgument {
  readonly table: string;
  readonly tag: string;
  /** At which call of the file system the process kills itself. */
  readonly killAt: number;
}

async function killed({ table, tag, killAt }: KillArgument): Promise<void> {
  let left = killAt;
  const files = watchedFiles(() => {
    if (--left === 0) process.kill(process.pid, "SIGKILL");
  });
  console.log(await commit(table, "append", tag, createLocalStorage(files)));
}

const commands: Readonly<Record<string, (argument: never) => Promise<void>>> = { race, killed };

if (process.argv[1] === import.meta.filename) await commands[process.argv[2]!]!(JSON.parse(process.argv[3]!) as never);
