/** Positions in a list of columns, as ORDER BY 1 and GROUP BY 1 mean them. */

import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { Expression } from "../plan/expression.ts";
import { intType } from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { misplaced } from "./errors.ts";

type Clause = "ORDER BY" | "GROUP BY";

const switches = { "ORDER BY": "orderByOrdinal", "GROUP BY": "groupByOrdinal" } as const;

/** The position that an expression of a clause states, from 1 on; undefined for any but a whole number. */
export function positionOf(expression: Expression, clause: Clause, settings: AnalysisSettings): number | undefined {
  if (expression.kind !== "literal" || settings[switches[clause]] === false) return undefined;
  return sameShape(expression.type, intType) && expression.value !== null ? Number(expression.value) : undefined;
}

/** The item at a position of a clause. */
export function itemAt<Item>(items: readonly Item[], position: number, clause: Clause): Item {
  const item = items[position - 1];
  if (item !== undefined) return item;
  const size = String(items.length);
  throw misplaced(
    `${clause.replace(" ", "_")}_POS_OUT_OF_RANGE`,
    "42805",
    `${clause} position ${position} is not in select list (valid range is [1, ${size}])`,
    "Count the columns of the select list from 1 on, or write their names.",
    { index: String(position), size },
  );
}
