/** `npm run conformance`: compares with a real Spark, prints and writes what it finds, fails when an equal case is equal no more. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { SparkSession } from "lakewright";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";
import type { Case, Outcome, Verdict } from "./case.ts";
import { gather } from "./gather.ts";
import { outcomeOf } from "./ours.ts";
import { countsByFamily, page } from "./page.ts";
import { judge } from "./verdict.ts";

const pageFile = new URL("../../docs/conformance.md", import.meta.url);
/** The statements that were equal, one JSON text a line. */
const equalFile = new URL("../../docs/conformance-equal.txt", import.meta.url);

async function sparkOutcome(spark: SparkPeer, sql: string): Promise<Outcome> {
  const outcome = await spark.attempt({ op: "sql", text: sql });
  return "answer" in outcome ? outcome.answer : outcome.error;
}

async function judgeAll(spark: SparkPeer, ours: SparkSession, cases: readonly Case[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const given of cases) {
    const [expected, actual] = await Promise.all([sparkOutcome(spark, given.sql), outcomeOf(ours, given.sql)]);
    verdicts.push(judge(given, expected, actual));
  }
  return verdicts;
}

const recordedEqual = (): readonly string[] =>
  existsSync(equalFile)
    ? readFileSync(equalFile, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as string)
    : [];

function lost(verdicts: readonly Verdict[]): readonly Verdict[] {
  const before = new Set(recordedEqual());
  return verdicts.filter(({ sql, standing }) => before.has(sql) && standing !== "equal");
}

function record(verdicts: readonly Verdict[], version: string): void {
  const equal = verdicts.filter(({ standing }) => standing === "equal").map(({ sql }) => JSON.stringify(sql));
  writeFileSync(pageFile, page(verdicts, version));
  writeFileSync(equalFile, `${equal.sort().join("\n")}\n`);
}

async function main(): Promise<void> {
  if (!hasSpark()) throw new Error("No Spark could be started: the lines above say why.");
  await using spark = await connectSpark();
  const ours = SparkSession.create();
  try {
    const cases = await gather(spark);
    const verdicts = await judgeAll(spark, ours, cases);
    for (const line of countsByFamily(verdicts)) console.log(line.map((cell) => cell.padEnd(18)).join(" "));
    const worse = lost(verdicts);
    for (const { sql, standing, detail } of worse) console.error(`was equal, is ${standing}: ${sql}\n  ${detail}`);
    if (worse.length > 0) process.exitCode = 1;
    else record(verdicts, "4.2.0");
  } finally {
    await ours.stop();
  }
}

await main();
