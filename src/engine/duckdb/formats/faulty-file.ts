/** Finding the file that made a query fail, which DuckDB does not always name. */
import { ExecutionError } from "../../../errors.ts";
import type { Leaf } from "../../../plan/resolved.ts";
import type { Database } from "../database.ts";
import type { SourceDetails } from "./describe.ts";
import { fileFormat } from "./index.ts";

/**
 * A better error for a failed query, if a file it read is at fault.
 *
 * @param error - what the query failed with
 * @param leaves - what it read
 */
export async function faultyFileOr(error: unknown, leaves: readonly Leaf[], database: Database): Promise<unknown> {
  if (!(error instanceof ExecutionError) || error.condition !== undefined) return error;
  for (const { format, details } of leaves) {
    const { faultOf } = fileFormat(format);
    if (faultOf === undefined) continue;
    for (const file of (details as SourceDetails).files) {
      const fault = await faultOf(file, database);
      if (fault !== undefined) return fault;
    }
  }
  return error;
}
