/** `npm run conformance`: compares with a real Spark, prints and writes what it finds, fails when an equal case is equal no more. */
import { fileURLToPath } from "node:url";
import { SparkSession } from "lakewright";
import { connectSpark, hasSpark } from "../../services/client.ts";
import { compare } from "./compare.ts";
import { edgeVerdicts, seeds } from "./edges/recorded.ts";
import { gather } from "./gather.ts";

const folder = fileURLToPath(new URL("../../docs/", import.meta.url));

async function main(): Promise<void> {
  if (!hasSpark()) throw new Error("No Spark could be started: the lines above say why.");
  await using spark = await connectSpark();
  const ours = SparkSession.create();
  try {
    const edges = { shown: await edgeVerdicts(ours, seeds.shown), heldOut: await edgeVerdicts(ours, seeds.heldOut) };
    process.exitCode = await compare({ spark, ours, cases: await gather(spark), edges, folder });
  } finally {
    await ours.stop();
  }
}

await main();
