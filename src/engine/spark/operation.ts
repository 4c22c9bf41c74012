/** A plan that a Spark runs: its answers in order, however often the connection breaks. */
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type ExecutePlanResponse,
  InterruptRequest_InterruptType as InterruptType,
  type Plan,
} from "../../connect/generated/spark/connect/base_pb.ts";
import type { SparkConnection } from "./connection.ts";
import { conditionOf, isTransient } from "./failure.ts";
import { pauseBefore } from "./retry.ts";

/** What is known of an operation before it runs. */
export interface OperationParts {
  readonly plan: Plan;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The answers of a plan that is run. When the connection breaks, the server is asked for those behind the last one; it
 * keeps them until they are released. Ending the iteration early, or the signal, interrupts the operation.
 *
 * Spark: `ExecutePlanResponseReattachableIterator`.
 */
export async function* answersOf(
  connection: SparkConnection,
  parts: OperationParts,
): AsyncGenerator<ExecutePlanResponse, void, void> {
  const { operationId, signal } = parts;
  const state: Reading = { isSent: false, last: undefined, isComplete: false, failures: 0 };
  try {
    while (!state.isComplete) yield* connected(connection, parts, state);
  } catch (thrown) {
    signal?.throwIfAborted();
    throw await connection.failure(thrown);
  } finally {
    if (!state.isComplete) await interrupt(connection, operationId);
    release(connection, operationId);
  }
}

interface Reading {
  /** Whether the server may have heard of the operation. */
  isSent: boolean;
  /** The id of the last answer. */
  last: string | undefined;
  isComplete: boolean;
  failures: number;
}

/** The answers until the connection breaks; a break that can be mended is no error. */
async function* connected(
  connection: SparkConnection,
  parts: OperationParts,
  state: Reading,
): AsyncGenerator<ExecutePlanResponse, void, void> {
  const { signal } = parts;
  try {
    for await (const response of stream(connection, parts, state)) {
      connection.answered(response);
      state.failures = 0;
      state.last = response.responseId;
      state.isComplete = response.responseType.case === "resultComplete";
      yield response;
    }
  } catch (thrown) {
    signal?.throwIfAborted();
    const error = ConnectError.from(thrown);
    const isUnheard = state.isSent && state.last === undefined && lost.has(conditionOf(error) ?? "");
    if (!isUnheard && (!connection.isKnown || !canReattach(error))) throw thrown;
    state.isSent = !isUnheard;
    if (!(await pauseBefore(state.failures, signal))) throw thrown;
    state.failures += 1;
  }
}

function stream(
  { service, identity }: SparkConnection,
  { plan, operationId, tags, signal }: OperationParts,
  state: Reading,
): AsyncIterable<ExecutePlanResponse> {
  const options = signal === undefined ? {} : { signal };
  const { isSent, last } = state;
  state.isSent = true;
  if (isSent)
    return service.reattachExecute(
      { ...identity, operationId, ...(last === undefined ? {} : { lastResponseId: last }) },
      options,
    );
  const requestOptions = [{ requestOption: { case: "reattachOptions", value: { reattachable: true } } } as const];
  return service.executePlan({ ...identity, operationId, plan, tags: [...tags], requestOptions }, options);
}

/** What the server says when it never heard of an operation. */
const lost: ReadonlySet<string> = new Set(["INVALID_HANDLE.OPERATION_NOT_FOUND", "INVALID_HANDLE.SESSION_NOT_FOUND"]);

const canReattach = (error: ConnectError): boolean =>
  isTransient(error) || (error.code === Code.Internal && conditionOf(error) === "INVALID_CURSOR.DISCONNECTED");

// The operation may be over by now, or the server gone.
const interrupt = (connection: SparkConnection, operationId: string): Promise<unknown> =>
  connection.service
    .interrupt(
      {
        ...connection.identity,
        interruptType: InterruptType.OPERATION_ID,
        interrupt: { case: "operationId", value: operationId },
      },
      { timeoutMs: 5000 },
    )
    .catch(() => undefined);

/** Tells the server that it need not keep the answers; nobody waits for that. */
function release({ service, identity }: SparkConnection, operationId: string): void {
  const request = { ...identity, operationId, release: { case: "releaseAll", value: {} } } as const;
  service.releaseExecute(request, { timeoutMs: 30_000 }).catch(() => undefined);
}
