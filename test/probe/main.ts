/**
 * `npm run probe`: asks a real Spark about every call, by analysis only, and compares. With `--recorded` it asks none and
 * compares with the recorded answers: `npx node --conditions=lakewright:source test/probe/main.ts --recorded`.
 */
import { sparkRemote } from "../../services/client.ts";
import { forms } from "./forms.ts";
import { probed } from "./probe.ts";
import { type ProbedCall, readProbed, writeProbed } from "./recorded.ts";
import { settle } from "./settle.ts";
import { askedSpark } from "./spark.ts";

async function record(remote: string): Promise<void> {
  await using spark = askedSpark(remote);
  const calls: ProbedCall[] = [];
  const all = forms();
  for (const form of all) {
    calls.push(await probed(spark.ask, form));
    if (calls.length % 100 === 0) console.log(`Spark was asked about ${calls.length} of ${all.length} calls.`);
  }
  writeProbed(calls);
}

if (!process.argv.includes("--recorded")) {
  const remote = sparkRemote();
  if (remote === undefined) throw new Error("No Spark could be started: the lines above say why.");
  await record(remote);
}
process.exitCode = await settle(readProbed());
