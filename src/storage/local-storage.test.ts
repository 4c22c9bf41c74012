import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import { localStorage } from "./local-storage.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "storage test ü#%-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const path = (...names: string[]): string => join(root, ...names);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function put(name: string, text = ""): string {
  mkdirSync(join(path(name), ".."), { recursive: true });
  writeFileSync(path(name), text);
  return path(name);
}

async function text(file: string): Promise<string> {
  await using opened = await localStorage.open(file);
  return new TextDecoder().decode(await opened.read(0, opened.size));
}

describe("list", () => {
  test("gives every file with size and time, sorted", async () => {
    utimesSync(put("b/2", "12"), 1000, 1000.5);
    put("a/z/1");
    put(".c");
    const found = await localStorage.list(root);
    expect(found.map((file) => file.path)).toEqual([path(".c"), path("a/z/1"), path("b/2")]);
    expect(found[2]).toEqual({ path: path("b/2"), size: 2, modifiedAt: 1_000_500 });
  });

  test("enters and takes only what is accepted", async () => {
    for (const name of ["a/1", "_b/2", "c/_3", "c/4"]) put(name);
    const found = await localStorage.list(root, (name) => !name.startsWith("_"));
    expect(found.map((file) => file.path)).toEqual([path("a/1"), path("c/4")]);
  });

  test("follows links, but not in a circle, and leaves out those that lead nowhere", async () => {
    put("data/1");
    symlinkSync(path("data"), path("link"));
    symlinkSync("/nowhere/at/all", path("broken"));
    symlinkSync(root, path("data/circle"));
    expect((await localStorage.list(root)).map((file) => file.path)).toEqual([path("data/1"), path("link/1")]);
  });

  test("finds nothing in a folder that does not exist, and in a file", async () => {
    expect(await localStorage.list(path("none"))).toEqual([]);
    expect(await localStorage.list(put("file"))).toEqual([]);
  });

  test("finds a thousand files", async () => {
    for (let index = 0; index < 1000; index++) put(`p=${index % 10}/${index}`);
    expect(await localStorage.list(root)).toHaveLength(1000);
  });
});

describe("stat and children", () => {
  test("tell files from folders and nothing", async () => {
    put("folder/file", "123");
    expect(await localStorage.stat(path("folder/file"))).toMatchObject({ kind: "file", size: 3 });
    expect(await localStorage.stat(path("folder"))).toMatchObject({ kind: "folder" });
    expect(await localStorage.stat(path("none"))).toBeUndefined();
    expect(await localStorage.stat(path("folder/file/below"))).toBeUndefined();
    expect(await localStorage.children(root)).toMatchObject([{ name: "folder", kind: "folder" }]);
    expect(await localStorage.children(path("none"))).toBeUndefined();
    expect(await localStorage.children(path("folder/file"))).toBeUndefined();
  });

  test("the version of a folder moves when a name comes or when it is touched", async () => {
    const versions = new Set<string | undefined>();
    const note = async () => versions.add((await localStorage.stat(root))?.version);
    await note();
    for (let index = 0; index < 5; index++) {
      await localStorage.touch(root);
      await note();
    }
    expect(versions.size).toBe(6);
  });
});

describe("open", () => {
  test("reads any range", async () => {
    await using file = await localStorage.open(put("a", "hello world"));
    expect(file.size).toBe(11);
    expect(new TextDecoder().decode(await file.read(6, 3))).toBe("wor");
    expect(new TextDecoder().decode(await file.read(6, 100))).toBe("world");
    expect((await file.read(50, 10)).length).toBe(0);
  });

  test("says what is missing or a folder", async () => {
    await expect(localStorage.open(path("none"))).rejects.toThrow(`cannot read ${path("none")}: it does not exist`);
    await expect(localStorage.open(root)).rejects.toThrow("it is a folder, not a file");
    await expect(localStorage.open(path("none"))).rejects.toMatchObject({
      condition: "FAILED_READ_FILE.FILE_NOT_EXIST",
      sqlState: "KD001",
    });
  });
});

