/** The user's functions of the process: plans hold their names and types, and engines ask here for the functions. */
import type { DataType } from "../types/data-type.ts";

/** A function as engines call it, with the values that rows hold. */
export interface UserFunctionImplementation {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly DataType[];
  readonly parameterNames: readonly string[];
  /** Whether each parameter may be null in a call of a row: where another one is null, so is the result, without a call. */
  readonly takesNull: readonly boolean[];
  readonly type: DataType;
  /**
   * The values of a row by name to a value, a batch to a column, or batches, or groups, to batches;
   * `table` makes the object whose `eval` gives rows for the values of a row, `aggregate` the object
   * whose `reduce` takes them, `module` says which function of which module takes them.
   */
  readonly shape: "row" | "vectorized" | "batches" | "groups" | "table" | "aggregate" | "module";
  readonly call: (...values: readonly never[]) => unknown;
  /** How many calls of an asynchronous function may be under way. */
  readonly concurrency: number;
}

const registered = new Map<string, UserFunctionImplementation>();

/** The functions by id. */
export const userFunctions: ReadonlyMap<string, UserFunctionImplementation> = registered;

/** Keeps a function under an id of its own, for the life of the process. */
export function registerUserFunction({
  call,
  ...rest
}: Omit<UserFunctionImplementation, "id" | "call"> & {
  readonly call: (...values: never[]) => unknown;
}): UserFunctionImplementation {
  const implementation = Object.freeze({ ...rest, call, id: `${rest.name}#${registered.size + 1}` });
  registered.set(implementation.id, implementation);
  return implementation;
}
