/** JavaScript kernels: functions that DuckDB has not, over whole columns. */
import { InternalError } from "../../../errors.ts";
import type { DataType } from "../../../types/data-type.ts";
import { simpleString } from "../../../types/type-name.ts";
import type { Database } from "../database.ts";
import type { BoundFunction, ScalarFunction } from "../trampoline.ts";
import { kernels, typedKernels } from "./catalogue.ts";

const bound = new WeakMap<Database, Map<string, BoundFunction>>();

/**
 * SQL that calls a kernel; it is registered with the database at its first use and stays.
 *
 * @param types - the types of the arguments, for a kernel that takes any
 */
export function kernelSql(
  database: Database,
  name: string,
  args: readonly string[],
  types: readonly DataType[] = [],
): string {
  const known = bound.get(database) ?? new Map<string, BoundFunction>();
  bound.set(database, known);
  const key = `${name}(${types.map(simpleString).join(",")})`;
  const kernel = known.get(key) ?? database.trampolines.bind(definitionOf(name, types));
  known.set(key, kernel);
  return kernel.sql(...args);
}

function definitionOf(name: string, types: readonly DataType[]): ScalarFunction {
  const kernel = kernels[name] ?? typedKernels[name]?.(types);
  if (kernel === undefined) throw new InternalError(`there is no kernel ${name}`);
  return kernel;
}
