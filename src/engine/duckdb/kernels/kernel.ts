/** How kernels are made of functions of single values. */
import type { Batch, FixedVector, Vector } from "../../../types/batch.ts";
import type { DataType } from "../../../types/data-type.ts";
import { storedReader } from "../../../types/stored-reader.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { bothValid } from "../../../types/validity.ts";
import { vectorBuilder } from "../../../types/vector-builder.ts";
import type { ScalarFunction } from "../trampoline.ts";

/** What a kernel is made of: its types, and a function of the values of a row. */
export interface KernelDefinition {
  readonly parameters: readonly DataType[];
  readonly result: DataType;
  /** Takes stored values and gives one; undefined and null are null. */
  readonly call: (...values: readonly never[]) => StoredValue | undefined;
  /** Whether the function is called with nulls too; otherwise it gives null for a row with a null. */
  readonly takesNulls?: boolean;
  /** Whether it gives a DOUBLE for every DOUBLE or two, so that a plain loop will do. */
  readonly total?: boolean;
}

type Apply = (...values: readonly (StoredValue | undefined)[]) => StoredValue | undefined;

/** The kernel of a function of single values. */
export function kernelOf(
  name: string,
  { parameters, result, call, takesNulls = false, total = false }: KernelDefinition,
): ScalarFunction {
  const apply = call as unknown as Apply;
  const run = total ? doubles : values;
  return { name, parameters, result, deterministic: true, call: (batch) => run(batch, result, apply, takesNulls) };
}

function values({ columns, rows }: Batch, result: DataType, apply: Apply, takesNulls: boolean): Vector {
  const readers = columns.map(storedReader);
  const builder = vectorBuilder(result, rows);
  for (let row = 0; row < rows; row++) {
    const args = readers.map((read) => read(row));
    builder.append(!takesNulls && args.includes(null) ? null : (apply(...args) ?? null));
  }
  return builder.finish();
}

/** A loop over plain numbers, for functions that give one for every one. */
function doubles({ columns, rows }: Batch, result: DataType, apply: Apply): Vector {
  const [first, second] = (columns as readonly FixedVector[]).map(({ values: numbers }) => numbers as Float64Array) as [
    Float64Array,
    Float64Array?,
  ];
  const made = new Float64Array(rows);
  for (let row = 0; row < rows; row++) made[row] = apply(first[row]!, second?.[row]) as number;
  const validity = bothValid(columns[0]?.validity, columns[1]?.validity);
  return { type: result, layout: "fixed", length: rows, values: made, ...(validity === undefined ? {} : { validity }) };
}
