/** The change feed: which rows came and went, commit by commit. */
import { AnalysisError } from "../errors.ts";
import type { FileGroup, ListedColumn, ListedFile, ListedFiles } from "../plan/listed-files.ts";
import { bigintType, type StructField, stringType, structField, timestampType } from "../types/data-type.ts";
import type { AddFile, ChangeFile, DeletionVectorDescriptor, PartitionValues, RemoveFile } from "./actions.ts";
import { deletionVectorId } from "./actions.ts";
import { type CommitChanges, commitChanges } from "./changes.ts";
import { physicalName } from "./column-mapping.ts";
import type { TimedCommit } from "./commit-times.ts";
import { dataPath } from "./data-path.ts";
import { deletedRows, type VectorFiles } from "./deletion-vectors/deletion-vector.ts";
import type { LogStorage } from "./handlers.ts";
import { readPartitionValue } from "./partition-value.ts";
import type { Snapshot } from "./snapshot.ts";
import { columnSources, tableSchema } from "./table-schema.ts";

const changeType = "_change_type";

/** The columns that the change feed has besides those of the table. */
export const changeColumns: readonly StructField[] = [
  structField(changeType, stringType),
  structField("_commit_version", bigintType),
  structField("_commit_timestamp", timestampType),
];

/** Whether a table keeps a change feed. */
export const hasChangeFeed = ({ configuration }: Pick<Snapshot["metadata"], "configuration">): boolean =>
  configuration?.["delta.enableChangeDataFeed"]?.toLowerCase() === "true";

export interface ChangeRange {
  /** The first version. */
  readonly from: number;
  /** The last version. */
  readonly to: number;
  readonly times: readonly TimedCommit[];
}

export interface ChangeFeedParts {
  readonly storage: Pick<LogStorage, "open">;
  readonly timeZone: string;
}

/**
 * The rows that the commits of a range changed, with the columns of the snapshot.
 *
 * @param snapshot - of the last version
 * @throws AnalysisError `DELTA_MISSING_CHANGE_DATA` where the feed was off in the range
 */
export async function changeFeed(
  snapshot: Snapshot,
  { from, to, times }: ChangeRange,
  parts: ChangeFeedParts,
): Promise<ListedFiles> {
  const { table, metadata, listing } = snapshot;
  const builder = new FeedBuilder(table, metadata, parts);
  for await (const commit of commitChanges(listing, parts.storage, from, to)) {
    if (commit.metadata !== undefined && !hasChangeFeed(commit.metadata)) throw feedIsOff(commit.version, from, to);
    const time = times.find(({ version }) => version === commit.version)?.time ?? 0;
    await builder.add(commit, time);
  }
  return builder.finish();
}

/** @param version - the first that has no feed */
export const feedIsOff = (version: number, from: number, to: number): AnalysisError =>
  new AnalysisError(
    `Error getting change data for range [${from}, ${to}] as change data was not recorded for version [${version}]`,
    {
      condition: "DELTA_MISSING_CHANGE_DATA",
      sqlState: "KD002",
      parameters: { startVersion: String(from), endVersion: String(to), version: String(version) },
      hint: "Set the table's property delta.enableChangeDataFeed to true: changes are told from then on. Read a range that begins after that.",
    },
  );

type LoggedFile = AddFile | RemoveFile | ChangeFile;

/** What a row of the feed says of itself. */
interface Marks {
  readonly change: string | null;
  readonly version: bigint;
  /** Microseconds since 1970. */
  readonly time: bigint;
}

class FeedBuilder {
  readonly #table: string;
  readonly #metadata: Snapshot["metadata"];
  readonly #parts: ChangeFeedParts;
  readonly #vectors: VectorFiles = new Map();
  /** Files of whole rows of the table, and files of changes. */
  readonly #rows: ListedFile[] = [];
  readonly #changes: ListedFile[] = [];

  constructor(table: string, metadata: Snapshot["metadata"], parts: ChangeFeedParts) {
    this.#table = table;
    this.#metadata = metadata;
    this.#parts = parts;
  }

