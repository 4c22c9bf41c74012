import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AnalysisError, ExecutionError, InternalError } from "../errors.ts";
import { beginWrite, type FolderWriteOptions, type FolderWriter } from "./folder-writer.ts";
import { localStorage } from "./local-storage.ts";
import { withLock } from "./lock.ts";
import { recover } from "./recovery.ts";
import { resolveUris } from "./resolve-uris.ts";
import { workFolderBeside } from "./work-names.ts";

let root: string;
let target: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "write 'ü-"));
  target = join(root, "out");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function fill(folder: string, names: readonly string[], text: string): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Every file below a folder, hidden ones too, with its text. */
function state(folder = target): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

async function begun(options: FolderWriteOptions, files: readonly string[] = []): Promise<FolderWriter> {
  const writer = await beginWrite(localStorage, target, options);
  fill(writer!.stagingPath, files, "new");
  return writer!;
}

const write = async (options: FolderWriteOptions, files: readonly string[]): Promise<readonly string[]> =>
  (await begun(options, files)).commit(files);

/** Nothing but the target is left beside it. */
const expectClean = (): void => expect(readdirSync(root)).toEqual(["out"]);

describe("a new folder", () => {
  test.each(["append", "overwrite", "error", "ignore"] as const)("is made by %s", async (mode) => {
    expect(await write({ mode }, ["k=1/a", "b"])).toEqual([join(target, "k=1/a"), join(target, "b")]);
    expect(state()).toEqual({ _SUCCESS: "", b: "new", "k=1/a": "new" });
    expectClean();
  });

  test("is not there before the commit, and nothing is left by an abort", async () => {
    const writer = await begun({ mode: "error" }, ["a"]);
    expect(existsSync(target)).toBe(false);
    expect((await resolveUris(localStorage, [root])).roots[0]!.files).toEqual([]);
    await writer.abort();
    expect(readdirSync(root)).toEqual([]);
  });

  test("is not made when the writer is disposed of", async () => {
    {
      await using writer = await begun({ mode: "error" }, ["a"]);
      expect(existsSync(writer.stagingPath)).toBe(true);
    }
    expect(readdirSync(root)).toEqual([]);
  });

  test("may hold no files, and no _SUCCESS", async () => {
    await write({ mode: "error", successFile: false }, []);
    expect(readdirSync(target)).toEqual([]);
  });

  test("is made with those above it", async () => {
    target = join(root, "deep", "er", "out");
    await write({ mode: "error" }, ["a"]);
    expect(readdirSync(join(root, "deep", "er"))).toEqual(["out"]);
  });

  test("may have glob characters in its name", async () => {
    target = join(root, "st*r[1]");
    await write({ mode: "error" }, ["a"]);
    expect(readdirSync(root)).toEqual(["st*r[1]"]);
  });
});

describe("an existing folder", () => {
  beforeEach(() => fill(target, ["a", "k=1/a", "k=2/a", ".keep", "_SUCCESS"], "old"));
  const old = { a: "old", "k=1/a": "old", "k=2/a": "old", ".keep": "old" };

  test("is an error, with Spark's condition", async () => {
    const attempt = begun({ mode: "error" });
    await expect(attempt).rejects.toThrow(AnalysisError);
    await expect(attempt).rejects.toMatchObject({ condition: "PATH_ALREADY_EXISTS", sqlState: "42K04" });
    await expect(attempt).rejects.toThrow(`Path file:${target} already exists. Set mode as "overwrite"`);
    expectClean();
  });

  test("is left alone by ignore", async () => {
    expect(await beginWrite(localStorage, target, { mode: "ignore" })).toBeUndefined();
    expect(state()).toEqual({ ...old, _SUCCESS: "old" });
  });

  test("is replaced with all that it holds by overwrite", async () => {
    await write({ mode: "overwrite" }, ["b"]);
    expect(state()).toEqual({ _SUCCESS: "", b: "new" });
    expectClean();
  });

  test("is added to by append", async () => {
    await write({ mode: "append" }, ["b", "k=1/b", "k=3/b"]);
    expect(state()).toEqual({ ...old, _SUCCESS: "", b: "new", "k=1/b": "new", "k=3/b": "new" });
    expectClean();
  });

  test("loses only the written partitions to a dynamic overwrite, which leaves no _SUCCESS", async () => {
    rmSync(join(target, "_SUCCESS"));
    await write({ mode: "overwrite", dynamicPartitions: true }, ["k=1/b", "k=3/l=1/b"]);
    expect(state()).toEqual({ a: "old", "k=2/a": "old", ".keep": "old", "k=1/b": "new", "k=3/l=1/b": "new" });
    expectClean();
  });

  test("stays as it is after a dynamic overwrite without files", async () => {
    await write({ mode: "overwrite", dynamicPartitions: true }, []);
    expect(state()).toEqual({ ...old, _SUCCESS: "old" });
    expectClean();
  });

  test("is added to, with _SUCCESS, when dynamic partitions are asked for with append", async () => {
    await write({ mode: "append", dynamicPartitions: true }, ["k=1/b"]);
    expect(state()).toEqual({ ...old, _SUCCESS: "", "k=1/b": "new" });
  });

  test("stays as it is until the commit and after an abort", async () => {
    const writer = await begun({ mode: "overwrite" }, ["b"]);
    expect(state()).toEqual({ ...old, _SUCCESS: "old" });
    await writer.abort();
    expect(state()).toEqual({ ...old, _SUCCESS: "old" });
    expectClean();
  });

  test("is not appended to under a name it has", async () => {
    const writer = await begun({ mode: "append" }, ["k=1/a"]);
    await expect(writer.commit(["k=1/a"])).rejects.toThrow(`${join(target, "k=1/a")} exists already`);
    await writer.abort();
    expect(state()).toEqual({ ...old, _SUCCESS: "old" });
    expectClean();
  });

  test("is found through a link, which stays", async () => {
    symlinkSync(target, join(root, "link"));
    const writer = await beginWrite(localStorage, `file:${join(root, "link").replaceAll(" ", "%20")}`, {
      mode: "overwrite",
    });
    expect(writer.target).toBe(target);
    fill(writer.stagingPath, ["b"], "new");
    await writer.commit(["b"]);
    expect(state(join(root, "link"))).toEqual({ _SUCCESS: "", b: "new" });
  });
});

