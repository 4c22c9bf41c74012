/** What is bound from outside: the markers `:name` and `?`, and the holes of templates. */
import { listed, ParseError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import { isRelation } from "../../plan/rewrite.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier } from "../names.ts";

/** Reads a parameter marker: the value that is bound to it, or a variable where nothing is bound yet. */
export function readMarker(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  if (cursor.accept("?")) return readPosition(cursor, start);
  cursor.expect(":");
  const name = readIdentifier(cursor, "the name of a parameter");
  if (cursor.parameters === undefined) {
    return cursor.placed(start, { kind: "variable", form: "named parameter", name: [name] });
  }
  cursor.parameters.onMarker?.("named");
  const named = cursor.parameters.named ?? {};
  return bound(Object.hasOwn(named, name) ? named[name] : undefined, name, Object.keys(named));
}

function readPosition(cursor: SqlCursor, start: number): Expression {
  const marker = cursor.nextMarker();
  if (cursor.parameters === undefined) {
    return cursor.placed(start, { kind: "variable", form: "positional parameter", name: [String(marker)] });
  }
  cursor.parameters.onMarker?.("positional");
  const values = cursor.parameters.positional ?? [];
  return bound(values[marker], `_${start}`, values.length === 0 ? [] : [`${values.length} values by position`]);
}

function bound(value: Expression | undefined, name: string, given: readonly string[]): Expression {
  if (value !== undefined) return value;
  throw new ParseError(
    `Found the unbound parameter: ${name}. Please, fix \`args\` and provide a mapping of the parameter to either a SQL literal or collection constructor functions`,
    {
      condition: "UNBOUND_SQL_PARAMETER",
      sqlState: "42P02",
      parameters: { name },
      hint: `The parameters given are: ${listed(given)}.`,
    },
  );
}

/** Reads the expression that a template has here. */
export function readHole(cursor: SqlCursor): Expression {
  const hole = cursor.hole();
  if (hole === undefined || isRelation(hole)) {
    throw cursor.unexpected("an expression; a DataFrame stands in FROM or in parentheses");
  }
  cursor.take();
  return hole;
}
