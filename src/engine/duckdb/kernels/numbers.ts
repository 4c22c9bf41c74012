/** Mathematics that Java does otherwise than DuckDB. */
import { bigintType, doubleType, intType, stringType } from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";
import { convertBase } from "./numbers/convert-base.ts";
import { hypot } from "./numbers/hypot.ts";
import { gaussian, uniform } from "./numbers/random.ts";

const double = { parameters: [doubleType], result: doubleType, total: true } as const;

export const numberKernels = {
  // JavaScript, as StrictMath, follows fdlibm.
  expm1: { ...double, call: (value: number) => Math.expm1(value) },
  log1p: { ...double, call: (value: number) => Math.log1p(value) },
  hypot: { parameters: [doubleType, doubleType], result: doubleType, total: true, call: hypot },
  conv: { parameters: [stringType, intType, intType], result: stringType, call: convertBase },
  uniform: { parameters: [bigintType, bigintType], result: doubleType, call: uniform },
  gaussian: { parameters: [bigintType, bigintType], result: doubleType, call: gaussian },
} satisfies Readonly<Record<string, KernelDefinition>>;
