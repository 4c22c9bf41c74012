import { parseActions } from "../action-json.ts";
import type { Action } from "../actions.ts";
import type { LogStorage } from "../handlers.ts";

/** The whole content of a file of the log. */
export async function readFile(storage: Pick<LogStorage, "open">, path: string): Promise<Uint8Array> {
  await using file = await storage.open(path);
  // Awaited here, since the file is closed when this returns.
  return await file.read(0, file.size);
}

/** The actions of a file of JSON, in its order. */
export const readActions = async (storage: Pick<LogStorage, "open">, path: string): Promise<readonly Action[]> =>
  parseActions(await readFile(storage, path), path);
