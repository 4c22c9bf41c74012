/** Batches as functions of columns see them: an array of values for each column, by name. */
import { ExecutionError, listed } from "../errors.ts";
import { fieldAcceptor } from "../types/accept-value.ts";
import type { Batch, FixedValues, FixedVector, Vector } from "../types/batch.ts";
import { type StructField, type StructType, structField } from "../types/data-type.ts";
import { fixedArrayOf } from "../types/layout.ts";
import { kindOf } from "../types/value-fault.ts";
import { vectorBuilder } from "../types/vector-builder.ts";
import { type Values, vectorValues } from "../types/vector-values.ts";

/** Values by column. */
export type ColumnArrays = Readonly<Record<string, Values>>;

/**
 * The values of a batch by the names of its columns, null where there is none. They are made where a column is first
 * looked at: a function mostly takes a few of many.
 *
 * Columns of numbers without nulls are the batch's own typed arrays: they may be read, not changed. To look at a BIGINT
 * that no number holds exactly throws an ExecutionError.
 *
 * @param names - the names of the columns
 */
export function batchColumns(names: readonly string[]): (batch: Batch) => ColumnArrays {
  const columnsOf = lateColumns(names);
  return ({ columns }) => columnsOf((index) => vectorValues(columns[index]!, { column: names[index] }));
}

const made = Symbol("made");

/** Columns of which each is made when it is first looked at, and kept where it is looked at again. */
interface LateColumns {
  readonly [made]: { readonly make: (index: number) => Values; readonly values: (Values | undefined)[] };
}

/**
 * How objects are made whose columns are made when they are first looked at. All of them have the same accessors: with some
 * of its own, each object would be of a kind of its own, which takes longer to make and to collect than a small group to read.
 *
 * @param names - of the columns
 */
export function lateColumns(names: readonly string[]): (make: (index: number) => Values) => ColumnArrays {
  const accessors = names.map((_, index) => ({
    get(this: LateColumns): Values {
      const { make, values } = this[made];
      const column = values[index] ?? make(index);
      values[index] = column;
      return column;
    },
    set(this: LateColumns, given: Values): void {
      this[made].values[index] = given;
    },
    enumerable: true,
    configurable: true,
  }));
  return (make) => {
    const columns = Object.defineProperty({}, made, { value: { make, values: [] } });
    for (const [index, name] of names.entries()) Object.defineProperty(columns, name, accessors[index]!);
    return columns;
  };
}

/** The types whose numbers are stored as a program gives them. */
const numbers: ReadonlySet<string> = new Set(["tinyint", "smallint", "int", "bigint", "float", "double"]);

/**
 * The vector of a column that a function gave. A typed array that fits the type is taken as it is.
 *
 * @param values - one for each row
 * @param field - the name and type of the column
 * @throws ExecutionError when a value does not fit
 */
export function vectorOf(values: Values, field: StructField): Vector {
  if (isStored(values, field)) {
    return { layout: "fixed", type: field.type, length: values.length, values } satisfies FixedVector;
  }
  const accept = fieldAcceptor(field);
  const vector = vectorBuilder(field.type, values.length);
  for (let row = 0; row < values.length; row++) vector.append(accept(values[row], row));
  return vector.finish();
}

const isStored = (values: Values, { type }: StructField): values is FixedValues =>
  numbers.has(type.kind) && values instanceof fixedArrayOf(type);

/**
 * The batch of columns that a function gave.
 *
 * @param columns - an array for each column of the schema
 * @param schema - the columns to give
 * @throws ExecutionError when a column is missing, has another length than the others, or holds a value that does not fit
 */
export function batchOf(columns: ColumnArrays, schema: StructType): Batch {
  const rows = assertColumns(columns, schema);
  return { rows, columns: schema.fields.map((field) => vectorOf(columns[field.name]!, field)) };
}

/**
 * How many rows the columns have that a function gave.
 *
 * @param columns - an array for each column of the schema
 * @param schema - the columns to give
 * @param isExact - whether others are refused, too
 * @throws ExecutionError when a column is missing, is one too many, or has another length than the others
 */
