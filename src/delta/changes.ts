/** What the commits of a range did to the files of a table: for streams and for the change feed. */
import type { AddFile, ChangeFile, CommitInfo, Protocol, RemoveFile, TableMetadata } from "./actions.ts";
import type { LogStorage } from "./handlers.ts";
import { commitFiles, type LogListing } from "./log/log-listing.ts";
import { readActions } from "./log/read-file.ts";

/** One commit, taken apart. */
export interface CommitChanges {
  readonly version: number;
  readonly info: CommitInfo | undefined;
  readonly metadata: TableMetadata | undefined;
  readonly protocol: Protocol | undefined;
  readonly adds: readonly AddFile[];
  readonly removes: readonly RemoveFile[];
  readonly changeFiles: readonly ChangeFile[];
}

/** A file that a commit added or removed. */
export interface FileChange {
  readonly version: number;
  /** Its place among the file actions of the commit. */
  readonly index: number;
  readonly kind: "add" | "remove";
  readonly file: AddFile | RemoveFile;
  /** Whether rows changed by it. */
  readonly dataChange: boolean;
}

/**
 * The commits of a range, ascending, each read when it is asked for.
 *
 * @param from - the first version
 * @param to - the last version
 * @throws ExecutionError `DELTA_VERSIONS_NOT_CONTIGUOUS` where one is missing
 */
export async function* commitChanges(
  listing: LogListing,
  storage: Pick<LogStorage, "open">,
  from: number,
  to: number,
): AsyncGenerator<CommitChanges, void, void> {
  for (const { version, path } of commitFiles(listing, from, to, false)) {
    const actions = await readActions(storage, path);
    const of = <Value>(pick: (action: (typeof actions)[number]) => Value | undefined): Value[] =>
      actions.map(pick).filter((value) => value !== undefined);
    yield {
      version,
      info: of(({ commitInfo }) => commitInfo)[0],
      metadata: of(({ metaData }) => metaData)[0],
      protocol: of(({ protocol }) => protocol)[0],
      adds: of(({ add }) => add),
      removes: of(({ remove }) => remove),
      changeFiles: of(({ cdc }) => cdc),
    };
  }
}

/**
 * The files that the commits of a range added and removed, in the order of the log.
 *
 * @param from - the first version
 * @param to - the last version
 */
export async function* fileChanges(
  listing: LogListing,
  storage: Pick<LogStorage, "open">,
  from: number,
  to: number,
): AsyncGenerator<FileChange, void, void> {
  for (const { version, path } of commitFiles(listing, from, to, false)) {
    let index = 0;
    for (const { add, remove } of await readActions(storage, path)) {
      const file = add ?? remove;
      if (file === undefined) continue;
      yield { version, index, kind: add === undefined ? "remove" : "add", file, dataChange: file.dataChange };
      index += 1;
    }
  }
}
