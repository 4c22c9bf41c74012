import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { FolderWriteOptions } from "../../src/storage/folder-writer.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { recover } from "../../src/storage/recovery.ts";
import { contents, discard, fill, scratchFolder } from "./crashing-files.ts";
import { startChild } from "./processes.ts";

const root = scratchFolder();
afterAll(() => discard(root));

const old = { "k=1/a": "old", "k=2/a": "old", _SUCCESS: "" };
const files = { "k=1/b": "new", "k=3/b": "new" };

interface Write {
  readonly options: FolderWriteOptions;
  readonly after: Readonly<Record<string, string>>;
  /** Each how many calls the process is killed; the sweep of simulated processes tries every call of every mode. */
  readonly step: number;
}

const writes: Readonly<Record<string, Write>> = {
  overwrite: { options: { mode: "overwrite" }, after: { ...files, _SUCCESS: "" }, step: 1 },
  append: { options: { mode: "append" }, after: { ...old, ...files }, step: 5 },
  "dynamic partition overwrite": {
    options: { mode: "overwrite", dynamicPartitions: true },
    after: { "k=1/b": "new", "k=2/a": "old", "k=3/b": "new", _SUCCESS: "" },
    step: 5,
  },
};

/** Kills a writer at one of its file system calls. @returns what it left after recovery, or `undefined` when it finished */
async function killedAt(
  target: string,
  options: FolderWriteOptions,
  killAt: number,
): Promise<Record<string, string> | undefined> {
  discard(join(target, ".."));
  await fill(target, old);
  const { signal, lines } = await startChild("write", { target, options, files, killAt }).ended();
  expect(lines).toEqual([]);
  if (signal === null) return undefined;
  await recover(localStorage, target);
  expect(readdirSync(join(target, ".."))).toEqual(["out"]);
  return contents(target);
}

describe("kill -9 of a process that writes", () => {
  test.concurrent.each(Object.entries(writes))(
    "by %s, at any moment of its commit, leaves the old data or the new",
    async (name, { options, after, step }) => {
      const target = join(root, name.replaceAll(" ", "-"), "out");
      const outcomes: string[] = [];
      for (let killAt = 1; ; killAt += step) {
        const left = await killedAt(target, options, killAt);
        if (left === undefined) break;
        expect([old, after], `killed at call ${killAt}`).toContainEqual(left);
        outcomes.push("k=3/b" in left ? "new" : "old");
      }
      expect(contents(target)).toEqual(after);
      expect(new Set(outcomes)).toEqual(new Set(["old", "new"]));
      expect(outcomes).toEqual(outcomes.toSorted().toReversed());
    },
  );
});
