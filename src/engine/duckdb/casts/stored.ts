/** Values on their way into a column of a table. */
import type { ResolvedCast } from "../../../plan/resolved.ts";
import {
  type BoundedStringType,
  type DataType,
  isNumeric,
  stringType,
  type TypeKind,
} from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { compileCast } from "../compile/cast.ts";
import type { CompileContext } from "../compile/context.ts";
import { sqlError, text } from "../sql-text.ts";

/**
 * The SQL of a cast to the type of a table's column.
 *
 * Spark's `TableOutputResolver` and `CharVarcharCodegenUtils`: numbers that do not fit fail under a condition that names
 * the column, CHAR is padded, and text that is too long fails unless only blanks are.
 *
 * @param value - SQL of the value; it may be written several times
 * @param column - the name of the column
 */
export function compileStored(
  value: string,
  { input, type, mode }: ResolvedCast,
  column: string,
  context: Pick<CompileContext, "timeZone" | "kernel">,
): string {
  if (type.kind === "char" || type.kind === "varchar")
    return bounded(compileCast(value, input.type, stringType, mode, context), type);
  if (!mayOverflow(input.type, type)) return compileCast(value, input.type, type, mode, context);
  const attempt = compileCast(value, input.type, type, "try", context);
  const told = { from: text(sqlName(input.type)), to: text(sqlName(type)), column: text(column) };
  // As in Spark, a decimal of what is no finite number is null.
  const isInfinite = type.kind === "decimal" && isFractional(input.type);
  const nothing = isInfinite ? `${value} IS NULL OR NOT isfinite(${value})` : `${value} IS NULL`;
  return `CASE WHEN ${nothing} THEN NULL ELSE coalesce(${attempt}, ${sqlError("CAST_OVERFLOW_IN_TABLE_INSERT", told)}) END`;
}

function bounded(value: string, { kind, length }: BoundedStringType): string {
  const whole = kind === "char" ? `rpad(${value}, ${length}, ' ')` : value;
  const cut = `rpad(rtrim(${value}, ' '), ${length}, ' ')`;
  const fault = sqlError("EXCEED_LIMIT_LENGTH", { limit: String(length) });
  return `CASE WHEN length(${value}) <= ${length} THEN ${whole} WHEN length(rtrim(${value}, ' ')) <= ${length} THEN ${cut} WHEN ${value} IS NOT NULL THEN ${fault} END`;
}

const widths: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint", "float", "double"];

const isFractional = ({ kind }: DataType): boolean => kind === "float" || kind === "double";

const mayOverflow = (from: DataType, to: DataType): boolean =>
  isNumeric(from) &&
  isNumeric(to) &&
  (to.kind === "decimal" || widths.indexOf(from.kind) > widths.indexOf(to.kind) || from.kind === "decimal");
