/** Changes of a table that concern its file in the catalogue and its data: noted first, so that anyone can finish them. */
import { joinPath } from "../storage/path.ts";
import { recover } from "../storage/recovery.ts";
import type { Storage } from "../storage/storage.ts";
import { type CatalogueFiles, pathOf } from "./catalogue-files.ts";
import type { CatalogueRelation, TableObject } from "./objects.ts";

/**
 * What is being done to a table.
 *
 * - `write`: a write of data under way that makes or replaces the table; it counts from when its files are in place.
 * - `drop`: the table goes, then its files.
 * - `rename`: `object` takes the place of the table `from`, whose files move.
 */
export type PendingChange =
  | { readonly change: "write"; readonly object: TableObject; readonly writeId: string }
  | { readonly change: "drop"; readonly object: CatalogueRelation }
  | { readonly change: "rename"; readonly object: TableObject; readonly from: TableObject };

/**
 * Does what is left of a change; each step may have been done before.
 *
 * @param storage - where the data lie
 * @param files - of the catalogue
 */
export async function settlePending(storage: Storage, files: CatalogueFiles, pending: PendingChange): Promise<void> {
  await (settlers[pending.change] as Settler<PendingChange>)(pending, { storage, files });
  if (pending.change === "rename") await files.delete("pending", pathOf(pending.from));
  await files.delete("pending", pathOf(pending.object));
}

interface Settling {
  readonly storage: Storage;
  readonly files: CatalogueFiles;
}

type Settler<Change extends PendingChange> = (pending: Change, settling: Settling) => Promise<void>;

const settlers: { readonly [Name in PendingChange["change"]]: Settler<Extract<PendingChange, { change: Name }>> } = {
  write: async ({ object, writeId }, { storage, files }) => {
    await recover(storage, object.location);
    if (await isInPlace(storage, object.location, writeId)) await files.replace("relations", pathOf(object), object);
  },
  drop: async ({ object }, { storage, files }) => {
    await files.delete("relations", pathOf(object));
    if (object.kind === "table" && !object.external) await storage.delete(object.location);
  },
  rename: async ({ object, from }, { storage, files }) => {
    const moves = object.location !== from.location && (await storage.stat(from.location)) !== undefined;
    if (moves) await storage.rename(from.location, object.location);
    await files.replace("relations", pathOf(object), object);
    await files.delete("relations", pathOf(from));
  },
};

// The names of files hold the id of their write. A write of no rows may have none; the old files are gone then too.
async function isInPlace(storage: Storage, location: string, writeId: string): Promise<boolean> {
  if ((await storage.stat(location)) === undefined) return false;
  const files = await storage.list(location, (file) => !/^[._]/.test(file));
  if (files.length > 0) return files.some(({ path }) => path.includes(writeId));
  return (await storage.stat(joinPath(location, "_SUCCESS"))) !== undefined;
}
