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
    const table = cursor.withCommonTables(recursive ? [...names, name] : names, () => readCommonTable(cursor, name));
    tables.push(table);
    names.push(name);
  } while (cursor.accept(","));
  return { recursive, tables, names };
}

function readCommonTable(cursor: SqlCursor, name: string): CommonTable {
  const columns = cursor.seesSign("(") ? { columns: readNames(cursor) } : {};
  const maximum = cursor.accept("MAX", "RECURSION", "LEVEL") ? { maxRecursion: Number(cursor.take().value) } : {};
  cursor.accept("AS");
  cursor.expect("(");
  const plan = cursor.query();
  cursor.expect(")");
  return Object.freeze({ name, ...columns, plan, ...maximum });
}

function duplicate(cursor: SqlCursor, at: ReturnType<SqlCursor["peek"]>, name: string): Error {
  return cursor.fault(at, `CTE definition can't have duplicate names: \`${name}\``, {
    condition: "DUPLICATED_CTE_NAMES",
    sqlState: "42602",
    parameters: { duplicateNames: `\`${name}\`` },
    hint: "Give each common table expression a name of its own.",
  });
}
