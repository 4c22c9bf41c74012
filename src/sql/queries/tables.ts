/** Tables by name, and files by their format: `json.\`events/\``. */
import type { Expression } from "../../plan/expression.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "./lists.ts";

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

/** Reads the name of a table, of a common table expression or of files, with a time and options behind it. */
export function readTableName(cursor: SqlCursor, start: number): Relation {
  const name = readQualifiedName(cursor, "a table, a query in parentheses or VALUES");
  if (name.length === 1 && cursor.isCommonTable(name[0]!)) {
    return cursor.placed(start, { kind: "common table reference", name: name[0]! });
  }
  const options = { ...readTime(cursor), ...readOptions(cursor) };
  return cursor.placed(start, relationOf(name, options));
}

function relationOf(name: readonly string[], options: Options): Relation {
  const [format, path, ...more] = name;
  if (path !== undefined && more.length === 0 && fileFormats.has(format!.toLowerCase())) {
    return { kind: "read", format: format!.toLowerCase(), paths: [path], options, isStreaming: false };
  }
  return { kind: "read table", name, options, isStreaming: false };
}

/** `VERSION AS OF 3`, `TIMESTAMP AS OF '2025-02-01'`. */
function readTime(cursor: SqlCursor): Options {
  const isFor =
    cursor.word() === "FOR" && ["VERSION", "TIMESTAMP", "SYSTEM_VERSION", "SYSTEM_TIME"].includes(cursor.word(1) ?? "");
  const ahead = isFor ? 1 : 0;
  const word = cursor.word(ahead);
  if (cursor.word(ahead + 1) !== "AS" || cursor.word(ahead + 2) !== "OF") return {};
  for (let taken = 0; taken < ahead + 3; taken++) cursor.take();
  const value = cursor.value();
  return {
    [word === "VERSION" || word === "SYSTEM_VERSION" ? "versionAsOf" : "timestampAsOf"]: constantText(cursor, value),
  };
}

function constantText(cursor: SqlCursor, value: Expression): string {
  if (value.kind === "literal" && value.value !== null) return String(value.value);
  throw cursor.unexpected("a constant version or timestamp");
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
