/** `IDENTIFIER('a.b')`: a name that a text gives. */
import { nameParts } from "../functions/column-name.ts";
import type { Expression } from "../plan/expression.ts";
import { someNode } from "../plan/rewrite.ts";
import { stringType } from "../types/data-type.ts";
import type { SqlCursor } from "./cursor.ts";

/** Whether the clause stands here, or further on. */
export const seesIdentifierClause = (cursor: SqlCursor, ahead = 0): boolean =>
  cursor.word(ahead) === "IDENTIFIER" && cursor.seesSign("(", ahead + 1);

/**
 * Reads the clause: the parts of the name.
 *
 * @throws ParseError `NOT_A_CONSTANT_STRING` for what is no text that can be computed here, `IDENTIFIER_TOO_MANY_NAME_PARTS`
 */
export const readIdentifierClause = (cursor: SqlCursor): readonly string[] => nameParts(readClauseText(cursor));

/** Reads the clause: its text. */
export function readClauseText(cursor: SqlCursor): string {
  cursor.expectAll("IDENTIFIER", "(");
  const { start } = cursor.peek();
  const parts = [readPart(cursor)];
  // As texts do, a marker and a text that follow each other make one text.
  while (cursor.peek().kind === "string" || cursor.seesSign(":") || cursor.seesSign("?")) parts.push(readPart(cursor));
  const end = cursor.peek().start;
  cursor.expect(")");
  const texts = parts.map(textOf);
  if (texts.every((text) => text !== undefined)) return checked(cursor, texts.join(""));
  const unknown = parts[texts.indexOf(undefined)]!;
  const computed = parts.length === 1 && isComputable(unknown) ? unknown : undefined;
  const name = computed && cursor.computedName?.(computed, cursor.text.slice(start, end).trim());
  if (name === undefined) throw notConstant(cursor, unknown);
  return checked(cursor, name);
}

const isComputable = (expression: Expression): boolean =>
  reasonOf(expression) === "NOT_CONSTANT" && !someNode(expression, ({ kind }) => kind === "subquery");

// A marker behind a text is not a path into it.
function readPart(cursor: SqlCursor): Expression {
  const isText = cursor.peek().kind === "string" && (cursor.seesSign(":", 1) || cursor.seesSign("?", 1));
  return isText ? { kind: "literal", type: stringType, value: cursor.take().value } : cursor.expression();
}

const wellFormed = /^\s*(?:\w+|`(?:[^`]|``)*`)(?:\s*\.\s*(?:\w+|`(?:[^`]|``)*`))*\s*$/u;

function checked(cursor: SqlCursor, text: string): string {
  if (wellFormed.test(text)) return text;
  const isEmpty = text.trim() === "";
  throw cursor.fault(cursor.peek(-1), `"${text}" is not a name`, {
    condition: isEmpty ? "PARSE_EMPTY_STATEMENT" : "PARSE_SYNTAX_ERROR",
    sqlState: isEmpty ? "42617" : "42601",
    hint: "Separate the parts by dots, and put parts with other signs than letters, digits and underscores in back-ticks.",
  });
}

/** The text of constants and of their concatenations. */
function textOf(expression: Expression): string | undefined {
  if (expression.kind === "literal") return typeof expression.value === "string" ? expression.value : undefined;
  if (expression.kind === "alias") return textOf(expression.input);
  if (expression.kind !== "call" || !joins.has(expression.name[0]!.toLowerCase())) return undefined;
  const parts = expression.arguments.map(textOf);
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

const joins: ReadonlySet<string> = new Set(["||", "concat"]);

const reasons = {
  NULL: "The expression evaluates to NULL",
  WRONG_TYPE: "The data type of the expression is not STRING",
  NOT_CONSTANT: "The expression is not a constant",
};

function notConstant(cursor: SqlCursor, expression: Expression): Error {
  const reason = reasonOf(expression);
  return cursor.fault(cursor.peek(-1), `The expression in IDENTIFIER must be a constant STRING. ${reasons[reason]}`, {
    condition: `NOT_A_CONSTANT_STRING.${reason}`,
    sqlState: "42601",
    hint: "Write the name as text, join texts with ||, or bind it as a parameter.",
  });
}

function reasonOf(expression: Expression): keyof typeof reasons {
  const inner = expression.kind === "cast" ? expression.input : expression;
  if (inner.kind !== "literal") return "NOT_CONSTANT";
  return inner.value === null ? "NULL" : "WRONG_TYPE";
}

/** The name of what can have one part only. */
export function singlePart(cursor: SqlCursor, parts: readonly string[]): string {
  const [name, ...more] = parts;
  if (more.length === 0 && name !== undefined) return name;
  throw cursor.fault(cursor.peek(-1), `${parts.join(".")} is not a valid identifier as it has more than 1 name parts`, {
    condition: "IDENTIFIER_TOO_MANY_NAME_PARTS",
    sqlState: "42601",
    parameters: { identifier: parts.join("."), limit: "1" },
    hint: "Give a name without a dot, or put it in back-ticks within the text.",
  });
}
