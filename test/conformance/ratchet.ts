/** What was equal stays equal: the statements that were, and the check that fails when one no longer is. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "./case.ts";

/** The statements that were equal, one JSON text a line. */
const equalFile = (folder: string): string => join(folder, "conformance-equal.txt");
const pageFile = (folder: string): string => join(folder, "conformance.md");

function recordedEqual(folder: string): readonly string[] {
  if (!existsSync(equalFile(folder))) return [];
  const lines = readFileSync(equalFile(folder), "utf8").trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as string);
}

/** The cases that were equal and are no more. */
function lost(verdicts: readonly Verdict[], folder: string): readonly Verdict[] {
  const before = new Set(recordedEqual(folder));
  return verdicts.filter(({ sql, standing }) => before.has(sql) && standing !== "equal");
}

function record(verdicts: readonly Verdict[], page: string, folder: string): void {
  const equal = verdicts.filter(({ standing }) => standing === "equal").map(({ sql }) => JSON.stringify(sql));
  writeFileSync(pageFile(folder), page);
  writeFileSync(equalFile(folder), `${equal.sort().join("\n")}\n`);
}

/**
 * Records what was found, unless a case that was equal is no more: then it is told and nothing is written.
 *
 * @param verdicts - what was found of the examples
 * @param page - the page that shows it
 * @param folder - where the page and the list of equal statements are
 * @returns the exit code of the command: 1 when a case was lost
 */
export function settle(verdicts: readonly Verdict[], page: string, folder: string): 0 | 1 {
  const worse = lost(verdicts, folder);
  for (const { sql, standing, detail } of worse) console.error(`was equal, is ${standing}: ${sql}\n  ${detail}`);
  if (worse.length > 0) return 1;
  record(verdicts, page, folder);
  return 0;
}
