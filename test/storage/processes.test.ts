import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { beginWrite } from "../../src/storage/folder-writer.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { discoverPartitions } from "../../src/storage/partitions.ts";
import { recover } from "../../src/storage/recovery.ts";
import { resolveUris } from "../../src/storage/resolve-uris.ts";
import { createTemporaryFolder } from "../../src/storage/temporary-folder.ts";
import { contents, discard, fill, scratchFolder } from "./crashing-files.ts";
import { startChild } from "./processes.ts";

const root = scratchFolder();
afterAll(() => discard(root));
const target = join(root, "data", "out");
beforeEach(() => discard(join(root, "data")));

test("of processes that put a file at the same time, exactly one wins", async () => {
  await fill(root, { "data/.keep": "" });
  for (let round = 0; round < 3; round++) {
    const [path, start] = [join(root, "data", `log-${round}`), join(root, `start-${round}`)];
    const children = ["a", "b", "c", "d"].map((text) => ({ text, child: startChild("put", { path, start, text }) }));
    for (const { child } of children) expect(await child.line()).toBe("ready");
    writeFileSync(start, "");
    const results = await Promise.all(
      children.map(async ({ text, child }) => ({ text, lines: (await child.ended()).lines })),
    );
    const winners = results.filter(({ lines }) => lines[0] === "true").map(({ text }) => text);
    expect(results.map(({ lines }) => lines[0]).toSorted()).toEqual(["false", "false", "false", "true"]);
    expect(contents(join(root, "data"))[`log-${round}`]).toBe(winners[0]);
  }
});

test("the lock lets one process at a time change a folder", async () => {
  await fill(join(root, "data"), { count: "0" });
  const children = Array.from({ length: 4 }, () =>
    startChild("count", { target: join(root, "data", "count"), times: 25 }),
  );
  for (const child of children) expect((await child.ended()).lines).toEqual([]);
  expect(contents(join(root, "data"))).toEqual({ count: "100" });
});

describe("a reader, while another process replaces the folder", () => {
  /** The number of the generation of each file that a read takes. */
  async function generations(path: string): Promise<number[]> {
    const { files } = discoverPartitions(await resolveUris(localStorage, [path]));
    return files.map((file) => Number(/g(\d+)-/.exec(file.path)![1]));
  }

  async function observe(options: object, path: string, check: (read: number[]) => void): Promise<Set<number>> {
    const writer = startChild("rewrite", { target, options });
    try {
      expect(await writer.line()).toBe("ready");
      const seen = new Set<number>();
      for (const end = Date.now() + 1500; Date.now() < end; ) {
        const read = await generations(path);
        check(read);
        seen.add(Math.max(...read));
      }
      return seen;
    } finally {
      await writer.kill();
      await recover(localStorage, target);
      expect(readdirSync(join(root, "data"))).toEqual(["out"]);
    }
  }

  test.each([
    ["the folder", target],
    ["a pattern", join(root, "data", "*")],
  ])("lists one generation through %s", async (_, path) => {
    const seen = await observe({ mode: "overwrite" }, path, (read) => {
      expect(read).toEqual(Array.from({ length: 12 }, () => read[0]));
    });
    expect(seen.size).toBeGreaterThan(1);
  });

  test("lists whole appends", async () => {
    const seen = await observe({ mode: "append" }, target, (read) => {
      const whole = Array.from({ length: 12 * Math.max(...read) }, (_, index) => Math.floor(index / 12) + 1);
      expect(read.toSorted((left, right) => left - right)).toEqual(whole);
    });
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe("a second writer", () => {
  test("waits for a running one, and says which process it is when that takes too long", async () => {
    await fill(target, { a: "old" });
    const holder = startChild("hold", { target });
    expect(await holder.line()).toBe("ready");
    await using writer = await beginWrite(localStorage, target, { mode: "append", lockTimeout: 100 });
    await fill(writer.stagingPath, { b: "new" });
    await expect(writer.commit(["b"])).rejects.toThrow(`${target} is being changed by process ${holder.process.pid}`);
    expect(contents(target)).toEqual({ a: "old" });
    await holder.kill();
    await writer.commit(["b"]);
    expect(contents(target)).toEqual({ _SUCCESS: "", a: "old", b: "new" });
    expect(readdirSync(join(root, "data"))).toEqual(["out"]);
  });

  test("keeps what a running one has staged, and removes what a dead one has", async () => {
    const stager = startChild("stage", { target });
    expect(await stager.line()).toBe("ready");
    await recover(localStorage, target);
    expect(Object.keys(contents(root)).filter((path) => path.includes("/.write-"))).toHaveLength(1);
    await stager.kill();
    await recover(localStorage, target);
    expect(readdirSync(join(root, "data"))).toEqual([]);
  });
});

describe("a temporary folder", () => {
  const spills = join(root, "spills");

  test("is gone when its process exits", async () => {
    const child = startChild("spill", { root: spills, exit: true });
    const path = await child.line();
    expect(path).toContain(`${spills}/lakewright-`);
    expect((await child.ended()).code).toBe(0);
    expect(existsSync(path!)).toBe(false);
  });

  test("of a killed process is removed by the next one, of a running one stays", async () => {
    const [killed, running] = [
      startChild("spill", { root: spills, exit: false }),
      startChild("spill", { root: spills, exit: false }),
    ];
    const [dead, alive] = [await killed.line(), await running.line()];
    await killed.kill();
    expect(existsSync(dead!)).toBe(true);
    await using own = await createTemporaryFolder(spills);
    expect(existsSync(dead!)).toBe(false);
    expect(existsSync(alive!)).toBe(true);
    expect(existsSync(own.path)).toBe(true);
    await running.kill();
  });
});
