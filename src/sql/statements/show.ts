/** `SHOW …`. */
import type { Statement } from "../../functions/parsers.ts";
import type { CatalogueQuestion } from "../../plan/catalogue-query.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { isName, readQualifiedName } from "../names.ts";
import { readLike, readNamespace, readPartition } from "./clauses.ts";

/** Reads `SHOW …`; undefined for what the catalogue does not answer. */
export function readShow(cursor: SqlCursor): Statement | undefined {
  const { start } = cursor.take();
  const question = readQuestion(cursor);
  return question === undefined ? undefined : cursor.placed(start, { kind: "catalogue query", question });
}

type Reader = (cursor: SqlCursor) => CatalogueQuestion | undefined;

const readNamespaces: Reader = (cursor) => {
  const catalog = cursor.acceptAny("FROM", "IN") === undefined ? {} : { catalog: readQualifiedName(cursor) };
  return { ask: "namespaces", ...catalog, ...readLike(cursor) };
};

const readers: Readonly<Record<string, Reader>> = {
  CATALOGS: (cursor) => ({ ask: "catalogs", ...readLike(cursor) }),
  NAMESPACES: readNamespaces,
  DATABASES: readNamespaces,
  SCHEMAS: readNamespaces,
  CURRENT: (cursor) =>
    cursor.acceptAny("NAMESPACE", "SCHEMA", "DATABASE") === undefined ? undefined : { ask: "current namespace" },
  TABLES: (cursor) => ({ ask: "tables", ...readNamespace(cursor), ...readLike(cursor) }),
  TABLE: (cursor) => {
    cursor.expect("EXTENDED");
    const namespace = readNamespace(cursor);
    cursor.expect("LIKE");
    const like = readString(cursor);
    const partition = cursor.accept("PARTITION") ? { partition: readPartition(cursor) } : {};
    return { ask: "tables extended", ...namespace, like, ...partition };
  },
  VIEWS: (cursor) => ({ ask: "views", ...readNamespace(cursor), ...readLike(cursor) }),
  COLUMNS: (cursor) => {
    if (cursor.acceptAny("FROM", "IN") === undefined) throw cursor.unexpected("FROM or IN");
    return { ask: "columns", table: readQualifiedName(cursor, "the name of a table"), ...readNamespace(cursor) };
  },
  PARTITIONS: (cursor) => {
    const table = readQualifiedName(cursor, "the name of a table");
    return { ask: "partitions", table, ...(cursor.accept("PARTITION") ? { partition: readPartition(cursor) } : {}) };
  },
  CREATE: (cursor) => {
    cursor.expect("TABLE");
    const table = readQualifiedName(cursor, "the name of a table");
    return cursor.sees("AS") ? undefined : { ask: "create table", table };
  },
  TBLPROPERTIES: (cursor) => {
    const table = readQualifiedName(cursor, "the name of a table");
    if (!cursor.accept("(")) return { ask: "table properties", table };
    const key = cursor.peek().kind === "string" ? readString(cursor) : readQualifiedName(cursor, "a key").join(".");
    cursor.expect(")");
    return { ask: "table properties", table, key };
  },
  FUNCTIONS: (cursor) => readFunctions(cursor, "all"),
  ALL: (cursor) => scoped(cursor, "all"),
  USER: (cursor) => scoped(cursor, "user"),
  SYSTEM: (cursor) => scoped(cursor, "system"),
};

function readQuestion(cursor: SqlCursor): CatalogueQuestion | undefined {
  const word = cursor.word();
  if (word === undefined || !Object.hasOwn(readers, word)) return undefined;
  cursor.take();
  return readers[word]!(cursor);
}

type Scope = Extract<CatalogueQuestion, { ask: "functions" }>["scope"];

function scoped(cursor: SqlCursor, scope: Scope): CatalogueQuestion {
  cursor.expect("FUNCTIONS");
  return readFunctions(cursor, scope);
}

function readFunctions(cursor: SqlCursor, scope: Scope): CatalogueQuestion {
  const namespace = readNamespace(cursor);
  const isNamed = cursor.accept("LIKE");
  if (cursor.peek().kind === "string") return { ask: "functions", scope, ...namespace, like: readString(cursor) };
  const isPattern = isNamed || isName(cursor);
  return {
    ask: "functions",
    scope,
    ...namespace,
    ...(isPattern ? { like: readQualifiedName(cursor, "a function").at(-1)! } : {}),
  };
}
