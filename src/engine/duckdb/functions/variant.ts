/** Variants as DuckDB SQL. */
import { variantType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import type { Lowering, Lowerings } from "./lowering.ts";

const ownKernel =
  (name: string): Lowering =>
  (args, { kernel }) =>
    kernel(name, args);

const part =
  (mode: "ansi" | "try"): Lowering =>
  ([value, path], context) => {
    const found = context.kernel("variant_part", [value!, path!]);
    const { type } = context.call;
    return type.kind === "variant" ? found : compileCast(found, variantType, type, mode, context);
  };

export const variantLowerings = {
  parse_json: ownKernel("parse_json"),
  try_parse_json: ownKernel("try_parse_json"),
  variant_get: part("ansi"),
  try_variant_get: part("try"),
  is_variant_null: (args, { kernel }) => `coalesce(${kernel("is_variant_null", args)}, false)`,
  is_valid_variant: ownKernel("is_valid_variant"),
  schema_of_variant: ownKernel("schema_of_variant"),
  to_variant_object: ([value], { kernel, types }) => kernel("to_variant", [value!], types),
} satisfies Lowerings<Omit<typeof import("../../../functions/variant.ts"), "schemaOfVariantAgg">>;
