/** `WINDOW w AS (PARTITION BY a)`: windows that calls name in OVER. */
import { AnalysisError, listed } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { mapChildren, rewriteExpressions } from "../../plan/rewrite.ts";
import type { SqlCursor } from "../cursor.ts";
import { readSpecification, type WindowSpecification } from "../expressions/windows.ts";
import { readIdentifier } from "../names.ts";

export type NamedWindows = ReadonlyMap<string, WindowSpecification>;

/** Reads the list behind WINDOW; a window may be another's name. */
export function readNamedWindows(cursor: SqlCursor): NamedWindows {
  const windows = new Map<string, WindowSpecification>();
  do {
    const name = readIdentifier(cursor, "the name of a window");
    cursor.expect("AS");
    const specification = readSpecification(cursor);
    if (windows.has(name.toLowerCase())) throw defined(name);
    windows.set(name.toLowerCase(), resolved(specification, windows));
  } while (cursor.accept(","));
  return windows;
}

const defined = (windowName: string): AnalysisError =>
  new AnalysisError(`Invalid SQL syntax: The definition of window \`${windowName}\` is repetitive`, {
    condition: "INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION",
    sqlState: "42000",
    parameters: { windowName: `\`${windowName}\`` },
    hint: "Give each window a name of its own.",
  });

/** The relation with the windows that its expressions name put in; those of relations below stay. */
export function withNamedWindows(relation: Relation, windows: NamedWindows): Relation {
  if (windows.size === 0) return relation;
  const replace = (expression: Expression): Expression =>
    rewriteExpressions(expression, (inner) => (inner.kind === "window" ? named(inner, windows) : inner));
  const below = (inner: Relation): Relation =>
    inner.kind === "filter" || inner.kind === "aggregate" || inner.kind === "project"
      ? mapChildren(inner, { relation: inner.kind === "filter" ? below : (input) => input, expression: replace })
      : inner;
  return relation.kind === "qualify"
    ? mapChildren(relation, { relation: below, expression: replace })
    : below(relation);
}

function named(window: Extract<Expression, { kind: "window" }>, windows: NamedWindows): Expression {
  if (window.reference === undefined) return window;
  const { call, origin } = window;
  return Object.freeze({
    kind: "window",
    call,
    ...(origin === undefined ? {} : { origin }),
    ...resolved(window, windows),
  });
}

function resolved(specification: WindowSpecification, windows: NamedWindows): WindowSpecification {
  const { reference } = specification;
  if (reference === undefined) return specification;
  const found = windows.get(reference.toLowerCase());
  if (found !== undefined) return found;
  throw new AnalysisError(`Window specification is not defined in the WINDOW clause for \`${reference}\``, {
    condition: "MISSING_WINDOW_SPECIFICATION",
    sqlState: "42P20",
    parameters: { windowName: reference },
    hint: `The named windows are: ${listed([...windows.keys()])}.`,
  });
}
