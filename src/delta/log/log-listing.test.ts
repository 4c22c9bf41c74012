import { describe, expect, test } from "vitest";
import type { FolderChild } from "../../storage/storage.ts";
import { checkpointPartName, classicCheckpointName, commitName, compactionName } from "../log-names.ts";
import { earliestVersion, latestVersion, listLog, segmentOf } from "./log-listing.ts";

const listing = (names: readonly string[]) =>
  listLog(
    {
      children: async (folder) =>
        folder === "/t/_delta_log" ? names.map((name): FolderChild => ({ name, kind: "file" })) : [],
      stat: async (path) => ({ path, kind: "folder", size: 0, modifiedAt: 0, version: "" }),
    },
    "/t",
  );

const commits = (...versions: readonly number[]): string[] => versions.map(commitName);

describe("a version is read from", () => {
  test("its commits", async () => {
    const log = await listing(commits(0, 1, 2));
    expect(segmentOf(log, 1)).toMatchObject({
      version: 1,
      checkpoint: undefined,
      commits: [{ version: 0 }, { version: 1 }],
    });
    expect([earliestVersion(log), latestVersion(log)]).toEqual([0, 2]);
  });

  test("the newest whole checkpoint before it", async () => {
    const log = await listing([
      ...commits(10, 11, 12),
      classicCheckpointName(10),
      checkpointPartName(12, 1, 2),
      classicCheckpointName(5),
    ]);
    expect(segmentOf(log)).toMatchObject({ checkpoint: { version: 10 }, commits: [{ version: 11 }, { version: 12 }] });
    expect(earliestVersion(log)).toBe(5);
  });

  test("the longest compactions", async () => {
    const log = await listing([...commits(0, 1, 2, 3, 4, 5), compactionName(1, 2), compactionName(1, 4)]);
    expect(segmentOf(log).commits.map(({ from, version }) => [from, version])).toEqual([
      [0, 0],
      [1, 4],
      [5, 5],
    ]);
    expect(segmentOf(log, 3).commits.map(({ version }) => version)).toEqual([0, 2, 3]);
  });

  test("an older checkpoint where the newest is of no use", async () => {
    const log = await listing([...commits(0, 1, 2), classicCheckpointName(0), classicCheckpointName(2)]);
    expect(segmentOf(log, 2, ({ version }) => version !== 2)).toMatchObject({ checkpoint: { version: 0 } });
  });
});

describe("a log is refused", () => {
  test("with a gap", async () => {
    const log = await listing(commits(0, 1, 3));
    expect(() => segmentOf(log)).toThrow("the commit of version 2 is missing");
    expect(segmentOf(log, 1).version).toBe(1);
  });

  test("whose beginning is gone", async () => {
    const log = await listing(commits(3, 4));
    expect(() => segmentOf(log)).toThrow("begins with version 3 and no checkpoint");
  });

  test("for a version that it does not have", async () => {
    const log = await listing(commits(0, 1));
    expect(() => segmentOf(log, 2)).toThrow("Available versions: [0, 1]");
  });

  test("without a commit", async () => {
    await expect(listing(["_last_checkpoint"])).rejects.toThrow("holds no commit and no whole checkpoint");
    await expect(listing([])).rejects.toThrow("the folder is empty");
  });
});
