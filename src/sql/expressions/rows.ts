/** Rows in parentheses, `(a, b + 1)`, which are structs. */
import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { call, text } from "./nodes.ts";

/** The rows that were written in parentheses: a call of `named_struct` is none. */
const rows = new WeakSet<Expression>();

/** The struct that a row in parentheses is: its fields have the names of columns and aliases, or `col1`, `col2` by position. */
export function rowOf(cursor: SqlCursor, start: number, fields: readonly Expression[]): Expression {
  const parts = fields.flatMap((field, index) => [text(fieldName(field, index)), field]);
  const row = cursor.placed(start, { ...call("named_struct", ...parts) });
  rows.add(row);
  return row;
}

function fieldName(field: Expression, index: number): string {
  if (field.kind === "attribute") return field.name.at(-1)!;
  return field.kind === "alias" ? field.names[0]! : `col${index + 1}`;
}

/** The values of a row in parentheses, or of a struct without names; the expression itself where it is none. */
export function rowValues(expression: Expression): readonly Expression[] {
  if (expression.kind !== "call") return [expression];
  if (rows.has(expression)) return expression.arguments.filter((_, index) => index % 2 === 1);
  return expression.name[0] === "struct" ? expression.arguments : [expression];
}
