import type { DataType } from "../../../types/data-type.ts";
import type { ScalarFunction } from "../trampoline.ts";
import { cipherKernels } from "./cipher.ts";
import { collationKernels } from "./collations.ts";
import { collectionKernels } from "./collections.ts";
import { conversionKernels } from "./conversions.ts";
import { decimalKernels } from "./decimals.ts";
import { deepTextKernels } from "./deep-texts.ts";
import { formatKernels } from "./formats.ts";
import { frequentItemKernels } from "./frequent-items.ts";
import { digestKernels, hashKernels } from "./hashes.ts";
import { jsonKernels } from "./json-texts.ts";
import { type KernelDefinition, kernelOf } from "./kernel.ts";
import { momentKernels } from "./moments.ts";
import { numberKernels } from "./numbers.ts";
import { patternKernels } from "./patterns.ts";
import { repeatedKeyKernels } from "./repeated-keys.ts";
import { shapeKernels } from "./shapes.ts";
import { temporalKernels } from "./temporal.ts";
import { textKernels } from "./text.ts";
import { typedVariantKernels, variantKernels } from "./variants.ts";
import { vectorKernels } from "./vectors.ts";

const definitions: Readonly<Record<string, KernelDefinition>> = {
  ...cipherKernels,
  ...collationKernels,
  ...collectionKernels,
  ...conversionKernels,
  ...digestKernels,
  ...formatKernels,
  ...frequentItemKernels,
  ...jsonKernels,
  ...momentKernels,
  ...numberKernels,
  ...patternKernels,
  ...shapeKernels,
  ...temporalKernels,
  ...textKernels,
  ...variantKernels,
  ...vectorKernels,
};

/** All kernels of fixed types by name. */
export const kernels: Readonly<Record<string, ScalarFunction>> = Object.fromEntries(
  Object.entries(definitions).map(([name, definition]) => [name, kernelOf(name, definition)]),
);

/** Kernels that are made for the types of their arguments. */
export const typedKernels: Readonly<Record<string, (types: readonly DataType[]) => ScalarFunction>> = {
  ...decimalKernels,
  ...deepTextKernels,
  ...hashKernels,
  ...repeatedKeyKernels,
  ...typedVariantKernels,
};
