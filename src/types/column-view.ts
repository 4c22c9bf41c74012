import { storageType, type Vector } from "./batch.ts";
import type { TypeKind } from "./data-type.ts";
import type { Validity } from "./validity.ts";
import { type ValueOptions, type Values, vectorValues } from "./vector-values.ts";

/** The values of a column by row; where `validity` says so there is none, whatever `values` holds. */
export interface ColumnView {
  readonly values: Values;
  readonly validity: Validity | undefined;
}

/** Types whose values are stored as rows hold them. */
const plain: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["tinyint", "smallint", "int", "float", "double"] as const),
  ...(["string", "char", "varchar"] as const),
]);

/**
 * The values of a vector as rows hold them, without a copy where they are stored like that.
 *
 * @param vector - a column of a batch
 * @param options - how to give long integers
 * @throws ExecutionError `CAST_OVERFLOW` for a BIGINT that no number holds exactly
 */
export function columnView(vector: Vector, options: ValueOptions = {}): ColumnView {
  const { validity } = vector;
  if (validity !== undefined && plain.has(storageType(vector.type).kind)) {
    if (vector.layout === "fixed") return { values: vector.values, validity };
    if (vector.layout === "text") return { values: vector.text.strings(), validity };
  }
  return { values: vectorValues(vector, options), validity: undefined };
}