describe("putIfAbsent", () => {
  test("makes a file once, and leaves nothing else", async () => {
    expect(await localStorage.putIfAbsent(path("log"), bytes("first"))).toBe(true);
    expect(await localStorage.putIfAbsent(path("log"), bytes("second"))).toBe(false);
    expect(await text(path("log"))).toBe("first");
    expect(readdirSync(root)).toEqual(["log"]);
  });

  test("of many at the same time one succeeds", async () => {
    const attempts = Array.from({ length: 20 }, (_, index) =>
      localStorage.putIfAbsent(path("log"), bytes(String(index))),
    );
    const won = await Promise.all(attempts);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await text(path("log"))).toBe(String(won.indexOf(true)));
    expect(readdirSync(root)).toEqual(["log"]);
  });

  test("a folder is in the way", async () => {
    mkdirSync(path("log"));
    expect(await localStorage.putIfAbsent(path("log"), bytes(""))).toBe(false);
  });

  test("needs the folder to exist", async () => {
    await expect(localStorage.putIfAbsent(path("none/log"), bytes(""))).rejects.toThrow(ExecutionError);
  });
});

describe("replace", () => {
  test("makes or replaces a file", async () => {
    await localStorage.replace(path("a"), bytes("1"));
    await localStorage.replace(path("a"), bytes("22"));
    expect(await text(path("a"))).toBe("22");
    expect(readdirSync(root)).toEqual(["a"]);
  });

  test("leaves nothing behind when a folder is in the way", async () => {
    mkdirSync(path("a"));
    await expect(localStorage.replace(path("a"), bytes("1"))).rejects.toThrow(ExecutionError);
    expect(readdirSync(root)).toEqual(["a"]);
  });
});

describe("rename, delete and make", () => {
  test("a folder moves with what it holds", async () => {
    put("a/b/c", "1");
    await localStorage.rename(path("a"), path("z"));
    expect(await text(path("z/b/c"))).toBe("1");
    await expect(localStorage.rename(path("none"), path("y"))).rejects.toThrow("it does not exist");
  });

  test("a folder does not take the place of a full one", async () => {
    put("a/1");
    put("b/1");
    await expect(localStorage.rename(path("a"), path("b"))).rejects.toThrow("the path is taken");
  });

  test("deleting takes everything, and nothing is fine", async () => {
    put("a/b/c");
    await localStorage.delete(path("a"));
    await localStorage.delete(path("a"));
    expect(readdirSync(root)).toEqual([]);
  });

  test("only an empty folder is deleted as one", async () => {
    put("a/b");
    expect(await localStorage.deleteEmptyFolder(path("a"))).toBe(false);
    await localStorage.delete(path("a/b"));
    expect(await localStorage.deleteEmptyFolder(path("a"))).toBe(true);
    expect(await localStorage.deleteEmptyFolder(path("a"))).toBe(true);
  });

  test("folders are made down to the last", async () => {
    await localStorage.makeFolder(path("a/b/c"));
    await localStorage.makeFolder(path("a/b/c"));
    expect(statSync(path("a/b/c")).isDirectory()).toBe(true);
    put("file");
    await expect(localStorage.makeFolder(path("file/x"))).rejects.toThrow(ExecutionError);
  });

  test("files and folders are made durable", async () => {
    await localStorage.sync(put("a"));
    await localStorage.sync(root);
    await expect(localStorage.sync(path("none"))).rejects.toThrow(ExecutionError);
  });
});

test("the canonical path has no links, also where nothing is yet", async () => {
  mkdirSync(path("real"));
  symlinkSync(path("real"), path("link"));
  expect(await localStorage.canonical(path("link/new/deep"))).toBe(path("real/new/deep"));
});

test("a folder may change places unless it is mounted", async () => {
  expect(await localStorage.canSwap(root)).toBe(true);
  expect(await localStorage.canSwap(path("none"))).toBe(true);
  expect(await localStorage.canSwap("/")).toBe(false);
  if (process.platform === "linux") expect(await localStorage.canSwap("/proc")).toBe(false);
});
