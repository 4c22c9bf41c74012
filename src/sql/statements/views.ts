/** Views: `CREATE [OR REPLACE] [[GLOBAL] TEMPORARY] VIEW`. */
import type { Statement } from "../../functions/parsers.ts";
import type { CreatePersistentView, ViewSchemaMode } from "../../plan/catalogue-command.ts";
import type { Read, Relation } from "../../plan/relation.ts";
import { textType } from "../../types/collation.ts";
import { structType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { ifNotExists, readCollation, readComment, readFields, writtenSince } from "./clauses.ts";

/** Reads `CREATE … TEMPORARY VIEW`; undefined for any other thing that is created. */
export function readCreateView(cursor: SqlCursor): Statement | undefined {
  const { start } = cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  const global = cursor.accept("GLOBAL");
  if (cursor.acceptAny("TEMPORARY", "TEMP") === undefined || !cursor.accept("VIEW")) return undefined;
  const at = cursor.peek();
  const name = readQualifiedName(cursor, "the name of a view");
  if (name.length > 1) throw qualified(cursor, at, name);
  const isTyped = seesTypedColumns(cursor);
  const schema = isTyped ? { schema: structType(readFields(cursor)) } : {};
  const columns = cursor.seesSign("(") ? readColumns(cursor) : undefined;
  if (columns === undefined && cursor.accept("USING"))
    return { kind: "create view", name: name[0]!, global, replace, input: { ...readSource(cursor, start), ...schema } };
  if (isTyped) throw cursor.unexpected("USING");
  const { collation } = readViewClauses(cursor);
  cursor.expect("AS");
  const query = collatedQuery(cursor, collation);
  const input: Relation =
    columns === undefined ? query : cursor.placed(start, { kind: "to columns", input: query, names: columns });
  const texts = collation === undefined ? {} : { collation };
  return { kind: "create view", name: name[0]!, global, replace, ...texts, input };
}

// A name alone is another name for a column of a query; a name with a type is a column of a file.
function seesTypedColumns(cursor: SqlCursor): boolean {
  if (!cursor.seesSign("(")) return false;
  return cursor.peek(2).kind === "word" && cursor.word(2) !== "COMMENT";
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
function readSource(cursor: SqlCursor, start: number): Read {
  const format = readQualifiedName(cursor, "a format").join(".");
  const { path, ...options } = cursor.accept("OPTIONS") ? readFileOptions(cursor) : {};
  return cursor.placed(start, {
    kind: "read",
    format,
    paths: path === undefined ? [] : [path],
    options,
    isStreaming: false,
  });
}

/** Reads the options of a source, whose names are in any case. */
export function readFileOptions(cursor: SqlCursor): Record<string, string> {
  const options = Object.entries(readOptions(cursor));
  return Object.fromEntries(options.map(([name, value]) => [name.toLowerCase(), value]));
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

/** Reads `CREATE [OR REPLACE] VIEW` of a view that lasts; undefined for any other thing that is created. */
export function readCreatePersistentView(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  if (!cursor.accept("VIEW")) return undefined;
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a view");
  const columns = cursor.seesSign("(") ? { columns: readCommentedColumns(cursor) } : {};
  const clauses = readViewClauses(cursor);
  cursor.expect("AS");
  const { start } = cursor.peek();
  const input = collatedQuery(cursor, clauses.collation);
  const node = { kind: "create persistent view", name, replace, ifNotExists: isTolerant, properties: {} } as const;
  return { ...node, ...columns, ...clauses, input, text: writtenSince(cursor, start) };
}

type ViewClauses = Pick<CreatePersistentView, "comment" | "schemaMode" | "collation"> & {
  readonly properties?: Record<string, string>;
};

function readViewClauses(cursor: SqlCursor): ViewClauses {
  let clauses: ViewClauses = {};
  for (;;) {
    if (cursor.accept("COMMENT")) clauses = { ...clauses, comment: readString(cursor) };
    else if (cursor.accept("TBLPROPERTIES")) clauses = { ...clauses, properties: readOptions(cursor) };
    else if (cursor.accept("WITH", "SCHEMA")) clauses = { ...clauses, schemaMode: readSchemaMode(cursor) };
    else if (cursor.accept("DEFAULT", "COLLATION")) clauses = { ...clauses, ...readCollation(cursor) };
    else return clauses;
  }
}

const collatedQuery = (cursor: SqlCursor, collation: string | undefined): Relation =>
  cursor.withTexts(textType(collation), () => cursor.query());

/** Reads what stands behind `WITH SCHEMA`. */
export function readSchemaMode(cursor: SqlCursor): ViewSchemaMode {
  if (cursor.accept("COMPENSATION")) return "compensation";
  if (cursor.accept("TYPE", "EVOLUTION")) return "type evolution";
  if (cursor.accept("EVOLUTION")) return "evolution";
  if (cursor.accept("BINDING")) return "binding";
  throw cursor.unexpected("COMPENSATION, TYPE EVOLUTION, EVOLUTION or BINDING");
}

function readCommentedColumns(cursor: SqlCursor) {
  cursor.expect("(");
  const columns = readListOf(cursor, (inner) => {
    const name = readIdentifier(inner, "a column");
    const comment = readComment(inner);
    return comment === undefined ? { name } : { name, comment };
  });
  cursor.expect(")");
  return columns;
}
