import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LakewrightError } from "../../src/errors.ts";
import { beginWrite, type FolderWriteOptions } from "../../src/storage/folder-writer.ts";
import { createLocalStorage, localStorage } from "../../src/storage/local-storage.ts";
import { recover } from "../../src/storage/recovery.ts";
import { contents, discard, fill, scratchFolder, watchedFiles } from "./crashing-files.ts";

const root = scratchFolder();
afterAll(() => discard(root));
const target = join(root, "data", "out");

const old = { "k=1/a": "old", "k=2/a": "old" };
const staged = { "k=1/b": "new", "k=3/b": "new" };

/** A storage on which one call of the commit fails, and `lasting` also those after it. */
async function commitFailing(options: FolderWriteOptions, at: number, lasting: boolean): Promise<unknown> {
  let left = Number.POSITIVE_INFINITY;
  const storage = createLocalStorage(
    watchedFiles((call, path) => {
      if (--left === 0 || (lasting && left < 0 && left > -4)) {
        throw Object.assign(new Error(`EIO: ${call} ${path}`), { code: "EIO", path });
      }
    }),
  );
  const writer = await beginWrite(storage, target, options);
  await fill(writer!.stagingPath, staged);
  left = at;
  const outcome = await writer!.commit(Object.keys(staged)).then(
    () => (left > 0 ? "no call failed" : "done"),
    (error: unknown) => error,
  );
  left = Number.POSITIVE_INFINITY;
  await writer!.abort();
  return outcome;
}

const modes: Readonly<Record<string, { options: FolderWriteOptions; after: Readonly<Record<string, string>> }>> = {
  overwrite: { options: { mode: "overwrite" }, after: { _SUCCESS: "", ...staged } },
  append: {
    options: { mode: "append" },
    after: { _SUCCESS: "", "k=1/a": "old", "k=1/b": "new", "k=2/a": "old", "k=3/b": "new" },
  },
  "dynamic overwrite": {
    options: { mode: "overwrite", dynamicPartitions: true },
    after: { "k=1/b": "new", "k=2/a": "old", "k=3/b": "new" },
  },
};

describe.each(Object.entries(modes))("a commit by %s", (_, { options, after }) => {
  test.each([
    ["one call", false],
    ["several calls", true],
  ])("in which %s of the file system fails is done or has not happened", async (_, lasting) => {
    for (let at = 1; ; at++) {
      discard(join(root, "data"));
      await fill(target, old);
      const outcome = await commitFailing(options, at, lasting);
      if (outcome === "no call failed") return;
      const isRefused = outcome !== "done";
      if (isRefused) expect(outcome, `call ${at}`).toBeInstanceOf(LakewrightError);
      const isInDoubt = isRefused && (outcome as Error).message.includes("refused to take it back");
      await recover(localStorage, target);
      const possible = isInDoubt ? [old, after] : [isRefused ? old : after];
      expect(possible, `call ${at}: ${outcome}`).toContainEqual(contents(target));
      const left = Object.keys(contents(join(root, "data"))).filter((path) => !path.startsWith("out/"));
      if (!lasting) expect(left, `call ${at}: ${outcome}`).toEqual([]);
    }
  });
});
