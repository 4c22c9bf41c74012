/** Builds with a fault each, of which the tests have to fail: `npm run test:broken`, with words of faults to take only some. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Fault, faults } from "./faults.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const parts = ["src", "test", "solutions", "services", "package.json", "tsconfig.json", "vitest.config.ts"];

const copy = mkdtempSync(join(tmpdir(), "lakewright-broken-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

/** Whether the tests of a fault pass. */
function pass({ tests }: Fault): boolean {
  const program = [join(copy, "node_modules/vitest/vitest.mjs"), "run", "--bail", "1", ...tests];
  return spawnSync(process.execPath, program, { cwd: copy, stdio: "ignore" }).status === 0;
}

function isFound(fault: Fault): boolean {
  const path = join(copy, fault.file);
  const whole = readFileSync(path, "utf8");
  const [text, instead] = fault.change;
  if (whole.split(text).length !== 2) throw new Error(`${fault.file} has not once: ${text}`);
  writeFileSync(
    path,
    whole.replace(text, () => instead),
  );
  const found = !pass(fault);
  writeFileSync(path, whole);
  return found;
}

const words = process.argv.slice(2);
const wanted = faults.filter(({ what, file }) => words.every((word) => `${what} ${file}`.includes(word)));
if (wanted.length === 0)
  throw new Error(`No fault has ${words.join(" ")}: ${faults.map(({ what }) => what).join("; ")}`);

let missed = 0;
for (const fault of wanted) {
  const found = isFound(fault);
  if (!found) missed += 1;
  console.log(`${found ? "found " : "MISSED"} ${fault.what} (${fault.file})`);
}
const sound = wanted.every(pass);
console.log(sound ? "All of these tests pass without a fault." : "Tests fail without a fault.");
process.exitCode = missed === 0 && sound ? 0 : 1;
