/** Answers about Delta tables. */
import { clusteringColumns } from "../../delta/clustering-columns.ts";
import { commitTimes } from "../../delta/commit-times.ts";
import { fileColumns, rowsIn } from "../../delta/file-chunk.ts";
import { type HistoryEntry, history } from "../../delta/history.ts";
import { featuresOf } from "../../delta/protocol-check.ts";
import { fileCount, type Snapshot } from "../../delta/snapshot.ts";
import { AnalysisError } from "../../errors.ts";
import type { ObjectName } from "../../plan/catalogue-command.ts";
import { resolveUri } from "../../storage/path.ts";
import { batchesOf } from "../../types/batch-builder.ts";
import { parseDdl } from "../../types/ddl.ts";
import { deferred } from "../../types/deferred.ts";
import { Timestamp } from "../../types/timestamp.ts";
import type { CommandContext } from "../commands/context.ts";
import { pathTable } from "../tables/path-table.ts";
import type { Answer, Answerers } from "./answer.ts";

const historySchema = deferred(() =>
  parseDdl(
    "version BIGINT, timestamp TIMESTAMP, userId STRING, userName STRING, operation STRING, operationParameters MAP<STRING, STRING>, job STRUCT<jobId: STRING, jobName: STRING, jobRunId: STRING, runId: STRING, jobOwnerId: STRING, triggerType: STRING>, notebook STRUCT<notebookId: STRING>, clusterId STRING, readVersion BIGINT, isolationLevel STRING, isBlindAppend BOOLEAN, operationMetrics MAP<STRING, STRING>, userMetadata STRING, engineInfo STRING",
  ),
);

const detailSchema = deferred(() =>
  parseDdl(
    "format STRING, id STRING, name STRING, description STRING, location STRING, createdAt TIMESTAMP, lastModified TIMESTAMP, partitionColumns ARRAY<STRING>, clusteringColumns ARRAY<STRING>, numFiles BIGINT, sizeInBytes BIGINT, properties MAP<STRING, STRING>, minReaderVersion INT, minWriterVersion INT, tableFeatures ARRAY<STRING>",
  ),
);

export const deltaAnswerers: Answerers<"delta history" | "delta detail"> = {
  async "delta history"({ table, limit }, context): Promise<Answer> {
    const { snapshot } = await deltaTable(table, "DESCRIBE HISTORY", context);
    const entries = await history(snapshot, context.delta.handlers.storage, limit);
    return { schema: historySchema(), batches: [...batchesOf(historySchema(), entries.map(historyRow))] };
  },

  async "delta detail"({ table }, context): Promise<Answer> {
    const { snapshot, name } = await deltaTable(table, "DESCRIBE DETAIL", context);
    const times = await commitTimes(snapshot.listing, snapshot.metadata, context.delta.handlers.storage);
    const row = detailRow(snapshot, name, times.at(-1)?.time);
    return { schema: detailSchema(), batches: [...batchesOf(detailSchema(), [row])] };
  },
};

/** The snapshot of a table by its name, by `` delta.`path` `` or by a path alone. */
async function deltaTable(
  name: ObjectName,
  operation: string,
  context: CommandContext,
): Promise<{ readonly snapshot: Snapshot; readonly name?: string }> {
  const [path] = name;
  if (name.length === 1 && path!.includes("/")) return { snapshot: await context.delta.snapshot(resolveUri(path!)) };
  const table =
    ((await context.names.find(name)) === undefined ? pathTable(name) : undefined) ??
    (await context.names.table(name, operation));
  if (table.provider !== "delta") throw onlyDelta(operation, name.join("."), table.provider);
  if (table.namespace === "delta") return { snapshot: await context.delta.snapshot(table.location) };
  const whole = `spark_catalog.${table.namespace}.${table.name}`;
  return { snapshot: await context.delta.snapshot(table.location), name: whole };
}

const onlyDelta = (operation: string, table: string, format: string): AnalysisError =>
  new AnalysisError(`${table} is not a Delta table. ${operation} is only supported for Delta tables`, {
    condition: "DELTA_ONLY_OPERATION",
    sqlState: "0AKDD",
    parameters: { operation, table },
    hint: `The table is one of ${format}.`,
  });

const moment = (time: number | undefined): Timestamp | null =>
  time === undefined ? null : Timestamp.fromEpochMicroseconds(BigInt(Math.trunc(time)) * 1000n);

const texts = (values: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, string> | null =>
  values === undefined
    ? null
    : new Map(
        Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
      );

const historyRow = ({ version, time, info }: HistoryEntry): readonly unknown[] => [
  version,
  moment(time),
  info.userId ?? null,
  info.userName ?? null,
  info.operation ?? null,
  texts(info.operationParameters),
  null,
  null,
  (info as { clusterId?: string }).clusterId ?? null,
  info.readVersion ?? null,
  info.isolationLevel ?? null,
  info.isBlindAppend ?? null,
  texts(info.operationMetrics),
  info.userMetadata ?? null,
  info.engineInfo ?? null,
];

function detailRow(snapshot: Snapshot, name: string | undefined, modified: number | undefined): readonly unknown[] {
  const { metadata, protocol, table } = snapshot;
  const features = new Set([...featuresOf(protocol, "reader"), ...featuresOf(protocol, "writer")]);
  return [
    "delta",
    metadata.id,
    name ?? metadata.name ?? null,
    metadata.description ?? null,
    `file:${table}`,
    moment(metadata.createdTime),
    moment(modified),
    metadata.partitionColumns,
    clusteringColumns(snapshot),
    fileCount(snapshot),
    bytesOf(snapshot),
    texts(metadata.configuration ?? {}),
    protocol.minReaderVersion,
    protocol.minWriterVersion,
    [...features].sort(),
  ];
}

function bytesOf({ chunks }: Snapshot): number {
  let bytes = 0;
  for (const chunk of chunks) {
    const { size } = fileColumns(chunk);
    for (const row of rowsIn(chunk)) bytes += Number(size[row]!);
  }
  return bytes;
}
