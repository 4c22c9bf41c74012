/** Choices, loops and jumps of scripts. */
import type { Branch, ControlStatement, LoopStatement, ScriptStatement } from "../../plan/script.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName } from "../names.ts";
import type { ScriptGrammar } from "./grammar.ts";
import { type Labels, readEndLabel, readLabelName, readLabelUse } from "./labels.ts";

type ControlReader = (cursor: SqlCursor, grammar: ScriptGrammar, around: Labels) => ControlStatement;
type LoopReader = (cursor: SqlCursor, grammar: ScriptGrammar, inside: Labels) => LoopStatement;

const controls: Readonly<Record<string, ControlReader>> = {
  IF: readIf,
  CASE: readCaseStatement,
  LEAVE: (cursor, _, around) => ({ kind: "leave", label: readLabelUse(cursor, around, "LEAVE") }),
  ITERATE: (cursor, _, around) => ({ kind: "iterate", label: readLabelUse(cursor, around, "ITERATE") }),
};

const loops: Readonly<Record<string, LoopReader>> = {
  WHILE: readWhile,
  REPEAT: readRepeat,
  LOOP: readEndless,
  FOR: readFor,
};

/** Reads a choice, loop or jump where one stands. */
export function readControl(
  cursor: SqlCursor,
  grammar: ScriptGrammar,
  around: Labels,
  label: string | undefined,
): ControlStatement | undefined {
  const word = cursor.word() ?? "";
  if (Object.hasOwn(loops, word)) {
    const inside: Labels = label === undefined ? around : [...around, { name: label, of: "loop" }];
    const loop = loops[word]!(cursor, grammar, inside);
    readEndLabel(cursor, label);
    return label === undefined ? loop : { ...loop, label };
  }
  return Object.hasOwn(controls, word) ? controls[word]!(cursor, grammar, around) : undefined;
}

// ------------------------------------------------------------------------------------------------ choices

function readIf(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): ControlStatement {
  cursor.take();
  const branches = [readBranch(cursor, grammar, around)];
  while (cursor.accept("ELSEIF")) branches.push(readBranch(cursor, grammar, around));
  const otherwise = readElse(cursor, grammar, around);
  cursor.expectAll("END", "IF");
  return { kind: "choice", branches, otherwise };
}

function readCaseStatement(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): ControlStatement {
  cursor.take();
  const value = cursor.sees("WHEN") ? undefined : cursor.expression();
  const branches: Branch[] = [];
  while (cursor.accept("WHEN")) branches.push(readBranch(cursor, grammar, around));
  if (branches.length === 0) throw cursor.unexpected("WHEN");
  const otherwise = readElse(cursor, grammar, around);
  cursor.expectAll("END", "CASE");
  return value === undefined
    ? { kind: "choice", branches, otherwise }
    : { kind: "value choice", value, branches, otherwise };
}

function readBranch(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): Branch {
  const condition = cursor.expression();
  cursor.expect("THEN");
  return { condition, statements: grammar.statements(cursor, around) };
}

const readElse = (cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): readonly ScriptStatement[] =>
  cursor.accept("ELSE") ? grammar.statements(cursor, around) : [];

// ------------------------------------------------------------------------------------------------ loops

function readWhile(cursor: SqlCursor, grammar: ScriptGrammar, inside: Labels): LoopStatement {
  cursor.take();
  const condition = cursor.expression();
  cursor.expect("DO");
  const statements = grammar.statements(cursor, inside);
  cursor.expectAll("END", "WHILE");
  return { kind: "while", condition, statements };
}

function readRepeat(cursor: SqlCursor, grammar: ScriptGrammar, inside: Labels): LoopStatement {
  cursor.take();
  const statements = grammar.statements(cursor, inside);
  cursor.expect("UNTIL");
  const until = cursor.expression();
  cursor.expectAll("END", "REPEAT");
  return { kind: "repeat", until, statements };
}

function readEndless(cursor: SqlCursor, grammar: ScriptGrammar, inside: Labels): LoopStatement {
  cursor.take();
  const statements = grammar.statements(cursor, inside);
  cursor.expectAll("END", "LOOP");
  return { kind: "loop", statements };
}

function readFor(cursor: SqlCursor, grammar: ScriptGrammar, inside: Labels): LoopStatement {
  cursor.take();
  const row = readRowName(cursor, inside);
  const query = cursor.withoutAlias("DO", () => cursor.query());
  cursor.expect("DO");
  const seen: Labels = row === undefined ? inside : [...inside, { name: row, of: "row" }];
  const statements = grammar.statements(cursor, seen);
  cursor.expectAll("END", "FOR");
  return { kind: "for", ...(row === undefined ? {} : { row }), query, statements };
}

function readRowName(cursor: SqlCursor, around: Labels): string | undefined {
  if (!isName(cursor) || cursor.word(1) !== "AS") return undefined;
  const name = readLabelName(cursor, around);
  cursor.take();
  return name;
}
