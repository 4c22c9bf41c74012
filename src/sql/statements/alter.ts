/** `ALTER TABLE | VIEW`. */
import type { Statement } from "../../functions/parsers.ts";
import type { ColumnPosition, TableChange } from "../../plan/catalogue-command.ts";
import { structField, structType } from "../../types/data-type.ts";
import { readType } from "../../types/ddl-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readColumnPaths, readIdentifier, readOwnName, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import {
  ifExists,
  ifNotExists,
  readCollation,
  readColumns,
  readExpressionText,
  readPartition,
  writtenSince,
} from "./clauses.ts";
import { readParenthesized } from "./generated-columns.ts";
import { readKeys } from "./namespaces.ts";
import { readOptions, readSchemaMode } from "./views.ts";

/** Reads `ALTER TABLE | VIEW name …`; undefined for any other thing that is altered. */
export function readAlter(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const word = cursor.acceptAny("TABLE", "VIEW");
  if (word === undefined) return undefined;
  const name = readQualifiedName(cursor, "the name of a table or view");
  if (word === "VIEW" && cursor.accept("WITH", "SCHEMA"))
    return { kind: "alter view schema mode", name, schemaMode: readSchemaMode(cursor) };
  if (word === "VIEW" && (cursor.accept("AS") || cursor.sees("SELECT") || cursor.sees("WITH"))) {
    const { start } = cursor.peek();
    const input = cursor.query();
    return { kind: "alter view query", name, input, text: writtenSince(cursor, start) };
  }
  if (word === "VIEW" && cursor.sees("DEFAULT")) throw cursor.unexpected("what is to be altered");
  const change = readChange(cursor);
  if (change === undefined) return undefined;
  return { kind: "alter relation", name, expects: word === "TABLE" ? "table" : "view", change };
}

function readChange(cursor: SqlCursor): TableChange | undefined {
  const word = cursor.word();
  const reader = word === undefined || !Object.hasOwn(changeReaders, word) ? undefined : changeReaders[word];
  if (reader === undefined) throw cursor.unexpected("what is to be altered");
  cursor.take();
  return reader(cursor);
}

const changeReaders: Readonly<Record<string, (cursor: SqlCursor) => TableChange | undefined>> = {
  ADD: readAdd,
  DROP: readDrop,
  RENAME: readRename,
  ALTER: readAlterColumn,
  CHANGE: readAlterColumn,
  REPLACE: (cursor) => {
    cursor.expect("COLUMNS");
    return { change: "replace columns", schema: structType(readColumns(cursor)) };
  },
  SET: readSet,
  UNSET: (cursor) => {
    cursor.expect("TBLPROPERTIES");
    const isTolerant = ifExists(cursor);
    return { change: "unset properties", keys: readKeys(cursor), ifExists: isTolerant };
  },
  DEFAULT: (cursor) => {
    cursor.expect("COLLATION");
    return { change: "default collation", ...readCollation(cursor) };
  },
  CLUSTER: (cursor) => {
    cursor.expect("BY");
    return { change: "cluster by", columns: cursor.accept("NONE") ? [] : readColumnPaths(cursor) };
  },
  RECOVER: (cursor) => {
    cursor.expect("PARTITIONS");
    return { change: "recover partitions" };
  },
  PARTITION: (cursor) => {
    const from = readPartition(cursor);
    if (cursor.accept("SET", "LOCATION"))
      return { change: "set location", partition: from, location: readString(cursor) };
    cursor.expectAll("RENAME", "TO", "PARTITION");
    return { change: "rename partition", from, to: readPartition(cursor) };
  },
};

function readAdd(cursor: SqlCursor): TableChange {
  const isTolerant = ifNotExists(cursor);
  if (cursor.accept("CONSTRAINT")) {
    const name = readIdentifier(cursor, "the name of the constraint");
    cursor.expect("CHECK");
    return { change: "add constraint", name, text: readParenthesized(cursor) };
  }
  if (cursor.sees("PARTITION")) {
    const partitions = [];
    while (cursor.accept("PARTITION")) {
      const values = readPartition(cursor);
      partitions.push(cursor.accept("LOCATION") ? { values, location: readString(cursor) } : { values });
    }
    return { change: "add partitions", partitions, ifNotExists: isTolerant };
  }
  if (cursor.acceptAny("COLUMNS", "COLUMN") === undefined) throw cursor.unexpected("COLUMNS or PARTITION");
  const { start } = cursor.peek();
  const isList = cursor.accept("(");
  const columns = readListOf(cursor, readNewColumn);
  if (isList) cursor.expect(")");
  return { change: "add columns", columns, text: writtenSince(cursor, start) };
}

