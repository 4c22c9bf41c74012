/** Functions of the user's that are called with whole groups of rows. */
import { isLakewrightError } from "../errors.ts";
import { type ColumnArrays, failure } from "../functions/column-arrays.ts";
import { registerUserFunction } from "../functions/user-function-registry.ts";
import type { UserFunction } from "../plan/expression.ts";
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { shown } from "../types/value-fault.ts";
import { BatchGatherer } from "./gather-batches.ts";
import { type Group, GroupReader, type GroupRows, type Key } from "./group-reader.ts";

/** Takes a group's columns of each input, and its key. */
type GroupsCall = (groups: readonly Group[], key: Key) => ColumnArrays | Promise<ColumnArrays>;

/**
 * The plan's reference to a function of groups, which the process keeps.
 *
 * @param name - what plans and errors call it
 * @param call - is called for each key, with the rows that each input has of it
 * @param schema - the columns that it gives
 */
export function groupFunction(name: string, call: GroupsCall, schema: StructType): UserFunction {
  const signature = { name, parameters: [], type: schema };
  const { id } = registerUserFunction({
    ...signature,
    parameterNames: [],
    takesNull: [],
    shape: "groups",
    call: (inputs: readonly GroupRows[]) => applied(name, call, inputs, schema),
    concurrency: 1,
  });
  const traits = { deterministic: true, vectorized: true, asynchronous: true };
  return Object.freeze({ kind: "user function", id, ...signature, arguments: [], ...traits });
}

async function* applied(
  name: string,
  call: GroupsCall,
  inputs: readonly GroupRows[],
  schema: StructType,
): AsyncGenerator<Batch, void, void> {
  const readers = inputs.map((input) => new GroupReader(input));
  const gathered = new BatchGatherer(schema);
  try {
    for (;;) {
      const next = readers.map((reader) => reader.next());
      const number = Math.min(...(areThere(next) ? next : await Promise.all(next)));
      if (number === Number.POSITIVE_INFINITY) break;
      const taken: readonly (Group | Promise<Group>)[] = readers.map((reader) => reader.take(number));
      const groups: readonly Group[] = areThere(taken) ? taken : await Promise.all(taken);
      const key = groups.find(({ rows }) => rows > 0)!.key!;
      const result = called(name, key, () => call(groups, key));
      for (const batch of gathered.add(isPromise(result) ? await result : result)) yield batch;
    }
    yield* gathered.finish();
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

// Mostly a group lies within a batch and its function answers at once: to wait would cost more than to call it.
const areThere = <Value>(values: readonly (Value | Promise<Value>)[]): values is readonly Value[] =>
  !values.some(isPromise);

const isPromise = <Value>(value: Value | Promise<Value>): value is Promise<Value> =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";

function called<Result>(name: string, key: Key, call: () => Result | Promise<Result>): Result | Promise<Result> {
  try {
    const result = call();
    return isPromise(result) ? result.catch((thrown) => fail(name, key, thrown)) : result;
  } catch (thrown) {
    return fail(name, key, thrown);
  }
}

function fail(name: string, key: Key, thrown: unknown): never {
  if (isLakewrightError(thrown)) throw thrown;
  const values = Object.entries(key).map(([column, value]) => `${column} = ${shown(value)}`);
  throw failure(
    name,
    thrown,
    `It was called with ${values.length === 0 ? "all rows" : `the group ${values.join(", ")}`}.`,
  );
}
