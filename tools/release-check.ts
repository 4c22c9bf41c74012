/**
 * `npm run release:check`: whether what would be published is what users should get.
 *
 * Packs the package, installs it as a user would, and prints a line for each check; `--accept` notes a changed surface.
 */
import { advisories } from "./release/advisories.ts";
import { contents } from "./release/contents.ts";
import { type Finding, printed } from "./release/finding.ts";
import { installFromFile } from "./release/install.ts";
import { licences } from "./release/licences.ts";
import { resolution } from "./release/resolution.ts";
import { running } from "./release/running.ts";
import { surface } from "./release/surface.ts";

const accept = process.argv.includes("--accept");
const { packed, folder, remove } = installFromFile();
try {
  const checks: readonly (() => readonly Finding[])[] = [
    () => contents(packed),
    () => surface(folder, accept),
    () => resolution(folder),
    () => licences(folder),
    () => advisories(folder),
    () => running(folder),
  ];
  let failed = false;
  for (const check of checks) {
    for (const finding of check()) {
      process.stdout.write(printed(finding));
      failed ||= finding.result === "fail";
    }
  }
  if (failed) process.exitCode = 1;
} finally {
  remove();
}
