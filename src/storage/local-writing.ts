/** Files on a local disk that appear whole or not at all, and that survive a loss of power. */
import { ExecutionError, UnsupportedError } from "../errors.ts";
import { type FileSystem, isMissing } from "./local-file-system.ts";
import { folderOf, joinPath } from "./path.ts";
import { refusalReason, systemCode } from "./storage-error.ts";
import { temporaryName } from "./work-names.ts";

/** A link to a finished file is the one step that both refuses a taken name and shows the whole content. */
export async function putIfAbsent(files: FileSystem, path: string, content: Uint8Array): Promise<boolean> {
  if ((await files.status(path)) !== undefined) return false;
  const temporary = await writeTemporary(files, path, content);
  try {
    await files.link(temporary, path);
  } catch (cause) {
    if (systemCode(cause) === "EEXIST") return false;
    throw noLinks.has(systemCode(cause) ?? "") ? cannotLink(path, cause) : cause;
  } finally {
    // What is left of it harms nobody, and must not hide what became of the link.
    await files.rm(temporary, { force: true }).catch(() => undefined);
  }
  try {
    await syncPath(files, folderOf(path));
  } catch (cause) {
    throw notDurable(path, cause);
  }
  return true;
}

// Others see the file already: whoever took this for a refusal would write it twice.
function notDurable(path: string, cause: unknown): ExecutionError {
  const reason = refusalReason(cause) ?? String(cause);
  return new ExecutionError(`${path} is made, but it may not survive a loss of power: ${reason}`, {
    condition: "TASK_WRITE_FAILED",
    sqlState: "58030",
    parameters: { path, code: systemCode(cause) ?? "" },
    hint: "Do not write it again, since it is there. Check the disk, then whether it still is.",
    cause,
  });
}

const noLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

function cannotLink(path: string, cause: unknown): UnsupportedError {
  return new UnsupportedError(
    `the file system of ${path} has no hard links, so that two writers could both think they made a file`,
    {
      parameters: { path },
      hint: "Keep tables on a file system with hard links, such as ext4, xfs, btrfs, APFS or NTFS.",
      cause,
    },
  );
}

export async function replaceFile(files: FileSystem, path: string, content: Uint8Array): Promise<void> {
  const temporary = await writeTemporary(files, path, content);
  try {
    await files.rename(temporary, path);
  } catch (cause) {
    await files.rm(temporary, { force: true });
    throw cause;
  }
  await syncPath(files, folderOf(path));
}

/** A finished file beside `path`, under a name that no reader lists. */
async function writeTemporary(files: FileSystem, path: string, content: Uint8Array): Promise<string> {
  const temporary = joinPath(folderOf(path), temporaryName());
  try {
    await writeDurably(files, temporary, content);
    return temporary;
  } catch (cause) {
    await files.rm(temporary, { force: true });
    throw cause;
  }
}

async function writeDurably(files: FileSystem, path: string, content: Uint8Array): Promise<void> {
  const handle = await files.open(path, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function syncPath(files: FileSystem, path: string): Promise<void> {
  const handle = await files.open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function deleteEmptyFolder(files: FileSystem, path: string): Promise<boolean> {
  try {
    await files.rmdir(path);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return true;
    if (systemCode(cause) === "ENOTEMPTY" || systemCode(cause) === "EEXIST") return false;
    throw cause;
  }
}
