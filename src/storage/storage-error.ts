/** What a file system refuses, as errors that say what to do. */
import { ExecutionError, isLakewrightError } from "../errors.ts";

/** What was being done: a verb for the sentence, and whether it changes files. */
export interface FileAction {
  readonly verb: string;
  readonly writes: boolean;
}

export const reading: FileAction = { verb: "read", writes: false };

interface Refusal {
  readonly reason: string;
  readonly hint: string;
}

const noPermission: Refusal = {
  reason: "permission denied",
  hint: "Give the user of this process the right to it and to the folders above, or choose another path.",
};
const noSpace: Refusal = {
  reason: "no space left on the device",
  hint: "Free space or choose a folder on another disk; what was written there before is as it was.",
};
const tooManyFiles: Refusal = {
  reason: "too many files are open",
  hint: "Raise the limit (ulimit -n) or read fewer files at a time.",
};
const readOnly: Refusal = {
  reason: "the file system is read-only",
  hint: "Choose a folder on a file system that can be written.",
};
const busy: Refusal = {
  reason: "it is in use",
  hint: "Close the program that uses it, or unmount what is mounted there.",
};

/** By the error codes of POSIX; a code that is not here is shown as the system says it. */
const refusals: Readonly<Record<string, Refusal>> = {
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: readOnly,
  ENOSPC: noSpace,
  EDQUOT: { ...noSpace, reason: "the disk quota is used up" },
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  EBUSY: busy,
  ETXTBSY: busy,
  ENOENT: {
    reason: "it does not exist",
    hint: "It may have been moved or deleted meanwhile; list the folder and try again.",
  },
  EEXIST: { reason: "the path is taken", hint: "Choose another name, or delete what is there." },
  ENOTEMPTY: { reason: "the path is taken", hint: "Choose another name, or delete what is there." },
  ENOTDIR: { reason: "a part of the path is a file, not a folder", hint: "Name a folder." },
  EISDIR: { reason: "it is a folder, not a file", hint: "Name a file." },
  ENAMETOOLONG: { reason: "a name in it is too long", hint: "File systems allow 255 bytes a name; shorten it." },
  ELOOP: { reason: "symbolic links lead in a circle", hint: "Repair the links." },
  EXDEV: { reason: "it would move to another file system", hint: "Choose a folder on one file system." },
  EIO: { reason: "the device reports an error", hint: "Check the disk." },
};

/**
 * The error code of the system behind an error: `ENOENT`, `EACCES`, …
 *
 * @param error - anything that was thrown
 */
export function systemCode(error: unknown): string | undefined {
  const cause = isLakewrightError(error) ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/**
 * Why the system refused, in words; `undefined` for errors of other kinds.
 *
 * @param error - anything that was thrown
 */
export const refusalReason = (error: unknown): string | undefined => refusals[systemCode(error) ?? ""]?.reason;

/**
 * What a file system refused, as an error of ours: Spark's `FAILED_READ_FILE` or `TASK_WRITE_FAILED`.
 *
 * @param cause - what `node:fs`, or a library that writes files, threw
 * @param action - what was being done
 * @param path - to what
 * @example
 * ```ts
 * throw storageError(cause, { verb: "write", writes: true }, "/out/part-0.parquet");
 * ```
 */
export function storageError(cause: unknown, action: FileAction, path: string): unknown {
  const code = systemCode(cause);
  if (code === undefined || isLakewrightError(cause)) return cause;
  const { reason, hint } = refusals[code] ?? { reason: (cause as Error).message, hint: undefined };
  const place = action.writes ? path : ((cause as NodeJS.ErrnoException).path ?? path);
  return new ExecutionError(`cannot ${action.verb} ${place}: ${reason}`, {
    condition: action.writes
      ? "TASK_WRITE_FAILED"
      : code === "ENOENT"
        ? "FAILED_READ_FILE.FILE_NOT_EXIST"
        : "FAILED_READ_FILE.NO_HINT",
    sqlState: action.writes ? "58030" : "KD001",
    parameters: { path: place, code },
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}
