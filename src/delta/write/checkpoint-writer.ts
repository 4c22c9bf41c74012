/** Checkpoints: what a version comes to, in one file or two, so that readers need not go through every commit. */
import { joinPath } from "../../storage/path.ts";
import type { Batch } from "../../types/batch.ts";
import { batchBuilder } from "../../types/batch-builder.ts";
import { type DataType, type StructType, structField, structType } from "../../types/data-type.ts";
import type { StoredValue } from "../../types/stored-value.ts";
import { formatActions } from "../action-json.ts";
import type { Action, RemoveFile } from "../actions.ts";
import { faultsOf } from "../checksum/checksum-faults.ts";
import { failedIntegrity } from "../errors.ts";
import type { DeltaHandlers } from "../handlers.ts";
import { removeType, tableActions } from "../log/checkpoint-schema.ts";
import { classicCheckpointName, lastCheckpointName, logFolder, sidecarFolder, v2CheckpointName } from "../log-names.ts";
import type { Snapshot } from "../snapshot.ts";
import { addsOf, addType } from "./file-actions.ts";
import { milliseconds } from "./retention.ts";

/** How many actions a checkpoint has, and how long it is. */
interface Written {
  readonly actions: number;
  readonly adds: number;
  readonly bytes: number;
}

/**
 * Writes the checkpoint of a snapshot, of the form that the table's property `delta.checkpointPolicy` asks for, and
 * leaves word of it in `_last_checkpoint`.
 *
 * @param now - milliseconds since 1970, for the tombstones that are too old to be kept
 * @throws ExecutionError `DELTA_TXN_LOG_FAILED_INTEGRITY` where the checksum of the version tells another state: nothing is
 *   written then, as by Delta Lake
 */
export async function writeCheckpoint(snapshot: Snapshot, handlers: DeltaHandlers, now = Date.now()): Promise<void> {
  const faults = await faultsOf(snapshot, handlers.storage);
  if (faults.length > 0) throw failedIntegrity(snapshot.table, snapshot.version, faults);
  const isV2 = snapshot.metadata.configuration?.["delta.checkpointPolicy"]?.toLowerCase() === "v2";
  const written = await (isV2 ? writeV2(snapshot, handlers, now) : writeClassic(snapshot, handlers, now));
  const last = {
    version: snapshot.version,
    size: written.actions,
    sizeInBytes: written.bytes,
    numOfAddFiles: written.adds,
  };
  const path = joinPath(snapshot.table, logFolder, lastCheckpointName);
  await handlers.storage.replace(path, new TextEncoder().encode(JSON.stringify(last)));
}

async function writeClassic(snapshot: Snapshot, handlers: DeltaHandlers, now: number): Promise<Written> {
  const path = joinPath(snapshot.table, logFolder, classicCheckpointName(snapshot.version));
  const counted = new Counter();
  const batches = counted.all(batched([tableLines(snapshot), fileLines(snapshot, now)]));
  const bytes = await handlers.parquet.write(path, checkpointSchema, batches);
  await handlers.storage.sync(path);
  return { ...counted.counts, bytes };
}

/** Files in a sidecar, and the rest in a file of JSON that names it. */
async function writeV2(snapshot: Snapshot, handlers: DeltaHandlers, now: number): Promise<Written> {
  const log = joinPath(snapshot.table, logFolder);
  const folder = joinPath(log, sidecarFolder);
  const name = `${crypto.randomUUID()}.parquet`;
  await handlers.storage.makeFolder(folder);
  const counted = new Counter();
  const sizeInBytes = await handlers.parquet.write(
    joinPath(folder, name),
    fileSchema,
    counted.all(batched([fileLines(snapshot, now)], fileSchema)),
  );
  await handlers.storage.sync(joinPath(folder, name));
  const lines: Action[] = [
    { checkpointMetadata: { version: snapshot.version } },
    ...tableLines(snapshot),
    { sidecar: { path: name, sizeInBytes, modificationTime: now } },
  ];
  const content = formatActions(lines);
  await handlers.storage.putIfAbsent(
    joinPath(log, v2CheckpointName(snapshot.version, crypto.randomUUID(), "json")),
    content,
  );
  const { actions, adds } = counted.counts;
  return { actions: actions + lines.length, adds, bytes: sizeInBytes + content.length };
}

class Counter {
  #actions = 0;
  #adds = 0;

  get counts(): Omit<Written, "bytes"> {
    return { actions: this.#actions, adds: this.#adds };
  }

  async *all(lines: AsyncIterable<{ readonly batch: Batch; readonly adds: number }>): AsyncGenerator<Batch> {
    for await (const { batch, adds } of lines) {
      this.#actions += batch.rows;
      this.#adds += adds;
      yield batch;
    }
  }
}

const { protocol, metaData, txn, domainMetadata } = tableActions;

const fileSchema = structType([structField("add", addType), structField("remove", removeType)]);

const checkpointSchema: StructType = structType([
  ...Object.entries({ txn, metaData, protocol, domainMetadata }).map(([name, type]) => structField(name, type)),
  ...fileSchema.fields,
]);

/** The actions that are about the whole table. */
function tableLines({ protocol, metadata, transactions, domains }: Snapshot): readonly Action[] {
  return [
    { protocol },
    { metaData: metadata },
    ...[...transactions.values()].map((txn) => ({ txn })),
    ...[...domains.values()].map((domainMetadata) => ({ domainMetadata })),
  ];
}

async function* fileLines(snapshot: Snapshot, now: number): AsyncGenerator<Action, void, void> {
  for await (const add of addsOf(snapshot)) yield { add: { ...add, dataChange: false } };
  const retention = milliseconds(snapshot.metadata.configuration?.["delta.deletedFileRetentionDuration"], "1 week");
  for (const remove of await snapshot.removes())
    if (isKept(remove, now - retention)) yield { remove: { ...remove, dataChange: false } };
}

const isKept = ({ deletionTimestamp = 0 }: RemoveFile, oldest: number): boolean => deletionTimestamp > oldest;

/** How many actions a batch has. */
const most = 4096;

async function* batched(
  sources: readonly (Iterable<Action> | AsyncIterable<Action>)[],
  schema = checkpointSchema,
): AsyncGenerator<{ readonly batch: Batch; readonly adds: number }> {
  const builder = batchBuilder(schema);
  let adds = 0;
  for (const source of sources)
    for await (const action of source) {
      builder.append(schema.fields.map(({ name, type }) => storedValue(action[name as keyof Action], type)));
      if (action.add !== undefined) adds += 1;
      if (builder.rows < most) continue;
      yield { batch: builder.finish(), adds };
      adds = 0;
    }
  // A file without an action is still a checkpoint.
  yield { batch: builder.finish(), adds };
}

/** A value of an action's JSON as columns store it. */
function storedValue(value: unknown, type: DataType): StoredValue {
  if (value === undefined || value === null) return null;
  if (type.kind === "struct") {
    const fields = value as Readonly<Record<string, unknown>>;
    return type.fields.map((field) => storedValue(fields[field.name], field.type));
  }
  if (type.kind === "map") {
    const entries = Object.entries(value as Readonly<Record<string, string | null>>);
    return { keys: entries.map(([key]) => key), values: entries.map(([, each]) => each) };
  }
  if (type.kind === "array") return (value as readonly unknown[]).map((each) => storedValue(each, type.element));
  return type.kind === "bigint" ? BigInt(value as number) : (value as StoredValue);
}
