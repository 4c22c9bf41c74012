/** Primary expressions: what operators work on. */
import type { Expression } from "../../plan/expression.ts";
import { voidType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifierClause, seesIdentifierClause } from "../identifier-clause.ts";
import { noExpression } from "../keywords.ts";
import { opensQuery } from "../lookahead.ts";
import { isName, readIdentifier } from "../names.ts";
import { readCall } from "./calls.ts";
import { readCase } from "./case.ts";
import { readInterval, seesInterval, seesIntervalText } from "./intervals.ts";
import { readLambda, seesLambda } from "./lambdas.ts";
import { readNumber, readText, readTyped, seesTyped } from "./literals.ts";
import { literal, truth } from "./nodes.ts";
import { readHole, readMarker } from "./parameters.ts";
import { rowOf } from "./rows.ts";
import { readStar, seesStar } from "./stars.ts";
import { readSyntaxCall } from "./syntax-calls.ts";

/** Reads a primary expression. */
export function readPrimary(cursor: SqlCursor): Expression {
  const { kind } = cursor.peek();
  if (kind === "word") return readWord(cursor);
  if (kind === "number") return readNumber(cursor);
  if (kind === "string") return readText(cursor);
  if (kind === "quoted") return seesLambda(cursor) ? readLambda(cursor) : readName(cursor);
  if (cursor.seesSign("(")) return readParentheses(cursor);
  if (cursor.seesSign("*")) return readStar(cursor);
  if (cursor.seesSign("?") || cursor.seesSign(":")) return readMarker(cursor);
  if (cursor.hole() !== undefined) return readHole(cursor);
  throw cursor.unexpected("an expression");
}

type Reader = (cursor: SqlCursor) => Expression;

const constant =
  (make: () => Expression): Reader =>
  (cursor) => {
    const { start } = cursor.take();
    return cursor.placed(start, { ...make() });
  };

/** Words that are expressions by themselves, unless a dot or parenthesis follows. */
const constants: Readonly<Record<string, Reader>> = {
  NULL: constant(() => literal(voidType, null)),
  TRUE: constant(() => truth(true)),
  FALSE: constant(() => truth(false)),
};

function readWord(cursor: SqlCursor): Expression {
  const word = cursor.word()!;
  if (word === "INTERVAL" && seesInterval(cursor) && !seesIntervalText(cursor)) return readInterval(cursor);
  if (seesTyped(cursor)) return readTyped(cursor);
  if (word === "CASE" && !cursor.seesSign(".", 1) && !cursor.seesSign("(", 1)) return readCase(cursor);
  if (word === "CASE" && cursor.seesSign("(", 1)) return readCase(cursor);
  if (word === "EXISTS" && cursor.seesSign("(", 1)) return readExists(cursor) ?? readName(cursor);
  const next = cursor.peek(1);
  const isPlain = next.kind !== "sign" || (next.value !== "(" && next.value !== "." && next.value !== "->");
  if (isPlain && Object.hasOwn(constants, word)) return constants[word]!(cursor);
  if (isPlain && noExpression.has(word)) throw cursor.unexpected("an expression");
  if (seesIdentifierClause(cursor)) return readIdentified(cursor);
  if (next.value === "(" && next.kind === "sign") return readSyntaxCall(cursor) ?? readName(cursor);
  return seesLambda(cursor) ? readLambda(cursor) : readName(cursor);
}

/** Reads `IDENTIFIER('t.a')`, a column, and `IDENTIFIER('abs')(a)`, a call. */
function readIdentified(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const name = readIdentifierClause(cursor);
  if (cursor.seesSign("(")) return readCall(cursor, start, name);
  return cursor.placed(start, { kind: "attribute", name });
}

/** Reads what a name begins: a column, a star of a relation, a call. */
function readName(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const name = [readIdentifier(cursor, "an expression")];
  while (cursor.seesSign(".")) {
    if (seesStar(cursor, 1)) return readStar(cursor, start, name);
    if (!isName(cursor, 1)) break;
    cursor.take();
    name.push(readIdentifier(cursor));
  }
  if (cursor.seesSign("(")) return readCall(cursor, start, name);
  return cursor.placed(start, cursor.endsPattern ? patternOf(name) : { kind: "attribute", name });
}

function patternOf(name: readonly string[]): Expression {
  const target = name.slice(0, -1);
  return { kind: "regular expression star", pattern: name.at(-1)!, ...(target.length === 0 ? {} : { target }) };
}

function readExists(cursor: SqlCursor): Expression | undefined {
  const { start } = cursor.take();
  if (!opensQuery(cursor)) {
    cursor.rewind(cursor.position - 1);
    return undefined;
  }
  return readQuery(cursor, start, "exists");
}

function readQuery(cursor: SqlCursor, start: number, form: "exists" | "scalar"): Expression {
  cursor.expect("(");
  const plan = cursor.query();
  cursor.expect(")");
  return cursor.placed(start, { kind: "subquery", form, plan });
}

/** Reads a query, a lambda, an expression or a row of several in parentheses. */
function readParentheses(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  if (seesLambda(cursor)) return readLambda(cursor);
  if (opensQuery(cursor)) return readQuery(cursor, start, "scalar");
  const redundant = cursor.redundantParentheses();
  if (redundant > 0) return readWithin(cursor, redundant);
  cursor.take();
  const first = readField(cursor);
  if (!cursor.seesSign(",")) {
    cursor.expect(")");
    return first;
  }
  const fields = [first];
  while (cursor.accept(",")) fields.push(readField(cursor));
  cursor.expect(")");
  return rowOf(cursor, start, fields);
}

// Parentheses around parentheses mean nothing, and many of them would be too deep for the stack.
function readWithin(cursor: SqlCursor, redundant: number): Expression {
  for (let opened = 0; opened < redundant; opened++) cursor.take();
  const inner = readParentheses(cursor);
  for (let closed = 0; closed < redundant; closed++) cursor.expect(")");
  return inner;
}

function readField(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const input = cursor.expression();
  if (!cursor.accept("AS")) return input;
  return cursor.placed(start, { kind: "alias", input, names: [readIdentifier(cursor)] });
}
