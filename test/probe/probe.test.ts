/** What the analyzer says of every call that a real Spark was asked about: what is answered alike stays so, and the list of gaps only shrinks. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { catalogueEntries, lookupFunction } from "../../src/functions/catalogue.ts";
import { forms } from "./forms.ts";
import { asked, beyond, gapText, readGaps } from "./gaps.ts";
import { probePage } from "./page.ts";
import { readProbed } from "./recorded.ts";
import { foundGaps, pageFile } from "./settle.ts";

const recorded = readProbed();
const known = readGaps();

const anew = "npx node --conditions=lakewright:source test/probe/main.ts --recorded";

it("is as Spark's but for what is known", async () => {
  const found = await foundGaps(recorded);
  expect(beyond(found, known).map(gapText), "answered alike before").toEqual([]);
  expect(beyond(known, found).map(gapText), `answered alike now: strike them out by ${anew}`).toEqual([]);
}, 300_000);

it("was asked for every call of the lists", () => {
  expect(recorded.map(({ text }) => text)).toEqual(forms().map(({ text }) => text));
  expect(recorded.map(({ places }) => places.length)).toEqual(forms().map(({ usual }) => usual.length));
  expect(recorded.reduce((sum, call) => sum + asked(call), 0)).toBeGreaterThan(50_000);
});

it("was asked for every function of the catalogue but one that has a meaning only beside grouping sets", () => {
  const written = forms().map(({ text }) => text.toLowerCase());
  const called = new Set(
    written.flatMap((text) => [...text.matchAll(/(\w+)\(/g)].map(([, name]) => lookupFunction(name!)?.name)),
  );
  const operators = written.flatMap((text) => text.match(/[^\w\s{}()<>,']+/g) ?? []);
  const missing = catalogueEntries
    .map(({ definition }) => lookupFunction(definition.name)!.name)
    .filter((name) => !called.has(name) && !operators.includes(name));
  expect([...new Set(missing)].sort()).toEqual(["grouping_id"]);
});

it("is told as the page says", () => {
  expect(readFileSync(pageFile, "utf8")).toBe(probePage(recorded, known));
});