export function assertColumns(columns: ColumnArrays, { fields }: StructType, isExact = false): number {
  if (typeof columns !== "object" || columns === null || Array.isArray(columns)) throw notColumns(columns, fields);
  const missing = fields.filter(({ name }) => !Object.hasOwn(columns, name));
  if (missing.length > 0 || (isExact && Object.keys(columns).length > fields.length))
    throw otherColumns(columns, fields, isExact);
  const rows = columns[fields[0]?.name ?? ""]?.length ?? 0;
  for (const { name } of fields) assertLength(columns[name]!, rows, `column '${name}'`);
  return rows;
}

function otherColumns(columns: ColumnArrays, fields: readonly StructField[], isExact: boolean): ExecutionError {
  const given = Object.keys(columns);
  const names = fields.map(({ name }) => name);
  const told = (word: string, found: readonly string[]): string =>
    found.length === 0 ? "" : ` ${word}: ${found.toSorted().join(", ")}.`;
  const missing = told(
    "Missing",
    names.filter((name) => !given.includes(name)),
  );
  const extra = told("Unexpected", isExact ? given.filter((name) => !names.includes(name)) : []);
  const sentence = `Column names of the returned data do not match specified schema.${missing}${extra}`;
  return new ExecutionError(sentence, {
    condition: "RESULT_COLUMN_NAMES_MISMATCH",
    parameters: { missing, extra },
    hint: `The function gave: ${listed(given)}.`,
  });
}

const notColumns = (given: unknown, fields: readonly StructField[]): ExecutionError =>
  new ExecutionError(`the function gave ${kindOf(given)} where an object of columns is due`, {
    condition: "UDF_RETURN_TYPE",
    hint: `Return an array for each of: ${listed(fields.map(({ name }) => name))}.`,
  });

/**
 * A function of columns as engines call it: a batch of its arguments to a vector.
 *
 * @param call - takes the arguments by name and the number of rows
 * @param names - the names of the parameters
 * @param result - what errors call the result, and its type
 * @throws ExecutionError from what is returned: `FAILED_EXECUTE_UDF` when the function throws
 */
export function columnFunction(
  call: (columns: ColumnArrays, rows: number) => Values,
  names: readonly string[],
  result: Pick<StructField, "name" | "type">,
): (batch: Batch) => Vector {
  const field = structField(result.name, result.type);
  const columnsOf = batchColumns(names);
  return (batch) => {
    const values = named(result.name, () => call(columnsOf(batch), batch.rows));
    assertLength(values, batch.rows, `the result of ${result.name}`);
    return vectorOf(values, field);
  };
}

/** Runs a function of the user's; what it throws gets the function's name. */
function named<Result>(name: string, call: () => Result): Result {
  try {
    return call();
  } catch (thrown) {
    throw failure(name, thrown);
  }
}

/**
 * What a failed function becomes: Spark's condition for it, with its name.
 *
 * @param name - the function's
 * @param thrown - what it threw
 * @param hint - what it was called with
 */
export function failure(name: string, thrown: unknown, hint?: string): ExecutionError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new ExecutionError(`User defined function (\`${name}\`) failed due to: ${reason}`, {
    condition: "FAILED_EXECUTE_UDF",
    sqlState: "39000",
    parameters: { functionName: `\`${name}\``, reason },
    ...(hint === undefined ? {} : { hint }),
    cause: thrown,
  });
}

function assertLength(values: Values, rows: number, what: string): void {
  if (typeof values !== "object" || values === null || typeof values.length !== "number") {
    throw new ExecutionError(`${what} is ${kindOf(values)} where an array is due`, {
      condition: "UDF_RETURN_TYPE",
      hint: "Return an array, or a typed array, with a value for each row.",
    });
  }
  if (values.length === rows) return;
  throw new ExecutionError(`${what} has ${values.length} rows where ${rows} are due`, {
    condition: "RESULT_ROWS_MISMATCH",
    parameters: { output_length: String(values.length), input_length: String(rows) },
  });
}
