/**
 * Compiles to `dist` what gets published: the sources, then the systems of `solutions`, which import the package by its
 * name and so are checked against the declarations that a user gets. The hundreds of modules of the sources are then
 * joined in a few files, which a program loads in a third of the time.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
const projects = ["tsconfig.build.json", "tsconfig.solutions.json"];

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly imports: Readonly<Record<string, { readonly default: string }>>;
};

/** What is loaded by its path: what the package exports, and modules of threads, which lie beside the code that starts them. */
const entries = {
  ...Object.fromEntries([...Object.values(manifest.exports), ...Object.values(manifest.imports)].flatMap(entryOf)),
  "chunks/module-worker": "./engine/duckdb/module-worker.js",
  "chunks/watch-worker": "./engine/duckdb/watch-worker.js",
  "chunks/check-worker": "./engine/duckdb/formats/text/check-worker.js",
};

rmSync(dist, { recursive: true, force: true });
const failed = projects.find((project) => compile(project) !== 0);
if (failed === undefined) await joinModules();
else process.exitCode = 1;

function entryOf(target: string | { readonly default: string }): readonly (readonly [string, string])[] {
  const [, name] = /^\.\/dist\/(.+)\.js$/.exec(typeof target === "string" ? "" : target.default) ?? [];
  return name === undefined ? [] : [[name, `./${name}.js`]];
}

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
