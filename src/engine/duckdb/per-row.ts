import { ExecutionError } from "../../errors.ts";
import { acceptorOf } from "../../types/acceptor.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import type { DataType } from "../../types/data-type.ts";
import { arrayMaker } from "../../types/row-compiler.ts";
import { simpleString } from "../../types/type-name.ts";
import { shown, ValueFault } from "../../types/value-fault.ts";
import { vectorBuilder } from "../../types/vector-builder.ts";
import { vectorValues } from "../../types/vector-values.ts";

/** A function that is called with the values of a row, as rows hold them, and gives one. */
export interface RowFunction {
  readonly name: string;
  readonly parameters: readonly DataType[];
  /** What errors call the arguments; their positions when absent. */
  readonly parameterNames?: readonly string[] | undefined;
  readonly type: DataType;
  readonly call: (...values: readonly never[]) => unknown;
}

/**
 * A function of rows as a function of columns.
 *
 * @param definition - the function
 * @returns what throws ExecutionError `FAILED_EXECUTE_UDF` that names the function and the values of the row it failed
 * on, with what it threw as the cause
 */
export function perRow(definition: RowFunction): (columns: Batch) => Vector {
  const { parameters, type, call } = definition;
  const argumentsOf = arrayMaker(parameters.length);
  const accept = acceptorOf(type, true, {});
  return ({ columns, rows }) => {
    const values = columns.map((column, index) => vectorValues(column, { column: nameOf(definition, index) }));
    const result = vectorBuilder(type, rows);
    for (const row of argumentsOf(values, rows)) {
      try {
        result.append(accept(call(...(row as never[]))));
      } catch (thrown) {
        throw rowFailure(definition, row, thrown);
      }
    }
    return result.finish();
  };
}

const nameOf = ({ parameterNames }: RowFunction, index: number): string => parameterNames?.[index] ?? `${index + 1}`;

/**
 * What a failed call becomes: Spark's condition for it, with the values of the row.
 *
 * @param definition - the function
 * @param row - what it was called with
 * @param thrown - what it threw, or what is wrong with its result
 */
export function rowFailure(definition: RowFunction, row: readonly unknown[], thrown: unknown): ExecutionError {
  const { name, parameters, type } = definition;
  const signature = parameters.map(simpleString).join(", ");
  const reason = reasonOf(thrown);
  const input = row.map((value, index) => `${nameOf(definition, index)} = ${shown(value)}`).join(", ");
  const described = `\`${name}\` (${signature}) => ${simpleString(type)}`;
  return new ExecutionError(`User defined function (${described}) failed due to: ${reason}`, {
    condition: "FAILED_EXECUTE_UDF",
    sqlState: "39000",
    parameters: { functionName: `\`${name}\``, signature, result: simpleString(type), reason },
    hint: input === "" ? "It was called without values." : `It was called with ${input}.`,
    cause: thrown,
  });
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof ValueFault) return `${thrown.path("its result")}: ${thrown.sentence}`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
