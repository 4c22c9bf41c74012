/** Files that a process was making when it died. */
import { makerState } from "./lock.ts";
import { joinPath } from "./path.ts";
import type { Storage } from "./storage.ts";
import { isTemporaryName } from "./work-names.ts";

/**
 * Removes what processes that died within `putIfAbsent` or `replace` left in a folder: files with hidden names, which no
 * reader lists, but which take space.
 *
 * @param storage - where the folder lies
 * @param folder - the folder, such as the log of a table
 * @example
 * ```ts
 * await removeStaleTemporaries(localStorage, "/data/sales/_delta_log");
 * ```
 */
export async function removeStaleTemporaries(storage: Storage, folder: string): Promise<void> {
  const names = ((await storage.children(folder)) ?? []).map(({ name }) => name).filter(isTemporaryName);
  for (const name of names) {
    if ((await makerState(storage, folder, name)) === "dead") await storage.delete(joinPath(folder, name));
  }
}
