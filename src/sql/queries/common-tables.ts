/** WITH: common table expressions. */
import type { CommonTable } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier, readNames } from "../names.ts";

export interface CommonTables {
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
  readonly names: readonly string[];
}

/** Reads `WITH a AS (…), b (x) AS (…)`; each query sees the tables before it, a recursive one itself too. */
export function readCommonTables(cursor: SqlCursor): CommonTables {
  cursor.expect("WITH");
  const recursive = cursor.accept("RECURSIVE");
  const tables: CommonTable[] = [];
  const names: string[] = [];
  do {
    const at = cursor.peek();
    const name = readIdentifier(cursor, "the name of a common table expression");
    if (names.some((other) => other.toLowerCase() === name.toLowerCase())) throw duplicate(cursor, at, name);
    const table = cursor.withCommonTables(recursive ? [...names, name] : names, () =>
      readCommonTable(cursor, name, recursive),
    );
    tables.push(table);
    names.push(name);
  } while (cursor.accept(","));
  return { recursive, tables, names };
}

function readCommonTable(cursor: SqlCursor, name: string, recursive: boolean): CommonTable {
  const columns = cursor.seesSign("(") ? { columns: readNames(cursor) } : {};
  const maximum = cursor.sees("MAX", "RECURSION", "LEVEL") ? { maxRecursion: readMaximum(cursor, recursive) } : {};
  cursor.accept("AS");
  cursor.expect("(");
  const plan = cursor.query();
  cursor.expect(")");
  return Object.freeze({ name, ...columns, plan, ...maximum });
}

function readMaximum(cursor: SqlCursor, recursive: boolean): number {
  const at = cursor.peek();
  cursor.expectAll("MAX", "RECURSION", "LEVEL");
  if (!/^\d+$/.test(cursor.peek().text)) throw cursor.unexpected("a number of levels");
  if (recursive) return Number(cursor.take().value);
  const sentence = "Cannot specify MAX RECURSION LEVEL when the CTE is not marked as RECURSIVE";
  throw cursor.fault(at, `Operation not allowed: ${sentence}.`, {
    condition: "_LEGACY_ERROR_TEMP_0035",
    parameters: { message: sentence },
    hint: "Write WITH RECURSIVE.",
  });
}

function duplicate(cursor: SqlCursor, at: ReturnType<SqlCursor["peek"]>, name: string): Error {
  return cursor.fault(at, `CTE definition can't have duplicate names: \`${name}\``, {
    condition: "DUPLICATED_CTE_NAMES",
    sqlState: "42602",
    parameters: { duplicateNames: `\`${name}\`` },
    hint: "Give each common table expression a name of its own.",
  });
}
