import type { ScalarFunction } from "../trampoline.ts";

/** All kernels by name. */
export const kernels: Readonly<Record<string, ScalarFunction>> = {};
