/** Finding the file that made a query fail, which DuckDB does not always name. */
import { stat } from "node:fs/promises";
import { ExecutionError, InternalError } from "../../../errors.ts";
import type { Leaf } from "../../../plan/resolved.ts";
import type { Database } from "../database.ts";
import type { SourceDetails } from "./describe.ts";
import type { SourceFile } from "./format.ts";
import { fileFormat } from "./index.ts";

/**
 * A better error for a failed query, if a file it read is at fault.
 *
 * @param error - what the query failed with
 * @param leaves - what it read
 */
export async function faultyFileOr(error: unknown, leaves: readonly Leaf[], database: Database): Promise<unknown> {
  const isUnexplained =
    error instanceof InternalError || (error instanceof ExecutionError && error.condition === undefined);
  if (!isUnexplained) return error;
  for (const { format, details } of leaves) {
    const { faultOf } = fileFormat(format);
    for (const file of (details as SourceDetails).files) {
      const fault = (await hasChanged(file)) ? changed(file, error) : await faultOf?.(file, database);
      if (fault !== undefined) return fault;
    }
  }
  return error;
}

/** Whether a file is another one than when it was listed. */
async function hasChanged({ path, size, modifiedAt }: SourceFile): Promise<boolean> {
  const now = await stat(path).catch(() => undefined);
  return now === undefined || now.size !== size || Math.trunc(now.mtimeMs) !== Math.trunc(modifiedAt);
}

const changed = ({ path }: SourceFile, cause: unknown): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: it was changed or deleted while it was read`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "Run it again when nobody writes the file; what this library writes is replaced whole, under new names.",
    cause,
  });
