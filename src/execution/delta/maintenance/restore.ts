/** `RESTORE`: a table as it was at a version, by a commit that gives its files back. */
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import { type Action, type AddFile, fileKey } from "../../../delta/actions.ts";
import { dataPath } from "../../../delta/data-path.ts";
import { addsOf, removeOf } from "../../../delta/write/file-actions.ts";
import { featuresOf, protocolOf } from "../../../delta/write/required-protocol.ts";
import { ExecutionError } from "../../../errors.ts";
import type { RestoreTable } from "../../../plan/maintenance-command.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { openTable } from "../open-table.ts";
import { restoreTarget } from "./restore-target.ts";

export interface RestoreMetrics {
  readonly tableSizeAfterRestore: number;
  readonly numOfFilesAfterRestore: number;
  readonly numRemovedFiles: number;
  readonly numRestoredFiles: number;
  readonly removedFilesSize: number;
  readonly restoredFilesSize: number;
}

/**
 * Brings a table back to a version or a time. What was committed since stays in the history.
 *
 * @throws ExecutionError `DELTA_FILE_NOT_FOUND_DETAILED` where a file of the version was deleted by then
 * @throws AnalysisError what `restoreTarget` throws
 */
export async function restoreTable(
  location: string,
  to: RestoreTable["to"],
  context: CommandContext,
  _options: ActionOptions = {},
): Promise<RestoreMetrics> {
  const open = await openTable(location, context);
  const { transaction } = open;
  const { snapshot: target, parameters } = await restoreTarget(location, to, context);
  transaction.readsAll();
  const wanted = new Map((await Array.fromAsync(addsOf(target))).map((add) => [fileKey(add), add]));
  const current = new Map((await Array.fromAsync(addsOf(open.snapshot!))).map((add) => [fileKey(add), add]));
  const added = [...wanted].filter(([key]) => !current.has(key)).map(([, add]) => add);
  const removed = [...current].filter(([key]) => !wanted.has(key)).map(([, add]) => add);
  await checkThere(added, location, context);
  transaction.setMetadata(target.metadata);
  const features = new Set([...featuresOf(transaction.protocol!), ...featuresOf(target.protocol)]);
  if (features.size > featuresOf(transaction.protocol!).size) transaction.setProtocol(protocolOf(features));
  const metrics: RestoreMetrics = {
    tableSizeAfterRestore: sizeOf([...wanted.values()]),
    numOfFilesAfterRestore: wanted.size,
    numRemovedFiles: removed.length,
    numRestoredFiles: added.length,
    removedFilesSize: sizeOf(removed),
    restoredFilesSize: sizeOf(added),
  };
  const actions: Action[] = [
    ...added.map((add) => ({ add })),
    ...removed.map((add) => ({ remove: removeOf(add, true) })),
  ];
  await committed(
    open,
    actions,
    {
      name: "RESTORE",
      parameters,
      metrics: {
        numRestoredFiles: String(metrics.numRestoredFiles),
        removedFilesSize: String(metrics.removedFilesSize),
        numRemovedFiles: String(metrics.numRemovedFiles),
        restoredFilesSize: String(metrics.restoredFilesSize),
        numOfFilesAfterRestore: String(metrics.numOfFilesAfterRestore),
        tableSizeAfterRestore: String(metrics.tableSizeAfterRestore),
      },
    },
    context,
  );
  return metrics;
}

const sizeOf = (files: readonly AddFile[]): number => files.reduce((bytes, { size }) => bytes + size, 0);

async function checkThere(files: readonly AddFile[], location: string, { delta }: CommandContext): Promise<void> {
  for (const { path } of files) {
    const found = await delta.handlers.storage.stat(dataPath(location, path));
    if (found !== undefined) continue;
    throw new ExecutionError(`The file ${dataPath(location, path)} of the version is gone`, {
      condition: "DELTA_FILE_NOT_FOUND_DETAILED",
      sqlState: "42K03",
      parameters: { filePath: dataPath(location, path) },
      hint: "VACUUM, or somebody by hand, has deleted it. Restore a later version.",
    });
  }
}