  async add({ version, adds, removes, changeFiles }: CommitChanges, time: number): Promise<void> {
    const marked = (change: string | null): Marks => ({
      change,
      version: BigInt(version),
      time: BigInt(time) * 1000n,
    });
    if (changeFiles.length > 0) {
      for (const file of changeFiles) this.#changes.push(this.#listed(file, marked(null)));
      return;
    }
    const removed = new Map(removes.filter(changesData).map((file) => [file.path, file]));
    for (const file of adds.filter(changesData)) {
      const before = removed.get(file.path);
      removed.delete(file.path);
      if (before === undefined) this.#rows.push(await this.#whole(file, marked("insert")));
      else await this.#difference(before, file, marked);
    }
    for (const file of removed.values()) this.#rows.push(await this.#whole(file, marked("delete")));
  }

  finish(): ListedFiles {
    const { partitionColumns } = tableSchema(this.#metadata);
    const sources = columnSources(this.#metadata);
    const marks = changeColumns.map(({ name }, index): [string, ListedColumn] => [
      name,
      { from: "list", index: partitionColumns.length + index },
    ]);
    const told: ListedColumn = { from: "file", path: [changeType], type: stringType };
    // A column that has no id is beside the others there: all are looked for by their names.
    const named = columnSources(this.#metadata, "name");
    const groups: readonly FileGroup[] = [
      { files: this.#rows, columns: new Map([...sources, ...marks]) },
      { files: this.#changes, columns: new Map([...named, ...marks, [changeType, told]]) },
    ];
    return { groups: groups.filter(({ files }) => files.length > 0) };
  }

  /** The rows of a file that are not deleted. */
  async #whole(file: AddFile | RemoveFile, marks: Marks): Promise<ListedFile> {
    const listed = this.#listed(file, marks);
    if (!file.deletionVector) return listed;
    return { ...listed, rows: { are: "left out", numbers: await this.#deleted(file.deletionVector) } };
  }

  /** The same file with other rows deleted: rows that are deleted now went, those that were before came back. */
  async #difference(before: RemoveFile, after: AddFile, marked: (change: string) => Marks): Promise<void> {
    if (deletionVectorId(before.deletionVector) === deletionVectorId(after.deletionVector)) return;
    const [old, now] = await Promise.all([before, after].map((file) => this.#deleted(file.deletionVector)));
    for (const [change, numbers] of [
      ["delete", without(now!, old!)],
      ["insert", without(old!, now!)],
    ] as const) {
      if (numbers.length === 0) continue;
      this.#rows.push({ ...this.#listed(after, marked(change)), rows: { are: "read", numbers } });
    }
  }

  async #deleted(vector: DeletionVectorDescriptor | undefined): Promise<BigInt64Array> {
    if (!vector) return new BigInt64Array();
    return deletedRows(vector, this.#table, this.#parts.storage, this.#vectors);
  }

  #listed(file: LoggedFile, { change, version, time }: Marks): ListedFile {
    const { partitionValues = {}, size = 0 } = file;
    const { partitionColumns } = tableSchema(this.#metadata);
    const values = partitionColumns.map((field) => partitionOf(field, partitionValues, this.#parts.timeZone));
    const modifiedAt = "modificationTime" in file ? file.modificationTime : Number(time / 1000n);
    return { path: dataPath(this.#table, file.path), size, modifiedAt, values: [...values, change, version, time] };
  }
}

const changesData = ({ dataChange }: AddFile | RemoveFile): boolean => dataChange;

const partitionOf = (field: StructField, values: PartitionValues, timeZone: string) =>
  readPartitionValue(values[physicalName(field)] ?? values[field.name], field.type, timeZone);

/** The numbers of one list that another does not have; both ascending. */
function without(numbers: BigInt64Array, others: BigInt64Array): BigInt64Array {
  let at = 0;
  return numbers.filter((number) => {
    while (at < others.length && others[at]! < number) at++;
    return others[at] !== number;
  });
}
