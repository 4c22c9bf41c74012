/** The systems that come with the package, each a folder with a `job.ts`. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isJob, type Job } from "../dataframe/job.ts";
import { listed, nearest } from "../errors.ts";
import { UsageError } from "./failure.ts";
import { sqlJob } from "./sql-job.ts";

const here = dirname(fileURLToPath(import.meta.url));

// Beside src in a checkout, beside cli in the built package.
const folders = [join(here, "..", "..", "solutions"), join(here, "..", "solutions")];

/** The names of the systems. */
export function systemNames(): readonly string[] {
  return folders
    .flatMap((folder) =>
      existsSync(folder) ? readdirSync(folder).filter((name) => jobFile(folder, name) !== undefined) : [],
    )
    .sort();
}

/** The job of a system's name or of a file. */
export async function loadJob(nameOrFile: string): Promise<Job> {
  if (/\.sql$/i.test(nameOrFile) && existsSync(nameOrFile)) return sqlJob(resolve(nameOrFile));
  const file = systemFile(nameOrFile) ?? ownFile(nameOrFile);
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  if (isJob(module.default)) return module.default;
  throw new UsageError(
    `${nameOrFile} is not a job: its default export must be made by defineJob({ name, options, run })`,
  );
}

function systemFile(name: string): string | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined;
  return folders.map((folder) => jobFile(folder, name)).find((file) => file !== undefined);
}

const jobFile = (folder: string, name: string): string | undefined =>
  ["job.ts", "job.js"].map((file) => join(folder, name, file)).find((file) => existsSync(file));

function ownFile(path: string): string {
  if (/\.[cm]?[jt]s$/.test(path) && existsSync(path)) return resolve(path);
  const names = systemNames();
  const near = nearest(path, names);
  const advice = near.length > 0 ? `did you mean ${near[0]}?` : `the systems are: ${listed(names)}.`;
  throw new UsageError(
    /\.[cm]?[jt]s$/.test(path) ? `there is no file ${path}` : `there is no system ${path}: ${advice}`,
  );
}
