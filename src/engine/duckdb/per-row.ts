import { ExecutionError } from "../../errors.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { type ColumnView, columnView } from "../../types/column-view.ts";
import type { DataType } from "../../types/data-type.ts";
import { type ResultColumn, resultColumn, storeOf } from "../../types/result-column.ts";
import { simpleString } from "../../types/type-name.ts";
import { isNullAt } from "../../types/validity.ts";
import { shown, ValueFault } from "../../types/value-fault.ts";

/** A function that is called with the values of a row by name, as rows hold them, and gives one. */
export interface RowFunction {
  readonly name: string;
  readonly parameters: readonly DataType[];
  readonly parameterNames: readonly string[];
  /** Whether each parameter may be null in a call: where another one is null, so is the result, without a call. */
  readonly takesNull: readonly boolean[];
  readonly type: DataType;
  readonly call: (values: never) => unknown;
}

/**
 * A function of rows as a function of columns.
 *
 * @param definition - the function
 * @returns what throws ExecutionError `FAILED_EXECUTE_UDF` that names the function and the values of the row it failed
 * on, with what it threw as the cause; a column that it gives lasts until its next call
 */
export function perRow(definition: RowFunction): (columns: Batch) => Vector {
  const { parameterNames, type, call } = definition;
  const loop = compileLoop(definition);
  let last: ResultColumn | undefined;
  return ({ columns, rows }) => {
    const views = columns.map((column, index) => columnView(column, { column: parameterNames[index] }));
    const result = resultColumn(type, rows, last);
    last = result;
    loop(views, rows, call, result, (row, value) => other(definition, result, row, value), failAt(definition, views));
    return result.finish();
  };
}

type Loop = (
  columns: readonly ColumnView[],
  rows: number,
  call: RowFunction["call"],
  result: ResultColumn,
  other: (row: number, result: unknown) => void,
  failed: (row: number, thrown: unknown) => never,
) => void;

let compiled = 0;

// Compiled for each function: the object of a row's values is then mostly no object at all, and the call no call. The
// number keeps the compiler from sharing what it has learnt of one function with another.
function compileLoop({ parameterNames, takesNull, type }: RowFunction): Loop {
  compiled += 1;
  const { test, put } = storeOf(type);
  const each = (part: (name: string, index: number) => string): string => parameterNames.map(part).join(" ");
  const body = `// ${compiled}
    const { values, words } = column;
    ${each((_, index) => `const { values: c${index}, validity: v${index} } = columns[${index}];`)}
    let row = 0;
    try {
      for (; row < rows; row++) {
        ${each((_, index) => `const a${index} = v${index} !== undefined && (v${index}[row >> 3] & (1 << (row & 7))) === 0 ? null : c${index}[row];`)}
        ${each((_, index) => (takesNull[index] ? "" : `if (a${index} === null) { column.other(row, null); continue; }`))}
        const result = call({ ${parameterNames.map((name, index) => `${propertyName(name)}: a${index}`).join(", ")} });
        if (${test}) { ${put}; } else other(row, result);
      }
    } catch (thrown) {
      failed(row, thrown);
    }`;
  return new Function("columns", "rows", "call", "column", "other", "failed", body) as Loop;
}

// In an object literal `__proto__` is no property unless its name is computed.
const propertyName = (name: string): string => (name === "__proto__" ? `["__proto__"]` : JSON.stringify(name));

function other({ name }: RowFunction, column: ResultColumn, row: number, result: unknown): void {
  if (isPromise(result)) throw unexpectedPromise(name);
  column.other(row, result);
}

/** Whether a value is to be awaited. */
export const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";

const unexpectedPromise = (name: string): ExecutionError =>
  new ExecutionError(`the function ${name} returned a promise`, {
    hint: "Declare it async, or pass { asynchronous: true } to udf(…).",
  });

const failAt =
  (definition: RowFunction, views: readonly ColumnView[]) =>
  (row: number, thrown: unknown): never => {
    const values = views.map(({ values: column, validity }) => (isNullAt(validity, row) ? null : column[row]));
    throw rowFailure(definition, values, thrown);
  };

/**
 * What a failed call becomes: Spark's condition for it, with the values of the row.
 *
 * @param definition - the function
 * @param row - what it was called with, by position
 * @param thrown - what it threw, or what is wrong with its result
 */
export function rowFailure(
  definition: Omit<RowFunction, "call" | "takesNull">,
  row: readonly unknown[],
  thrown: unknown,
): ExecutionError {
  const { parameterNames } = definition;
  const input = row.map((value, index) => `${parameterNames[index] ?? index + 1} = ${shown(value)}`).join(", ");
  const hint = input === "" ? "It was called without values." : `It was called with ${input}.`;
  return callFailure(definition, reasonOf(thrown), hint, thrown);
}

/**
 * A failed call as an error under Spark's condition for it.
 *
 * @param definition - the function
 * @param reason - a sentence without its point
 * @param hint - what it was called with, or what to do
 * @param cause - what was thrown
 */
export function callFailure(
  { name, parameters, type }: Pick<RowFunction, "name" | "parameters" | "type">,
  reason: string,
  hint: string | undefined,
  cause: unknown,
): ExecutionError {
  const signature = parameters.map(simpleString).join(", ");
  const described = `\`${name}\` (${signature}) => ${simpleString(type)}`;
  return new ExecutionError(`User defined function (${described}) failed due to: ${reason}`, {
    condition: "FAILED_EXECUTE_UDF",
    sqlState: "39000",
    parameters: { functionName: `\`${name}\``, signature, result: simpleString(type), reason },
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof ValueFault) return `${thrown.path("its result")}: ${thrown.sentence}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
