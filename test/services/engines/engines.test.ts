/** Every case on both engines. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, sparkRemote } from "../../../services/client.ts";
import { differences } from "./differences.ts";
import { areEqual, Engines } from "./measure.ts";
import { caseName } from "./page.ts";
import { suites } from "./suites.ts";

const remote = sparkRemote();

describe.skipIf(remote === undefined)("one program on two engines", () => {
  let engines: Engines;
  beforeAll(() => {
    engines = new Engines(remote!);
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  describe.each(suites)("$name", (suite) => {
    it.skipIf(suite.name.startsWith("Delta") && !hasDelta()).each(suite.cases)("$name", async (one) => {
      const pair = await engines.pairOf(one);
      if (differences[caseName(suite, one)] === undefined) expect(pair.embedded).toEqual(pair.spark);
      else expect(areEqual(pair), "The results are equal now: remove the line of differences.ts.").toBe(false);
    });
  });
});
