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
    for (let number = await nextGroup(readers); number < Number.POSITIVE_INFINITY; number = await nextGroup(readers)) {
      const groups = await Promise.all(readers.map((reader) => reader.take(number)));
      const key = groups.find(({ rows }) => rows > 0)!.key!;
      yield* gathered.add(await called(name, key, () => call(groups, key)));
    }
    yield* gathered.finish();
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

async function nextGroup(readers: readonly GroupReader[]): Promise<number> {
  const numbers = await Promise.all(readers.map((reader) => reader.next()));
  return Math.min(...numbers);
}

async function called<Result>(name: string, key: Key, call: () => Result): Promise<Awaited<Result>> {
  try {
    return await call();
  } catch (thrown) {
    const values = Object.entries(key).map(([column, value]) => `${column} = ${shown(value)}`);
    const hint = `It was called with ${values.length === 0 ? "all rows" : `the group ${values.join(", ")}`}.`;
    throw isLakewrightError(thrown) ? thrown : failure(name, thrown, hint);
  }
}
