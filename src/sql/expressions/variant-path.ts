/** Paths into a VARIANT: `column:a.b[0]['c d']`. */
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier } from "../names.ts";
import { readString } from "./literals.ts";

/** Reads a path behind its colon, as the text that `variant_get` takes. */
export function readVariantPath(cursor: SqlCursor): string {
  let path = cursor.seesSign("[") ? "$" : `$${fieldStep(readIdentifier(cursor))}`;
  for (;;) {
    if (cursor.accept(".")) path += fieldStep(readIdentifier(cursor));
    else if (cursor.accept("[")) path += readBracket(cursor);
    else return path;
  }
}

// As in Spark, dots part a name in back-ticks too.
const fieldStep = (name: string): string => `.${name}`;

function readBracket(cursor: SqlCursor): string {
  const step = cursor.peek().kind === "string" ? `['${readString(cursor)}']` : `[${readIndex(cursor)}]`;
  cursor.expect("]");
  return step;
}

function readIndex(cursor: SqlCursor): string {
  if (!/^\d+$/.test(cursor.peek().text)) throw cursor.unexpected("an index or a field in quotes");
  return cursor.take().text;
}
