/** `sales CHANGES FROM VERSION 3`, `table_changes('sales', 3, 7)`: the change feed of a table. */
import { nameParts } from "../../functions/column-name.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Options, RelationChanges } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { type PastClause, readMoment, readVersion } from "./past.ts";

// ------------------------------------------------------------------------------------------------ the clause

/** How a range is told: by versions or by moments, the end as the start. */
type Unit = "Version" | "Timestamp";

const units: Readonly<Record<string, Unit>> = { VERSION: "Version", TIMESTAMP: "Timestamp" };

/** Reads `CHANGES FROM VERSION 3 EXCLUSIVE TO VERSION 7`; undefined where no such clause stands. */
export function acceptChanges(cursor: SqlCursor): PastClause | undefined {
  if (cursor.word() !== "CHANGES" || cursor.word(1) !== "FROM") return undefined;
  cursor.expectAll("CHANGES", "FROM");
  const word = Object.keys(units).find((unit) => cursor.accept(unit));
  if (word === undefined) throw cursor.unexpected("VERSION or TIMESTAMP");
  const from = readBound(cursor, "starting", units[word]!);
  if (!cursor.accept("TO")) return from;
  cursor.expect(word);
  return both(from, readBound(cursor, "ending", units[word]!));
}

function readBound(cursor: SqlCursor, end: "starting" | "ending", unit: Unit): PastClause {
  const name = `${end}${unit}`;
  const bound = unit === "Version" ? { options: { [name]: readVersion(cursor) } } : readMoment(cursor, name);
  if (cursor.accept("INCLUSIVE") || !cursor.accept("EXCLUSIVE")) return bound;
  return both(bound, { options: { [`${end}BoundInclusive`]: "false" } });
}

function both(one: PastClause, other: PastClause): PastClause {
  const moments = { ...one.moments, ...other.moments };
  const options = { ...one.options, ...other.options };
  return Object.keys(moments).length === 0 ? { options } : { options, moments };
}

// ------------------------------------------------------------------------------------------------ the function

/** How the functions name a table. */
const namings: Readonly<Record<string, (text: string) => readonly string[]>> = {
  table_changes: nameParts,
  table_changes_by_path: (path) => ["delta", path],
};

/**
 * The changes that a call of a table function means; undefined for other functions, and for arguments that are not constants.
 *
 * @param args - the table, the first and perhaps the last version or time
 */
export function tableChanges(
  name: readonly string[],
  args: readonly Expression[],
): Omit<RelationChanges, "origin"> | undefined {
  const naming = name.length === 1 ? namings[name[0]!.toLowerCase()] : undefined;
  const [table, from, to, ...more] = args.map(constantOf);
  if (naming === undefined || typeof table !== "string" || from === undefined || more.length > 0) return undefined;
  if (args.length === 3 && to === undefined) return undefined;
  const options: Options = { ...bound("starting", from), ...(to === undefined ? {} : bound("ending", to)) };
  return { kind: "relation changes", name: naming(table), options, isStreaming: false };
}

const constantOf = (expression: Expression): unknown =>
  expression.kind === "literal" && expression.value !== null ? expression.value : undefined;

// Numbers are versions, texts are times.
const bound = (end: "starting" | "ending", value: unknown): Options =>
  typeof value === "string" ? { [`${end}Timestamp`]: value } : { [`${end}Version`]: String(value) };
