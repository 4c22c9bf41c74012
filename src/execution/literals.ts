/** The values of a batch's first column as literals. */
import type { Literal } from "../plan/expression.ts";
import { acceptValue } from "../types/accept-value.ts";
import type { Batch } from "../types/batch.ts";
import type { DataType } from "../types/data-type.ts";
import { vectorValues } from "../types/vector-values.ts";

export function literalsOf(batch: Batch, type: DataType): readonly Literal[] {
  const values = vectorValues(batch.columns[0]!, { longs: "bigint" });
  return Array.from(
    values,
    (value): Literal => ({ kind: "literal", type, value: value === null ? null : acceptValue(value, type) }),
  );
}
