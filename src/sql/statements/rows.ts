/** `INSERT`, `DELETE`, `UPDATE`: statements that change the rows of a table. */
import type { Statement } from "../../functions/parsers.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { SqlCursor } from "../cursor.ts";
import { opensQuery } from "../lookahead.ts";
import { readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { ifNotExists, readAssignments, readPartition, seesNameBut } from "./clauses.ts";
import { readOptions } from "./views.ts";

/** Reads `INSERT INTO | OVERWRITE`; undefined for an insertion into a folder. */
export function readInsert(cursor: SqlCursor): Insert | undefined {
  const target = readInsertTarget(cursor);
  return target && { ...target, input: cursor.query() };
}

/** Reads an insertion up to its query. */
export function readInsertTarget(cursor: SqlCursor): Omit<Insert, "input"> | undefined {
  cursor.take();
  const overwrite = cursor.accept("OVERWRITE");
  if (!overwrite) cursor.expect("INTO");
  if (cursor.sees("LOCAL", "DIRECTORY") || cursor.sees("DIRECTORY")) return undefined;
  cursor.accept("TABLE");
  const table = readQualifiedName(cursor, "the name of a table");
  const options = hasOptions(cursor) ? readOptions(cursor) : {};
  const clauses = readInsertClauses(cursor);
  return { kind: "insert", table, overwrite, byName: false, options, ...clauses };
}

// WITH may begin the query too.
const hasOptions = (cursor: SqlCursor): boolean =>
  cursor.sees("WITH", "(") ? cursor.accept("WITH") : cursor.accept("OPTIONS");

function readInsertClauses(cursor: SqlCursor): Partial<Insert> {
  if (cursor.accept("REPLACE", "WHERE")) return { replaceWhere: cursor.expression() };
  const partition = cursor.accept("PARTITION") ? { partition: readPartition(cursor) } : {};
  const isTolerant = ifNotExists(cursor) ? { ifPartitionNotExists: true } : {};
  if (cursor.accept("BY", "NAME")) return { ...partition, ...isTolerant, byName: true };
  const columns = cursor.seesSign("(") && !opensQuery(cursor) ? { columns: readNames(cursor) } : {};
  return { ...partition, ...isTolerant, ...columns };
}

const readAlias = (cursor: SqlCursor): { readonly alias?: string } =>
  cursor.accept("AS") || seesNameBut(cursor, "WHERE", "SET") ? { alias: readIdentifier(cursor, "an alias") } : {};

const readCondition = (cursor: SqlCursor) => (cursor.accept("WHERE") ? { condition: cursor.expression() } : {});

/** Reads `DELETE FROM name [alias] [WHERE …]`. */
export function readDelete(cursor: SqlCursor): Statement {
  cursor.take();
  cursor.expect("FROM");
  const table = readQualifiedName(cursor, "the name of a table");
  return { kind: "delete", table, ...readAlias(cursor), ...readCondition(cursor) };
}

/** Reads `UPDATE name [alias] SET column = value, … [WHERE …]`. */
export function readUpdate(cursor: SqlCursor): Statement {
  cursor.take();
  const table = readQualifiedName(cursor, "the name of a table");
  const alias = readAlias(cursor);
  cursor.expect("SET");
  const assignments = readAssignments(cursor);
  return { kind: "update", table, ...alias, assignments, ...readCondition(cursor) };
}
