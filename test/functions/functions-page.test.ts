/** `docs/functions.md` says what the sources say; `npx node test/functions/functions-page.ts` writes it anew. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { catalogueEntries } from "../../src/functions/catalogue.ts";
import { functionsPage, pageFile } from "./functions-page.ts";

it("is the page that the sources make", () => {
  expect(readFileSync(pageFile, "utf8")).toBe(functionsPage());
});

it("lists every function of the catalogue", () => {
  const page = functionsPage();
  const missing = catalogueEntries
    .map(({ definition }) => definition.name)
    .filter((name) => !page.includes(`\`${name}(`));
  expect(missing).toEqual([]);
});
