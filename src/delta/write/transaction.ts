/** Optimistic transactions: what was read is checked against what others committed meanwhile, then a version is taken. */

import { ExecutionError } from "../../errors.ts";
import { joinPath } from "../../storage/path.ts";
import { formatActions, parseActions } from "../action-json.ts";
import type {
  Action,
  ApplicationTransaction,
  CommitInfo,
  DomainMetadata,
  Protocol,
  TableMetadata,
} from "../actions.ts";
import { fileKey } from "../actions.ts";
import type { LogStorage } from "../handlers.ts";
import { commitName, logFolder } from "../log-names.ts";
import { checkAppendOnly, checkWritable } from "./commit-checks.ts";
import { nextCommitTime } from "./commit-time.ts";
import { checkConflicts, isolationOf, type OtherCommit, type TransactionReads } from "./conflicts.ts";
import { numberedRows, numbersRows } from "./row-tracking.ts";

/** The table as a transaction begins; version -1 where there is none yet. */
export interface TransactionBase {
  readonly version: number;
  readonly protocol: Protocol | undefined;
  readonly metadata: TableMetadata | undefined;
  readonly domains: ReadonlyMap<string, DomainMetadata>;
  readonly applications: ReadonlyMap<string, ApplicationTransaction>;
  /** The time of its commit in milliseconds since 1970, where the log itself says it. */
  readonly inCommitTimestamp?: number | undefined;
}

/** What is said of a commit to those who read the history. */
export interface Operation {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly userMetadata?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A commit that was made. */
export interface Committed {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly actions: readonly Action[];
  /** Versions of others that came in between. */
  readonly retries: number;
}

/** Who writes, as commits say it. */
export interface Writer {
  readonly storage: LogStorage;
  readonly engineInfo: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How often a version may be lost to others before the transaction gives up, as in Delta. */
const mostAttempts = 10_000_000;

/** One transaction on a table. What it looks at has to be told to it, so that it knows what others may change. */
export class Transaction {
  readonly table: string;
  readonly base: TransactionBase;
  readonly #writer: Writer;
  readonly #files = new Set<string>();
  readonly #partitions: TransactionReads["partitions"][number][] = [];
  readonly #applications = new Set<string>();
  #wholeTable = false;
  #metadata: TableMetadata | undefined;
  #protocol: Protocol | undefined;

  /** @param table - the absolute path of the table's folder */
  constructor(table: string, base: TransactionBase, writer: Writer) {
    this.table = table;
    this.base = base;
    this.#writer = writer;
  }

  /** What the table is with this transaction. */
  get metadata(): TableMetadata | undefined {
    return this.#metadata ?? this.base.metadata;
  }

  get protocol(): Protocol | undefined {
    return this.#protocol ?? this.base.protocol;
  }

  /** Every row was looked at: no file may come or go meanwhile. */
  readsAll(): void {
    this.#wholeTable = true;
  }

  /** Files were read: they must be there still when the transaction is committed. */
  readsFiles(files: Iterable<Parameters<typeof fileKey>[0]>): void {
    for (const file of files) this.#files.add(fileKey(file));
  }

  /** Partitions were looked through: no file may be added to them meanwhile. */
  readsPartitions(covers: TransactionReads["partitions"][number]): void {
    this.#partitions.push(covers);
  }

  /** The number of the last batch that an application has committed. */
  lastBatchOf(application: string): number | undefined {
    this.#applications.add(application);
    return this.base.applications.get(application)?.version;
  }

  setMetadata(metadata: TableMetadata): void {
    this.#metadata = metadata;
  }

  setProtocol(protocol: Protocol): void {
    this.#protocol = protocol;
  }

