/** Tables by name, and files by their format: `json.\`events/\``. */
import type { Options, Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "./lists.ts";
import { type PastClause, readPast } from "./past.ts";
import { acceptChanges } from "./table-changes.ts";

const fileFormats: ReadonlySet<string> = new Set([
  "parquet",
  "json",
  "csv",
  "text",
  "orc",
  "avro",
  "xml",
  "delta",
  "binaryfile",
]);

/** Reads the name of a table, of a common table expression or of files, with its version or changes and options behind it. */
export function readTableName(cursor: SqlCursor, start: number): Relation {
  const name = readQualifiedName(cursor, "a table, a query in parentheses or VALUES");
  if (name.length === 1 && cursor.isCommonTable(name[0]!)) {
    return cursor.placed(start, { kind: "common table reference", name: name[0]! });
  }
  const changes = acceptChanges(cursor);
  const past = changes ?? readPast(cursor);
  const read = { ...past, options: { ...past.options, ...readOptions(cursor) }, isStreaming: false };
  return cursor.placed(
    start,
    changes === undefined ? relationOf(name, read) : { kind: "relation changes", name, ...read },
  );
}

function relationOf(name: readonly string[], read: PastClause & { readonly isStreaming: boolean }): Relation {
  const [format, path, ...more] = name;
  if (path !== undefined && more.length === 0 && fileFormats.has(format!.toLowerCase())) {
    return { kind: "read", format: format!.toLowerCase(), paths: [path], ...read };
  }
  return { kind: "read table", name, ...read };
}

/** `WITH ('key' = 'value')`. */
function readOptions(cursor: SqlCursor): Options {
  if (!cursor.sees("WITH", "(")) return {};
  cursor.expectAll("WITH", "(");
  const options = readListOf(cursor, readOption);
  cursor.expect(")");
  return Object.fromEntries(options);
}

function readOption(cursor: SqlCursor): [string, string] {
  const parts = [cursor.peek().kind === "string" ? readString(cursor) : readIdentifier(cursor)];
  while (cursor.accept(".")) parts.push(readIdentifier(cursor));
  cursor.accept("=");
  const token = cursor.take();
  return [parts.join("."), token.value];
}
