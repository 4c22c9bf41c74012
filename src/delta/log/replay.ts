/** Newer actions cover older ones: what a log comes to. */
import {
  type Action,
  type AddFile,
  type ApplicationTransaction,
  type DomainMetadata,
  fileKey,
  type Protocol,
  type RemoveFile,
  type TableMetadata,
} from "../actions.ts";

/** The schema of a table whose columns nobody has told yet: the log then has none. */
const noColumns = '{"type":"struct","fields":[]}';

/** What the commits of a range come to, without what was before them. */
export class Replay {
  protocol: Protocol | undefined;
  metadata: TableMetadata | undefined;
  readonly transactions = new Map<string, ApplicationTransaction>();
  /** Removed ones too: they cover older ones. */
  readonly domains = new Map<string, DomainMetadata>();
  /** The files that were added and are still there. */
  readonly adds: AddFile[] = [];
  /** The files that were removed and did not come back. */
  readonly removes: RemoveFile[] = [];
  /** The keys of all files that were added or removed: older actions of the same files do not count. */
  readonly seen = new Set<string>();

  /** Takes in the actions of a file of the log; the newest file first. */
  addOlder(actions: readonly Action[]): void {
    const own = new Set<string>();
    for (const action of actions) this.#take(action, own);
    for (const key of own) this.seen.add(key);
  }

  #take(action: Action, own: Set<string>): void {
    const { protocol, metaData, txn, domainMetadata, add, remove } = action;
    if (protocol !== undefined) this.protocol ??= protocol;
    else if (metaData !== undefined)
      this.metadata ??= { ...metaData, schemaString: metaData.schemaString ?? noColumns };
    else if (txn !== undefined) setIfAbsent(this.transactions, txn.appId, txn);
    else if (domainMetadata !== undefined) setIfAbsent(this.domains, domainMetadata.domain, domainMetadata);
    else if (add !== undefined) this.#keep(add, this.adds, own);
    else if (remove !== undefined) this.#keep(remove, this.removes, own);
  }

  #keep<File extends AddFile | RemoveFile>(file: File, files: File[], own: Set<string>): void {
    const key = fileKey(file);
    if (this.seen.has(key) || own.has(key)) return;
    own.add(key);
    files.push(file);
  }
}

function setIfAbsent<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}
