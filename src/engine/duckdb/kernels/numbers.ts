/** Mathematics as Java does it, to the last digit. */
import { arrayType, bigintType, doubleType, intType, stringType } from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";
import { boundedBase, convertBase } from "./numbers/convert-base.ts";
import { cubeRoot } from "./numbers/cube-root.ts";
import { angle, exponential, hyperbolicCosine, inverseHyperbolicTangent } from "./numbers/elementary.ts";
import { hypot } from "./numbers/hypot.ts";
import { seededOrder, seededUuid } from "./numbers/mersenne-twister.ts";
import { poisson } from "./numbers/poisson.ts";
import { power } from "./numbers/power.ts";
import { gaussian, uniform } from "./numbers/random.ts";
import { roundHalfEven, roundHalfUp } from "./numbers/round.ts";

const ofDouble = (call: (value: number) => number): KernelDefinition => ({
  parameters: [doubleType],
  result: doubleType,
  total: true,
  call,
});

const ofDoubles = (call: (left: number, right: number) => number): KernelDefinition => ({
  parameters: [doubleType, doubleType],
  result: doubleType,
  total: true,
  call,
});

const rounding = { parameters: [doubleType, intType], result: doubleType } as const;

export const numberKernels: Readonly<Record<string, KernelDefinition>> = {
  acos: ofDouble(Math.acos),
  acosh: ofDouble(Math.acosh),
  asin: ofDouble(Math.asin),
  asinh: ofDouble(Math.asinh),
  atan: ofDouble(Math.atan),
  atan2: ofDoubles(angle),
  atanh: ofDouble(inverseHyperbolicTangent),
  cbrt: ofDouble(cubeRoot),
  cosh: ofDouble(hyperbolicCosine),
  exp: ofDouble(exponential),
  expm1: ofDouble(Math.expm1),
  hypot: ofDoubles(hypot),
  ln: ofDouble(Math.log),
  log10: ofDouble(Math.log10),
  log1p: ofDouble(Math.log1p),
  log2: ofDouble((value) => Math.log(value) / Math.LN2),
  pow: ofDoubles(power),
  sinh: ofDouble(Math.sinh),
  tanh: ofDouble(Math.tanh),
  round_up: { ...rounding, call: roundHalfUp },
  round_even: { ...rounding, call: roundHalfEven },
  conv: { parameters: [stringType, intType, intType], result: stringType, call: convertBase },
  bounded_conv: { parameters: [stringType, intType, intType], result: stringType, call: boundedBase },
  seeded_uuid: { parameters: [bigintType, bigintType], result: stringType, call: seededUuid },
  seeded_order: { parameters: [bigintType, bigintType, intType], result: arrayType(intType), call: seededOrder },
  uniform: { parameters: [bigintType, bigintType], result: doubleType, call: uniform },
  poisson: { parameters: [bigintType, bigintType, doubleType], result: bigintType, call: poisson },
  gaussian: { parameters: [bigintType, bigintType], result: doubleType, call: gaussian },
};
