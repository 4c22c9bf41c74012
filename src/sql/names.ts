/** Names as SQL text has them. */
import { quoted, quotedIfNeeded } from "../types/identifier.ts";
import type { SqlCursor } from "./cursor.ts";
import { readIdentifierClause, seesIdentifierClause, singlePart } from "./identifier-clause.ts";

const plainName = /^[A-Za-z0-9_]+$/;

/**
 * Reads one name, in back-ticks or not, or what `IDENTIFIER(…)` names.
 *
 * @param wanted - what is named, for the error
 * @throws ParseError `PARSE_SYNTAX_ERROR`, or `INVALID_IDENTIFIER` for a name that needs back-ticks
 */
export function readIdentifier(cursor: SqlCursor, wanted = "a name"): string {
  if (!cursor.legacyIdentifierClause && seesIdentifierClause(cursor))
    return singlePart(cursor, readIdentifierClause(cursor));
  return readPlainIdentifier(cursor, wanted);
}

/** Reads one name, in back-ticks or not. */
export function readPlainIdentifier(cursor: SqlCursor, wanted: string): string {
  const token = cursor.peek();
  if (token.kind !== "word" && token.kind !== "quoted") throw cursor.unexpected(wanted);
  cursor.take();
  if (token.kind === "quoted") return token.value;
  if (plainName.test(token.text)) return token.text;
  throw invalidIdentifier(cursor);
}

/** Reads a name of one or more parts: `catalog.schema.table`. */
export function readQualifiedName(cursor: SqlCursor, wanted = "a name"): string[] {
  const isClause = seesIdentifierClause(cursor);
  const parts = isClause ? [...readIdentifierClause(cursor)] : [readIdentifier(cursor, wanted)];
  if (isClause && cursor.legacyIdentifierClause) return parts;
  while (cursor.sees(".") && isName(cursor, 1)) {
    cursor.take();
    parts.push(readIdentifier(cursor, wanted));
  }
  return parts;
}

/** Reads the name of a column or a variable, for which `IDENTIFIER(…)` did not stand in Spark before 4.1. */
export function readOwnName(cursor: SqlCursor, wanted: string): string[] {
  if (!cursor.legacyIdentifierClause || !seesIdentifierClause(cursor)) return readQualifiedName(cursor, wanted);
  cursor.take();
  throw cursor.unexpected("a name");
}

/** Reads names in parentheses. */
export function readNames(cursor: SqlCursor): string[] {
  cursor.expect("(");
  const names = [readIdentifier(cursor)];
  while (cursor.accept(",")) names.push(readIdentifier(cursor));
  cursor.expect(")");
  return names;
}

/** Reads columns and fields of them in parentheses; each stays text: `` s.`e-mail` ``. */
export function readColumnPaths(cursor: SqlCursor): string[] {
  cursor.expect("(");
  const paths: string[] = [];
  do paths.push(readQualifiedName(cursor, "a column").map(quotedIfNeeded).join("."));
  while (cursor.accept(","));
  cursor.expect(")");
  return paths;
}

/** Whether a name stands here, or further on. */
export function isName(cursor: SqlCursor, ahead = 0): boolean {
  const { kind } = cursor.peek(ahead);
  return kind === "word" || kind === "quoted";
}

function invalidIdentifier(cursor: SqlCursor): Error {
  const token = cursor.peek(-1);
  return cursor.fault(
    token,
    `The unquoted identifier ${token.text} is invalid and must be back quoted as: ${quoted(token.text)}`,
    {
      condition: "INVALID_IDENTIFIER",
      sqlState: "42602",
      parameters: { ident: token.text },
      hint: "Without back-ticks a name may hold only ASCII letters, digits and underscores.",
    },
  );
}
