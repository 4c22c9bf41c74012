import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { beginWrite, type FolderWriteOptions } from "../../src/storage/folder-writer.ts";
import { createLocalStorage } from "../../src/storage/local-storage.ts";
import { recover } from "../../src/storage/recovery.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { contents, discard, fill, killedAt, scratchFolder, watchedFiles } from "./crashing-files.ts";

/** Which simulated process runs, and which have been killed. */
const processes = vi.hoisted(() => ({ current: 1, killed: new Set<number>() }));

vi.mock("../../src/storage/owner.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("../../src/storage/owner.ts")>();
  return {
    ...real,
    ownedName: () => real.ownedName({ ...real.currentOwner(), process: processes.current }),
    isRunning: ({ process }: { process: number }) => !processes.killed.has(process),
  };
});

interface Scenario {
  readonly options: FolderWriteOptions;
  readonly old: Readonly<Record<string, string>>;
  readonly staged: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** Whether the target cannot change places, as a mount point. */
  readonly inside?: boolean;
}

const success = { _SUCCESS: "" };
const partitions = { "k=1/a": "1", "k=1/b": "1", "k=2/a": "2", "note.txt": "kept" };

const scenarios: Readonly<Record<string, Scenario>> = {
  "a new folder": {
    options: { mode: "error" },
    old: {},
    staged: { a: "new", "k=1/b": "new" },
    after: { a: "new", "k=1/b": "new", ...success },
  },
  overwrite: {
    options: { mode: "overwrite" },
    old: { a: "old", "k=1/b": "old", ...success },
    staged: { c: "new", "k=1/d": "new" },
    after: { c: "new", "k=1/d": "new", ...success },
  },
  "overwrite of a folder that cannot be moved": {
    options: { mode: "overwrite" },
    old: { a: "old", "k=1/b": "old", ...success },
    staged: { c: "new", "k=1/d": "new" },
    after: { c: "new", "k=1/d": "new", ...success },
    inside: true,
  },
  append: {
    options: { mode: "append" },
    old: { ...partitions, ...success },
    staged: { "k=1/c": "1", "k=3/l=1/a": "3", "k=3/l=2/a": "3", d: "new" },
    after: { ...partitions, "k=1/c": "1", "k=3/l=1/a": "3", "k=3/l=2/a": "3", d: "new", ...success },
  },
  "append to a folder that cannot be moved": {
    options: { mode: "append", successFile: false },
    old: partitions,
    staged: { "k=1/c": "1", "k=3/a": "3" },
    after: { ...partitions, "k=1/c": "1", "k=3/a": "3" },
    inside: true,
  },
  "dynamic partition overwrite": {
    options: { mode: "overwrite", dynamicPartitions: true },
    old: partitions,
    staged: { "k=1/c": "new", "k=3/a": "3", "k=4/l=1/a": "4", "k=4/l=2/a": "4" },
    after: { "k=1/c": "new", "k=2/a": "2", "note.txt": "kept", "k=3/a": "3", "k=4/l=1/a": "4", "k=4/l=2/a": "4" },
  },
};

const root = scratchFolder();
afterAll(() => discard(root));

const storageOn = (files: Parameters<typeof createLocalStorage>[0], { inside = false }: Scenario): Storage => ({
  ...createLocalStorage(files),
  ...(inside ? { canSwap: async () => false } : {}),
});

/** Runs something as a process of its own that is killed at one of its file system calls; says whether it was. */
async function runKilled(
  last: number,
  scenario: Scenario,
  work: (storage: Storage) => Promise<unknown>,
): Promise<boolean> {
  const { files, isKilled } = killedAt(last);
  processes.current++;
  const outcome = await work(storageOn(files, scenario)).then(
    () => undefined,
    (error: unknown) => error,
  );
  processes.killed.add(processes.current);
  if (outcome !== undefined && !isKilled()) throw outcome;
  return isKilled();
}

async function write(storage: Storage, target: string, { options, staged }: Scenario): Promise<void> {
  const writer = await beginWrite(storage, target, options);
  await fill(writer!.stagingPath, staged);
  await writer!.commit(Object.keys(staged));
}

