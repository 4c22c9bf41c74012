/** `CREATE TABLE`, `DROP TABLE | VIEW`, `TRUNCATE`, `REFRESH`, `ANALYZE`, `CACHE`. */
import type { Statement } from "../../functions/parsers.ts";
import type { CreateTable } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import { textType } from "../../types/collation.ts";
import { type StructField, structType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { startsQuery } from "../lookahead.ts";
import { isName, readColumnPaths, readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { ifExists, ifNotExists, readCollation, readColumn, readColumns, readPartition } from "./clauses.ts";
import { readClone } from "./maintenance.ts";
import { readFileOptions, readOptions } from "./views.ts";

/** The clauses of a table, as far as they stand in a statement. */
export type TableClauses = Partial<CreateTable>;

type Clauses = TableClauses & { readonly partitionFields?: readonly StructField[] };

/** What stands behind the words of a creation: its name, columns, clauses and query. */
export interface Creation {
  readonly ifNotExists: boolean;
  readonly name: readonly string[];
  readonly clauses: TableClauses;
  readonly schema: Pick<CreateTable, "schema">;
  readonly query: Pick<CreateTable, "query">;
  readonly like: Pick<CreateTable, "like">;
}

/** Reads `CREATE [OR REPLACE] TABLE` and `REPLACE TABLE`; undefined for any other thing that is created. */
export function readCreateTable(cursor: SqlCursor): Statement | undefined {
  const isReplace = cursor.take().value === "REPLACE";
  const orReplace = !isReplace && cursor.accept("OR", "REPLACE");
  cursor.accept("EXTERNAL");
  if (!cursor.accept("TABLE")) return undefined;
  const { position } = cursor;
  const clone = isReplace || orReplace ? undefined : readClone(cursor);
  if (clone !== undefined) return clone;
  cursor.rewind(position);
  const { schema, query, like, clauses, ...named } = readCreation(cursor);
  return {
    kind: "create table",
    partitioning: [],
    options: {},
    properties: {},
    ...named,
    ...clauses,
    ...schema,
    ...like,
    ...query,
    ...(isReplace ? { replace: "existing" } : orReplace ? { replace: "or create" } : {}),
  };
}

/** Reads `[IF NOT EXISTS] name [LIKE table] [(columns)] [clauses] [AS query]`. */
export function readCreation(cursor: SqlCursor): Creation {
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a table");
  const like = cursor.accept("LIKE") ? { like: readQualifiedName(cursor, "a table") } : {};
  const { position } = cursor;
  const described = readDescribed(cursor, like.like === undefined);
  const { collation } = described.clauses;
  if (collation === undefined) return { ifNotExists: isTolerant, name, like, ...described };
  cursor.rewind(position);
  if (like.like !== undefined) throw cursor.unexpected("a clause of a table that is like another");
  // What stands behind the columns says what their texts are.
  const collated = cursor.withTexts(textType(collation), () => readDescribed(cursor, like.like === undefined));
  return { ifNotExists: isTolerant, name, like, ...collated };
}

/** Reads `[(columns)] [clauses] [AS query]`. */
function readDescribed(cursor: SqlCursor, mayList: boolean): Pick<Creation, "clauses" | "schema" | "query"> {
  const columns = mayList && cursor.seesSign("(") && !startsQuery(cursor, 1) ? readColumns(cursor) : [];
  const { partitionFields = [], ...clauses } = readClauses(cursor);
  const query = cursor.accept("AS") || startsQuery(cursor) || cursor.seesSign("(") ? { query: cursor.query() } : {};
  const fields = [...columns, ...partitionFields];
  const schema = fields.length === 0 ? {} : { schema: structType(fields) };
  return { clauses, schema, query };
}

const clauseReaders: Readonly<Record<string, (cursor: SqlCursor) => Clauses>> = {
  USING: (cursor) => ({ provider: readQualifiedName(cursor, "a format").join(".") }),
  OPTIONS: (cursor) => ({ options: readFileOptions(cursor) }),
  PARTITIONED: readPartitioning,
  CLUSTERED: readBuckets,
  CLUSTER: (cursor) => {
    cursor.expect("BY");
    return { clusterBy: readColumnPaths(cursor) };
  },
  LOCATION: (cursor) => ({ path: readString(cursor) }),
  COMMENT: (cursor) => ({ comment: readString(cursor) }),
  DEFAULT: (cursor) => {
    cursor.expect("COLLATION");
    return readCollation(cursor);
  },
  TBLPROPERTIES: (cursor) => ({ properties: readOptions(cursor) }),
};

function readClauses(cursor: SqlCursor): Clauses {
  let clauses: Clauses = {};
  for (;;) {
    const word = cursor.word();
    if (word === undefined || !Object.hasOwn(clauseReaders, word)) return clauses;
    cursor.take();
    clauses = { ...clauses, ...clauseReaders[word]!(cursor) };
  }
}

/** `PARTITIONED BY (day, hour)`, or with types, where the columns are not listed before. */
function readPartitioning(cursor: SqlCursor): Clauses {
  cursor.expectAll("BY", "(");
  const fields: StructField[] = [];
  const partitioning = readListOf(cursor, (inner): Expression => {
    const next = inner.peek(1);
    const isTyped = isName(inner) && next.kind === "word";
    if (!isTyped) return inner.value();
    const field = readColumn(inner);
    fields.push(field);
    return { kind: "attribute", name: [field.name] };
  });
  cursor.expect(")");
  return fields.length === 0 ? { partitioning } : { partitioning, partitionFields: fields };
}

function readBuckets(cursor: SqlCursor): Clauses {
  cursor.expect("BY");
  const columns = readNames(cursor);
  const sortBy = cursor.accept("SORTED", "BY") ? readSorted(cursor) : [];
  cursor.expect("INTO");
  const count = Number(cursor.take().text);
  cursor.expect("BUCKETS");
  return { bucketBy: { columns, count }, sortBy };
}

function readSorted(cursor: SqlCursor): readonly string[] {
  cursor.expect("(");
  const columns = readListOf(cursor, (inner) => {
    const name = readIdentifier(inner, "a column");
    inner.accept("ASC");
    return name;
  });
  cursor.expect(")");
  return columns;
}

/** Reads `DROP TABLE | VIEW [IF EXISTS] name [PURGE]`. */
export function readDropRelation(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const word = cursor.acceptAny("TABLE", "VIEW");
  if (word === undefined) return undefined;
  const isTolerant = ifExists(cursor);
  const name = readQualifiedName(cursor, "the name of a table or view");
  cursor.accept("PURGE");
  return { kind: "drop relation", name, expects: word === "TABLE" ? "table" : "view", ifExists: isTolerant };
}

/** Reads `TRUNCATE TABLE name [PARTITION (…)]`. */
export function readTruncate(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.expect("TABLE");
  const name = readQualifiedName(cursor, "the name of a table");
  return { kind: "truncate table", name, ...(cursor.accept("PARTITION") ? { partition: readPartition(cursor) } : {}) };
}

/** Reads `REFRESH [TABLE] name` and `REFRESH 'path'`. */
export function readRefresh(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (cursor.sees("FUNCTION")) return undefined;
  if (cursor.peek().kind === "string") return { kind: "refresh", target: { path: readString(cursor) } };
  cursor.accept("TABLE");
  return { kind: "refresh", target: { table: readQualifiedName(cursor, "the name of a table") } };
}

/** Reads `[MSCK] REPAIR TABLE name`. */
export function readRepair(cursor: SqlCursor): Statement {
  cursor.accept("MSCK");
  cursor.expectAll("REPAIR", "TABLE");
  const name = readQualifiedName(cursor, "the name of a table");
  if (cursor.acceptAny("ADD", "DROP", "SYNC") !== undefined) cursor.expect("PARTITIONS");
  return { kind: "alter relation", name, expects: "table", change: { change: "recover partitions" } };
}

/** Reads `ANALYZE TABLE name … COMPUTE STATISTICS …` and `ANALYZE TABLES [IN namespace] …`. */
export function readAnalyze(cursor: SqlCursor): Statement {
  cursor.take();
  if (cursor.accept("TABLES")) {
    const namespace = cursor.acceptAny("IN", "FROM") === undefined ? [] : readQualifiedName(cursor, "a namespace");
    cursor.expectAll("COMPUTE", "STATISTICS");
    cursor.accept("NOSCAN");
    return { kind: "analyze table", target: { namespace } };
  }
  cursor.expect("TABLE");
  const table = readQualifiedName(cursor, "the name of a table");
  if (cursor.accept("PARTITION")) readPartition(cursor);
  cursor.expectAll("COMPUTE", "STATISTICS");
  if (cursor.accept("FOR", "COLUMNS")) readListOf(cursor, (inner) => readIdentifier(inner, "a column"));
  else if (!cursor.accept("FOR", "ALL", "COLUMNS")) cursor.accept("NOSCAN");
  return { kind: "analyze table", target: { table } };
}

/** Reads `CACHE [LAZY] TABLE name [OPTIONS (…)] [AS query]`. */
export function readCache(cursor: SqlCursor): Statement {
  cursor.take();
  const lazy = cursor.accept("LAZY");
  cursor.expect("TABLE");
  const name = readQualifiedName(cursor, "the name of a table");
  const options = cursor.accept("OPTIONS") ? readOptions(cursor) : {};
  const query = cursor.accept("AS") || startsQuery(cursor) ? cursor.query() : undefined;
  return { kind: "cache table", name, lazy, options, ...(query === undefined ? {} : { query }) };
}

/** Reads `UNCACHE TABLE [IF EXISTS] name` and `CLEAR CACHE`. */
export function readUncache(cursor: SqlCursor): Statement {
  if (cursor.accept("CLEAR", "CACHE")) return { kind: "uncache table", ifExists: true };
  cursor.expectAll("UNCACHE", "TABLE");
  const isTolerant = ifExists(cursor);
  return { kind: "uncache table", name: readQualifiedName(cursor, "the name of a table"), ifExists: isTolerant };
}
