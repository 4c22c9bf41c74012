/** What looks after tables that keep a log: `OPTIMIZE`, `REORG`, `VACUUM`, `RESTORE`, `GENERATE` and others. */
import type { Statement } from "../../functions/parsers.ts";
import type { MaintenanceCommand } from "../../plan/maintenance-command.ts";
import { structType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { ifNotExists, readColumns as readColumnList } from "./clauses.ts";

/** Reads `OPTIMIZE name [FULL] [WHERE condition] [ZORDER BY (columns)]`. */
export function readOptimize(cursor: SqlCursor): Statement {
  cursor.take();
  const table = readQualifiedName(cursor, "the name of a table");
  const full = cursor.accept("FULL") ? { isFull: true } : {};
  const condition = readCondition(cursor);
  const zOrderBy = cursor.accept("ZORDER", "BY") ? readColumns(cursor) : [];
  return { kind: "optimize table", table, ...full, ...condition, zOrderBy };
}

const readCondition = (cursor: SqlCursor) => (cursor.accept("WHERE") ? { condition: cursor.expression() } : {});

/** Reads `REORG TABLE name [WHERE condition] APPLY (PURGE)`. */
export function readReorganize(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.expect("TABLE");
  const table = readQualifiedName(cursor, "the name of a table");
  const condition = readCondition(cursor);
  cursor.expectAll("APPLY", "(", "PURGE", ")");
  return { kind: "optimize table", table, ...condition, zOrderBy: [], purges: true };
}

function readColumns(cursor: SqlCursor): readonly string[] {
  if (cursor.seesSign("(")) return readNames(cursor);
  const columns: string[] = [];
  do columns.push(readQualifiedName(cursor, "a column").join("."));
  while (cursor.accept(","));
  return columns;
}

/** Reads `VACUUM name [RETAIN number HOURS] [DRY RUN]`. */
export function readVacuum(cursor: SqlCursor): Statement {
  cursor.take();
  const table = readQualifiedName(cursor, "the name of a table");
  const retention = cursor.accept("RETAIN") ? { retainHours: readHours(cursor) } : {};
  return { kind: "vacuum table", table, ...retention, dryRun: cursor.accept("DRY", "RUN") };
}

function readHours(cursor: SqlCursor): number {
  if (cursor.peek().kind !== "number") throw cursor.unexpected("a number of hours");
  const hours = Number(cursor.take().text);
  cursor.expect("HOURS");
  return hours;
}

/** Reads `RESTORE [TABLE] name TO VERSION | TIMESTAMP AS OF …`. */
export function readRestore(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.accept("TABLE");
  const table = readQualifiedName(cursor, "the name of a table");
  cursor.accept("TO");
  return { kind: "restore table", table, to: readMoment(cursor) };
}

function readMoment(cursor: SqlCursor): Extract<MaintenanceCommand, { kind: "restore table" }>["to"] {
  const word = cursor.acceptAny("VERSION", "TIMESTAMP");
  if (word === undefined) throw cursor.unexpected("VERSION or TIMESTAMP");
  cursor.expectAll("AS", "OF");
  if (word === "TIMESTAMP") return { timestamp: readString(cursor) };
  if (cursor.peek().kind !== "number") throw cursor.unexpected("a version");
  return { version: Number(cursor.take().text) };
}

/** Reads `[IF NOT EXISTS] name SHALLOW | DEEP CLONE source [VERSION AS OF n] [LOCATION 'path']`; undefined for other creations. */
export function readClone(cursor: SqlCursor): Statement | undefined {
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a table");
  const depth = cursor.acceptAny("SHALLOW", "DEEP");
  if (depth === undefined) return undefined;
  cursor.expect("CLONE");
  const source = readQualifiedName(cursor, "a table");
  const version = cursor.accept("VERSION", "AS", "OF") ? { version: Number(cursor.take().text) } : {};
  const path = cursor.accept("LOCATION") ? { path: readString(cursor) } : {};
  return {
    kind: "clone table",
    name,
    source,
    isShallow: depth === "SHALLOW",
    ...version,
    ...path,
    ifNotExists: isTolerant,
  };
}

/** Reads `CONVERT TO DELTA format.path [PARTITIONED BY (column type, …)]`. */
export function readConvert(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.expectAll("TO", "DELTA");
  const table = readQualifiedName(cursor, "a format and a path");
  const partitions = cursor.accept("PARTITIONED", "BY") ? { partitions: structType(readColumnList(cursor)) } : {};
  return { kind: "convert table", table, ...partitions };
}

/** Reads `FSCK REPAIR TABLE name [DRY RUN]`. */
export function readFileCheck(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.expectAll("REPAIR", "TABLE");
  const table = readQualifiedName(cursor, "the name of a table");
  return { kind: "repair files", table, dryRun: cursor.accept("DRY", "RUN") };
}

/** Reads `GENERATE mode FOR TABLE name`. */
export function readGenerate(cursor: SqlCursor): Statement {
  cursor.take();
  const mode = readIdentifier(cursor, "symlink_format_manifest");
  cursor.expectAll("FOR", "TABLE");
  return { kind: "generate manifest", table: readQualifiedName(cursor, "the name of a table"), mode };
}
