/** `docs/engines.md` tells every case of both engines; the services suite runs them. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { differences } from "../services/engines/differences.ts";
import { caseName, enginesPage } from "../services/engines/page.ts";
import { suites } from "../services/engines/suites.ts";

it("has a case for every mark of a difference", () => {
  const names = suites.flatMap((suite) => suite.cases.map((one) => caseName(suite, one)));
  expect(names).toEqual(expect.arrayContaining(Object.keys(differences)));
  expect(new Set(names).size).toBe(names.length);
});

it("is up to date", async () => {
  const page = await readFile(new URL("../../docs/engines.md", import.meta.url), "utf8");
  expect(page, "Run `npm run engines`.").toBe(enginesPage());
});
