/** JavaScript kernels: functions that DuckDB has not, over whole columns. */
import { InternalError } from "../../../errors.ts";
import type { Database } from "../database.ts";
import type { BoundFunction, ScalarFunction } from "../trampoline.ts";
import { kernels } from "./catalogue.ts";

const bound = new WeakMap<Database, Map<string, BoundFunction>>();

/** SQL that calls a kernel; it is registered with the database at its first use and stays. */
export function kernelSql(database: Database, name: string, args: readonly string[]): string {
  const known = bound.get(database) ?? new Map<string, BoundFunction>();
  bound.set(database, known);
  const kernel = known.get(name) ?? database.trampolines.bind(definitionOf(name));
  known.set(name, kernel);
  return kernel.sql(...args);
}

function definitionOf(name: string): ScalarFunction {
  const kernel = kernels[name];
  if (kernel === undefined) throw new InternalError(`there is no kernel ${name}`);
  return kernel;
}
