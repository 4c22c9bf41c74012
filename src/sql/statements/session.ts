/** Settings and variables: `SET`, `RESET`, `DECLARE`, `DROP VARIABLE`. */
import type { Statement } from "../../functions/parsers.ts";
import type { DeclareVariable, SetVariables } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { DataType } from "../../types/data-type.ts";
import { readType } from "../../types/ddl-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { seesInterval } from "../expressions/intervals.ts";
import { readString } from "../expressions/literals.ts";
import { isName, readOwnName, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { ifExists, writtenSince } from "./clauses.ts";
import { readZoneInterval } from "./zone-interval.ts";

/** Reads `SET`, `SET key`, `SET key = value`, `SET TIME ZONE …` and `SET VARIABLE …`. */
export function readSet(cursor: SqlCursor): Statement | undefined {
  const { start } = cursor.take();
  if (cursor.acceptAny("VARIABLE", "VAR") !== undefined) return readSetVariables(cursor);
  if (cursor.accept("TIME", "ZONE")) return readTimeZone(cursor);
  if (cursor.sees("CATALOG")) return undefined;
  if (cursor.sees("PATH", "=") && isName(cursor, 2)) throw pathIsFixed(cursor);
  const text = restOf(cursor);
  const settings = (key?: string): Statement =>
    cursor.placed(start, {
      kind: "catalogue query",
      question: { ask: "settings", describe: text === "-v", ...(key === undefined ? {} : { key }) },
    });
  if (text === "" || text === "-v") return settings();
  const equals = text.indexOf("=");
  if (equals < 0) return settings(unquoted(text));
  return { kind: "set setting", key: unquoted(text.slice(0, equals)), value: unquoted(text.slice(equals + 1)) };
}

/** What is written up to the end of the statement: keys and values are no tokens of SQL. */
function restOf(cursor: SqlCursor): string {
  const { start, kind } = cursor.peek();
  if (kind === "end" || cursor.seesSign(";")) return "";
  while (cursor.peek().kind !== "end" && !cursor.seesSign(";")) cursor.take();
  return writtenSince(cursor, start).trim();
}

const unquoted = (text: string): string => text.trim().replace(/^`(.*)`$/s, "$1");

const pathIsFixed = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(), "The feature is not supported: SET PATH is disabled", {
    condition: "UNSUPPORTED_FEATURE.SET_PATH_WHEN_DISABLED",
    sqlState: "0A000",
    hint: "Write names with their schemas, or USE one.",
  });

function readTimeZone(cursor: SqlCursor): Statement {
  return { kind: "set setting", key: "spark.sql.session.timeZone", value: readZone(cursor) };
}

function readZone(cursor: SqlCursor): string {
  if (cursor.accept("LOCAL")) return Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (cursor.peek().kind === "string") return readString(cursor);
  if (seesInterval(cursor)) return readZoneInterval(cursor);
  throw cursor.fault(cursor.peek(), "Invalid time zone displacement value", {
    condition: "_LEGACY_ERROR_TEMP_0045",
    hint: "Write LOCAL, a zone such as 'Europe/Zurich', or INTERVAL '2' HOUR.",
  });
}

/** Reads `name = value, …` or `(name, …) = (query)` behind SET. */
export function readSetVariables(cursor: SqlCursor): SetVariables {
  const first = cursor.position;
  if (cursor.accept("(")) {
    if (cursor.seesSign(")")) throw noNames(cursor);
    const names = readListOf(cursor, (inner) => readOwnName(inner, "a variable"));
    cursor.expectAll(")", "=", "(");
    const query = cursor.query();
    cursor.expect(")");
    return { kind: "set variables", names, query };
  }
  cursor.rewind(first);
  const assignments = readListOf(cursor, (inner): [string[], Expression | null] => {
    const name = readOwnName(inner, "a variable");
    inner.expect("=");
    return [name, inner.accept("DEFAULT") ? null : inner.expression()];
  });
  return {
    kind: "set variables",
    names: assignments.map(([name]) => name),
    values: assignments.map(([, value]) => value),
  };
}

const noNames = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(), "Expected format is 'SET', 'SET key', or 'SET key=value'", {
    condition: "INVALID_SET_SYNTAX",
    sqlState: "42000",
    hint: "Name the variables: SET VARIABLE (first, second) = (SELECT …).",
  });

/** Reads `RESET [key]`. */
export function readReset(cursor: SqlCursor): Statement {
  cursor.take();
  const key = restOf(cursor);
  return key === "" ? { kind: "reset setting" } : { kind: "reset setting", key: unquoted(key) };
}

/** Reads `DECLARE [OR REPLACE] [VARIABLE] name, … [type] [DEFAULT | = value]`. */
export function readDeclare(cursor: SqlCursor): DeclareVariable {
  cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  if (isName(cursor, 1)) cursor.acceptAny("VARIABLE", "VAR");
  const names = readListOf(cursor, (inner) => readOwnName(inner, "a variable"));
  const hasType = !cursor.sees("DEFAULT") && !cursor.seesSign("=") && cursor.peek().kind === "word";
  const type: { type?: DataType } = hasType ? { type: readType(cursor) } : {};
  const value = cursor.acceptAny("DEFAULT", "=") === undefined ? {} : { default: cursor.expression() };
  if (!hasType && value.default === undefined) throw untyped(cursor);
  return { kind: "declare variable", names, replace, ...type, ...value };
}

const untyped = (cursor: SqlCursor): Error =>
  cursor.fault(cursor.peek(-1), "Invalid SQL syntax: A SQL variable requires either a datatype or a DEFAULT clause", {
    condition: "INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED",
    sqlState: "42000",
    hint: "Write DECLARE name STRING, or DECLARE name = 'SQL'.",
  });

/** Reads `DROP TEMPORARY VARIABLE [IF EXISTS] name`. */
export function readDropVariable(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (cursor.sees("VARIABLE")) throw cursor.unexpected("TEMPORARY");
  if (cursor.acceptAny("TEMPORARY", "TEMP") === undefined) return undefined;
  if (cursor.acceptAny("VARIABLE", "VAR") === undefined) return undefined;
  const isTolerant = ifExists(cursor);
  return { kind: "drop variable", name: readQualifiedName(cursor, "a variable"), ifExists: isTolerant };
}
