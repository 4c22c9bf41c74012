import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linesOf } from "./text/lines.ts";
import { arePlainLines } from "./text/plain-lines.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-text-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let made = 0;
async function fileOf(content: string | Uint8Array, extension = "txt"): Promise<string> {
  const path = join(folder, `${made++}.${extension}`);
  await writeFile(path, content);
  return path;
}

const standard = { wholeText: false, separator: undefined };

async function read(content: string | Uint8Array, rules: Parameters<typeof linesOf>[1] = standard, extension = "txt") {
  return Array.fromAsync(linesOf(await fileOf(content, extension), rules));
}

describe("linesOf", () => {
  test.each([
    ["a\nb\n", ["a", "b"]],
    ["a\r\nb\rc", ["a", "b", "c"]],
    ["\n\na\n\n", ["", "", "a", ""]],
    ["", []],
    ["\r", [""]],
    ["a\r", ["a"]],
    ["ä\n漢字", ["ä", "漢字"]],
  ])("cuts %j as Hadoop's reader does", async (content, lines) => {
    expect(await read(content)).toEqual(lines);
  });

  test("joins a line end that lies across two chunks", async () => {
    const long = "x".repeat(1024 * 1024 - 1);
    expect((await read(`${long}\r\nb`)).map((line) => line.length)).toEqual([long.length, 1]);
  });

  test("cuts at a separator of the user's, or not at all", async () => {
    expect(await read("a;b\n;c", { wholeText: false, separator: ";" })).toEqual(["a", "b\n", "c"]);
    expect(await read("a\nb\n", { wholeText: true, separator: undefined })).toEqual(["a\nb\n"]);
  });

  test("reads compressed files, and replaces bytes that are no text", async () => {
    expect(await read(gzipSync("a\nb"), standard, "gz")).toEqual(["a", "b"]);
    expect(await read(Uint8Array.of(97, 0xff, 10, 98))).toEqual(["a\ufffd", "b"]);
  });
});

describe("arePlainLines", () => {
  const plain = async (content: string | Uint8Array) =>
    arePlainLines([{ path: await fileOf(content), size: 1, modifiedAt: 0, partitionValues: [] }], undefined);

  test.each([
    ["a\nb", true],
    ['a,"b"\n{}\n', true],
    ["\na", false],
    ["a\n\nb", false],
    ["a\r\nb", false],
    ["a\u0001\u0002\u0003\u0004b", false],
    [`${"x".repeat(3_000_000)}\nb`, false],
  ])("judges what DuckDB would cut otherwise", async (content, expected) => {
    expect(await plain(content)).toBe(expected);
  });

  test("does not take bytes that are no UTF-8 for lines", async () => {
    expect(await plain(Uint8Array.of(97, 0xff, 10))).toBe(false);
  });
});