  /**
   * Commits actions: those of files, of applications and of domains; changed metadata and protocol are added.
   *
   * @throws ConcurrentModificationException where another commit conflicts; nothing was committed then
   * @throws UnsupportedError for a table with features that are not written
   */
  async commit(actions: readonly Action[], operation: Operation): Promise<Committed> {
    const all = [...this.#definitions(), ...actions];
    if (this.protocol !== undefined) checkWritable(this.protocol, this.table);
    checkAppendOnly(all, this.metadata, this.table);
    const isolation = isolationOf(all, this.metadata?.configuration?.["delta.isolationLevel"]);
    const state = new RunningState(this.base);
    const folder = joinPath(this.table, logFolder);
    if (this.base.version < 0) await this.#writer.storage.makeFolder(folder);
    for (let retries = 0; retries < mostAttempts; retries++) {
      const numbers = numbersRows(this.#protocol ?? state.protocol, this.metadata);
      const numbered = numbers ? numberedRows(all, state) : all;
      const timestamp = nextCommitTime(this.metadata, state, (this.#writer.now ?? Date.now)());
      const commitInfo = this.#info(operation, { isolation, actions: all, timestamp });
      const content = [{ commitInfo }, ...numbered];
      const path = joinPath(folder, commitName(state.version + 1));
      if (await this.#writer.storage.putIfAbsent(path, formatActions(content)))
        return { version: state.version + 1, timestamp, actions: content, retries };
      for (const other of await this.#othersSince(state.version)) {
        checkConflicts({ table: this.table, reads: this.#reads, actions: all, isolation }, other);
        state.pass(other);
        // A protocol that another commit has changed may ask for what this one does not know.
        if (state.protocol !== undefined) checkWritable(state.protocol, this.table);
      }
    }
    throw new ExecutionError(`The commit to ${this.table} lost against others ${mostAttempts} times`, {
      condition: "DELTA_MAX_COMMIT_RETRIES_EXCEEDED",
      sqlState: "40000",
    });
  }

  #definitions(): readonly Action[] {
    return [
      ...(this.#metadata === undefined ? [] : [{ metaData: this.#metadata }]),
      ...(this.#protocol === undefined ? [] : [{ protocol: this.#protocol }]),
    ];
  }

  get #reads(): TransactionReads {
    return {
      wholeTable: this.#wholeTable,
      files: this.#files,
      partitions: this.#partitions,
      applications: this.#applications,
    };
  }

  #info(
    { name, parameters, metrics, userMetadata, tags }: Operation,
    { isolation, actions, timestamp }: { isolation: string; actions: readonly Action[]; timestamp: number },
  ): CommitInfo {
    const inCommit = this.metadata?.configuration?.["delta.enableInCommitTimestamps"] === "true";
    return {
      ...(inCommit ? { inCommitTimestamp: timestamp } : {}),
      timestamp,
      operation: name,
      operationParameters: parameters,
      ...(this.base.version < 0 ? {} : { readVersion: this.base.version }),
      isolationLevel: isolation,
      isBlindAppend: this.#isBlindAppend(actions),
      operationMetrics: metrics,
      ...(userMetadata === undefined ? {} : { userMetadata }),
      ...(tags === undefined ? {} : { tags }),
      engineInfo: this.#writer.engineInfo,
      txnId: crypto.randomUUID(),
    };
  }

  #isBlindAppend(actions: readonly Action[]): boolean {
    const looked = this.#wholeTable || this.#files.size > 0 || this.#partitions.length > 0;
    return !looked && actions.every(({ remove, cdc }) => remove === undefined && cdc === undefined);
  }

  /** The commits after a version, as far as there are any. */
  async #othersSince(version: number): Promise<readonly OtherCommit[]> {
    const found: OtherCommit[] = [];
    for (let next = version + 1; ; next++) {
      const actions = await this.#read(next);
      if (actions === undefined) return found;
      found.push({ version: next, actions });
    }
  }

  async #read(version: number): Promise<readonly Action[] | undefined> {
    const path = joinPath(this.table, logFolder, commitName(version));
    const { storage } = this.#writer;
    if ((await storage.stat(path)) === undefined) return undefined;
    await using file = await storage.open(path);
    return parseActions(await file.read(0, file.size), path);
  }
}

/** What of the table's state a commit has to go on from, brought forward by the commits of others. */
export class RunningState {
  version: number;
  protocol: Protocol | undefined;
  inCommitTimestamp: number | undefined;
  readonly #domains: Map<string, DomainMetadata>;

  constructor(base: TransactionBase) {
    this.version = base.version;
    this.protocol = base.protocol;
    this.inCommitTimestamp = base.inCommitTimestamp;
    this.#domains = new Map(base.domains);
  }

  domain(name: string): DomainMetadata | undefined {
    return this.#domains.get(name);
  }

  pass({ version, actions }: OtherCommit): void {
    this.version = version;
    for (const { domainMetadata, commitInfo, protocol } of actions) {
      if (protocol !== undefined) this.protocol = protocol;
      if (domainMetadata !== undefined) this.#domains.set(domainMetadata.domain, domainMetadata);
      if (commitInfo?.inCommitTimestamp !== undefined) this.inCommitTimestamp = commitInfo.inCommitTimestamp;
    }
  }
}
