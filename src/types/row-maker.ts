import type { Batch } from "./batch.ts";
import type { StructType } from "./data-type.ts";
import { arrayMaker, objectMaker } from "./row-compiler.ts";
import { type ValueOptions, type Values, vectorValues } from "./vector-values.ts";

export interface RowMakerOptions extends Pick<ValueOptions, "longs"> {
  /** What a row is: an object by name (the default), or an array by position, which allows columns of one name. */
  readonly rows?: "object" | "array" | undefined;
}

/** Turns batches of one schema into rows. */
export type RowMaker = (batch: Batch) => unknown[];

/**
 * Compiles a maker of rows.
 *
 * @param schema - the columns of the batches
 * @param options - objects or arrays, and what long integers are
 * @throws AnalysisError `AMBIGUOUS_COLUMN_OR_FIELD` when two columns of objects have one name
 * @throws ExecutionError from what is returned, for a BIGINT that no number holds exactly
 * @example
 * ```ts
 * const toRows = rowMaker(schema, { longs: "bigint" });
 * for await (const batch of batches(result, schema)) print(toRows(batch));
 * ```
 */
export function rowMaker({ fields }: StructType, options: RowMakerOptions = {}): RowMaker {
  const names = fields.map((field) => field.name);
  const make = options.rows === "array" ? arrayMaker(names.length) : objectMaker(names);
  const valuesOf = ({ columns }: Batch): Values[] =>
    columns.map((vector, index) => vectorValues(vector, { longs: options.longs, column: names[index] }));
  return (batch) => make(valuesOf(batch), batch.rows);
}
