/** Tables that are read while others commit, and storage that takes its time. */
import { linkSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";
import type { Action } from "../../src/delta/actions.ts";
import { readSnapshot } from "../../src/delta/snapshot.ts";
import { addsOf, removeOf } from "../../src/delta/write/file-actions.ts";
import { Transaction } from "../../src/delta/write/transaction.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { discard, scratchFolder, watchedFiles } from "../storage/crashing-files.ts";
import { handlersOf } from "./commit-child.ts";
import { sessionOn } from "./watched-session.ts";

const root = scratchFolder();
const spark = SparkSession.create();
afterAll(async () => {
  await spark.stop();
  discard(root);
});

const nameOf = (path: string): string => `delta.\`${path}\``;

/** Commits that each put another copy of the one file of a table in its place: every version has the same rows. */
async function* exchanges(path: string, count: number): AsyncGenerator<number, void, void> {
  const snapshot = await readSnapshot(path, handlersOf(localStorage));
  const { protocol, metadata, domains, transactions } = snapshot;
  const [first] = await Array.fromAsync(addsOf(snapshot));
  let file = first!;
  const copies = join(path, "copies");
  mkdirSync(copies);
  const base = { protocol, metadata, domains, applications: transactions };
  for (let next = 1; next <= count; next++) {
    const copy = { ...file, path: `copies/${next}.parquet` };
    linkSync(join(path, first!.path), join(path, copy.path));
    const actions: readonly Action[] = [{ remove: removeOf(file, true) }, { add: copy }];
    const transaction = new Transaction(
      path,
      { ...base, version: next - 1 },
      { storage: localStorage, engineInfo: "test" },
    );
    transaction.readsFiles([file]);
    yield (await transaction.commit(actions, { name: "EXCHANGE", parameters: {}, metrics: {} })).version;
    file = copy;
  }
}

test("a reader at a version sees it, and one without sees whole versions, while a thousand commits land", async () => {
  const path = join(root, "exchanged");
  await spark.execute(`CREATE TABLE ${nameOf(path)} USING delta AS SELECT id FROM range(10)`);
  const table = () => spark.read.format("delta");
  const pinned = await table().option("versionAsOf", "0").load(path);
  const files = await pinned.inputFiles();
  const seen: unknown[] = [];
  let isDone = false;
  const read = async (): Promise<void> => {
    for (let turn = 0; !isDone || turn === 0; turn++) {
      expect(await pinned.inputFiles()).toEqual(files);
      for (const frame of [pinned, table().load(path)]) {
        const [row] = await frame.selectExpr("count(*) AS n", "sum(id) AS s").collect();
        expect(row).toEqual({ n: 10, s: 45 });
      }
      seen.push(await table().load(path).inputFiles());
    }
  };
  const reading = read();
  let last = 0;
  for await (const version of exchanges(path, 1000)) last = version;
  isDone = true;
  await reading;
  expect(last).toBe(1000);
  expect(new Set(seen.map(String)).size).toBeGreaterThan(1);
});

describe("storage that takes its time", () => {
  test("loses no commit of sessions that write at once, and disturbs no reader", async () => {
    const path = join(root, "slow");
    const create = "TBLPROPERTIES ('delta.checkpointInterval' = '3') AS SELECT -1L AS id";
    await spark.execute(`CREATE TABLE ${nameOf(path)} USING delta ${create}`);
    let turn = 0;
    // Each call takes another time, so that calls of different sessions overtake one another.
    const slow = () => sessionOn(watchedFiles(() => delay((++turn * 7) % 5)));
    const sessions = Array.from({ length: 4 }, slow);
    const counts: number[] = [];
    const write = async (session: SparkSession, index: number): Promise<void> => {
      for (let id = 0; id < 5; id++) {
        await session.execute(`INSERT INTO ${nameOf(path)} VALUES (${index * 5 + id})`);
        counts.push(await spark.read.format("delta").load(path).count());
      }
    };
    await Promise.all(sessions.map(write));
    await Promise.all(sessions.map((session) => session.stop()));
    expect(counts).toEqual(counts.toSorted((left, right) => left - right));
    const rows = await spark.sql(`SELECT id FROM ${nameOf(path)} ORDER BY id`).collect();
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, index) => index - 1));
    const commits = readdirSync(join(path, "_delta_log")).filter((name) => /^\d+\.json$/.test(name));
    expect(commits).toHaveLength(21);
  });
});
