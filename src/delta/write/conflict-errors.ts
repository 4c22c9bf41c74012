/** What is thrown when another commit was faster and the two cannot both be. Conditions are those of Delta. */
import { type ErrorDetails, ExecutionError } from "../../errors.ts";
import type { CommitInfo, PartitionValues } from "../actions.ts";

/** The commit that was there first. */
export interface FasterCommit {
  readonly version: number;
  readonly info: CommitInfo | undefined;
}

/** Another commit changed what this transaction had relied on; nothing of this transaction was committed. */
export class ConcurrentModificationException extends ExecutionError {
  override readonly name: string = "ConcurrentModificationException";
}

/** Files were added that this transaction would have read. */
export class ConcurrentAppendException extends ConcurrentModificationException {
  override readonly name: string = "ConcurrentAppendException";
}

/** Files were removed that this transaction has read. */
export class ConcurrentDeleteReadException extends ConcurrentModificationException {
  override readonly name: string = "ConcurrentDeleteReadException";
}

/** Files were removed that this transaction removes too. */
export class ConcurrentDeleteDeleteException extends ConcurrentModificationException {
  override readonly name: string = "ConcurrentDeleteDeleteException";
}

/** The schema, the partitioning or the properties were changed. */
export class MetadataChangedException extends ConcurrentModificationException {
  override readonly name: string = "MetadataChangedException";
}

/** The protocol was changed. */
export class ProtocolChangedException extends ConcurrentModificationException {
  override readonly name: string = "ProtocolChangedException";
}

/** Another program committed under the same application id. */
export class ConcurrentTransactionException extends ConcurrentModificationException {
  override readonly name: string = "ConcurrentTransactionException";
}

type Kind = new (sentence: string, details?: ErrorDetails) => ConcurrentModificationException;

interface FileConflict {
  readonly kind: Kind;
  readonly condition: string;
  readonly did: (operation: string, table: string, version: number) => string;
  readonly what: string;
}

const fileConflicts = {
  append: {
    kind: ConcurrentAppendException,
    condition: "DELTA_CONCURRENT_APPEND",
    did: (operation, table, version) =>
      `Transaction conflict detected. A concurrent ${operation} added data to table ${table} committed at version ${version}`,
    what: "modified data%s that should have been read by this operation",
  },
  "delete read": {
    kind: ConcurrentDeleteReadException,
    condition: "DELTA_CONCURRENT_DELETE_READ",
    did: (operation, table, version) =>
      `Transaction conflict detected, a concurrent ${operation} deleted data from table ${table} (committed at version ${version}) that this transaction read`,
    what: "deleted data%s that was read by this operation",
  },
  "delete delete": {
    kind: ConcurrentDeleteDeleteException,
    condition: "DELTA_CONCURRENT_DELETE_DELETE",
    did: (operation, table, version) =>
      `Transaction conflict detected, a concurrent ${operation} deleted data from table ${table} (committed at version ${version}) that this transaction attempted to delete`,
    what: "deleted data%s that was read by this operation",
  },
} as const satisfies Record<string, FileConflict>;

const retry = { sqlState: "2D521", hint: "Run the operation again: it will read the table as it is now." };

/** @param partition - of a file that both commits are about */
export function fileConflict(
  which: keyof typeof fileConflicts,
  table: string,
  { version, info }: FasterCommit,
  partition: PartitionValues = {},
): ConcurrentModificationException {
  const { kind, condition, did, what }: FileConflict = fileConflicts[which];
  const shown = Object.entries(partition).map(([name, value]) => `${name}=${value}`);
  const values = `[${shown.join(", ")}]`;
  const within = shown.length === 0 ? "" : ` in the partition ${values}`;
  const operation = info?.operation ?? "operation";
  return new kind(`${did(operation, table, version)}. The concurrent operation ${what.replace("%s", within)}`, {
    condition: `${condition}.${shown.length === 0 ? "WITHOUT_HINT" : "WITH_PARTITION_HINT"}`,
    parameters: {
      operation,
      tableName: table,
      version: String(version),
      ...(shown.length === 0 ? {} : { partitionValues: values }),
    },
    ...retry,
  });
}

const conflicting = ({ version, info }: FasterCommit): string =>
  `\nConflicting commit: ${JSON.stringify({ version, ...info })}`;

export const metadataChanged = (table: string, faster: FasterCommit): MetadataChangedException =>
  new MetadataChangedException(
    `MetadataChangedException: The metadata of the Delta table ${table} has been changed by a concurrent update${conflicting(faster)}`,
    {
      condition: "DELTA_METADATA_CHANGED",
      parameters: { tableName: table, conflictingCommit: conflicting(faster) },
      ...retry,
    },
  );

export const protocolChanged = (faster: FasterCommit): ProtocolChangedException =>
  new ProtocolChangedException(
    `ProtocolChangedException: The protocol version of the Delta table has been changed by a concurrent update${conflicting(faster)}`,
    {
      condition: "DELTA_PROTOCOL_CHANGED",
      parameters: { additionalInfo: "", conflictingCommit: conflicting(faster) },
      ...retry,
    },
  );

export const transactionChanged = (faster: FasterCommit): ConcurrentTransactionException =>
  new ConcurrentTransactionException(
    `ConcurrentTransactionException: Another program has committed under the same application id${conflicting(faster)}`,
    {
      condition: "DELTA_CONCURRENT_TRANSACTION",
      parameters: { conflictingCommit: conflicting(faster) },
      sqlState: "2D521",
      hint: "Run only one instance of a query that writes with txnAppId, or of a stream with one checkpoint.",
    },
  );

export const domainChanged = (domain: string, faster: FasterCommit): ConcurrentTransactionException =>
  new ConcurrentTransactionException(
    `ConcurrentTransactionException: A conflicting metadata domain ${domain} is added${conflicting(faster)}`,
    {
      condition: "DELTA_CONCURRENT_TRANSACTION",
      parameters: { conflictingCommit: conflicting(faster) },
      ...retry,
    },
  );
