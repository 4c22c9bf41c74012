import type { FileOptions } from "./option.ts";
import { listing } from "./shared.ts";

/** Spark's options of whole files as binary values, which are only read. */
export const binaryFile = { ...listing } as const satisfies FileOptions;
