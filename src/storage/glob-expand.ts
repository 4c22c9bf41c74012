/** Which paths of a storage a pattern matches. */
import { expandBraces, globMatcher, literalName } from "./glob.ts";
import { joinPath } from "./path.ts";
import { readSettled } from "./settled-read.ts";
import type { Storage } from "./storage.ts";
import { isWorkFolderName, isWorkName } from "./work-names.ts";

/**
 * The paths that match a pattern, in the order of Hadoop's: each alternative with a `/` in turn, names sorted.
 *
 * Names that start with `.` or `_` match wildcards as others do; what this library prepares writes in does not.
 *
 * @param storage - where to look
 * @param pattern - an absolute pattern, as `resolvePattern` makes it
 * @returns the paths that exist, each once
 * @throws ParseError when the pattern is none
 */
export async function matchingPaths(storage: Storage, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  for (const alternative of expandBraces(pattern)) {
    for (const path of await walk(storage, "/", alternative.split("/").filter(Boolean))) found.add(path);
  }
  return [...found];
}

/**
 * The only path that a pattern can match; undefined where it has wildcards or alternatives.
 *
 * @param pattern - an absolute pattern, as `resolvePattern` makes it
 */
export function onlyPath(pattern: string): string | undefined {
  const [alternative, ...others] = expandBraces(pattern);
  if (alternative === undefined || others.length > 0) return undefined;
  const names = alternative.split("/").filter(Boolean).map(literalName);
  return names.includes(undefined) ? undefined : joinPath("/", ...(names as string[]));
}

async function walk(storage: Storage, folder: string, components: readonly string[]): Promise<string[]> {
  const wild = components.findIndex((component) => literalName(component) === undefined);
  const literals = components.slice(0, wild < 0 ? components.length : wild).map((component) => literalName(component)!);
  const base = joinPath(folder, ...literals);
  if (wild < 0) return (await exists(storage, base)) ? [base] : [];
  const rest = components.slice(wild + 1);
  const matches = globMatcher(components[wild]!);
  const names = (await settledNames(storage, base)).filter((name) => matches(name) && !isWorkName(name));
  const paths = names.map((name) => joinPath(base, name));
  if (rest.length === 0) return paths;
  return (await Promise.all(paths.map((path) => walk(storage, path, rest)))).flat();
}

const exists = (storage: Storage, path: string): Promise<boolean> =>
  readSettled(storage, path, async () => (await storage.stat(path)) !== undefined);

/** The names in a folder, at a moment at which none of them is being replaced. */
function settledNames(storage: Storage, folder: string): Promise<string[]> {
  const read = async (report: (workFolder: string) => void): Promise<string[]> => {
    const names = ((await storage.children(folder)) ?? []).map(({ name }) => name);
    for (const name of names) if (isWorkFolderName(name)) report(joinPath(folder, name));
    return names;
  };
  return readSettled(storage, folder, read, false);
}
