/** Columns whose values a table makes itself: `GENERATED ALWAYS AS (expression)`, `GENERATED … AS IDENTITY`. */
import type { Metadata } from "../../types/metadata.ts";
import type { SqlCursor } from "../cursor.ts";

/** Reads how a column is generated, as its metadata notes it under Delta's keys. */
export function readGeneration(cursor: SqlCursor): Metadata {
  cursor.expect("GENERATED");
  const byDefault = cursor.accept("BY", "DEFAULT");
  if (!byDefault) cursor.expect("ALWAYS");
  cursor.expect("AS");
  if (cursor.accept("IDENTITY")) return readIdentity(cursor, byDefault);
  if (byDefault) throw cursor.unexpected("IDENTITY");
  return { "delta.generationExpression": readParenthesized(cursor) };
}

/** The text between parentheses. */
export function readParenthesized(cursor: SqlCursor): string {
  cursor.expect("(");
  const { start } = cursor.peek();
  cursor.expression();
  const last = cursor.peek(-1);
  const text = cursor.text.slice(start, last.start + last.text.length);
  cursor.expect(")");
  return text;
}

function readIdentity(cursor: SqlCursor, allowExplicitInsert: boolean): Metadata {
  let [start, step] = [1, 1];
  if (cursor.accept("(")) {
    for (let isOpen = true; isOpen; isOpen = !cursor.accept(")")) {
      cursor.accept(",");
      if (cursor.accept("START", "WITH")) start = readWhole(cursor);
      else if (cursor.accept("INCREMENT", "BY")) step = readWhole(cursor);
      else throw cursor.unexpected("START WITH or INCREMENT BY");
    }
  }
  return {
    "delta.identity.start": start,
    "delta.identity.step": step,
    "delta.identity.allowExplicitInsert": allowExplicitInsert,
  };
}

function readWhole(cursor: SqlCursor): number {
  const sign = cursor.accept("-") ? -1 : 1;
  if (cursor.peek().kind !== "number") throw cursor.unexpected("a whole number");
  return sign * Number(cursor.take().text);
}
