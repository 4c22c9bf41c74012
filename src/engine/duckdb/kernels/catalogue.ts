import type { ScalarFunction } from "../trampoline.ts";
import { conversionKernels } from "./conversions.ts";
import { type KernelDefinition, strictKernel } from "./kernel.ts";
import { temporalKernels } from "./temporal.ts";

const strict: Readonly<Record<string, KernelDefinition>> = { ...conversionKernels, ...temporalKernels };

/** All kernels by name. */
export const kernels: Readonly<Record<string, ScalarFunction>> = Object.fromEntries(
  Object.entries(strict).map(([name, definition]) => [name, strictKernel(name, definition)]),
);
