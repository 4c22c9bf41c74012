/** Operators by their precedence; the loosest first. */
import type { Expression } from "../../plan/expression.ts";
import type { Token } from "../../types/ddl-token.ts";
import type { SqlCursor } from "../cursor.ts";
import { readNegativeNumber } from "./literals.ts";
import { balanced, call, not } from "./nodes.ts";
import { readPostfix } from "./postfix.ts";
import { acceptPredicate } from "./predicates.ts";

const levels = {
  or: 0,
  and: 1,
  not: 2,
  predicate: 3,
  comparison: 4,
  bitwiseOr: 5,
  bitwiseXor: 6,
  bitwiseAnd: 7,
  shift: 8,
  sum: 9,
  product: 10,
} as const;

interface Operator {
  readonly level: number;
  /** The function that it stands for. */
  readonly name: string;
  /** How many tokens it is written in. */
  readonly tokens: number;
}

const operator = (level: number, name: string, tokens = 1): Operator => ({ level, name, tokens });

const operators: ReadonlyMap<string, Operator> = new Map([
  ["OR", operator(levels.or, "OR")],
  ["AND", operator(levels.and, "AND")],
  ["=", operator(levels.comparison, "=")],
  ["==", operator(levels.comparison, "=")],
  ["<=>", operator(levels.comparison, "<=>")],
  ["<>", operator(levels.comparison, "!=")],
  ["!=", operator(levels.comparison, "!=")],
  ["<", operator(levels.comparison, "<")],
  ["<=", operator(levels.comparison, "<=")],
  ["!>", operator(levels.comparison, "<=")],
  [">", operator(levels.comparison, ">")],
  [">=", operator(levels.comparison, ">=")],
  ["!<", operator(levels.comparison, ">=")],
  ["|", operator(levels.bitwiseOr, "|")],
  ["^", operator(levels.bitwiseXor, "^")],
  ["&", operator(levels.bitwiseAnd, "&")],
  ["+", operator(levels.sum, "+")],
  ["-", operator(levels.sum, "-")],
  ["||", operator(levels.sum, "||")],
  ["*", operator(levels.product, "*")],
  ["/", operator(levels.product, "/")],
  ["%", operator(levels.product, "%")],
  ["DIV", operator(levels.product, "div")],
]);

const shifts = [
  [["<", "<"], operator(levels.shift, "<<", 2)],
  [[">", ">", ">"], operator(levels.shift, ">>>", 3)],
  [[">", ">"], operator(levels.shift, ">>", 2)],
] as const;

const prefixes: ReadonlyMap<string, string> = new Map([
  ["-", "-"],
  ["+", "+"],
  ["~", "~"],
]);

/** Reads an expression. */
export const readExpression = (cursor: SqlCursor): Expression => readLevel(cursor, levels.or);

/** Reads a value: what stands beside a predicate, without AND, OR and NOT. */
export const readValue = (cursor: SqlCursor): Expression => readLevel(cursor, levels.comparison);

function readLevel(cursor: SqlCursor, level: number): Expression {
  const first = cursor.peek();
  const { start } = first;
  let left = readOperand(cursor, level);
  // As in Spark's grammar, nothing is asked of an answer without parentheses.
  let isAnswered = isNegation(first, level) || (first.value === "EXISTS" && left.kind === "subquery");
  for (;;) {
    const found = operatorAt(cursor);
    if (found !== undefined) {
      if (found.level < level || (isAnswered && found.level > levels.predicate)) return left;
      left = cursor.placed(start, readRight(cursor, left, found));
      continue;
    }
    const predicate = level <= levels.predicate && !isAnswered ? acceptPredicate(cursor, left) : undefined;
    if (predicate === undefined) return left;
    left = cursor.placed(start, predicate);
    isAnswered = true;
  }
}

function readRight(cursor: SqlCursor, left: Expression, { level, name, tokens }: Operator): Expression {
  if (level <= levels.and) return readChain(cursor, left, name, level);
  for (let taken = 0; taken < tokens; taken++) cursor.take();
  const right = readLevel(cursor, level + 1);
  return { ...call(name === "||" ? "concat" : name, left, right) };
}

function readChain(cursor: SqlCursor, left: Expression, name: string, level: number): Expression {
  const operands = [left];
  while (cursor.accept(name)) operands.push(readLevel(cursor, level + 1));
  return { ...balanced(name, operands) };
}

/** Whether signs stand with nothing between them. */
function areTogether(cursor: SqlCursor, count: number): boolean {
  const { start } = cursor.peek();
  return cursor.peek(count - 1).start === start + count - 1;
}

function operatorAt(cursor: SqlCursor): Operator | undefined {
  const { kind, value } = cursor.peek();
  if (kind !== "sign" && kind !== "word") return undefined;
  if (value === "<" || value === ">") {
    const shift = shifts.find(([signs]) => cursor.sees(...signs) && areTogether(cursor, signs.length));
    if (shift !== undefined) return shift[1];
  }
  return operators.get(value);
}

function readOperand(cursor: SqlCursor, level: number): Expression {
  const first = cursor.peek();
  const { start, kind, value } = first;
  if (kind === "sign" && prefixes.has(value)) return readPrefixed(cursor, prefixes.get(value)!);
  if (!isNegation(first, level)) return readPostfix(cursor);
  cursor.take();
  return cursor.placed(start, { ...not(readLevel(cursor, levels.not)) });
}

const isNegation = ({ kind, value }: Token, level: number): boolean =>
  level <= levels.not && ((kind === "sign" && value === "!") || (kind === "word" && value === "NOT"));

function readPrefixed(cursor: SqlCursor, name: string): Expression {
  const { start } = cursor.peek();
  if (name === "-" && cursor.peek(1).kind === "number") return readPostfix(cursor, readNegativeNumber(cursor));
  cursor.take();
  const next = cursor.peek();
  const operand =
    next.kind === "sign" && prefixes.has(next.value) ? readOperand(cursor, levels.product) : readPostfix(cursor);
  return cursor.placed(start, { ...call(name, operand) });
}
