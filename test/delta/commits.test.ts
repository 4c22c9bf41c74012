/** Several processes at one log, and processes that are killed while they commit. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseActions } from "../../src/delta/action-json.ts";
import type { Action } from "../../src/delta/actions.ts";
import { logFileOf } from "../../src/delta/log-names.ts";
import { readSnapshot } from "../../src/delta/snapshot.ts";
import { createLocalStorage, localStorage } from "../../src/storage/local-storage.ts";
import { contents, discard, killedAt, scratchFolder } from "../storage/crashing-files.ts";
import { startChild } from "../storage/processes.ts";
import {
  application,
  commit,
  handlersOf,
  type KillArgument,
  type Kind,
  makeTable,
  type RaceArgument,
} from "./commit-child.ts";

const root = scratchFolder();
afterAll(() => discard(root));

const script = join(import.meta.dirname, "commit-child.ts");

interface Told {
  readonly tag: string;
  readonly kind: Kind;
  /** Absent when the commit was refused. */
  readonly version?: number;
}

/** The actions of each version, which must follow one another without a gap. */
function history(table: string): readonly (readonly Action[])[] {
  const commits = Object.entries(contents(join(table, "_delta_log"))).flatMap(([name, text]) => {
    const file = logFileOf(name);
    return file?.is === "commit"
      ? [{ version: file.version, actions: parseActions(new TextEncoder().encode(text), name) }]
      : [];
  });
  expect(commits.map(({ version }) => version)).toEqual(commits.map((_, index) => index));
  return commits.map(({ actions }) => actions);
}

/** Does the commits one after the other, and checks that each was made of the table that it found. */
function checkSerial(commits: readonly (readonly Action[])[]): ReadonlySet<string> {
  const live = new Set<string>();
  let batch = 0;
  for (const actions of commits) {
    const removed = actions.flatMap(({ remove }) => remove?.path ?? []);
    for (const path of removed) expect(live).toContain(path);
    const operation = actions[0]?.commitInfo?.operation;
    if (operation === "OVERWRITE") expect(removed.toSorted()).toEqual([...live].sort());
    for (const path of removed) live.delete(path);
    for (const { add, txn } of actions) {
      if (add !== undefined) {
        expect(live).not.toContain(add.path);
        live.add(add.path);
      }
      if (txn?.appId === application) expect(txn.version).toBe(++batch);
    }
  }
  return live;
}

describe("processes that commit at the same time", () => {
  test("make a history that could have been made by one", async () => {
    const table = join(root, "race");
    await makeTable(table);
    const start = join(root, "start");
    const children = Array.from({ length: 4 }, (_, index) => {
      const argument: RaceArgument = { table, start, name: `p${index}`, commits: 25, seed: index + 11 };
      return startChild("race", argument, "same", script);
    });
    for (const child of children) expect(await child.line()).toBe("ready");
    writeFileSync(start, "");
    const ended = await Promise.all(children.map((child) => child.ended()));
    const told = ended.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as Told));
    expect(told).toHaveLength(100);
    const commits = history(table);
    const live = checkSerial(commits);
    const tags = commits.map(([first]) => first?.commitInfo?.userMetadata);
    for (const { tag, version } of told)
      expect([tag, tags.flatMap((each, index) => (each === tag ? [index] : []))]).toEqual([
        tag,
        version === undefined ? [] : [version],
      ]);
    expect(told.some(({ version }) => version === undefined)).toBe(true);
    const snapshot = await readSnapshot(table, handlersOf(localStorage));
    expect(snapshot.chunks.reduce((count, { batch, rows }) => count + (rows?.length ?? batch.rows), 0)).toBe(live.size);
  });
});

describe("a process that ends while it commits", () => {
  test("leaves its commit whole or not at all, whatever the call", async () => {
    const outcomes = new Set<boolean>();
    for (let call = 1; ; call++) {
      const table = join(root, `ends-${call}`);
      await makeTable(table);
      const { files, isKilled } = killedAt(call);
      await commit(table, "append", "lost", createLocalStorage(files)).catch(() => undefined);
      outcomes.add(history(table).length === 2);
      await commit(table, "append", "next", localStorage);
      checkSerial(history(table));
      if (!isKilled()) break;
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  test("by kill -9 does so too", async () => {
    const table = join(root, "killed");
    await makeTable(table);
    const acknowledged: string[] = [];
    for (let killAt = 3; killAt < 16; killAt += 3) {
      const argument: KillArgument = { table, tag: `k${killAt}`, killAt };
      const { lines } = await startChild("killed", argument, "same", script).ended();
      if (lines.length > 0) acknowledged.push(argument.tag);
    }
    const tags = history(table).map(([first]) => first?.commitInfo?.userMetadata);
    expect(tags).toEqual(expect.arrayContaining(acknowledged));
    checkSerial(history(table));
  });
});
