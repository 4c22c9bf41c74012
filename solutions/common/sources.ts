/** Finds the inputs of a system in a folder, in whichever of three formats each of them comes. */
import { existsSync } from "node:fs";
import { join } from "node:path";

const FORMATS = ["jsonl", "csv", "parquet"] as const;

/** A file, or a folder of files, of one format. */
export interface Source {
  readonly path: string;
  readonly format: (typeof FORMATS)[number];
}

/**
 * The input of a name in a folder: `name.jsonl`, `name.csv` or `name.parquet`.
 *
 * @throws Error when it is missing, or there in two formats
 */
export function findSource(folder: string, name: string): Source {
  const found = findOptionalSource(folder, name);
  if (found !== undefined) return found;
  const names = FORMATS.map((format) => `${name}.${format}`).join(", ");
  throw new Error(`${folder} has no ${name}: put one of ${names} there, or leave out --data to generate some.`);
}

/**
 * The input of a name in a folder, where there is one.
 *
 * @throws Error when it is there in two formats
 */
export function findOptionalSource(folder: string, name: string): Source | undefined {
  const candidates = FORMATS.map((format) => ({ format, path: join(folder, `${name}.${format}`) }));
  const [found, other] = candidates.filter(({ path }) => existsSync(path));
  if (found === undefined || other === undefined) return found;
  throw new Error(`${found.path} and ${other.path} are both there: remove one of them.`);
}
