/** How many numbers a call has drawn before, which those of its seed follow. */
import { UnsupportedError } from "../../../errors.ts";
import { bigintType, booleanType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import type { CompileContext } from "../compile/context.ts";
import { kernelOf } from "../kernels/kernel.ts";
import type { ScalarFunction } from "../trampoline.ts";

/** Where a call draws: once an element of a list, whose SQL is given, or in an order that is not Spark's. */
export type Drawing = { readonly element: string } | "in another order";

const rowNumber = "row_number() OVER ()";

/**
 * SQL of how many numbers a call has drawn before, for the rows before and, inside a lambda, the elements before.
 *
 * @param each - SQL of how many numbers a call draws
 * @throws UnsupportedError inside a lambda that DuckDB computes in another order than Spark
 */
export function drawnBefore({ drawing, bind }: CompileContext, name: string, each?: string): string {
  if (drawing === "in another order") throw inAnotherOrder(name);
  if (drawing !== undefined)
    // The number of the row keeps the rows in their order, the element makes each a call of its own.
    return bind(counter())(`(${each ?? 1})::BIGINT`, rowNumber, `${drawing.element} IS NULL`);
  if (each === undefined) return `${rowNumber} - 1`;
  return `(sum(${each}) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - ${each})::BIGINT`;
}

function counter(): ScalarFunction {
  let total = 0n;
  const call = (each: bigint): StoredValue => {
    const before = total;
    total += each;
    return before;
  };
  const parameters = [bigintType, bigintType, booleanType];
  return { ...kernelOf("drawn_before", { parameters, result: bigintType, call }), deterministic: false };
}

const inAnotherOrder = (name: string): UnsupportedError =>
  new UnsupportedError(`the function ${name} with a seed is not supported by the embedded engine in this lambda`, {
    hint: "Leave the seed out, or draw the numbers with transform(…) first and go through those.",
    parameters: { function: name },
  });
