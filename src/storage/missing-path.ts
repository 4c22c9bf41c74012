/** The error of a path that does not exist, with what exists instead. */
import { AnalysisError, listed, nearest } from "../errors.ts";
import { globMatcher, literalName } from "./glob.ts";
import { escapeGlob, joinPath, nameOf } from "./path.ts";
import type { FolderChild, Storage } from "./storage.ts";
import { isWorkName } from "./work-names.ts";

/**
 * Spark's `PATH_NOT_FOUND`, with the nearest folder that exists and the names in it.
 *
 * @param storage - where the path was looked for
 * @param uri - what the program wrote
 * @param pattern - the absolute pattern it stands for
 */
export async function pathNotFound(storage: Storage, uri: string, pattern: string): Promise<AnalysisError> {
  return new AnalysisError(`Path does not exist: file:${pattern}`, {
    condition: "PATH_NOT_FOUND",
    sqlState: "42K03",
    parameters: { path: `file:${pattern}` },
    hint: (await literalHint(storage, pattern)) ?? homeHint(uri) ?? (await neighbourHint(storage, pattern)),
  });
}

/** A name with brackets that was meant as it is written. */
async function literalHint(storage: Storage, pattern: string): Promise<string | undefined> {
  if (literalName(pattern) !== undefined || (await storage.stat(pattern)) === undefined) return undefined;
  return `${pattern} exists, but {}[]*?\\ are wildcards in a path: write ${escapeGlob(pattern)}.`;
}

const homeHint = (uri: string): string | undefined =>
  uri.startsWith("~") ? "~ is expanded by shells only: write the home folder out." : undefined;

async function neighbourHint(storage: Storage, pattern: string): Promise<string> {
  let folders = ["/"];
  for (const component of pattern.split("/").filter(Boolean)) {
    const next = await step(storage, folders, component);
    if (next.length === 0) return describe(folders[0]!, component, await namesIn(storage, folders[0]!));
    folders = next;
  }
  return `${nameOf(pattern)} has appeared meanwhile: read it again.`;
}

/** The existing paths one component further. */
async function step(storage: Storage, folders: readonly string[], component: string): Promise<string[]> {
  const name = literalName(component);
  const matches = name === undefined ? globMatcher(component) : (other: string) => other === name;
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await namesIn(storage, folder)).filter(matches).map((child) => joinPath(folder, child)),
    ),
  );
  return found.flat();
}

const namesIn = async (storage: Storage, folder: string): Promise<string[]> =>
  ((await storage.children(folder)) ?? []).map(({ name }: FolderChild) => name).filter((name) => !isWorkName(name));

function describe(folder: string, component: string, names: readonly string[]): string {
  const close = nearest(component, names);
  const question = close.length === 0 ? "" : ` Did you mean ${close.join(" or ")}?`;
  return `${folder} exists, but holds nothing that is named ${component}.${question} It holds: ${listed(names, 10)}.`;
}
