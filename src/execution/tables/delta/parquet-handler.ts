/** Parquet for the Delta log, by the session's engine. */
import type { ParquetColumn, ParquetHandler } from "../../../delta/handlers.ts";
import type { Engine, EngineSettings, RunRequest } from "../../../engine/engine.ts";
import type { ColumnOfFiles, FileGroup, ListedColumn } from "../../../plan/listed-files.ts";
import type { Leaf, OutputColumn, ResolvedExpression, ResolvedRelation, Scan } from "../../../plan/resolved.ts";
import { folderOf, joinPath } from "../../../storage/path.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { Batch } from "../../../types/batch.ts";
import { booleanType, type StructType, structField, structType } from "../../../types/data-type.ts";

const outputName = "rows";

/** Settings that the log's files do not depend on. */
const settings: EngineSettings = {
  timeZone: "UTC",
  caseSensitive: true,
  shufflePartitions: 1,
  binaryOutputStyle: "HEX_DISCRETE",
  ignoreCorruptFiles: false,
  ignoreMissingFiles: false,
};

const request = (leaves: readonly Leaf[]): Omit<RunRequest, "outputs"> => ({ leaves, functions: new Map(), settings });

/** The Parquet reader and writer of an engine, for the files of logs. */
export function engineParquet(engine: Engine, storage: Storage): ParquetHandler {
  return {
    read: (paths, columns, present) => rowsOf(engine, paths, columns, present),
    async schema(path) {
      const read = { kind: "read", format: "parquet", paths: [path], options: {}, isStreaming: false } as const;
      return (await engine.describe(read, settings)).leaf.schema;
    },
    write: (path, schema, batches) => writeFile(engine, storage, path, schema, batches),
  };
}

async function* rowsOf(
  engine: Engine,
  paths: readonly string[],
  columns: readonly ParquetColumn[],
  present: readonly ParquetColumn[] | undefined,
): AsyncGenerator<Batch, void, void> {
  if (paths.length === 0) return;
  const { leaf, plan } = planOf(paths, columns, present);
  const run = engine.run({
    ...request([leaf]),
    outputs: [{ name: outputName, plan, destination: { kind: "batches" } }],
  });
  yield* run.streams.get(outputName)!;
  await run.finished;
}

/** A scan of the columns, and a filter by those of which one has to be there. */
function planOf(
  paths: readonly string[],
  columns: readonly ParquetColumn[],
  present: readonly ParquetColumn[] = [],
): { readonly leaf: Leaf; readonly plan: ResolvedRelation } {
  const all = [...columns, ...present].map((column, id): [OutputColumn, ParquetColumn] => [
    { id, name: `${id}`, type: column.type, nullable: true },
    column,
  ]);
  const { leaf, plan: input } = scanOf(paths, all);
  if (present.length === 0) return { leaf, plan: input };
  const condition = input.output.slice(columns.length).map(isThere).reduce(either);
  const output = input.output.slice(0, columns.length);
  const filter: ResolvedRelation = { kind: "filter", input, condition, output: input.output };
  const passed = output.map((column) => ({ column, expression: { kind: "column", ...column } as const }));
  return { leaf, plan: { kind: "project", input: filter, columns: passed, output } };
}

function scanOf(
  paths: readonly string[],
  columns: readonly (readonly [OutputColumn, ParquetColumn])[],
): { readonly leaf: Leaf; readonly plan: Scan } {
  const output = columns.map(([column]) => column);
  const sources = new Map(
    columns.map(([{ name }, { path, ...column }]): [string, ListedColumn] => {
      const from: ColumnOfFiles = { from: "file", path: path as [string, ...string[]], ...column };
      return [name, from];
    }),
  );
  const group: FileGroup = {
    files: paths.map((path) => ({ path, size: 0, modifiedAt: 0, values: [] })),
    columns: sources,
  };
  const schema = structType(output.map(({ name, type }) => structField(name, type)));
  const leaf: Leaf = {
    id: 0,
    schema,
    format: "parquet",
    paths,
    options: {},
    partitionColumns: [],
    listed: { groups: [group] },
  };
  return { leaf, plan: { kind: "scan", leaf: 0, fields: output.map(({ name }) => name), output } };
}

const call = (name: string, args: readonly ResolvedExpression[]): ResolvedExpression => ({
  kind: "call",
  name,
  arguments: args,
  deterministic: true,
  type: booleanType,
  nullable: false,
});

const isThere = ({ id, type }: OutputColumn): ResolvedExpression =>
  call("isnotnull", [{ kind: "column", id, type, nullable: true }]);

const either = (left: ResolvedExpression, right: ResolvedExpression): ResolvedExpression => call("OR", [left, right]);

async function writeFile(
  engine: Engine,
  storage: Storage,
  path: string,
  schema: StructType,
  batches: AsyncIterable<Batch>,
): Promise<number> {
  const output = schema.fields.map(({ name, type, nullable }, id) => ({ id, name, type, nullable }));
  const plan: ResolvedRelation = { kind: "local rows", batches: await Array.fromAsync(batches), output };
  const writeId = crypto.randomUUID();
  const folder = joinPath(folderOf(path), `.lakewright-temporary-${writeId}`);
  await storage.makeFolder(folder);
  try {
    const requested = { folder, writeId, format: "parquet", options: {}, partitionBy: [] };
    const run = engine.run({
      ...request([]),
      outputs: [{ name: outputName, plan, destination: { kind: "files", request: requested } }],
    });
    const written = (await run.finished).written.get(outputName) ?? [];
    const [file] = written;
    await storage.rename(joinPath(folder, file!.path), path);
    return file!.bytes;
  } finally {
    await storage.delete(folder);
  }
}
