/**
 * Compiles the WebAssembly kernels (`*.as`, AssemblyScript) to modules that hold them as text, so that sources run unbuilt
 * and the package needs no other files. Run it after a kernel was changed: `node tools/build-kernels.ts`.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "..");
const compiler = "assemblyscript@0.28.20";
const formats = join(root, "src/engine/duckdb/formats");
const kernels = [join(formats, "json/plain-json.as"), join(formats, "csv/plain-csv.as")];
/** What kernels import. */
const shared = [join(formats, "text/plain-values.as")];
const flags = [
  "--runtime",
  "stub",
  "--optimizeLevel",
  "3",
  "--shrinkLevel",
  "0",
  "--converge",
  "--noAssert",
  "--enable",
  "simd",
  "--use",
  "abort=",
];

function compile(source: string): void {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const name = basename(source, ".as");
  for (const file of [source, ...shared]) copyFileSync(file, join(folder, `${basename(file, ".as")}.ts`));
  const run = spawnSync("npx", ["--yes", "--package", compiler, "asc", `${name}.ts`, "-o", `${name}.wasm`, ...flags], {
    cwd: folder,
    stdio: "inherit",
  });
  if (run.status !== 0) throw new Error(`${source} was not compiled`);
  const module = readFileSync(join(folder, `${name}.wasm`)).toString("base64");
  const hash = createHash("sha256");
  for (const file of [source, ...shared]) hash.update(readFileSync(file));
  writeFileSync(source.replace(/\.as$/, "-wasm.ts"), text(basename(source), hash.digest("hex"), module));
  rmSync(folder, { recursive: true });
}

const text = (
  source: string,
  hash: string,
  module: string,
): string => `/** Compiled from ${source} by tools/build-kernels.ts. */

/** SHA-256 of the sources that this was compiled from. */
export const sourceHash = "${hash}";

/** The WebAssembly module in base 64. */
export const module =
  "${module}";
`;

for (const kernel of kernels) compile(kernel);
