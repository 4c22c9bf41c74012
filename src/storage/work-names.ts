/** The names of what the storage keeps beside and inside data folders; all start with a dot, so no reader lists them. */
import { ownedName } from "./owner.ts";
import { folderOf, joinPath, nameOf } from "./path.ts";

const prefix = ".lakewright-";

/** Whether a name is one of ours, at whatever step its maker stopped. */
export const isWorkName = (name: string): boolean => name.startsWith(prefix);

/** A file that is being written, before it gets its name. */
export const temporaryName = (): string => `${prefix}temporary-${ownedName()}`;

export const isTemporaryName = (name: string): boolean => name.startsWith(`${prefix}temporary-`);

/** Where changes of a folder are prepared: beside it, so that it can change places with another folder. */
export const workFolderBeside = (target: string): string =>
  joinPath(folderOf(target), `${prefix}work-${nameOf(target)}`);

/** Where changes are prepared of a folder that cannot change places, such as a mount point. */
export const workFolderInside = (target: string): string => joinPath(target, `${prefix}work`);

/** Whether a name is that of a work folder, beside or inside. */
export const isWorkFolderName = (name: string): boolean =>
  name === `${prefix}work` || name.startsWith(`${prefix}work-`);

/** The folder whose changes a work folder holds. */
export function targetOf(workFolder: string): string {
  const name = nameOf(workFolder).slice(`${prefix}work-`.length);
  return name === "" ? folderOf(workFolder) : joinPath(folderOf(workFolder), name);
}

/** In a work folder: what is being done, from the moment on at which it is decided. */
export const journalOf = (workFolder: string): string => joinPath(workFolder, ".journal");

/** In a work folder: a claim to change the target; the only claim of a running process holds the lock. */
export const ticketName = (): string => `.lock-${ownedName()}`;

export const isTicketName = (name: string): boolean => name.startsWith(".lock-");

/** In a work folder: the files of one write, before and while they are put in place. */
export const stageName = (): string => `.write-${ownedName()}`;

export const isStageName = (name: string): boolean => name.startsWith(".write-");
