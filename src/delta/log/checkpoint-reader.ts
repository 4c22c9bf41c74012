/** Reads checkpoints of every form. */
import { ExecutionError } from "../../errors.ts";
import { joinPath } from "../../storage/path.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { stringType } from "../../types/data-type.ts";
import { isNullAt } from "../../types/validity.ts";
import { vectorValues } from "../../types/vector-values.ts";
import type { Action, RemoveFile } from "../actions.ts";
import { dataPath } from "../data-path.ts";
import { chunkOfAdds, type FileChunk, type FurtherColumn, fileSchema } from "../file-chunk.ts";
import type { DeltaHandlers, ParquetColumn } from "../handlers.ts";
import { sidecarFolder } from "../log-names.ts";
import { removeType, tableActions } from "./checkpoint-schema.ts";
import type { Checkpoint, LogListing } from "./log-listing.ts";
import { readActions } from "./read-file.ts";

/** What a checkpoint holds: actions about the table, and files by column. */
export interface CheckpointContent {
  readonly actions: readonly Action[];
  readonly chunks: readonly FileChunk[];
  /** Tombstones; those in JSON are among the actions too. */
  readonly removes: () => Promise<readonly RemoveFile[]>;
}

/**
 * Reads a checkpoint.
 *
 * @throws ExecutionError for a file that is missing, cut short or damaged
 */
export async function readCheckpoint(
  checkpoint: Checkpoint,
  { log }: Pick<LogListing, "log">,
  handlers: DeltaHandlers,
): Promise<CheckpointContent> {
  const actions = await tableActionsOf(checkpoint, handlers);
  const sidecars = actions.flatMap(({ sidecar }) =>
    sidecar === undefined ? [] : [dataPath(joinPath(log, sidecarFolder), sidecar.path)],
  );
  const files = [...(checkpoint.format === "parquet" ? checkpoint.paths : []), ...sidecars];
  const adds = actions.flatMap(({ add }) => (add === undefined ? [] : [add]));
  const listed = actions.flatMap(({ remove }) => (remove === undefined ? [] : [remove]));
  const chunks = await filesOf(files, handlers);
  return {
    actions,
    chunks: adds.length === 0 ? chunks : [chunkOfAdds(adds), ...chunks],
    removes: async () => [...listed, ...(await removesOf(files, handlers))],
  };
}

async function tableActionsOf(
  { format, paths }: Checkpoint,
  { storage, parquet }: DeltaHandlers,
): Promise<readonly Action[]> {
  if (format === "json") return (await Promise.all(paths.map((path) => readActions(storage, path)))).flat();
  const kinds = Object.entries(tableActions);
  const columns = kinds.map(([kind, type]): ParquetColumn => ({ path: [kind], type }));
  const present = kinds.map(([kind, type]): ParquetColumn => {
    const key = presence[kind as keyof typeof tableActions];
    return { path: [kind, key], type: type.fields.find(({ name }) => name === key)!.type };
  });
  const batches = await Array.fromAsync(parquet.read(paths, columns, present));
  return batches.flatMap((batch) => kinds.flatMap(([kind], index) => actionsIn(batch.columns[index]!, kind)));
}

/** A field that every action of the kind has: a struct alone does not tell, where readers make one of nulls. */
const presence: { readonly [Kind in keyof typeof tableActions]: string } = {
  protocol: "minReaderVersion",
  metaData: "id",
  txn: "appId",
  domainMetadata: "domain",
  checkpointMetadata: "version",
  sidecar: "path",
};

function actionsIn(vector: Vector, kind: string): Action[] {
  const values = vectorValues(vector);
  const key = presence[kind as keyof typeof tableActions];
  return Array.from(values).flatMap((value) => {
    const fields = value === null ? undefined : (plainValue(value) as Readonly<Record<string, unknown>>);
    return fields?.[key] === undefined ? [] : [{ [kind]: fields } as Action];
  });
}

/** A value as JSON would have it: no nulls in structs, objects for maps. */
function plainValue(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => (field === null ? [] : [[name, plainValue(field)]])),
  );
}

