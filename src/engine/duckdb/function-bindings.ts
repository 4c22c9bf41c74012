/** The user's functions of a run, made callable from SQL while it lasts. */
import { InternalError, UnsupportedError } from "../../errors.ts";
import type { ResolvedUserFunction } from "../../plan/resolved.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import type { FunctionImplementation } from "../engine.ts";
import { aggregateColumn, groupType } from "./aggregate-function.ts";
import type { Database } from "./database.ts";
import { perRow, type RowFunction } from "./per-row.ts";
import type { BoundFunction } from "./trampoline.ts";
import type { Watch } from "./watch.ts";

export class FunctionBindings implements Disposable {
  readonly #database: Database;
  readonly #functions: ReadonlyMap<string, FunctionImplementation>;
  readonly #watch: () => Watch;
  readonly #bound = new Map<string, BoundFunction>();

  constructor(database: Database, functions: ReadonlyMap<string, FunctionImplementation>, watch: () => Watch) {
    this.#database = database;
    this.#functions = functions;
    this.#watch = watch;
  }

  /** SQL that calls a function. */
  sql(call: ResolvedUserFunction, args: readonly string[]): string {
    const bound = this.#bound.get(call.id) ?? this.#bind(call);
    this.#bound.set(call.id, bound);
    return bound.sql(...args);
  }

  /** What the last failed call of any function threw. */
  get failure(): unknown {
    return [...this.#bound.values()].map((bound) => bound.failure).find((failure) => failure !== undefined);
  }

  [Symbol.dispose](): void {
    for (const bound of this.#bound.values()) bound[Symbol.dispose]();
  }

  #bind(call: ResolvedUserFunction): BoundFunction {
    const implementation = this.#functions.get(call.id);
    if (implementation === undefined) throw new InternalError(`the session does not hold the function ${call.name}`);
    const { name, type, shape } = implementation;
    const parameters = shape === "aggregate" ? [groupType(implementation)] : implementation.parameters;
    const ofColumns = columnFunction(implementation);
    const watch = this.#watch();
    const watched = (columns: Batch): Vector => watch.call(ofColumns, columns);
    return this.#database.trampolines.bind(
      { name, parameters, result: type, deterministic: call.deterministic, call: watched },
      watch.signal,
    );
  }
}

function columnFunction(implementation: FunctionImplementation): (columns: Batch) => Vector {
  if (implementation.shape === "vectorized") return implementation.call as unknown as (columns: Batch) => Vector;
  if (implementation.shape === "aggregate") return aggregateColumn(implementation);
  if (implementation.shape === "row") return freeing(perRow(implementation as RowFunction));
  throw new UnsupportedError(
    `the function ${implementation.name} takes whole batches and cannot stand in an expression`,
    {
      hint: "Use it with mapBatches(…).",
    },
  );
}

/**
 * A function that alone sees the arrays of its arguments, which are given back at once. Left to the garbage collector, their
 * memory makes it run every few hundred batches over all that the program holds.
 */
function freeing(call: (columns: Batch) => Vector): (columns: Batch) => Vector {
  return (batch) => {
    const result = call(batch);
    for (const column of batch.columns) if (column.layout === "fixed") free(column.values);
    return result;
  };
}

function free({ buffer, byteLength }: ArrayBufferView): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
