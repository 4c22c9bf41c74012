/** Running a stage: batches out of the engine, through a user's function, and back as a temporary table. */
import { ExecutionError, InternalError, isLakewrightError } from "../../errors.ts";
import type { Stage } from "../../plan/resolved.ts";
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import type { FunctionImplementation } from "../engine.ts";
import { type GroupedRows, groupedRows } from "./grouped-stage.ts";
import type { Preparation } from "./preparation.ts";
import { schemaOf } from "./preparation-columns.ts";
import { fillTable } from "./table-filler.ts";
import { partitionRows, tableRows } from "./table-function.ts";

/** The name of the table that holds what the function made of the stage's input; its columns are `c0`, `c1`, …. */
export async function runStage(stage: Stage, preparation: Preparation): Promise<string> {
  const implementation = preparation.stageFunction(stage.function);
  if (implementation === undefined) throw new InternalError(`the session does not hold the function ${stage.function}`);
  const table = preparation.temporaryTable();
  await fillTable(
    preparation.database,
    table,
    stage.schema,
    mapped(stage, implementation, preparation),
    preparation.signal,
  );
  return table;
}

async function* mapped(
  stage: Stage,
  implementation: FunctionImplementation,
  preparation: Preparation,
): AsyncGenerator<Batch> {
  yield* guarded(implementation, await made(stage, implementation, preparation), preparation.signal);
}

type BatchesCall = (
  batches: AsyncIterable<Batch>,
  schema: StructType,
  signal: AbortSignal | undefined,
) => AsyncIterable<Batch>;
type GroupsCall = (inputs: readonly GroupedRows[]) => AsyncIterable<Batch>;

async function made(
  stage: Stage,
  implementation: FunctionImplementation,
  preparation: Preparation,
): Promise<AsyncIterable<Batch>> {
  const { call, shape } = implementation;
  if (stage.grouped && shape === "table") {
    const [rows] = await groupedRows(stage, preparation);
    return partitionRows(implementation, rows!.batches);
  }
  if (stage.grouped) return (call as unknown as GroupsCall)(await groupedRows(stage, preparation));
  const { relation } = stage.inputs[0]!;
  const rows = preparation.stream(relation);
  if (shape === "table") return tableRows(implementation, stage.kept ?? 0, rows);
  return (call as BatchesCall)(rows, schemaOf(relation.output), preparation.signal);
}

// A function that never answers must not keep a cancelled run alive.
async function* guarded(
  implementation: FunctionImplementation,
  made: AsyncIterable<Batch>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch> {
  const iterator = made[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await unlessAborted(nextBatch(implementation, iterator), signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    iterator.return?.().catch(() => {});
  }
}

async function nextBatch(
  implementation: FunctionImplementation,
  iterator: AsyncIterator<Batch>,
): Promise<IteratorResult<Batch>> {
  try {
    return await iterator.next();
  } catch (error) {
    if (isLakewrightError(error)) throw error;
    throw new ExecutionError(
      `The function ${implementation.name} failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        condition: "FAILED_EXECUTE_UDF",
        sqlState: "39000",
        cause: error,
      },
    );
  }
}

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    work.catch(() => {});
  }
}
