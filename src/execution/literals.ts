/** The values of a batch's first column as literals. */
import type { Literal } from "../plan/expression.ts";
import type { Batch } from "../types/batch.ts";
import type { DataType } from "../types/data-type.ts";
import { storedValue } from "../types/stored-value.ts";

export function literalsOf(batch: Batch, type: DataType): readonly Literal[] {
  const [column] = batch.columns;
  return Array.from({ length: batch.rows }, (_, row): Literal => ({ kind: "literal", type, value: storedValue(column!, row) }));
}
