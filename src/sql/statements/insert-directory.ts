/** `INSERT OVERWRITE DIRECTORY`: rows to a folder of files. */
import { AnalysisError } from "../../errors.ts";
import type { Write } from "../../plan/command.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readQualifiedName } from "../names.ts";
import { readFileOptions } from "./views.ts";

/** Reads `INSERT OVERWRITE [LOCAL] DIRECTORY ['path'] USING format [OPTIONS (…)] query`; undefined for another insertion. */
export function readInsertDirectory(cursor: SqlCursor): Write | undefined {
  const start = cursor.peek();
  if (!cursor.accept("INSERT", "OVERWRITE", "LOCAL", "DIRECTORY") && !cursor.accept("INSERT", "OVERWRITE", "DIRECTORY"))
    return undefined;
  const own = cursor.peek().kind === "string" ? readString(cursor) : undefined;
  if (!cursor.accept("USING")) throw hiveFormat();
  const format = readQualifiedName(cursor, "a format").join(".").toLowerCase();
  const { path: optional, ...options } = cursor.accept("OPTIONS") ? readFileOptions(cursor) : {};
  const path = own ?? optional;
  if (path === undefined || (own !== undefined && optional !== undefined)) throw onePath(cursor, start);
  if (format === "delta") throw deltaFolder();
  return {
    kind: "write",
    input: cursor.query(),
    format,
    target: { to: "path", path },
    mode: "overwrite",
    options,
    partitionBy: [],
    sortBy: [],
    clusterBy: [],
  };
}

const hiveFormat = (): AnalysisError =>
  new AnalysisError("INSERT OVERWRITE DIRECTORY with the Hive format is not supported", {
    condition: "NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT",
    sqlState: "0A000",
    parameters: { cmd: "INSERT OVERWRITE DIRECTORY with the Hive format" },
    hint: "Name a format: INSERT OVERWRITE DIRECTORY 'path' USING parquet SELECT …",
  });

const onePath = (cursor: SqlCursor, at: ReturnType<SqlCursor["peek"]>): Error =>
  cursor.fault(at, "Directory path and 'path' in OPTIONS should be specified one, but not both", {
    condition: "_LEGACY_ERROR_TEMP_0049",
    hint: "Write the path behind DIRECTORY.",
  });

const deltaFolder = (): AnalysisError =>
  new AnalysisError("Operation not allowed: `INSERT OVERWRITE DIRECTORY` is not supported for Delta tables", {
    condition: "DELTA_OPERATION_NOT_ALLOWED",
    sqlState: "0AKDC",
    parameters: { operation: "INSERT OVERWRITE DIRECTORY" },
    hint: "Write INSERT OVERWRITE delta.`path` SELECT …",
  });
