import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import { currentOwner, ownedName } from "./owner.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spill-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("is made for this user only, below a root that is made too, and removed with all it holds", async () => {
  const folder = await createTemporaryFolder(join(root, "deep", "er"));
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, "spilled"), "x");
  await folder.remove();
  await folder.remove();
  expect(readdirSync(join(root, "deep", "er"))).toEqual([]);
});

test("lies in the system's folder for temporary files, and goes when it is disposed of", async () => {
  let path: string;
  {
    await using folder = await createTemporaryFolder();
    path = folder.path;
    expect(path.startsWith(`${tmpdir()}/lakewright-`)).toBe(true);
  }
  expect(() => statSync(path)).toThrow("ENOENT");
});

test("takes along what dead processes left, and nothing else", async () => {
  const dead = `lakewright-${ownedName({ ...currentOwner(), process: 2 ** 22 + 1 })}`;
  const kept = [`lakewright-${ownedName()}`, "lakewright-notes", "other"];
  for (const name of [dead, ...kept]) mkdirSync(join(root, name));
  await using folder = await createTemporaryFolder(root);
  expect(readdirSync(root).toSorted()).toEqual([...kept, folder.path.slice(root.length + 1)].toSorted());
});

test("cannot be made in a file", async () => {
  writeFileSync(join(root, "file"), "");
  await expect(createTemporaryFolder(join(root, "file"))).rejects.toThrow(ExecutionError);
  await expect(createTemporaryFolder(join(root, "file"))).rejects.toThrow(
    `cannot make a temporary folder in ${join(root, "file")}`,
  );
});
