import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { localStorage } from "./local-storage.ts";
import { discoverPartitions } from "./partitions.ts";
import { type ListingOptions, resolveUris } from "./resolve-uris.ts";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "resolve-"));
  const hidden = [
    "h/a.txt",
    "h/_b.txt",
    "h/.c.txt",
    "h/_d=1.txt",
    "h/g=1.txt",
    "h/_SUCCESS",
    "h/_metadata",
    "h/e.txt._COPYING_",
  ];
  const folders = ["hd/_tmp/x", "hd/.hid/x", "hd/_p=1/x", "n/a", "n/sub/b", "n/sub/deep/c"];
  const odd = ["odd/a b", "odd/a%20b", "odd/a#b", "odd/a?b", "odd/ü", "odd/[1]", "odd/a:b"];
  const ours = ["n/.lakewright-work-sub/.write-x/new/a", "n/.lakewright-temporary-x"];
  for (const name of [...hidden, ...folders, ...odd, ...ours]) put(name);
  mkdirSync(join(root, "empty"));
  mkdirSync(join(root, "café"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(name: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), name);
}

/** The files that a read of paths below the root takes. */
async function read(paths: readonly string[], options?: ListingOptions): Promise<string[]> {
  const listing = await resolveUris(
    localStorage,
    paths.map((path) => `${root}/${path}`),
    options,
  );
  return discoverPartitions(listing).files.map((file) => file.path.slice(root.length + 1));
}

// What Spark 4.2 reads, but for the folders that this library prepares writes in.
describe("hidden names", () => {
  test.each<[path: string, files: string[]]>([
    ["h", ["h/_d=1.txt", "h/a.txt", "h/g=1.txt"]],
    ["h/_b.txt", []],
    ["h/.c.txt", []],
    ["h/_d=1.txt", ["h/_d=1.txt"]],
    ["h/_SUCCESS", []],
    ["h/*", ["h/_d=1.txt", "h/a.txt", "h/g=1.txt"]],
    ["h/_*", ["h/_d=1.txt"]],
    ["hd", ["hd/_p=1/x"]],
    ["hd/_tmp", ["hd/_tmp/x"]],
    ["hd/*", ["hd/.hid/x", "hd/_p=1/x", "hd/_tmp/x"]],
    ["empty", []],
  ])("%s reads %j", async (path, files) => {
    expect(await read([path])).toEqual(files);
  });
});

describe("patterns", () => {
  test.each<[paths: string[], files: string[]]>([
    [["n"], ["n/a"]],
    [["n/*"], ["n/a", "n/sub/b"]],
    [["n/*/*"], ["n/sub/b", "n/sub/deep/c"]],
    [["n/**"], ["n/a", "n/sub/b"]],
    [
      ["n/a", "n/a"],
      ["n/a", "n/a"],
    ],
    [
      ["n", "n/sub/"],
      ["n/a", "n/sub/b"],
    ],
    [["{n/sub/b,h/a.txt}"], ["n/sub/b", "h/a.txt"]],
    [["./n//sub/../a"], ["n/a"]],
    [["n/s?b/deep"], ["n/sub/deep/c"]],
    [["odd/\\[1\\]"], ["odd/[1]"]],
    [["odd/a\\?b"], ["odd/a?b"]],
    [["odd/a%20b"], ["odd/a%20b"]],
  ])("%j read %j", async (paths, files) => {
    expect(await read(paths)).toEqual(files);
  });

  test("options choose files and depths", async () => {
    expect(await read(["n"], { recursiveFileLookup: true, pathGlobFilter: "[bc]" })).toEqual([
      "n/sub/b",
      "n/sub/deep/c",
    ]);
  });
});

describe("URIs", () => {
  test.each(["odd/a b", "odd/a%20b", "odd/a#b", "odd/a?b", "odd/ü", "odd/[1]", "odd/a:b"])(
    "%s comes back from its URI",
    async (name) => {
      const listing = await resolveUris(localStorage, [pathToFileURL(join(root, name)).href]);
      expect(listing.roots.map(({ path }) => path)).toEqual([join(root, name)]);
    },
  );

  test("links are read under their own name", async () => {
    symlinkSync(join(root, "n"), join(root, "link"));
    expect(await read(["link"])).toEqual(["link/a"]);
    rmSync(join(root, "link"));
  });

  test("other schemes are refused", async () => {
    await expect(resolveUris(localStorage, ["s3://bucket/x"])).rejects.toThrow(UnsupportedError);
  });
});

describe("missing paths", () => {
  test.each<[path: string, hint: string]>([
    ["n/sbu/b", "exists, but holds nothing that is named sbu. Did you mean sub? It holds: a, sub."],
    ["none/x/y", "It holds: café, empty, h, hd, n, odd."],
    ["n/s*/x*", "n/sub exists, but holds nothing that is named x*."],
    ["odd/[1]", "wildcards in a path: write"],
    ["caf\u0065\u0301", "Did you mean café?"],
  ])("%s: %s", async (path, hint) => {
    const attempt = resolveUris(localStorage, [`${root}/n`, `${root}/${path}`]);
    await expect(attempt).rejects.toThrow(AnalysisError);
    await expect(attempt).rejects.toMatchObject({ condition: "PATH_NOT_FOUND", sqlState: "42K03" });
    await expect(attempt).rejects.toThrow(`Path does not exist: file:${root}/${path}. SQLSTATE: 42K03`);
    await expect(attempt).rejects.toThrow(hint);
  });

  test("a tilde is explained", async () => {
    await expect(resolveUris(localStorage, ["~/data"])).rejects.toThrow("write the home folder out");
  });
});

describe("the base path", () => {
  const from = (path: string, basePath: string) =>
    resolveUris(localStorage, [`${root}/${path}`], { basePath: `${root}/${basePath}` });

  test("is a folder that holds the paths", async () => {
    expect(discoverPartitions(await from("hd/_p=1", "hd")).columns.map(({ name }) => name)).toEqual(["_p"]);
  });

  test.each(["h", "h/a.txt", "none", "hd/_p=1/x"])("%s is refused", async (basePath) => {
    await expect(from("hd/_p=1", basePath)).rejects.toThrow(AnalysisError);
  });
});
