import { stringType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import { collectionLowerings } from "./collection.ts";
import { conditionalLowerings } from "./conditional.ts";
import { csvLowerings } from "./csv.ts";
import { dateLowerings } from "./date.ts";
import { formatLowerings } from "./format.ts";
import { higherOrderLowerings } from "./higher-order.ts";
import { jsonLowerings } from "./json.ts";
import { lenientLowerings } from "./lenient.ts";
import type { Lowering } from "./lowering.ts";
import { mathLowerings } from "./math.ts";
import { miscLowerings } from "./misc.ts";
import { operatorLowerings } from "./operators.ts";
import { predicateLowerings } from "./predicate.ts";
import { hllLowerings } from "./sketches/hll.ts";
import { kllLowerings } from "./sketches/kll.ts";
import { thetaLowerings } from "./sketches/theta.ts";
import { topKLowerings } from "./sketches/top-states.ts";
import { tupleLowerings } from "./sketches/tuple.ts";
import { spatialLowerings } from "./spatial.ts";
import { sqlOnlyLowerings } from "./sql-only.ts";
import { stringLowerings } from "./string.ts";
import { timeWindowLowerings } from "./time-window.ts";
import { variantLowerings } from "./variant.ts";
import { vectorLowerings } from "./vector.ts";
import { xmlLowerings } from "./xml.ts";

/** All lowerings, by Spark's SQL names. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...operatorLowerings,
  // What the analyzer makes of `show`: the text that is drawn, null included.
  to_pretty_string: ([value], context) =>
    `coalesce(${compileCast(value!, context.types[0]!, stringType, "ansi", context, context.binaryStyle)}, 'NULL')`,
  ...collectionLowerings,
  ...conditionalLowerings,
  ...csvLowerings,
  ...dateLowerings,
  ...formatLowerings,
  ...higherOrderLowerings,
  ...hllLowerings,
  ...jsonLowerings,
  ...kllLowerings,
  ...lenientLowerings,
  ...mathLowerings,
  ...miscLowerings,
  ...predicateLowerings,
  ...spatialLowerings,
  ...sqlOnlyLowerings,
  ...stringLowerings,
  ...thetaLowerings,
  ...timeWindowLowerings,
  ...topKLowerings,
  ...tupleLowerings,
  ...variantLowerings,
  ...vectorLowerings,
  ...xmlLowerings,
};
