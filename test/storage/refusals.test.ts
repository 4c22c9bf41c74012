import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExecutionError } from "../../src/errors.ts";
import { beginWrite } from "../../src/storage/folder-writer.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { contents, discard, fill, scratchFolder } from "./crashing-files.ts";
import { startChild } from "./processes.ts";

const isRoot = process.getuid?.() === 0;
const root = scratchFolder();
afterAll(() => discard(root));

/** Whether small disks can be mounted here. */
const mounts = isRoot && process.platform === "linux" && mount(join(root, "probe"));
if (mounts) unmount(join(root, "probe"));

function mount(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function unmount(folder: string): void {
  execFileSync("umount", [folder]);
}

describe.skipIf(!mounts)(`a full disk${mounts ? "" : " (skipped: mounting a small disk needs root on Linux)"}`, () => {
  const disk = join(root, "disk");
  const target = join(disk, "out");
  const old = { a: "old", _SUCCESS: "" };
  const free = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(disk);
    return bavail * bsize;
  };
  beforeEach(async () => {
    mount(disk);
    await fill(target, old);
  });
  afterEach(() => unmount(disk));

  test("refuses files with a clear error, and the old data stays", async () => {
    const before = await free();
    const writer = await beginWrite(localStorage, target, { mode: "overwrite" });
    const attempt = localStorage.replace(join(writer.stagingPath, "b"), new Uint8Array(1_000_000));
    await expect(attempt).rejects.toThrow(ExecutionError);
    await expect(attempt).rejects.toThrow("no space left on the device");
    await writer.abort();
    expect(contents(disk)).toEqual({ "out/_SUCCESS": "", "out/a": "old" });
    expect(await free()).toBe(before);
  });

  test("refuses the journal, and the old data stays", async () => {
    const writer = await beginWrite(localStorage, target, { mode: "overwrite" });
    await writeFile(join(writer.stagingPath, "b"), "new");
    await writeFile(join(disk, "filler"), new Uint8Array(await free()));
    await expect(writer.commit(["b"])).rejects.toThrow("no space left on the device");
    await writer.abort();
    expect(contents(target)).toEqual(old);
    expect(contents(disk)).toMatchObject({ "out/a": "old" });
  });

  test("whose root is the folder itself is written in place", async () => {
    const writer = await beginWrite(localStorage, disk, { mode: "overwrite" });
    await writeFile(join(writer.stagingPath, "b"), "new");
    await writer.commit(["b"]);
    expect(contents(disk)).toEqual({ _SUCCESS: "", b: "new" });
  });
});

describe.skipIf(process.platform === "win32")("permissions of an ordinary user", () => {
  const ordinary = isRoot ? 65_534 : process.getuid!();
  const give = (path: string): void => chownSync(path, ordinary, isRoot ? 65_534 : process.getgid!());
  const run = async (command: string, argument: object) =>
    (await startChild(command, argument, "ordinary").ended()).lines.join("\n");
  let folder: string;
  beforeEach(async () => {
    folder = join(root, `permissions-${Date.now()}-${Math.random()}`);
    await fill(folder, { "locked/a": "old", "mine/a": "old" });
    chmodSync(root, 0o755);
    give(join(folder, "mine"));
    give(join(folder, "mine/a"));
  });
  afterEach(() => {
    for (const name of ["", "locked"]) chmodSync(join(folder, name), 0o755);
  });
  const write = { options: { mode: "overwrite" }, files: { b: "new" } };

  test("a folder that may not be read is named", async () => {
    chmodSync(join(folder, "locked"), 0o000);
    expect(await run("read", { path: folder.concat("/locked") })).toContain(
      `cannot list ${folder}/locked: permission denied`,
    );
    expect(await run("read", { path: folder.concat("/locked/a") })).toContain("permission denied");
  });

  test("a folder that may not be made is named", async () => {
    chmodSync(folder, 0o555);
    expect(await run("write", { ...write, target: join(folder, "new") })).toMatch(
      /cannot make the folder .*new.*: permission denied/,
    );
  });

  test("a folder of one's own is written below one that is not", async () => {
    chmodSync(folder, 0o555);
    expect(await run("write", { ...write, target: join(folder, "mine") })).toBe("");
    expect(contents(join(folder, "mine"))).toEqual({ _SUCCESS: "", b: "new" });
  });

  test("who may only read waits for nobody, and says when an interrupted write needs completing", async () => {
    await fill(folder, { ".lakewright-work-mine/.write-x/new/b": "new" });
    mkdirSync(join(folder, ".lakewright-work-mine/.write-x/old"));
    chmodSync(folder, 0o555);
    expect(await run("read", { path: join(folder, "mine") })).toBe(join(folder, "mine/a"));
    const moves = [{ step: "out", from: "../mine", to: ".write-x/old/0" }];
    chmodSync(folder, 0o755);
    writeFileSync(
      join(folder, ".lakewright-work-mine/.journal"),
      JSON.stringify({ version: 1, stage: ".write-x", moves }),
    );
    chmodSync(folder, 0o555);
    expect(await run("read", { path: join(folder, "mine") })).toContain(
      `an interrupted write to ${folder}/mine cannot be completed: permission denied`,
    );
    expect(statSync(join(folder, "mine/a")).isFile()).toBe(true);
  });
});