test("an empty folder exists", async () => {
  mkdirSync(target);
  await expect(begun({ mode: "error" })).rejects.toMatchObject({ condition: "PATH_ALREADY_EXISTS" });
});

describe("an existing file", () => {
  beforeEach(() => writeFileSync(target, "old"));

  test("is replaced by overwrite", async () => {
    await write({ mode: "overwrite" }, ["a"]);
    expect(state()).toEqual({ _SUCCESS: "", a: "new" });
    expectClean();
  });

  test("cannot be appended to", async () => {
    await expect(begun({ mode: "append" })).rejects.toThrow(`nothing can be appended to ${target}, which is a file`);
  });
});

describe("a commit", () => {
  test("needs every staged file named, and every named file staged", async () => {
    const writer = await begun({ mode: "error" }, ["a", "b"]);
    await expect(writer.commit(["a"])).rejects.toThrow(InternalError);
    await expect(writer.commit(["a", "b", "c"])).rejects.toThrow("the staged file c");
    await writer.commit(["a", "b"]);
    await expect(writer.commit(["a", "b"])).rejects.toThrow("is over");
  });

  test("of a dynamic overwrite has files in partitions only", async () => {
    const writer = await begun({ mode: "overwrite", dynamicPartitions: true }, ["a"]);
    await expect(writer.commit(["a"])).rejects.toThrow(InternalError);
    await writer.abort();
  });

  test("that finds a folder made meanwhile fails with error, and does nothing with ignore", async () => {
    const [error, ignore] = [await begun({ mode: "error" }, ["a"]), await begun({ mode: "ignore" }, ["a"])];
    await write({ mode: "error" }, ["b"]);
    await expect(error.commit(["a"])).rejects.toMatchObject({ condition: "PATH_ALREADY_EXISTS" });
    await error.abort();
    expect(await ignore.commit(["a"])).toEqual([]);
    expect(state()).toEqual({ _SUCCESS: "", b: "new" });
    expectClean();
  });

  test("of many writers at once keeps all that was appended", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
    await Promise.all(names.map((name) => write({ mode: "append" }, [name])));
    expect(Object.keys(state())).toEqual(["_SUCCESS", ...names]);
    expectClean();
  });

  test("waits for another one, and gives up with the process's number", async () => {
    const writer = await begun({ mode: "overwrite", lockTimeout: 50 }, ["a"]);
    await withLock(localStorage, workFolderBeside(target), 0, async () => {
      const attempt = writer.commit(["a"]);
      await expect(attempt).rejects.toThrow(ExecutionError);
      await expect(attempt).rejects.toThrow(`is being changed by process ${process.pid}`);
    });
    await writer.commit(["a"]);
    expectClean();
  });
});

test("a partition folder that was interrupted is recovered when the folder above is read", async () => {
  target = join(root, "out", "k=1");
  fill(join(root, "out"), ["k=1/a", "k=2/a"], "old");
  // What a process leaves that is killed between the two renames of an overwrite.
  const work = join(root, "out", ".lakewright-work-k=1");
  fill(work, [".write-x/new/b"], "new");
  mkdirSync(join(work, ".write-x", "old"));
  const moves = [
    { step: "out", from: "../k=1", to: ".write-x/old/0" },
    { step: "in", from: ".write-x/new", to: "../k=1" },
  ];
  writeFileSync(join(work, ".journal"), JSON.stringify({ version: 1, stage: ".write-x", moves }));
  renameSync(join(root, "out", "k=1"), join(work, ".write-x", "old", "0"));
  const { roots } = await resolveUris(localStorage, [join(root, "out")]);
  expect(roots[0]!.files.map(({ path }) => relative(root, path))).toEqual(["out/k=1/b", "out/k=2/a"]);
});

test("the journal of a later version is not guessed at", async () => {
  const work = workFolderBeside(target);
  fill(work, [".journal"], '{"version":2}');
  await expect(recover(localStorage, target)).rejects.toThrow(
    "Open the folder with the version of Lakewright that wrote it",
  );
});

test("the root folder is not written", async () => {
  await expect(beginWrite(localStorage, "/", { mode: "overwrite" })).rejects.toThrow(AnalysisError);
});
