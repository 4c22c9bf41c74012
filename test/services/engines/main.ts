/** `npm run engines`: runs every case on both engines, says what is not as its mark says, and writes `docs/engines.md`. */
import { writeFile } from "node:fs/promises";
import { sparkRemote } from "../../../services/client.ts";
import { differences } from "./differences.ts";
import { areEqual, Engines } from "./measure.ts";
import { caseName, enginesPage } from "./page.ts";
import { suites } from "./suites.ts";

async function main(remote: string): Promise<void> {
  await using engines = new Engines(remote);
  const wrong: string[] = [];
  for (const suite of suites) {
    for (const one of suite.cases) {
      const name = caseName(suite, one);
      const isMarked = Object.hasOwn(differences, name);
      if (areEqual(await engines.pairOf(one)) === isMarked)
        wrong.push(`${name}: ${isMarked ? "is equal now" : "differs"}`);
    }
    console.log(`${suite.name}: ${suite.cases.length} cases`);
  }
  for (const line of wrong) console.error(line);
  if (wrong.length > 0)
    throw new Error("The marks of test/services/engines/differences.ts are not right: the page is left as it was.");
  await writeFile(new URL("../../../docs/engines.md", import.meta.url), enginesPage());
}

const remote = sparkRemote();
if (remote === undefined) throw new Error("No Spark could be started: the lines above say why.");
await main(remote);
