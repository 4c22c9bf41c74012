/** What a Spark answers while it runs a plan: rows, a schema, progress, metrics. */

import type {
  ExecutePlanResponse,
  ExecutePlanResponse_ExecutionProgress as ExecutionProgress,
  ExecutePlanResponse_ObservedMetrics as ObservedMetrics,
} from "../../connect/generated/spark/connect/base_pb.ts";
import { decodeLiteral } from "../../connect/literal.ts";
import { typedBatches } from "../../connect/local-rows.ts";
import { readArrow } from "../../types/arrow/arrow-reader.ts";
import type { Batch } from "../../types/batch.ts";
import { type StructType, structField, structType } from "../../types/data-type.ts";
import type { StoredValue } from "../../types/stored-value.ts";
import { vectorBuilder } from "../../types/vector-builder.ts";
import { atEight } from "./in-place.ts";
import { readSchema } from "./schema.ts";

/** Who is told of what comes beside the rows. */
export interface Listeners {
  readonly onProgress?: ((progress: { readonly share?: number }) => void) | undefined;
  readonly onObserved: (name: string, metrics: Batch, schema: StructType) => void;
}

/** The rows of a plan that runs, once their schema is known. */
export interface Rows {
  readonly schema: StructType;
  readonly batches: AsyncIterable<Batch>;
}

/** Reads answers up to the schema, which comes before the rows. */
export async function rowsOf(
  answers: AsyncGenerator<ExecutePlanResponse, void, void>,
  listeners: Listeners,
): Promise<Rows> {
  const held: ExecutePlanResponse[] = [];
  let schema: StructType | undefined;
  while (schema === undefined) {
    const { done, value } = await answers.next();
    if (done === true) break;
    held.push(value);
    if (value.schema !== undefined) schema = readSchema(value.schema);
    else if (value.responseType.case === "arrowBatch") schema = readArrow(value.responseType.value.data).schema;
  }
  const known = schema ?? structType([]);
  return { schema: known, batches: batchesOf(known, held, answers, listeners) };
}

async function* batchesOf(
  schema: StructType,
  held: readonly ExecutePlanResponse[],
  answers: AsyncGenerator<ExecutePlanResponse, void, void>,
  listeners: Listeners,
): AsyncGenerator<Batch, void, void> {
  try {
    for (const answer of held) yield* batchesIn(answer, schema, listeners);
    for await (const answer of answers) yield* batchesIn(answer, schema, listeners);
  } finally {
    await answers.return();
  }
}

function batchesIn(answer: ExecutePlanResponse, schema: StructType, listeners: Listeners): readonly Batch[] {
  tell(answer, listeners);
  const { responseType: response } = answer;
  if (response.case !== "arrowBatch") return [];
  return typedBatches(schema, readArrow(atEight(taken(response.value))).batches).filter(({ rows }) => rows > 0);
}

const nothing = new Uint8Array();

/** The bytes of an answer, which it has no longer: what reads streams holds on to all answers until the last one. */
function taken(answer: { data: Uint8Array }): Uint8Array {
  const { data } = answer;
  answer.data = nothing;
  return data;
}

/** Passes on what comes beside the rows. */
export function tell({ responseType: response, observedMetrics }: ExecutePlanResponse, listeners: Listeners): void {
  if (response.case === "executionProgress") listeners.onProgress?.(progressOf(response.value));
  for (const metrics of observedMetrics) listeners.onObserved(metrics.name, ...metricsOf(metrics));
}

function progressOf({ stages }: ExecutionProgress): { readonly share?: number } {
  const tasks = stages.reduce((sum, { numTasks }) => sum + Number(numTasks), 0);
  const done = stages.reduce((sum, { numCompletedTasks }) => sum + Number(numCompletedTasks), 0);
  return tasks === 0 ? {} : { share: done / tasks };
}

function metricsOf({ keys, values }: ObservedMetrics): [Batch, StructType] {
  const literals = values.map(decodeLiteral);
  const columns = literals.map(({ type, value }) => {
    const builder = vectorBuilder(type, 1);
    builder.append(value as StoredValue);
    return builder.finish();
  });
  return [{ rows: 1, columns }, structType(literals.map(({ type }, index) => structField(keys[index]!, type)))];
}
