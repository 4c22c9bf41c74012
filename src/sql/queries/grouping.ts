/** GROUP BY: expressions, ALL, ROLLUP, CUBE, GROUPING SETS. */

import { equalPlans } from "../../plan/equal.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Aggregate } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { rowValues } from "../expressions/rows.ts";
import type { WindowSpecification } from "../expressions/windows.ts";
import { readExpressions, readListOf } from "./lists.ts";

/** The grouping of an aggregation. */
export type GroupingClause = Pick<Aggregate, "type" | "grouping" | "groupingSets">;

/** The clauses behind WHERE. */
export interface Clauses {
  readonly grouping?: GroupingClause;
  readonly having?: Expression;
  readonly qualify?: Expression;
  readonly windows: ReadonlyMap<string, WindowSpecification>;
}

/** Whether the select makes groups even where no aggregate is in its list. */
export const isGrouped = ({ grouping, having }: Clauses): boolean => grouping !== undefined || having !== undefined;

/** A part of GROUP BY: the sets that it adds one of to each group. */
type Element = readonly (readonly Expression[])[];

/** Reads GROUP BY, if it stands here. */
export function readGrouping(cursor: SqlCursor): GroupingClause | undefined {
  if (!cursor.accept("GROUP", "BY")) return undefined;
  if (cursor.word() === "ALL" && !isOperand(cursor, 1)) {
    cursor.take();
    return { type: "all", grouping: [] };
  }
  let hasSets = false;
  const elements = readListOf(cursor, (inner) => {
    hasSets ||= inner.sees("GROUPING", "SETS");
    return readElement(inner);
  });
  const suffix = readSuffix(
    cursor,
    elements.flatMap((sets) => sets[0] ?? []),
  );
  if (suffix !== undefined) return suffix;
  return !hasSets && elements.every((sets) => sets.length === 1)
    ? { type: "group by", grouping: elements.flatMap((sets) => sets[0]!) }
    : groupingSets(product(elements));
}

function isOperand(cursor: SqlCursor, ahead: number): boolean {
  const { kind, value } = cursor.peek(ahead);
  return kind === "sign" && value !== ")" && value !== ";" && value !== "|>";
}

function readElement(cursor: SqlCursor): Element {
  // Without anything in its parentheses it is the call of a function.
  const kind = seesAnalytics(cursor) && !cursor.seesSign(")", 2) ? cursor.acceptAny("ROLLUP", "CUBE") : undefined;
  if (kind !== undefined) return kind === "ROLLUP" ? prefixes(readSets(cursor, kind)) : subsets(readSets(cursor, kind));
  if (cursor.accept("GROUPING", "SETS")) return readGroupingSets(cursor);
  return [[cursor.expression()]];
}

const seesAnalytics = (cursor: SqlCursor): boolean => cursor.sees("ROLLUP", "(") || cursor.sees("CUBE", "(");

function readGroupingSets(cursor: SqlCursor): Element {
  cursor.expect("(");
  const sets = readListOf(cursor, (inner) => (isNested(inner) ? readElement(inner) : [readSet(inner)]));
  cursor.expect(")");
  return sets.flat();
}

const isNested = (cursor: SqlCursor): boolean => cursor.sees("GROUPING", "SETS") || seesAnalytics(cursor);

/** @throws ParseError `_LEGACY_ERROR_TEMP_0051` for an empty set, which Spark takes in GROUPING SETS alone */
function readSets(cursor: SqlCursor, kind: "ROLLUP" | "CUBE"): (readonly Expression[])[] {
  cursor.expect("(");
  const sets = readListOf(cursor, (inner) => {
    if (inner.sees("(", ")")) throw emptySet(inner, kind);
    return readSet(inner);
  });
  cursor.expect(")");
  return sets;
}

const emptySet = (cursor: SqlCursor, kind: string): Error =>
  cursor.fault(cursor.peek(), `Empty set in ${kind} grouping sets is not supported.`, {
    condition: "_LEGACY_ERROR_TEMP_0051",
    parameters: { element: kind },
    hint: `Leave it out: ${kind} groups all rows together without it.`,
  });

/** Reads `a`, `(a, b)` or `()`. */
function readSet(cursor: SqlCursor): readonly Expression[] {
  if (cursor.sees("(", ")")) {
    cursor.take();
    cursor.take();
    return [];
  }
  return rowValues(cursor.expression());
}

const prefixes = (sets: readonly (readonly Expression[])[]): Element =>
  Array.from({ length: sets.length + 1 }, (_, index) => sets.slice(0, sets.length - index).flat());

function subsets(sets: readonly (readonly Expression[])[]): Element {
  const count = 2 ** sets.length;
  return Array.from({ length: count }, (_, index) =>
    sets.filter((_set, position) => (index & (1 << (sets.length - 1 - position))) === 0).flat(),
  );
}

/** Each choice of one set of each element, joined. */
const product = (elements: readonly Element[]): Element =>
  elements.reduce<Element>((joined, sets) => joined.flatMap((left) => sets.map((right) => [...left, ...right])), [[]]);

function groupingSets(sets: Element): GroupingClause {
  return { type: "grouping sets", grouping: distinct(sets.flat()), groupingSets: sets };
}

function distinct(expressions: readonly Expression[]): Expression[] {
  const found: Expression[] = [];
  for (const expression of expressions)
    if (!found.some((other) => equalPlans(other, expression))) found.push(expression);
  return found;
}

/** `GROUP BY a, b WITH ROLLUP`, `… WITH CUBE`, `… GROUPING SETS ((a), (b))`. */
function readSuffix(cursor: SqlCursor, grouping: readonly Expression[]): GroupingClause | undefined {
  if (cursor.accept("WITH", "ROLLUP")) return { type: "rollup", grouping };
  if (cursor.accept("WITH", "CUBE")) return { type: "cube", grouping };
  if (!cursor.accept("GROUPING", "SETS")) return undefined;
  cursor.expect("(");
  const sets = readListOf(cursor, (inner) => (inner.seesSign("(") ? readParenthesised(inner) : [inner.expression()]));
  cursor.expect(")");
  return { type: "grouping sets", grouping, groupingSets: sets };
}

function readParenthesised(cursor: SqlCursor): Expression[] {
  cursor.expect("(");
  const set = cursor.seesSign(")") ? [] : readExpressions(cursor);
  cursor.expect(")");
  return set;
}
