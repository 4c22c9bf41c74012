/** The same programs on the embedded engine and on a real Spark: equal schemas, rows and errors. */
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkOutcome, type SparkPeer } from "../../services/client.ts";
import { themes } from "./cases/index.ts";
import { differences } from "./differences.ts";
import { giveInputs } from "./inputs.ts";
import { askSpark, ourOutcome, sparkOutcome } from "./outcome.ts";
import type { Program } from "./program.ts";

/** One session of ours a time zone. */
const sessions = new Map<string, SparkSession>();

function sessionIn(zone: string): SparkSession {
  const session = sessions.get(zone) ?? SparkSession.create({ "spark.sql.session.timeZone": zone });
  sessions.set(zone, session);
  return session;
}

describe.skipIf(!hasSpark())("programs have Spark's result", () => {
  let peer: SparkPeer;
  beforeAll(async () => {
    peer = await connectSpark();
    await giveInputs(peer);
  });
  afterAll(async () => {
    await peer.close();
    await Promise.all([...sessions.values()].map((session) => session.stop()));
  });

  it("has a program for every known difference", () => {
    const names = themes.flatMap((theme) => theme.programs.map(({ name }) => `${theme.name}: ${name}`));
    expect(names).toEqual(expect.arrayContaining(Object.keys(differences)));
    expect(new Set(names).size).toBe(names.length);
  });

  describe.each(themes)("$name", ({ name: theme, programs }) => {
    const answers = new Map<Program, Promise<SparkOutcome>>();
    // Spark computes the next answers while ours are compared.
    beforeAll(() => {
      for (const program of programs) answers.set(program, askSpark(peer, program));
    });

    it.each(programs)("$name", async (program) => {
      const [outcome, answer] = await Promise.all([
        ourOutcome(program, sessionIn(program.zone ?? "UTC")),
        answers.get(program)!,
      ]);
      const expected = sparkOutcome(answer, program.sorted);
      if (differences[`${theme}: ${program.name}`] === undefined) expect(outcome).toEqual(expected);
      else expect(outcome, "The results are equal now: remove the line of differences.ts.").not.toEqual(expected);
    });
  });
});
