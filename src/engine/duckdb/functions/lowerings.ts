import { conditionalLowerings } from "./conditional.ts";
import { operatorLowerings } from "./operators.ts";
import type { Lowering } from "./lowering.ts";

/** All lowerings, by Spark's SQL names. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...operatorLowerings,
  ...conditionalLowerings,
};
