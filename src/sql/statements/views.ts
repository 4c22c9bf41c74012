/** Temporary views: `CREATE [OR REPLACE] [GLOBAL] TEMPORARY VIEW`, `DROP VIEW`. */
import type { Statement } from "../../functions/parsers.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";

/** Reads `CREATE … TEMPORARY VIEW`; undefined for any other thing that is created. */
export function readCreateView(cursor: SqlCursor): Statement | undefined {
  const { start } = cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  const global = cursor.accept("GLOBAL");
  if (cursor.acceptAny("TEMPORARY", "TEMP") === undefined || !cursor.accept("VIEW")) return undefined;
  const at = cursor.peek();
  const name = readQualifiedName(cursor, "the name of a view");
  if (name.length > 1) throw qualified(cursor, at, name);
  const columns = cursor.seesSign("(") ? readColumns(cursor) : undefined;
  if (cursor.accept("USING"))
    return { kind: "create view", name: name[0]!, global, replace, input: readSource(cursor, start) };
  if (cursor.accept("COMMENT")) readString(cursor);
  cursor.expect("AS");
  const query = cursor.query();
  const input: Relation =
    columns === undefined ? query : cursor.placed(start, { kind: "to columns", input: query, names: columns });
  return { kind: "create view", name: name[0]!, global, replace, input };
}

function readColumns(cursor: SqlCursor): string[] {
  cursor.expect("(");
  const names = readListOf(cursor, (inner) => {
    const name = readIdentifier(inner, "a column");
    if (inner.accept("COMMENT")) readString(inner);
    return name;
  });
  cursor.expect(")");
  return names;
}

/** `USING csv OPTIONS (path 'people.csv', header 'true')`. */
function readSource(cursor: SqlCursor, start: number): Relation {
  const format = readQualifiedName(cursor, "a format").join(".");
  const { path, ...options } = cursor.accept("OPTIONS") ? readOptions(cursor) : {};
  return cursor.placed(start, {
    kind: "read",
    format,
    paths: path === undefined ? [] : [path],
    options,
    isStreaming: false,
  });
}

/** Reads `(key 'value', another.key = 3)`. */
export function readOptions(cursor: SqlCursor): Record<string, string> {
  cursor.expect("(");
  const options = readListOf(cursor, readOption);
  cursor.expect(")");
  return Object.fromEntries(options);
}

function readOption(cursor: SqlCursor): [string, string] {
  const key = cursor.peek().kind === "string" ? readString(cursor) : readQualifiedName(cursor, "an option").join(".");
  cursor.accept("=");
  const value = cursor.peek();
  if (value.kind === "string") return [key, readString(cursor)];
  if (value.kind !== "number" && value.kind !== "word") throw cursor.unexpected("the value of the option");
  cursor.take();
  return [key, value.kind === "word" ? value.text.toLowerCase() : value.text];
}

function qualified(cursor: SqlCursor, at: ReturnType<SqlCursor["peek"]>, name: readonly string[]): Error {
  const sentence = `CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: ${name.map((part) => `\`${part}\``).join(".")}`;
  return cursor.fault(at, sentence, {
    condition: "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS",
    sqlState: "428EK",
    parameters: { actualName: name.map((part) => `\`${part}\``).join(".") },
    hint: "A temporary view belongs to the session: give it a name without dots.",
  });
}

/** Reads `DROP VIEW [IF EXISTS] name`. */
export function readDropView(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (!cursor.accept("VIEW")) return undefined;
  cursor.accept("IF", "EXISTS");
  const name = readQualifiedName(cursor, "the name of a view");
  const global = name.length === 2 && name[0]!.toLowerCase() === "global_temp";
  return { kind: "drop view", name: name.at(-1)!, global };
}
