/** Conditions and nulls as DuckDB SQL. */
import { arrayType, isText } from "../../../types/data-type.ts";
import { ordersOtherwise } from "../compile/order-key.ts";
import { sorted } from "./collection/arrays.ts";
import { duck, infix, type Lowering, type Lowerings } from "./lowering.ts";
import { reused } from "./reuse.ts";

const isFraction = (kind: string | undefined): boolean => kind === "double" || kind === "float";

// DuckDB agrees that NaN is the greatest number and that nulls are passed over.
const extreme =
  (name: "greatest" | "least"): Lowering =>
  (args, { types, call }) => {
    if (!ordersOtherwise(call.type)) return `${name}(${args.join(", ")})`;
    const direction = name === "greatest" ? "'DESC', 'NULLS LAST'" : "'ASC', 'NULLS LAST'";
    return `(${reused([`[${args.join(", ")}]`], ([values]) => sorted(values!, arrayType(types[0]!), direction))})[1]`;
  };

export const conditionalLowerings = {
  coalesce: duck("coalesce"),
  greatest: extreme("greatest"),
  least: extreme("least"),
  ifnull: duck("coalesce"),
  nvl: duck("coalesce"),
  isnan: ([value], { types }) => (isFraction(types[0]?.kind) ? `coalesce(isnan(${value}), false)` : "false"),
  isnotnull: ([value]) => `(${value} IS NOT NULL)`,
  isnull: ([value]) => `(${value} IS NULL)`,
  nanvl: ([value, otherwise], { types }) =>
    isFraction(types[0]?.kind) ? `CASE WHEN isnan(${value}) THEN ${otherwise} ELSE ${value} END` : value!,
  nullif: duck("nullif"),
  nullifzero: ([value]) => `nullif(${value}, 0)`,
  nvl2: ([condition, present, absent]) => `CASE WHEN ${condition} IS NOT NULL THEN ${present} ELSE ${absent} END`,
  zeroifnull: ([value], { types: [type] }) => `coalesce(${value}, ${isText(type!) ? "'0'" : "0"})`,
  equal_null: infix("IS NOT DISTINCT FROM"),
} satisfies Lowerings<typeof import("../../../functions/conditional.ts")>;
