/** Values of a program as columns store them, checked against their types. */
import { ExecutionError } from "../errors.ts";
import { type AcceptOptions, acceptorOf } from "./acceptor.ts";
import type { DataType, StructField, StructType } from "./data-type.ts";
import type { StoredValue } from "./stored-value.ts";
import { ValueFault } from "./value-fault.ts";

export type { AcceptOptions } from "./acceptor.ts";

/**
 * A value of a program as a column of a type stores it.
 *
 * Besides the values that rows hold, TIMESTAMP takes `Date` and anything with `epochNanoseconds`, DATE a `Date` at
 * midnight in UTC, DECIMAL whole numbers, MAP with text keys plain objects, STRUCT arrays by position, VARIANT anything
 * that JSON has. Nothing is turned into text, and no number is rounded but decimals to the scale of their type.
 *
 * @param value - the value; undefined means null
 * @param type - the type of the column
 * @param path - what the value is called in an error, such as `row 3`
 * @param options - the time zone of timestamps written without an offset
 * @throws ExecutionError with PySpark's condition, naming path, value and type: `FIELD_DATA_TYPE_UNACCEPTABLE`,
 * `VALUE_OUT_OF_BOUNDS`, `FIELD_NOT_NULLABLE`, `NUMERIC_VALUE_OUT_OF_RANGE`, …
 * @example
 * ```ts
 * console.log(acceptValue("2025-02-01", dateType, "row 3")); // 20120
 * ```
 */
export function acceptValue(value: unknown, type: DataType, path = "", options: AcceptOptions = {}): StoredValue {
  const accept = acceptorOf(type, true, options);
  return located(path, () => accept(value));
}

/**
 * Compiles what accepts the values of a column, for many rows. Rows are counted from 0 in errors.
 *
 * @param field - the column
 * @param options - the time zone of timestamps written without an offset
 * @throws ExecutionError from what is returned, as `acceptValue` throws it
 * @example
 * ```ts
 * const accept = fieldAcceptor(structField("n", intType, false));
 * rows.map((row, index) => accept(row.n, index));
 * ```
 */
export function fieldAcceptor(
  field: StructField,
  options: AcceptOptions = {},
): (value: unknown, row: number) => StoredValue {
  const accept = acceptorOf(field.type, field.nullable, options);
  return (value, row) => {
    try {
      return accept(value);
    } catch (thrown) {
      throw thrown instanceof ValueFault ? errorOf(thrown.within(`.${field.name}`), `row ${row}`) : thrown;
    }
  };
}

/**
 * Compiles what accepts whole rows: objects, or arrays by position. Rows are counted from 0 in errors.
 *
 * @param schema - the columns
 * @param options - the time zone of timestamps written without an offset
 * @throws ExecutionError from what is returned, as `acceptValue` throws it
 */
export function rowAcceptor(
  schema: StructType,
  options: AcceptOptions = {},
): (value: unknown, row: number) => readonly StoredValue[] {
  const accept = acceptorOf(schema, false, options);
  return (value, row) => {
    try {
      return accept(value) as readonly StoredValue[];
    } catch (thrown) {
      throw thrown instanceof ValueFault ? errorOf(thrown, `row ${row}`) : thrown;
    }
  };
}

function located(path: string, accept: () => StoredValue): StoredValue {
  try {
    return accept();
  } catch (thrown) {
    throw thrown instanceof ValueFault ? errorOf(thrown, path) : thrown;
  }
}

// PySpark has each condition twice: with the name of the field, and without.
const withNames: ReadonlySet<string> = new Set([
  "FIELD_DATA_TYPE_UNACCEPTABLE",
  "FIELD_NOT_NULLABLE",
  "FIELD_STRUCT_LENGTH_MISMATCH",
]);

function errorOf(fault: ValueFault, start: string): ExecutionError {
  const { condition, parameters, ...details } = fault.details;
  const path = fault.path(start);
  if (path === "") return new ExecutionError(fault.sentence, fault.details);
  return new ExecutionError(`${path}: ${fault.sentence}`, {
    ...details,
    condition: withNames.has(condition) ? `${condition}_WITH_NAME` : condition,
    parameters: { ...parameters, field_name: path },
  });
}
