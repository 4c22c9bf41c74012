/** What table functions do wrong, by PySpark's conditions. */
import { type ErrorDetails, ExecutionError } from "../../errors.ts";
import { kindOf, shown } from "../../types/value-fault.ts";
import type { FunctionImplementation } from "../engine.ts";

/** What a call may give. */
export type Rows = Iterable<unknown> | AsyncIterable<unknown>;

/** Which part of a table function was called. */
export type TableMethod = "constructor" | "eval" | "terminate";

/** What is wrong with what a call gave. */
class RowsFault {
  readonly sentence: string;
  readonly details: ErrorDetails;

  constructor(sentence: string, details: ErrorDetails) {
    this.sentence = sentence;
    this.details = details;
  }
}

/**
 * What a call gave, as rows.
 *
 * @throws RowsFault `UDTF_RETURN_NOT_ITERABLE`
 */
export function iterable(given: unknown, method: TableMethod): Rows {
  if (typeof given === "object" && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given))
    return given as Rows;
  const type = kindOf(given);
  throw new RowsFault(`the return value of its '${method}' method is no iterable, but ${type}`, {
    condition: "UDTF_RETURN_NOT_ITERABLE",
    parameters: { func: method, type },
    hint:
      type === "Promise" ? "Make it an async generator: async function* …" : "Yield rows, or return an array of them.",
  });
}

/**
 * Asserts that a row is one that a schema of `width` columns may have.
 *
 * @throws RowsFault `UDTF_INVALID_OUTPUT_ROW_TYPE`, `UDTF_RETURN_SCHEMA_MISMATCH`
 */
export function assertRow(row: unknown, width: number, method: TableMethod): void {
  if (typeof row !== "object" || row === null) throw noRow(row, method);
  if (!Array.isArray(row) || row.length === width) return;
  throw new RowsFault(`its '${method}' method gave a row of ${row.length} values for ${width} columns`, {
    condition: "UDTF_RETURN_SCHEMA_MISMATCH",
    parameters: { expected: String(width), actual: String(row.length), func: method },
    hint: "Give a value for each column of the schema, or an object by their names.",
  });
}

function noRow(row: unknown, method: TableMethod): RowsFault {
  const type = kindOf(row);
  return new RowsFault(`its '${method}' method gave ${shown(row)} where a row is due`, {
    condition: "UDTF_INVALID_OUTPUT_ROW_TYPE",
    parameters: { func: method, type },
    hint: "Each row is an object by the names of the columns, or an array by position.",
  });
}

/**
 * What a failed call of a table function becomes.
 *
 * @param method - what was called
 * @param args - what it was called with, by position
 * @param thrown - what it threw, or what is wrong with its rows
 */
export function tableFailure(
  { name, parameterNames }: FunctionImplementation,
  method: TableMethod,
  args: readonly unknown[],
  thrown: unknown,
): ExecutionError {
  const input = args.map((value, index) => `${parameterNames[index]} = ${shown(value)}`).join(", ");
  const called = `It was called ${input === "" ? "without values" : `with ${input}`}.`;
  const described = `User defined table function (\`${name}\`)`;
  if (thrown instanceof RowsFault) {
    const { sentence, details } = thrown;
    return new ExecutionError(`${described}: ${sentence}`, { ...details, hint: `${details.hint} ${called}` });
  }
  const error = thrown instanceof Error ? thrown.message : String(thrown);
  return new ExecutionError(`${described} encountered an error in the '${method}' method: ${error}`, {
    condition: "UDTF_EXEC_ERROR",
    parameters: { method_name: method, error },
    hint: called,
    cause: thrown,
  });
}
