import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localStorage } from "./local-storage.ts";
import { currentOwner, ownedName } from "./owner.ts";
import { removeStaleTemporaries } from "./temporary-files.ts";

test("only what dead processes left is removed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "temporaries-"));
  const dead = ownedName({ ...currentOwner(), process: 2 ** 22 + 1 });
  const kept = [`.lakewright-temporary-${ownedName()}`, `part-${dead}`, "00000001.json"];
  for (const name of [`.lakewright-temporary-${dead}`, ...kept]) writeFileSync(join(folder, name), "");
  await removeStaleTemporaries(localStorage, folder);
  await removeStaleTemporaries(localStorage, join(folder, "none"));
  expect(readdirSync(folder).toSorted()).toEqual(kept.toSorted());
  rmSync(folder, { recursive: true });
});
