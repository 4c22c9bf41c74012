/** Defaults of columns: SQL text in the metadata of a field, under Spark's key. */

import { sqlParser } from "../../functions/parsers.ts";
import type { Expression } from "../../plan/expression.ts";
import type { StructField } from "../../types/data-type.ts";
import { stored } from "./store-assignment.ts";

/** The key of the text of a column's default. */
export const defaultKey = "CURRENT_DEFAULT";

/** The text of a column's default; undefined when it has none. */
export function defaultText({ metadata }: StructField): string | undefined {
  const text = metadata?.[defaultKey];
  return typeof text === "string" ? text : undefined;
}

/** The value of a column that a statement does not give one: its default, or null. */
export function defaultValue(column: StructField): Expression {
  const text = defaultText(column);
  return text === undefined
    ? { kind: "literal", type: column.type, value: null }
    : stored(sqlParser().expression(text), column);
}