function readNewColumn(cursor: SqlCursor) {
  const path = readOwnName(cursor, "a column");
  const type = readType(cursor);
  const notes: Record<string, string> = {};
  let position: ColumnPosition | undefined;
  let nullable = true;
  for (;;) {
    if (cursor.accept("NOT", "NULL")) nullable = false;
    else if (cursor.accept("DEFAULT")) notes.CURRENT_DEFAULT = readExpressionText(cursor);
    else if (cursor.accept("COMMENT")) notes.comment = readString(cursor);
    else if (cursor.accept("FIRST")) position = "first";
    else if (cursor.accept("AFTER")) position = { after: readIdentifier(cursor, "a column") };
    else break;
  }
  const field = structField(path.at(-1)!, type, nullable, Object.keys(notes).length === 0 ? undefined : notes);
  return { path, field, ...(position === undefined ? {} : { position }) };
}

function readDrop(cursor: SqlCursor): TableChange {
  if (cursor.acceptAny("COLUMNS", "COLUMN") !== undefined) {
    const isTolerant = ifExists(cursor);
    const isList = cursor.accept("(");
    const columns = readListOf(cursor, (inner) => readOwnName(inner, "a column"));
    if (isList) cursor.expect(")");
    return { change: "drop columns", columns, ifExists: isTolerant };
  }
  if (cursor.accept("CONSTRAINT")) {
    const isTolerant = ifExists(cursor);
    return { change: "drop constraint", name: readIdentifier(cursor, "a constraint"), ifExists: isTolerant };
  }
  if (cursor.accept("FEATURE")) {
    const feature = cursor.peek().kind === "string" ? readString(cursor) : readIdentifier(cursor, "a feature");
    return { change: "drop feature", feature, truncatesHistory: cursor.accept("TRUNCATE", "HISTORY") };
  }
  const isTolerant = ifExists(cursor);
  const partitions = readListOf(cursor, (inner) => {
    inner.expect("PARTITION");
    return readPartition(inner);
  });
  cursor.accept("PURGE");
  return { change: "drop partitions", partitions, ifExists: isTolerant };
}

function readRename(cursor: SqlCursor): TableChange {
  if (!cursor.accept("COLUMN")) {
    cursor.expect("TO");
    return { change: "rename", to: readQualifiedName(cursor, "the new name") };
  }
  const column = readOwnName(cursor, "a column");
  cursor.expect("TO");
  return { change: "rename column", column, to: readIdentifier(cursor, "the new name") };
}

type AlterColumn = Extract<TableChange, { change: "alter column" }>;

function readAlterColumn(cursor: SqlCursor): TableChange {
  cursor.accept("COLUMN");
  const column = readOwnName(cursor, "a column");
  if (cursor.accept("SYNC", "IDENTITY")) return { change: "sync identity", column };
  return { change: "alter column", column, ...readAlteration(cursor) };
}

function readAlteration(cursor: SqlCursor): Partial<AlterColumn> {
  if (cursor.accept("TYPE")) return { type: readType(cursor) };
  if (cursor.accept("COMMENT")) return { comment: readString(cursor) };
  if (cursor.accept("SET", "NOT", "NULL")) return { nullable: false };
  if (cursor.accept("DROP", "NOT", "NULL")) return { nullable: true };
  if (cursor.accept("SET", "DEFAULT")) return { default: readExpressionText(cursor) };
  if (cursor.accept("DROP", "DEFAULT")) return { default: null };
  if (cursor.accept("FIRST")) return { position: "first" };
  if (cursor.accept("AFTER")) return { position: { after: readIdentifier(cursor, "a column") } };
  throw cursor.unexpected("TYPE, COMMENT, SET, DROP, SYNC IDENTITY, FIRST or AFTER");
}

function readSet(cursor: SqlCursor): TableChange | undefined {
  if (cursor.accept("TBLPROPERTIES")) return { change: "set properties", properties: readOptions(cursor) };
  if (cursor.accept("LOCATION")) return { change: "set location", location: readString(cursor) };
  return undefined;
}
