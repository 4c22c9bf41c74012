/** What lies in the folders of a local disk. */
import { type FileSystem, ifPresent } from "./local-file-system.ts";
import { folderOf, isWithin, joinPath } from "./path.ts";
import type { FileEntry, FolderChild } from "./storage.ts";

/** How many names of a folder are looked at together. */
const together = 32;

export const kindOf = (status: { isDirectory(): boolean }): "file" | "folder" =>
  status.isDirectory() ? "folder" : "file";

export const entryOf = (path: string, status: { size: number | bigint; mtimeMs: number | bigint }): FileEntry => ({
  path,
  size: Number(status.size),
  modifiedAt: Math.floor(Number(status.mtimeMs)),
});

interface Child extends FolderChild {
  readonly isLink: boolean;
}

/** The names in a folder, sorted; links that lead nowhere are left out. */
export async function childrenOf(files: FileSystem, folder: string): Promise<readonly Child[] | undefined> {
  const entries = await ifPresent(files.readdir(folder, { withFileTypes: true }));
  if (entries === undefined) return undefined;
  const children = await Promise.all(
    entries.map(async (found): Promise<Child | undefined> => {
      const isLink = found.isSymbolicLink();
      const status = isLink ? await files.status(joinPath(folder, found.name)) : found;
      return status && { name: found.name, kind: kindOf(status), isLink };
    }),
  );
  return children.filter((child) => child !== undefined).sort(byName);
}

const byName = (left: Child, right: Child): number => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0);

export type Accepts = (name: string, folder: string) => boolean;

/** Every accepted file below a folder. A file that is deleted meanwhile is left out. */
export async function filesBelow(files: FileSystem, folder: string, accepts: Accepts): Promise<FileEntry[]> {
  const children = (await childrenOf(files, folder)) ?? [];
  const accepted = children.filter(({ name }) => accepts(name, folder));
  const found: FileEntry[] = [];
  for (let start = 0; start < accepted.length; start += together) {
    const part = accepted.slice(start, start + together);
    const lists = await Promise.all(part.map((child) => filesOf(files, folder, child, accepts)));
    for (const list of lists) found.push(...list);
  }
  return found;
}

async function filesOf(files: FileSystem, folder: string, child: Child, accepts: Accepts): Promise<FileEntry[]> {
  const path = joinPath(folder, child.name);
  if (child.kind === "folder")
    return child.isLink && (await leadsBack(files, path)) ? [] : filesBelow(files, path, accepts);
  const status = await files.status(path);
  return status === undefined ? [] : [entryOf(path, status)];
}

/** Whether a link leads to a folder that holds it, so that entering it would never end. */
async function leadsBack(files: FileSystem, link: string): Promise<boolean> {
  return isWithin(await files.realpath(folderOf(link)), await files.realpath(link));
}
