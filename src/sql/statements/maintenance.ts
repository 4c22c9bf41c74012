/** `OPTIMIZE`, `VACUUM`, `RESTORE`. */
import type { Statement } from "../../functions/parsers.ts";
import type { MaintenanceCommand } from "../../plan/maintenance-command.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { readNames, readQualifiedName } from "../names.ts";

/** Reads `OPTIMIZE name [WHERE condition] [ZORDER BY (columns)]`. */
export function readOptimize(cursor: SqlCursor): Statement {
  cursor.take();
  const table = readQualifiedName(cursor, "the name of a table");
  const condition = cursor.accept("WHERE") ? { condition: cursor.expression() } : {};
  const zOrderBy = cursor.accept("ZORDER", "BY") ? readColumns(cursor) : [];
  return { kind: "optimize table", table, ...condition, zOrderBy };
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
