/** Every case on both engines. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, sparkRemote } from "../../../services/client.ts";
import { differences } from "./differences.ts";
import { areEqual, Engines } from "./measure.ts";
import { caseName, enginesPage } from "./page.ts";
import { suites } from "./suites.ts";

const remote = sparkRemote();

describe.skipIf(remote === undefined)("one program on two engines", () => {
  let engines: Engines;
  beforeAll(() => {
    engines = new Engines(remote!);
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  it("has a case for every mark", () => {
    const names = suites.flatMap((suite) => suite.cases.map((one) => caseName(suite, one)));
    expect(names).toEqual(expect.arrayContaining(Object.keys(differences)));
    expect(new Set(names).size).toBe(names.length);
  });

  it("is told by a page that is up to date", async () => {
    const page = await readFile(new URL("../../../docs/engines.md", import.meta.url), "utf8");
    expect(page, "Run `npm run engines`.").toBe(enginesPage());
  });

  describe.each(suites)("$name", (suite) => {
    it.skipIf(suite.name.startsWith("Delta") && !hasDelta()).each(suite.cases)("$name", async (one) => {
      const pair = await engines.pairOf(one);
      if (differences[caseName(suite, one)] === undefined) expect(pair.embedded).toEqual(pair.spark);
      else expect(areEqual(pair), "The results are equal now: remove the line of differences.ts.").toBe(false);
    });
  });
});
