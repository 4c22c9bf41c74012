/**
 * Compiles to `dist` what gets published: the sources, then the systems of `solutions`, which import the package by its
 * name and so are checked against the declarations that a user gets. The hundreds of modules of the sources are then
 * joined in a few files, which a program loads in a third of the time.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
const projects = ["tsconfig.build.json", "tsconfig.solutions.json"];

/** What is loaded by its path. A thread's module lies beside the code that starts it. */
const entries = {
  index: "./index.js",
  "functions/index": "./functions/index.js",
  "testing/index": "./testing/index.js",
  "cli/main": "./cli/main.js",
  "chunks/module-worker": "./engine/duckdb/module-worker.js",
  "chunks/check-worker": "./engine/duckdb/formats/text/check-worker.js",
};

rmSync(dist, { recursive: true, force: true });
const failed = projects.find((project) => compile(project) !== 0);
if (failed === undefined) await joinModules();
else process.exitCode = 1;

function compile(project: string): number | null {
  return spawnSync(process.execPath, [compiler, "-p", project], { cwd: root, stdio: "inherit" }).status;
}

async function joinModules(): Promise<void> {
  const bundle = await rolldown({
    cwd: dist,
    input: entries,
    platform: "node",
    external: /^[^./]/,
    treeshake: false,
  });
  const { output } = await bundle.generate({ keepNames: true, chunkFileNames: "chunks/[name].js" });
  await bundle.close();
  for (const module of globSync("**/*.js", { cwd: dist, exclude: ["solutions"] })) rmSync(join(dist, module));
  for (const file of output) if (file.type === "chunk") write(join(dist, file.fileName), file.code);
}

function write(path: string, code: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
}
