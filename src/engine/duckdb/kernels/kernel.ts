/** How kernels are made of functions of single values. */
import type { Batch, Vector } from "../../../types/batch.ts";
import type { DataType } from "../../../types/data-type.ts";
import { storedReader } from "../../../types/stored-reader.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { vectorBuilder } from "../../../types/vector-builder.ts";
import type { ScalarFunction } from "../trampoline.ts";

/** What a kernel is made of: its types, and a function of the values of a row, none of which is null. */
export interface KernelDefinition {
  readonly parameters: readonly DataType[];
  readonly result: DataType;
  /** Takes stored values and gives one; undefined and null are null. */
  readonly call: (...values: readonly never[]) => StoredValue | undefined;
}

/** A kernel that gives null for a row with a null argument and calls the function for all others. */
export function strictKernel(name: string, { parameters, result, call }: KernelDefinition): ScalarFunction {
  const apply = call as (...values: readonly unknown[]) => StoredValue | undefined;
  return { name, parameters, result, deterministic: true, call: (batch) => column(batch, result, apply) };
}

function column(
  { columns, rows }: Batch,
  result: DataType,
  apply: (...values: readonly unknown[]) => StoredValue | undefined,
): Vector {
  const readers = columns.map(storedReader);
  const builder = vectorBuilder(result, rows);
  for (let row = 0; row < rows; row++) {
    const args = readers.map((read) => read(row));
    builder.append(args.includes(null) ? null : (apply(...args) ?? null));
  }
  return builder.finish();
}
