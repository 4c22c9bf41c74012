/** The licences of everything that is installed with the package. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, fail, pass } from "./finding.ts";

/** Licences that ask for no more than to keep their text. */
const allowed = ["Apache-2.0", "MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD"];

interface Manifest {
  readonly name: string;
  readonly license?: string;
}

export function licences(folder: string): readonly Finding[] {
  const files = globSync(["node_modules/*/package.json", "node_modules/@*/*/package.json"], { cwd: folder });
  const manifests = files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Manifest);
  const other = manifests.filter(({ license }) => !allowed.includes(license ?? ""));
  const list = (entries: readonly Manifest[]) =>
    entries.map(({ name, license }) => `${name} ${license ?? "without"}`).sort();
  return [(other.length === 0 ? pass : fail)("licences", list(other.length === 0 ? manifests : other).join(", "))];
}
