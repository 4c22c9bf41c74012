/** Columns of a dimension under names of its own making, since the table's names may be any. */
import type { Column } from "../../functions/column.ts";
import { lit } from "../../functions/constructors.ts";
import { struct } from "../../functions/index.ts";
import type { StructField } from "../../types/data-type.ts";
import type { Dimension } from "./dimension.ts";

export const keyName = (index: number): string => `key_${index}`;
export const valueName = (index: number): string => `value_${index}`;

/** What changes give, as a struct; it has a field more than that, so that there is always one. */
export const valuesOf = ({ attributes }: Dimension, value: (field: StructField) => Column): Column =>
  struct(lit(true).as("told"), ...attributes.map((field, index) => value(field).as(valueName(index)))) as Column;
