import duckdb from "@duckdb/node-bindings";
import { operationCanceled, throwIfCanceled } from "../../cancellation.ts";
import { InternalError } from "../../errors.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import type { DataType } from "../../types/data-type.ts";
import { checkVector } from "./batch/check-vector.ts";
import { readChunk } from "./batch/read-result.ts";
import { writeVector } from "./batch/write-vector.ts";
import { duckType } from "./duck-type.ts";
import { logicalType } from "./logical-type.ts";

/** A synchronous function of columns, to be called from within a query. */
export interface ScalarFunction {
  /** What errors call it. */
  readonly name: string;
  readonly parameters: readonly DataType[];
  readonly result: DataType;
  /** Whether equal arguments give equal results, so that the engine may call it once for many rows. */
  readonly deterministic: boolean;
  /** Gives a value of the result's type for each row of the arguments, rows with nulls included. */
  readonly call: (columns: Batch) => Vector;
}

/** A function that SQL text can name, until it is disposed of. */
export interface BoundFunction extends Disposable {
  /** The call with these arguments, which must have the types of the parameters already. */
  readonly sql: (...columns: readonly string[]) => string;
  /** What its last failed call threw: for a streaming result, whose end does not say why it failed. */
  readonly failure: unknown;
}

/** The JavaScript functions of a DuckDB instance. */
export interface Trampolines {
  /**
   * Lets queries call a function.
   *
   * @param definition - the function
   * @param signal - stops a query that calls it at its next batch
   */
  bind(definition: ScalarFunction, signal?: AbortSignal): BoundFunction;
  /**
   * What a function threw, which the engine's own error has only the text of.
   *
   * @param failure - the error of a query
   * @returns the thrown value, or undefined when the query failed for another reason
   */
  originOf(failure: unknown): unknown;
}

interface Binding {
  readonly definition: ScalarFunction;
  readonly signal: AbortSignal | undefined;
  failure: unknown;
  /** Whether a call is under way; it stays so where one was ended in its midst. */
  isCalled: boolean;
}

/**
 * Makes JavaScript functions callable by the queries of a DuckDB instance.
 *
 * DuckDB cannot forget a function, so one is registered for each signature, and the first argument of a call says which
 * of the bound functions is meant.
 *
 * @param connection - a connection of the instance that runs no query whenever a function is bound: to register on a
 * busy one would wait for a query that waits for JavaScript
 * @example
 * ```ts
 * const trampolines = createTrampolines(connection);
 * using twice = trampolines.bind({ name: "twice", parameters: [doubleType], result: doubleType, deterministic: true, call });
 * await duckdb.query(other, `SELECT ${twice.sql("amount")} FROM sales`);
 * ```
 */
export function createTrampolines(connection: duckdb.Connection): Trampolines {
  const bindings = new Map<number, Binding>();
  const names = new Map<string, string>();
  const failures = new Failures();
  let last = 0;
  return {
    bind(definition, signal) {
      const handle = ++last;
      const name = register(connection, definition, names, (...call) => run(bindings, failures, ...call));
      const binding: Binding = { definition, signal, failure: undefined, isCalled: false };
      bindings.set(handle, binding);
      return {
        sql: (...columns) => `${name}(${[handle, ...columns].join(", ")})`,
        get failure() {
          return binding.failure ?? (binding.isCalled ? operationCanceled() : undefined);
        },
        [Symbol.dispose]: () => void bindings.delete(handle),
      };
    },
    originOf: (failure) => failures.take(failure) ?? endingOf(failure, bindings),
  };
}

const signatureOf = ({ parameters, result, deterministic }: ScalarFunction): string =>
  `${deterministic ? "" : "volatile "}(${parameters.map(duckType).join(", ")}) -> ${duckType(result)}`;

/** The name of the function that has the signature. */
function register(
  connection: duckdb.Connection,
  definition: ScalarFunction,
  names: Map<string, string>,
  main: duckdb.ScalarFunctionMainFunction,
): string {
  const signature = signatureOf(definition);
  const known = names.get(signature);
  if (known !== undefined) return known;
  const name = `lakewright_call_${names.size}`;
  const trampoline = duckdb.create_scalar_function();
  duckdb.scalar_function_set_name(trampoline, name);
  duckdb.scalar_function_add_parameter(trampoline, duckdb.create_logical_type(duckdb.Type.INTEGER));
  for (const type of definition.parameters) duckdb.scalar_function_add_parameter(trampoline, logicalType(type));
  duckdb.scalar_function_set_return_type(trampoline, logicalType(definition.result));
  // Otherwise a constant null argument would give null without a call.
  duckdb.scalar_function_set_special_handling(trampoline);
  if (!definition.deterministic) duckdb.scalar_function_set_volatile(trampoline);
  duckdb.scalar_function_set_function(trampoline, main);
  duckdb.register_scalar_function(connection, trampoline);
  names.set(signature, name);
  return name;
}

function run(
  bindings: ReadonlyMap<number, Binding>,
  failures: Failures,
  _info: duckdb.ScalarFunctionInfo,
  input: duckdb.DataChunk,
  output: duckdb.Vector,
): void {
  const rows = duckdb.data_chunk_get_size(input);
  if (rows === 0) return;
  const binding = bindings.get(handleOf(input));
  if (binding === undefined) throw new InternalError("A query calls a function that is gone");
  if (binding.isCalled) throw failures.keep(operationCanceled());
  try {
    binding.isCalled = true;
    writeVector(output, callBinding(binding, input, rows), 0, rows);
    binding.isCalled = false;
  } catch (error) {
    binding.isCalled = false;
    binding.failure = error;
    throw failures.keep(error);
  }
}

/** What became of a query whose function was ended in the midst of a call: the engine has nothing to tell of it. */
function endingOf(failure: unknown, bindings: ReadonlyMap<number, Binding>): unknown {
  const isSilent = failure instanceof Error && /Error:\s*$/.test(failure.message);
  const isEnded = isSilent && [...bindings.values()].some(({ isCalled }) => isCalled);
  return isEnded ? operationCanceled() : undefined;
}

function callBinding({ definition, signal }: Binding, input: duckdb.DataChunk, rows: number): Vector {
  throwIfCanceled(signal);
  const values = definition.call(readChunk(input, definition.parameters, 1));
  checkVector(`The function ${definition.name} made`, values, definition.result, rows);
  return values;
}

function handleOf(input: duckdb.DataChunk): number {
  const bytes = duckdb.vector_get_data(duckdb.data_chunk_get_vector(input, 0), 4);
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
}

const failuresKept = 64;
const mark = /\[lakewright failure (\d+)\]/;

/** What functions threw, by the number that the engine's error message carries. */
class Failures {
  readonly #kept = new Map<number, unknown>();
  #last = 0;

  /** Keeps what was thrown; the answer is what to throw into the engine. */
  keep(error: unknown): Error {
    const number = ++this.#last;
    this.#kept.set(number, error);
    // A query that catches the errors of a function can cause any number of them.
    this.#kept.delete(number - failuresKept);
    // What was thrown may hold a character at which the engine ends a message.
    return new Error(`[lakewright failure ${number}] ${error instanceof Error ? error.message : String(error)}`);
  }

  take(failure: unknown): unknown {
    const number = Number(mark.exec(failure instanceof Error ? failure.message : String(failure))?.[1]);
    const error = this.#kept.get(number);
    this.#kept.delete(number);
    return error;
  }
}
