import type { DataFrame } from "lakewright";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when both types are the same. */
export function same<Actual, Expected>(
  ..._: Equal<Actual, Expected> extends true ? [] : [expected: Expected, actual: Actual]
): void {}

/** The schema that the compiler infers for a DataFrame. */
export type SchemaIn<Frame> = Frame extends DataFrame<infer S> ? S : never;
