/**
 * Compiles to `dist` what gets published: the sources, then the systems of `solutions`, which import the package by its
 * name and so are checked against the declarations that a user gets.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
const projects = ["tsconfig.build.json", "tsconfig.solutions.json"];

rmSync(join(root, "dist"), { recursive: true, force: true });
const failed = projects.find((project) => compile(project) !== 0);
if (failed !== undefined) process.exitCode = 1;

function compile(project: string): number | null {
  return spawnSync(process.execPath, [compiler, "-p", project], { cwd: root, stdio: "inherit" }).status;
}
