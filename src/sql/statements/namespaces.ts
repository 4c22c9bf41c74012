/** `CREATE | DROP | ALTER NAMESPACE`, `USE`, `COMMENT ON`. */
import { ParseError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import { originContext } from "../../plan/node.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readQualifiedName } from "../names.ts";
import { acceptNamespaceWord, ifExists, ifNotExists } from "./clauses.ts";
import { readOptions } from "./views.ts";

const readProperties = (cursor: SqlCursor): Record<string, string> | undefined =>
  cursor.acceptAny("DBPROPERTIES", "PROPERTIES") === undefined ? undefined : readOptions(cursor);

export function readCreateNamespace(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (!acceptNamespaceWord(cursor)) return undefined;
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a namespace");
  let clauses: { comment?: string; location?: string; properties?: Record<string, string> } = {};
  for (;;) {
    if (cursor.accept("COMMENT")) clauses = { ...clauses, comment: readString(cursor) };
    else if (cursor.accept("LOCATION")) clauses = { ...clauses, location: readString(cursor) };
    else if (cursor.sees("DEFAULT", "COLLATION")) throw noCollation(cursor);
    else if (cursor.accept("WITH")) clauses = { ...clauses, properties: readProperties(cursor) ?? {} };
    else break;
  }
  return { kind: "create namespace", name, ifNotExists: isTolerant, properties: {}, ...clauses };
}

/** Spark reads the clause, and refuses it unless a setting of its tests is on. */
const noCollation = (cursor: SqlCursor): ParseError =>
  new ParseError("The feature is not supported: Default collation for the specified schema", {
    condition: "UNSUPPORTED_FEATURE.SCHEMA_LEVEL_COLLATIONS",
    sqlState: "0A000",
    hint: "State DEFAULT COLLATION of each table and view.",
    context: originContext(cursor.origin(cursor.peek().start)),
  });

export function readDropNamespace(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (!acceptNamespaceWord(cursor)) return undefined;
  const isTolerant = ifExists(cursor);
  const name = readQualifiedName(cursor, "the name of a namespace");
  const cascade = cursor.acceptAny("RESTRICT", "CASCADE") === "CASCADE";
  return { kind: "drop namespace", name, ifExists: isTolerant, cascade };
}

export function readAlterNamespace(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (!acceptNamespaceWord(cursor)) return undefined;
  const name = readQualifiedName(cursor, "the name of a namespace");
  const node = { kind: "alter namespace", name } as const;
  if (cursor.accept("UNSET")) {
    if (cursor.acceptAny("DBPROPERTIES", "PROPERTIES") === undefined) throw cursor.unexpected("PROPERTIES");
    return { ...node, unset: readKeys(cursor) };
  }
  if (cursor.sees("DEFAULT", "COLLATION")) throw noCollation(cursor);
  cursor.expect("SET");
  if (cursor.accept("LOCATION")) return { ...node, location: readString(cursor) };
  const properties = readProperties(cursor);
  if (properties === undefined) throw cursor.unexpected("DBPROPERTIES, PROPERTIES or LOCATION");
  return { ...node, properties };
}

/** Reads `(key, another.key)`. */
export function readKeys(cursor: SqlCursor): readonly string[] {
  cursor.expect("(");
  const keys: string[] = [];
  do {
    keys.push(cursor.peek().kind === "string" ? readString(cursor) : readQualifiedName(cursor, "a key").join("."));
  } while (cursor.accept(","));
  cursor.expect(")");
  return keys;
}

/** Reads `USE [NAMESPACE] name`. */
export function readUse(cursor: SqlCursor): Statement {
  cursor.take();
  acceptNamespaceWord(cursor);
  return { kind: "use", name: readQualifiedName(cursor, "a namespace") };
}

/** Reads `COMMENT ON NAMESPACE | TABLE name IS 'text' | NULL`. */
export function readCommentOn(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  cursor.expect("ON");
  const isNamespace = acceptNamespaceWord(cursor);
  if (!isNamespace && !cursor.accept("TABLE")) return undefined;
  const name = readQualifiedName(cursor, "the name of what is commented");
  cursor.expect("IS");
  const comment = cursor.accept("NULL") ? null : readString(cursor);
  if (isNamespace) return { kind: "alter namespace", name, comment: comment ?? "" };
  return { kind: "alter relation", name, expects: "table", change: { change: "comment", comment } };
}