async function prepared(name: string, { old }: Scenario): Promise<string> {
  const target = join(root, name, "out");
  discard(join(root, name));
  await fill(join(root, name), { "neighbour.txt": "kept" });
  await fill(target, old);
  return target;
}

/** What a later process finds: the data, and whether anything else was left. */
async function found(target: string, scenario: Scenario): Promise<Record<string, string>> {
  processes.current++;
  await recover(storageOn(undefined, scenario), target);
  expect(readdirSync(join(target, "..")).filter((name) => name !== "out")).toEqual(["neighbour.txt"]);
  return contents(target);
}

describe.each(Object.entries(scenarios))("%s", (name, scenario) => {
  const folder = name.replaceAll(" ", "-");

  test("is whole when nothing happens", async () => {
    const target = await prepared(folder, scenario);
    expect(await runKilled(Number.POSITIVE_INFINITY, scenario, (storage) => write(storage, target, scenario))).toBe(
      false,
    );
    expect(await found(target, scenario)).toEqual(sorted(scenario.after));
  });

  test("killed at any call leaves the old data or the new", async () => {
    const outcomes: boolean[] = [];
    for (let last = 1; ; last++) {
      const target = await prepared(folder, scenario);
      const killed = await runKilled(last, scenario, (storage) => write(storage, target, scenario));
      if (!killed) break;
      outcomes.push(isNew(await found(target, scenario), scenario, `killed at call ${last}`));
    }
    expect(outcomes.length).toBeGreaterThan(20);
    expect(outcomes, "old until the decision, new from then on").toEqual(outcomes.toSorted());
    expect([...new Set(outcomes)]).toEqual([false, true]);
  });

  test("killed again while it is recovered leaves the same", async () => {
    for (let last = await firstNew(folder, scenario); ; last += 13) {
      for (let again = 1; ; again += 5) {
        const target = await prepared(folder, scenario);
        if (!(await runKilled(last, scenario, (storage) => write(storage, target, scenario)))) return;
        if (!(await runKilled(again, scenario, (storage) => recover(storage, target)))) break;
        expect(await found(target, scenario), `killed at calls ${last} and ${again}`).toEqual(sorted(scenario.after));
      }
    }
  });
});

test("a writer that dies at any call while another process cleans up loses nothing", async () => {
  const scenario = scenarios.overwrite!;
  for (let last = 1; ; last++) {
    const target = await prepared("cleaning", scenario);
    const writing = ++processes.current;
    let left = Number.POSITIVE_INFINITY;
    const files = watchedFiles(() => {
      if (--left <= 0) throw new Error("killed");
    });
    const writer = await beginWrite(storageOn(files, scenario), target, scenario.options);
    await fill(writer!.stagingPath, scenario.staged);
    const dies = async (): Promise<void> => {
      left = last;
      await writer!.commit(Object.keys(scenario.staged)).catch(() => undefined);
      processes.killed.add(writing);
      processes.current++;
    };
    await recover(meanwhile(dies), target);
    isNew(await found(target, scenario), scenario, `killed at call ${last} of the commit`);
    if (left > 0) return;
  }
});

/** A storage on which something happens just after a work folder was looked into for the first time. */
function meanwhile(event: () => Promise<void>): Storage {
  const storage = createLocalStorage();
  let happens: (() => Promise<void>) | undefined = event;
  return {
    ...storage,
    children: async (folder) => {
      const names = await storage.children(folder);
      await happens?.();
      happens = undefined;
      return names;
    },
  };
}

/** The first call from which on the new data is there. */
async function firstNew(folder: string, scenario: Scenario): Promise<number> {
  for (let last = 1; ; last++) {
    const target = await prepared(folder, scenario);
    await runKilled(last, scenario, (storage) => write(storage, target, scenario));
    if (isNew(await found(target, scenario), scenario, `killed at call ${last}`)) return last;
  }
}

function isNew(data: Record<string, string>, { old, after }: Scenario, when: string): boolean {
  const texts = [sorted(old), sorted(after)].map((state) => JSON.stringify(state));
  expect(texts, when).toContain(JSON.stringify(data));
  return JSON.stringify(data) === texts[1];
}

const sorted = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)));
