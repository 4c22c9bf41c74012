/** Finding the file that made a query fail, which DuckDB does not always name. */
import { stat } from "node:fs/promises";
import { ExecutionError, InternalError } from "../../../errors.ts";
import type { ListedFiles } from "../../../plan/listed-files.ts";
import type { Leaf } from "../../../plan/resolved.ts";
import { reading, storageError } from "../../../storage/storage-error.ts";
import type { Database } from "../database.ts";
import type { SourceDetails } from "./describe.ts";
import type { SourceFile } from "./format.ts";
import { fileFormat } from "./index.ts";
import { parquetFormat } from "./parquet.ts";

/**
 * A better error for a failed query, if a file it read is at fault.
 *
 * @param thrown - what the query failed with
 * @param leaves - what it read
 */
export async function faultyFileOr(thrown: unknown, leaves: readonly Leaf[], database: Database): Promise<unknown> {
  const error = storageError(thrown, reading, "");
  const isUnexplained =
    error instanceof InternalError || (error instanceof ExecutionError && error.condition === undefined);
  if (!isUnexplained) return error;
  for (const { format, details, listed } of leaves) {
    const { faultOf } = fileFormat(format);
    if (listed !== undefined) {
      const fault = await listedFault(listed, error, database);
      if (fault !== undefined) return fault;
      continue;
    }
    for (const file of (details as SourceDetails).files) {
      const fault = (await hasChanged(file)) ? changed(file, error) : await faultOf?.(file, database);
      if (fault !== undefined) return fault;
    }
  }
  return error;
}

async function listedFault({ groups }: ListedFiles, error: unknown, database: Database): Promise<Error | undefined> {
  for (const file of groups.flatMap(({ files }) => files)) {
    const isThere = await stat(file.path).then(Boolean, () => false);
    if (!isThere) return lost(file.path, error);
    const fault = await parquetFormat.faultOf?.({ ...file, partitionValues: [] }, database);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const lost = (path: string, cause: unknown): ExecutionError =>
  new ExecutionError(
    `Encountered error while reading file ${path}. File does not exist, but the table lists it as one of its files`,
    {
      condition: "FAILED_READ_FILE.FILE_NOT_EXIST",
      sqlState: "KD001",
      parameters: { path },
      hint: "Was it deleted by hand, or by VACUUM while an older version is read? Restore the file, or read a version that does not need it.",
      cause,
    },
  );

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
