/**
 * The actions of a Delta log: what its commits, checkpoints and sidecars are made of.
 *
 * An action is an object with one key, its kind, as a line of a commit has it. Fields that are not named here are kept as
 * they were read, so that an action that is written again loses nothing.
 */

/** What the table is: the last one in the log counts. */
export interface TableMetadata {
  /** Unlike that of any other table; stays when the table is changed. */
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly format: { readonly provider: string; readonly options?: Readonly<Record<string, string>> };
  /** The schema as Spark's JSON. */
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly createdTime?: number;
}

/** What a program has to know before it reads or writes the table. */
export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  /** Present from reader version 3 on. */
  readonly readerFeatures?: readonly string[];
  /** Present from writer version 7 on. */
  readonly writerFeatures?: readonly string[];
}

/** Which rows of a data file are deleted. */
export interface DeletionVectorDescriptor {
  /** `u`: a file named by a UUID in the table's folder; `i`: in the descriptor itself; `p`: a file by its absolute path. */
  readonly storageType: "u" | "i" | "p";
  readonly pathOrInlineDv: string;
  /** Where the vector begins in its file, in bytes. */
  readonly offset?: number;
  /** In bytes, without the length and the checksum that a file has around it. */
  readonly sizeInBytes: number;
  /** How many rows are deleted. */
  readonly cardinality: number;
  readonly maxRowIndex?: number;
}

/** The values of a file's partition columns, by physical name, as text; null and empty text are SQL's null. */
export type PartitionValues = Readonly<Record<string, string | null>>;

/** A data file that belongs to the table from now on. */
export interface AddFile {
  /** Relative to the table's folder or absolute, percent-encoded. */
  readonly path: string;
  readonly partitionValues: PartitionValues;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modificationTime: number;
  /** False where the rows were in the table already, such as those of a compaction. */
  readonly dataChange: boolean;
  /** Statistics as JSON. */
  readonly stats?: string;
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly deletionVector?: DeletionVectorDescriptor;
  readonly baseRowId?: number;
  readonly defaultRowCommitVersion?: number;
  readonly clusteringProvider?: string;
}

/** A data file that no longer belongs to the table; it is kept for readers of older versions. */
export interface RemoveFile {
  readonly path: string;
  readonly dataChange: boolean;
  /** Milliseconds since 1970. */
  readonly deletionTimestamp?: number;
  /** Whether the three fields after this one are there. */
  readonly extendedFileMetadata?: boolean;
  readonly partitionValues?: PartitionValues;
  readonly size?: number;
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly stats?: string;
  readonly deletionVector?: DeletionVectorDescriptor;
  readonly baseRowId?: number;
  readonly defaultRowCommitVersion?: number;
}

/** A file of changed rows, which only readers of the change feed look at. */
export interface ChangeFile {
  readonly path: string;
  readonly partitionValues: PartitionValues;
  readonly size: number;
  readonly dataChange: false;
  readonly tags?: Readonly<Record<string, string | null>>;
}

/** How far a program has written its own numbered batches. */
export interface ApplicationTransaction {
  readonly appId: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly lastUpdated?: number;
}

/** Who committed and how; nothing in it is needed to read the table but `inCommitTimestamp`. */
export interface CommitInfo {
  readonly timestamp?: number;
  /** Milliseconds since 1970; the time of the commit for tables with in-commit timestamps. */
  readonly inCommitTimestamp?: number;
  readonly userId?: string;
  readonly userName?: string;
  readonly operation?: string;
  readonly operationParameters?: Readonly<Record<string, unknown>>;
  readonly readVersion?: number;
  readonly isolationLevel?: string;
  readonly isBlindAppend?: boolean;
  readonly operationMetrics?: Readonly<Record<string, string>>;
  readonly userMetadata?: string;
  readonly engineInfo?: string;
  readonly txnId?: string;
}

/** Settings of one part of the table, such as its clustering. */
export interface DomainMetadata {
  readonly domain: string;
  readonly configuration: string;
  readonly removed: boolean;
}

/** A file of a V2 checkpoint that holds actions of files. */
export interface SidecarFile {
  /** The file's name, in `_delta_log/_sidecars`, or an absolute path. */
  readonly path: string;
  readonly sizeInBytes: number;
  readonly modificationTime: number;
  readonly tags?: Readonly<Record<string, string | null>>;
}

/** The mark of a V2 checkpoint. */
export interface CheckpointMetadata {
  readonly version: number;
  readonly tags?: Readonly<Record<string, string | null>>;
}

/** The kinds of actions with what each holds. */
export interface ActionTypes {
  readonly metaData: TableMetadata;
  readonly protocol: Protocol;
  readonly add: AddFile;
  readonly remove: RemoveFile;
  readonly cdc: ChangeFile;
  readonly txn: ApplicationTransaction;
  readonly commitInfo: CommitInfo;
  readonly domainMetadata: DomainMetadata;
  readonly sidecar: SidecarFile;
  readonly checkpointMetadata: CheckpointMetadata;
}

export type ActionKind = keyof ActionTypes;

/** A line of the log. One of the keys is there; kinds that are not known here give an object without any of them. */
export type Action = { readonly [Kind in ActionKind]?: ActionTypes[Kind] };

/** What tells deletion vectors of a file apart; undefined where no row of the file is deleted. */
export function deletionVectorId(descriptor: DeletionVectorDescriptor | undefined | null): string | undefined {
  if (descriptor === undefined || descriptor === null) return undefined;
  const { storageType, pathOrInlineDv, offset } = descriptor;
  return `${storageType}${pathOrInlineDv}${offset === undefined || offset === null ? "" : `@${offset}`}`;
}

/** What tells the files of a table apart: a path together with the vector of its deleted rows. */
export function fileKey({ path, deletionVector }: FileIdentity): string {
  const vector = deletionVectorId(deletionVector);
  const own = path.startsWith("file:") ? path.replace(localScheme, "/") : path;
  return vector === undefined ? own : `${own}\n${vector}`;
}

interface FileIdentity {
  readonly path: string;
  readonly deletionVector?: DeletionVectorDescriptor | undefined | null;
}

/** Absolute paths of local files have three forms: `/a`, `file:/a` and `file:///a`. */
const localScheme = /^file:\/*/;
