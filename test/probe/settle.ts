/** Writing down what the probe found, unless something that was answered alike is no more. */
import { writeFileSync } from "node:fs";
import { SparkSession } from "lakewright";
import { askOurs } from "./answer.ts";
import { forms } from "./forms.ts";
import { beyond, type Gap, gapsOf, gapText, readGaps, writeGaps } from "./gaps.ts";
import { probePage } from "./page.ts";
import { probed } from "./probe.ts";
import type { ProbedCall } from "./recorded.ts";

/** Where the embedded engine's analyzer does not say what Spark's said. */
export async function foundGaps(recorded: readonly ProbedCall[]): Promise<readonly Gap[]> {
  const ours = SparkSession.create();
  const known = new Map(recorded.map((call) => [call.text, call]));
  const gaps: Gap[] = [];
  for (const form of forms()) gaps.push(...gapsOf(known.get(form.text)!, await probed(askOurs(ours), form)));
  await ours.stop();
  return gaps;
}

export const pageFile = new URL("../../docs/probe.md", import.meta.url);

/**
 * Compares with Spark's answers, and writes the list of gaps and the page.
 *
 * @returns the exit code: 1 when there is a gap that was not known; nothing is written then
 */
export async function settle(recorded: readonly ProbedCall[]): Promise<0 | 1> {
  const gaps = await foundGaps(recorded);
  const known = readGaps();
  const added = known.length === 0 ? [] : beyond(gaps, known);
  for (const gap of added) console.error(gapText(gap));
  if (added.length > 0) return 1;
  writeGaps(gaps);
  writeFileSync(pageFile, probePage(recorded, gaps));
  console.log(`${gaps.length} questions are answered otherwise.`);
  return 0;
}
