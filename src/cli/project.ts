/** New projects, from the files in `templates/project`. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "./failure.ts";

// Two folders up from src/cli in a checkout, and from dist/cli in the built package.
const template = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "templates", "project");

// Under its own name npm would leave the file out of the package.
const renamed: Readonly<Record<string, string>> = { gitignore: ".gitignore" };

/**
 * Makes a project.
 *
 * @param folder - where; it must not exist, or be empty
 * @param name - the name of its package
 * @param lakewright - what it depends on: the path of a packed file or a folder, or a range of versions
 * @throws UsageError when the folder has something in it, or is a file
 */
export async function makeProject(folder: string, name: string, lakewright: string): Promise<void> {
  await refuseTaken(folder);
  const ownManifest = manifest(name, dependency(lakewright));
  const paths = await filesBelow(template);
  for (const path of paths) {
    const text = await readFile(join(template, path), "utf8");
    await write(join(folder, renamed[path] ?? path), text.replaceAll("{{name}}", name));
  }
  await write(join(folder, "package.json"), `${JSON.stringify(ownManifest, undefined, 2)}\n`);
}

async function refuseTaken(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return;
  const advice = "choose another name, or remove it first";
  if (!found.isDirectory()) throw new UsageError(`${folder} is a file: ${advice}`);
  const entries = (await readdir(folder)).filter((entry) => entry !== ".git");
  if (entries.length > 0) throw new UsageError(`${folder} exists, and ${entries.sort()[0]} is in it: ${advice}`);
}

const manifest = (name: string, lakewright: string): object => ({
  name,
  version: "0.1.0",
  private: true,
  type: "module",
  engines: { node: ">=22.18" },
  scripts: { start: "lakewright run src/job.ts", test: "node --test", types: "tsc" },
  dependencies: { lakewright },
  devDependencies: { "@types/node": "^24.0.0", typescript: "^6.0.0" },
});

function dependency(given: string): string {
  const looksLikePath = /^[.~]|[\\/]|\.tgz$/.test(given) || existsSync(given);
  if (!looksLikePath) return given;
  if (!existsSync(given))
    throw new UsageError(`there is no file ${given}: make one by npm pack, or leave --package out`);
  return `file:${resolve(given).replaceAll(sep, "/")}`;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