const inAdd = ({ path, type }: FurtherColumn): ParquetColumn => ({ path: ["add", ...path], type });

const partOfStatistics = ({ path, type }: FurtherColumn): ParquetColumn => ({
  path: ["add", "stats"],
  type,
  within: path,
});

const baseColumns = fileSchema.fields.map(({ name, type }) => inAdd({ path: name.split("."), type }));
const addIsThere: readonly ParquetColumn[] = [{ path: ["add", "path"], type: stringType }];
const removeIsThere: readonly ParquetColumn[] = [{ path: ["remove", "path"], type: stringType }];

async function filesOf(paths: readonly string[], { parquet }: DeltaHandlers): Promise<readonly FileChunk[]> {
  if (paths.length === 0) return [];
  const batches = await Array.fromAsync(parquet.read(paths, baseColumns, addIsThere));
  const kept = batches.filter(({ rows }) => rows > 0);
  // The same files in the same order give the same rows: columns that are asked for later fit beside the first.
  const more = new Map<string, Promise<(Batch | undefined)[]>>();
  let parsed: Promise<boolean> | undefined;
  const hasParsed = (): Promise<boolean> => (parsed ??= hasParsedStatistics(paths, parquet));
  const further = (columns: readonly FurtherColumn[], index: number): Promise<Batch> =>
    taken(more, JSON.stringify(columns), index, () => readRows(paths, columns.map(inAdd), kept, parquet));
  const inStatistics = (columns: readonly FurtherColumn[], index: number): Promise<Batch> =>
    taken(more, JSON.stringify(["stats", columns]), index, () =>
      readRows(paths, columns.map(partOfStatistics), kept, parquet),
    );
  return kept.map((batch, index) => ({
    batch,
    hasParsed,
    further: (columns) => further(columns, index),
    inStatistics: (columns) => inStatistics(columns, index),
  }));
}

/** A batch of those that were read for all chunks, each kept until its chunk asks for it. */
async function taken(
  waiting: Map<string, Promise<(Batch | undefined)[]>>,
  key: string,
  index: number,
  read: () => Promise<(Batch | undefined)[]>,
): Promise<Batch> {
  const batches = await waiting.get(key);
  const batch = batches?.[index];
  if (batches !== undefined && batch !== undefined) {
    batches[index] = undefined;
    return batch;
  }
  const again = read();
  waiting.set(key, again);
  return (await again)[index]!;
}

// The files of one checkpoint are alike; the first one of several may hold no files of the table.
async function hasParsedStatistics(paths: readonly string[], parquet: DeltaHandlers["parquet"]): Promise<boolean> {
  const { fields } = await parquet.schema(paths.at(-1)!);
  const add = fields.find(({ name }) => name === "add")?.type;
  return add?.kind === "struct" && add.fields.some(({ name }) => name === "stats_parsed");
}

async function readRows(
  paths: readonly string[],
  columns: readonly ParquetColumn[],
  like: readonly Batch[],
  parquet: DeltaHandlers["parquet"],
): Promise<Batch[]> {
  const batches = await Array.fromAsync(parquet.read(paths, columns, addIsThere));
  const kept = batches.filter(({ rows }) => rows > 0);
  if (kept.length !== like.length || kept.some(({ rows }, index) => rows !== like[index]!.rows))
    throw new ExecutionError(`The checkpoint ${paths[0]} changed while it was read`, {
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path: paths[0]! },
      hint: "Run it again.",
    });
  return kept;
}

async function removesOf(paths: readonly string[], { parquet }: DeltaHandlers): Promise<readonly RemoveFile[]> {
  if (paths.length === 0) return [];
  const column: ParquetColumn = { path: ["remove"], type: removeType };
  const batches = await Array.fromAsync(parquet.read(paths, [column], removeIsThere));
  return batches.flatMap(({ columns: [vector] }) =>
    Array.from(vectorValues(vector!))
      .filter((_, row) => !isNullAt(vector!.validity, row))
      .map((value) => plainValue(value) as RemoveFile),
  );
}
