import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { beginWrite, type FolderWriteOptions } from "../../src/storage/folder-writer.ts";
import { createLocalStorage } from "../../src/storage/local-storage.ts";
import { discoverPartitions } from "../../src/storage/partitions.ts";
import { resolveUris } from "../../src/storage/resolve-uris.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { discard, fill, scratchFolder, watchedFiles } from "./crashing-files.ts";

const root = scratchFolder();
afterAll(() => discard(root));
const target = join(root, "data", "out");

type Party = "reader" | "writer";

/** Lets two parties do file system calls in turn: so many the reader, then so many the writer, and so on. */
class Turns {
  readonly #bursts: readonly number[];
  #next = 0;
  #left = 0;
  #whose: Party = "writer";

  constructor(bursts: readonly number[]) {
    this.#bursts = bursts;
  }

  storageOf(party: Party): Storage {
    return createLocalStorage(watchedFiles(() => this.#enter(party)));
  }

  /** A party that sleeps, or is done, does not hold up the other for good. */
  async #enter(party: Party): Promise<void> {
    for (let patience = 40; this.#whose !== party && patience > 0; patience--) await turn();
    if (--this.#left > 0) return;
    this.#whose = this.#whose === "reader" ? "writer" : "reader";
    this.#left = this.#bursts[this.#next++ % this.#bursts.length]!;
  }
}

async function write(storage: Storage, options: FolderWriteOptions, generation: number): Promise<void> {
  const writer = await beginWrite(storage, target, options);
  const names = [0, 1, 2, 3, 4, 5].map((index) => `k=${index % 3}/g${generation}-${index}`);
  await fill(writer!.stagingPath, Object.fromEntries(names.map((name) => [name, ""])));
  await writer!.commit(names);
}

/** How many files of each generation a read takes. */
async function read(storage: Storage, path: string): Promise<string> {
  const { files } = discoverPartitions(await resolveUris(storage, [path]));
  const generations = files.map((file) => Number(/g(\d)-/.exec(file.path)![1]));
  return [1, 2, 3].map((generation) => generations.filter((each) => each === generation).length).join(" ");
}

const bursts = fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })), {
  minLength: 4,
  maxLength: 12,
});

/** Orders in which a reader that checks the journal outside of the version sees a part of an append. */
const once: [number[]][] = [[[2, 28, 3, 2, 4, 1, 5, 10, 4, 34]], [[4, 58, 6, 48, 4, 3]]];

test.each<[name: string, options: FolderWriteOptions, path: string, states: string[]]>([
  ["an overwrite", { mode: "overwrite" }, target, ["6 0 0", "0 6 0", "0 0 6"]],
  ["an overwrite, through a pattern", { mode: "overwrite" }, join(root, "data", "o*"), ["6 0 0", "0 6 0", "0 0 6"]],
  ["an append", { mode: "append", successFile: false }, target, ["6 0 0", "6 6 0", "6 6 6"]],
  ["an append with _SUCCESS", { mode: "append" }, target, ["6 0 0", "6 6 0", "6 6 6"]],
  ["a dynamic overwrite", { mode: "overwrite", dynamicPartitions: true }, target, ["6 0 0", "0 6 0", "0 0 6"]],
])("however the calls of %s and of a reader interleave, it is seen whole", async (_, options, path, states) => {
  const run = async (plan: readonly number[]): Promise<void> => {
    discard(join(root, "data"));
    await write(createLocalStorage(), options, 1);
    const turns = new Turns(plan);
    const writer = turns.storageOf("writer");
    const writes = write(writer, options, 2).then(() => write(writer, options, 3));
    const seen = await read(turns.storageOf("reader"), path);
    await writes;
    expect(states).toContain(seen);
  };
  await fc.assert(fc.asyncProperty(bursts, run), { numRuns: 40, examples: once });
});
