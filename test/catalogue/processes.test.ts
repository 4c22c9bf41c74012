/** Several processes at one catalogue, and processes that are killed while they change it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { TableObject } from "../../src/catalogue/objects.ts";
import { localStorage } from "../../src/storage/local-storage.ts";
import { recover } from "../../src/storage/recovery.ts";
import { contents, discard, scratchFolder } from "../storage/crashing-files.ts";
import { startChild } from "../storage/processes.ts";
import { type SaveArgument, save } from "./child.ts";

const root = scratchFolder();
afterAll(() => discard(root));

const script = join(import.meta.dirname, "child.ts");
const name = { namespace: "default", name: "t" };

/** The column of the table, as the catalogue has it, and what its file holds. */
async function found(warehouse: string): Promise<readonly [column: string | undefined, rows: readonly string[]]> {
  const catalogue = new Catalogue(localStorage, warehouse);
  const table = (await catalogue.relation(name)) as TableObject | undefined;
  const folder = join(warehouse, "t");
  await recover(localStorage, folder);
  const files = Object.entries(contents(folder)).filter(([path]) => path.startsWith("part-"));
  return [table?.schema.fields[0]?.name, files.map(([, text]) => text)];
}

describe("kill -9 of a process that saves a table", () => {
  const cases: readonly (readonly [string, SaveArgument["mode"], string | undefined])[] = [
    ["makes", "error", undefined],
    ["replaces", "overwrite", "old"],
  ];
  test.concurrent.each(cases)(
    "that %s it leaves the old table or the new",
    async (verb, mode, old) => {
      const outcomes = new Set<string | undefined>();
      for (let killAt = 1; ; killAt += 2) {
        const warehouse = join(root, verb, String(killAt));
        if (old !== undefined) await save({ warehouse, generation: old, mode: "error" });
        const argument: SaveArgument = { warehouse, generation: "new", mode, killAt };
        const { signal } = await startChild("save", argument, "same", script).ended();
        if (signal === null) break;
        const [column, rows] = await found(warehouse);
        expect(rows, `killed at call ${killAt}`).toEqual(column === undefined ? [] : [column]);
        expect([old, "new"]).toContain(column);
        outcomes.add(column);
        // Nothing that is left is in the way of the next one.
        await save({ warehouse, generation: "next", mode: "overwrite" });
        expect(await found(warehouse)).toEqual(["next", ["next"]]);
        discard(warehouse);
      }
      expect(outcomes).toEqual(new Set([old, "new"]));
    },
    120_000,
  );
});

test("two processes that make and drop tables at once lose nothing, and make each table once", async () => {
  const warehouse = join(root, "race");
  const start = join(root, "start");
  const children = ["left", "right"].map((own) => startChild("race", { warehouse, start, own }, "same", script));
  for (const child of children) expect(await child.line()).toBe("ready");
  writeFileSync(start, "");
  const said = await Promise.all(children.map(async (child) => (await child.ended()).lines));
  const catalogue = new Catalogue(localStorage, warehouse);
  const names = await catalogue.relations("default");
  for (let round = 0; round < 15; round++) {
    const outcomes = said.map((lines) => lines[round]!.split(" ")[1]).sort();
    expect(outcomes, `round ${round}`).toEqual(["TABLE_OR_VIEW_ALREADY_EXISTS", "made"]);
    expect(names).toContain(`shared_${round}`);
    expect(names.includes(`left_${round}`)).toBe(round % 2 === 0);
    expect(names.includes(`right_${round}`)).toBe(round % 2 === 0);
  }
}, 60_000);

describe("a file of the catalogue that is damaged", () => {
  test.each([
    ["", "it holds no JSON object"],
    ["[]", "it holds no JSON object"],
    ['{"version": 7}', "its version is 7, not 1"],
  ])("%j is told with its path", async (text, reason) => {
    const warehouse = join(root, "damaged");
    await save({ warehouse, generation: "a", mode: "overwrite" });
    const path = join(warehouse, ".catalogue/relations/default/t.json");
    expect(readFileSync(path, "utf8")).toContain('"provider": "parquet"');
    writeFileSync(path, text);
    const catalogue = new Catalogue(localStorage, warehouse);
    await expect(catalogue.relation(name)).rejects.toThrow(`${path} cannot be read: ${reason}`);
    discard(warehouse);
  });
});
