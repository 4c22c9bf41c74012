/** What becomes of a write when its target exists. */
import { AnalysisError } from "../errors.ts";
import type { Storage } from "./storage.ts";

/** What happens to data that is in the folder already. */
export type FolderSaveMode = "append" | "overwrite" | "error" | "ignore";

/**
 * Whether a mode writes to what is at a path now.
 *
 * @throws AnalysisError PATH_ALREADY_EXISTS (42K04) when the mode is `error` and something is there, or when a file is
 *   to be appended to
 */
export async function mayWrite(storage: Storage, target: string, mode: FolderSaveMode): Promise<boolean> {
  const status = await storage.stat(target);
  if (status === undefined || mode === "overwrite") return true;
  if (mode === "error") throw alreadyExists(target);
  if (mode === "append" && status.kind === "file") throw notAFolder(target);
  return mode === "append";
}

function alreadyExists(target: string): AnalysisError {
  return new AnalysisError(
    `Path file:${target} already exists. Set mode as "overwrite" to overwrite the existing path`,
    {
      condition: "PATH_ALREADY_EXISTS",
      sqlState: "42K04",
      parameters: { outputPath: `file:${target}` },
      hint: 'Or write with mode "append" to add to it, with "ignore" to leave it as it is, or to another folder.',
    },
  );
}

function notAFolder(target: string): AnalysisError {
  return new AnalysisError(`nothing can be appended to ${target}, which is a file`, {
    parameters: { path: target },
    hint: "Name a folder.",
  });
}
