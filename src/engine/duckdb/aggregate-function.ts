/** Aggregates of the user's: a list of a group's rows to a value. */
import { ExecutionError } from "../../errors.ts";
import type { Batch, ListVector, StructVector, Vector } from "../../types/batch.ts";
import { arrayType, booleanType, type DataType, structField, structType } from "../../types/data-type.ts";
import { resultColumn } from "../../types/result-column.ts";
import { objectMaker } from "../../types/row-compiler.ts";
import { isNullAt } from "../../types/validity.ts";
import { type Values, vectorValues } from "../../types/vector-values.ts";
import type { FunctionImplementation } from "../engine.ts";
import { isPromise, rowFailure } from "./per-row.ts";

/** The steps of an aggregate, by a state that only they know. */
interface Steps {
  zero(): unknown;
  reduce(state: unknown, values: object): unknown;
  merge(left: unknown, right: unknown): unknown;
  finish(state: unknown): unknown;
}

/** How many rows are reduced before the state is merged: on a cluster the parts of a group are merged too. */
const rowsPerPart = 4096;

/** The type of the list of a group's rows. */
export const groupType = ({ parameters }: FunctionImplementation): DataType =>
  arrayType(
    parameters.length === 0 ? booleanType : structType(parameters.map((type, index) => structField(`f${index}`, type))),
  );

/** An aggregate as a function of the lists of groups. */
export function aggregateColumn(implementation: FunctionImplementation): (columns: Batch) => Vector {
  const steps = (implementation.call as unknown as () => Steps)();
  return ({ columns, rows }) => {
    const list = columns[0] as ListVector;
    const group = new GroupReducer(implementation, steps, list);
    const result = resultColumn(implementation.type, rows);
    for (let row = 0; row < rows; row++) {
      const state = isNullAt(list.validity, row)
        ? group.reduce(0, 0)
        : group.reduce(list.offsets[row]!, list.offsets[row + 1]!);
      try {
        result.other(row, present("finish", steps.finish(state)));
      } catch (thrown) {
        throw rowFailure(implementation, [], thrown);
      }
    }
    return result.finish();
  };
}

class GroupReducer {
  readonly #implementation: FunctionImplementation;
  readonly #steps: Steps;
  readonly #values: readonly Values[];
  readonly #rowsOf: (columns: readonly Values[], rows: number) => object[];

  constructor(implementation: FunctionImplementation, steps: Steps, { child }: ListVector) {
    const { parameterNames } = implementation;
    const fields = parameterNames.length === 0 ? [] : (child as StructVector).children;
    this.#implementation = implementation;
    this.#steps = steps;
    this.#values = fields.map((column, index) => vectorValues(column, { column: parameterNames[index] }));
    this.#rowsOf = objectMaker(parameterNames);
  }

  /** The state of the rows of a list from `start` to `end`. */
  reduce(start: number, end: number): unknown {
    let state = this.#part(start, Math.min(end, start + rowsPerPart));
    for (let from = start + rowsPerPart; from < end; from += rowsPerPart) {
      const part = this.#part(from, Math.min(end, from + rowsPerPart));
      state = this.#attempt(() => present("merge", this.#steps.merge(state, part)));
    }
    return state;
  }

  #part(start: number, end: number): unknown {
    const { takesNull } = this.#implementation;
    const columns = this.#values.map((values) => Array.prototype.slice.call(values, start, end) as unknown[]);
    const rows = this.#rowsOf(columns, end - start);
    let state = this.#attempt(() => present("zero", this.#steps.zero()));
    let row = 0;
    try {
      for (; row < rows.length; row++) {
        if (columns.some((values, index) => values[row] === null && !takesNull[index])) continue;
        state = this.#steps.reduce(state, rows[row]!);
      }
      present("reduce", state);
    } catch (thrown) {
      throw rowFailure(
        this.#implementation,
        columns.map((values) => values[row]),
        thrown,
      );
    }
    return state;
  }

  #attempt<Result>(step: () => Result): Result {
    try {
      return step();
    } catch (thrown) {
      throw thrown instanceof ExecutionError ? thrown : rowFailure(this.#implementation, [], thrown);
    }
  }
}

/** What a step gave, which is awaited by nobody. */
function present(step: keyof Steps, value: unknown): unknown {
  if (isPromise(value))
    throw new TypeError(
      `its step '${step}' gave a promise; aggregates do not wait, async functions of groups are for applyBatches`,
    );
  return value;
}
