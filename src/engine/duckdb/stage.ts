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
import type { Watch } from "./watch.ts";

/** The name of the table that holds what the function made of the stage's input; its columns are `c0`, `c1`, …. */
export async function runStage(stage: Stage, preparation: Preparation): Promise<string> {
  const implementation = preparation.stageFunction(stage.function);
  if (implementation === undefined) throw new InternalError(`the session does not hold the function ${stage.function}`);
  const table = preparation.temporaryTable();
  const { database, watch } = preparation;
  await fillTable(database, table, stage.schema, mapped(stage, implementation, preparation), watch.signal);
  return table;
}

async function* mapped(
  stage: Stage,
  implementation: FunctionImplementation,
  preparation: Preparation,
): AsyncGenerator<Batch> {
  const inputs = stage.grouped ? await groupedRows(stage, preparation) : [plainRows(stage, preparation)];
  try {
    yield* guarded(implementation, made(stage, implementation, inputs, preparation.watch), preparation.watch);
  } finally {
    // A function that was left or ended never closes what it reads.
    for (const { batches } of inputs) batches.return(undefined).catch(() => {});
  }
}

type Rows = Pick<GroupedRows, "schema" | "batches">;
type BatchesCall = (
  batches: AsyncIterable<Batch>,
  schema: StructType,
  signal: AbortSignal | undefined,
) => AsyncIterable<Batch>;
type GroupsCall = (inputs: readonly Rows[]) => AsyncIterable<Batch>;

function plainRows({ inputs }: Stage, preparation: Preparation): Rows {
  const { relation } = inputs[0]!;
  return { schema: schemaOf(relation.output), batches: preparation.stream(relation, true) };
}

function made(
  { grouped, kept = 0 }: Stage,
  implementation: FunctionImplementation,
  inputs: readonly Rows[],
  { signal }: Watch,
): AsyncIterable<Batch> {
  const { call, shape } = implementation;
  const { schema, batches } = inputs[0]!;
  if (shape === "table")
    return grouped ? partitionRows(implementation, batches) : tableRows(implementation, kept, batches);
  return grouped ? (call as unknown as GroupsCall)(inputs) : (call as BatchesCall)(batches, schema, signal);
}

// A function that never answers must not keep a cancelled run alive.
async function* guarded(
  implementation: FunctionImplementation,
  made: AsyncIterable<Batch>,
  { signal, awaited }: Watch,
): AsyncGenerator<Batch> {
  const iterator = made[Symbol.asyncIterator]();
  const next = () => nextBatch(implementation, iterator);
  try {
    for (;;) {
      const result = await unlessAborted(awaited(next), signal);
      if (result.done === true) return;
      yield result.value;
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

async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
    work.catch(() => {});
  }
}
