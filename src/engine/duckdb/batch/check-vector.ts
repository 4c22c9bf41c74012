import { ExecutionError } from "../../../errors.ts";
import type { Vector } from "../../../types/batch.ts";
import type { DataType } from "../../../types/data-type.ts";
import { vectorFault } from "../../../types/layout.ts";
import { simpleString } from "../../../types/type-name.ts";
import { duckType } from "../duck-type.ts";

/**
 * Checks a vector that a program made before it is copied into the engine, which would copy whatever lies behind arrays
 * that are too short.
 *
 * @param beginning - of the error's sentence, such as `The function fee made`
 * @param vector - the vector
 * @param type - the type that it must have, up to what rows do not show
 * @param rows - how many rows it must have
 * @throws ExecutionError that says what is wrong
 */
export function checkVector(beginning: string, vector: Vector, type: DataType, rows: number): void {
  const fault = mismatch(vector, type, rows) ?? vectorFault(vector);
  if (fault === undefined) return;
  throw new ExecutionError(`${beginning} a column of ${simpleString(type)} with ${fault}`, {
    hint: `Make a vector of ${simpleString(type)} with ${rows} rows.`,
  });
}

function mismatch(vector: Vector, type: DataType, rows: number): string | undefined {
  const sameStorage = vector.type === type || duckType(vector.type) === duckType(type);
  if (!sameStorage) return `values of ${simpleString(vector.type)}`;
  return vector.length === rows ? undefined : `${vector.length} values for ${rows} rows`;
}
