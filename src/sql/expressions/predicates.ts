/** Predicates: what stands behind a value and asks something of it. */
import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { opensQuery } from "../lookahead.ts";
import { readString } from "./literals.ts";
import { call, not, text, truth } from "./nodes.ts";
import { rowValues } from "./rows.ts";

type Predicate = (cursor: SqlCursor, value: Expression, negated: boolean) => Expression;

const predicates: Readonly<Record<string, Predicate>> = {
  BETWEEN: readBetween,
  IN: readIn,
  LIKE: readLike("like"),
  ILIKE: readLike("ilike"),
  RLIKE: readRegularExpression,
  REGEXP: readRegularExpression,
  IS: readIs,
};

/** Reads the predicate that stands here, if one does, of a value. */
export function acceptPredicate(cursor: SqlCursor, value: Expression): Expression | undefined {
  const negated = cursor.seesSign("!") || cursor.word() === "NOT";
  const word = cursor.word(negated ? 1 : 0);
  if (word === undefined || !Object.hasOwn(predicates, word) || (negated && word === "IS")) return undefined;
  if (negated) cursor.take();
  cursor.take();
  return { ...predicates[word]!(cursor, value, negated) };
}

const negatedIf = (negated: boolean, condition: Expression): Expression => (negated ? not(condition) : condition);

function readBetween(cursor: SqlCursor, value: Expression, negated: boolean): Expression {
  const lower = cursor.value();
  cursor.expect("AND");
  return negatedIf(negated, call("between", value, lower, cursor.value()));
}

function readIn(cursor: SqlCursor, value: Expression, negated: boolean): Expression {
  return negatedIf(negated, opensQuery(cursor) ? readSubquery(cursor, value) : membership(value, readMembers(cursor)));
}

const membership = (value: Expression, members: readonly Expression[]): Expression => ({
  kind: "call",
  name: ["in"],
  arguments: [value, ...members],
});

function readSubquery(cursor: SqlCursor, value: Expression): Expression {
  cursor.expect("(");
  const plan = cursor.query();
  cursor.expect(")");
  return { kind: "subquery", form: "in", plan, values: rowValues(value) };
}

function readMembers(cursor: SqlCursor): Expression[] {
  cursor.expect("(");
  const members = [cursor.expression()];
  while (cursor.accept(",")) members.push(cursor.expression());
  cursor.expect(")");
  return members;
}

function readLike(name: string): Predicate {
  return (cursor, value, negated) => {
    const quantifier = cursor.seesSign("(", 1) ? cursor.acceptAny("ANY", "SOME", "ALL") : undefined;
    if (quantifier !== undefined) return quantified(cursor, { name, value, quantifier, negated });
    const pattern = cursor.value();
    const escape = cursor.accept("ESCAPE") ? [text(readEscape(cursor))] : [];
    return negatedIf(negated, call(name, value, pattern, ...escape));
  };
}

function readEscape(cursor: SqlCursor): string {
  const at = cursor.peek();
  const escape = readString(cursor);
  if ([...escape].length === 1) return escape;
  throw cursor.fault(at, "Escape string must contain only one character", {
    condition: "INVALID_ESC",
    sqlState: "42604",
  });
}

interface Quantified {
  readonly name: string;
  readonly value: Expression;
  readonly quantifier: "ANY" | "SOME" | "ALL";
  readonly negated: boolean;
}

// NOT belongs to each comparison: `x NOT LIKE ALL (…)` is like none of them.
function quantified(cursor: SqlCursor, { name, value, quantifier, negated }: Quantified): Expression {
  if (cursor.seesSign(")", 1)) {
    throw cursor.fault(cursor.peek(), "Expected something between '(' and ')'", {
      condition: "_LEGACY_ERROR_TEMP_0064",
      hint: "List at least one pattern.",
    });
  }
  const patterns = readMembers(cursor);
  if (name === "like" && patterns.every((pattern) => pattern.kind === "literal")) {
    return call(`${negated ? "not" : ""}like${quantifier === "ALL" ? "all" : "any"}`, value, ...patterns);
  }
  const comparisons = patterns.map((pattern) => negatedIf(negated, call(name, value, pattern)));
  return comparisons.reduce((left, right) => call(quantifier === "ALL" ? "AND" : "OR", left, right));
}

function readRegularExpression(cursor: SqlCursor, value: Expression, negated: boolean): Expression {
  return negatedIf(negated, call("rlike", value, cursor.value()));
}

function readIs(cursor: SqlCursor, value: Expression): Expression {
  const negated = cursor.accept("NOT") || cursor.accept("!");
  if (cursor.accept("NULL")) return call(negated ? "isnotnull" : "isnull", value);
  const condition = readState(cursor, value);
  return negated ? not(condition) : condition;
}

function readState(cursor: SqlCursor, value: Expression): Expression {
  if (cursor.accept("TRUE")) return call("<=>", value, truth(true));
  if (cursor.accept("FALSE")) return call("<=>", value, truth(false));
  if (cursor.accept("UNKNOWN")) return call("isnull", value);
  if (!cursor.accept("DISTINCT")) throw cursor.unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
  cursor.expect("FROM");
  return not(call("<=>", value, cursor.value()));
}
