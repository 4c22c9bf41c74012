/** Scripts: `BEGIN … END` as a whole. */
import { UnsupportedError } from "../../errors.ts";
import type { Block, Script, ScriptStatement } from "../../plan/script.ts";
import type { SqlCursor } from "../cursor.ts";
import { readSetVariables } from "../statements/session.ts";
import { readStatement } from "../statements/statement.ts";
import { readControl } from "./control.ts";
import { cursorsAreOff, type Declarations, declaredHere, misplaced, readDeclarations } from "./declarations.ts";
import type { ScriptGrammar } from "./grammar.ts";
import { type Labels, readEndLabel, readLabel } from "./labels.ts";

/** Whether a script begins here. */
export const seesScript = (cursor: SqlCursor): boolean => cursor.sees("BEGIN");

/** Reads a script. The outermost block has no label. */
export const readScript = (cursor: SqlCursor): Script => ({ kind: "script", body: readBlock(cursor, []) });

/** Words that end the statements of a block, branch or loop. */
const ends: ReadonlySet<string> = new Set(["END", "ELSE", "ELSEIF", "WHEN", "UNTIL"]);

const grammar: ScriptGrammar = { statements: readStatements, simple: readSimple, block: readLabelledBlock };

function readLabelledBlock(cursor: SqlCursor, around: Labels): Block {
  const label = readLabel(cursor, around);
  const inside: Labels = label === undefined ? around : [...around, { name: label, of: "block" }];
  const block = readBlock(cursor, inside);
  readEndLabel(cursor, label);
  return label === undefined ? block : { ...block, label };
}

function readBlock(cursor: SqlCursor, inside: Labels): Block {
  cursor.expect("BEGIN");
  if (cursor.accept("NOT")) cursor.expect("ATOMIC");
  const declarations = readDeclarations(cursor, grammar, inside);
  const statements = cursor.sees("END") ? [] : readStatements(cursor, inside, declarations);
  cursor.expect("END");
  return { kind: "block", ...declarations, statements };
}

function readStatements(cursor: SqlCursor, around: Labels, block?: Declarations): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  do {
    const declared = declaredHere(cursor);
    if (declared !== undefined) throw misplaced(cursor, declared, block === undefined ? "no block" : "late");
    statements.push(readAny(cursor, around));
    cursor.expect(";");
  } while (!cursor.seesAny(ends));
  return statements;
}

function readAny(cursor: SqlCursor, around: Labels): ScriptStatement {
  const { position } = cursor;
  const label = readLabel(cursor, around);
  if (cursor.sees("BEGIN")) {
    cursor.rewind(position);
    return readLabelledBlock(cursor, around);
  }
  return readControl(cursor, grammar, around, label) ?? readSimple(cursor);
}

// SET sets variables in scripts, never settings.
function readSimple(cursor: SqlCursor): ScriptStatement {
  if (cursor.accept("SET")) return readSetVariables(cursor);
  if (cursor.seesAny(cursorWords)) throw cursorsAreOff();
  if (cursor.sees("DROP", "TEMPORARY", "VARIABLE") || cursor.sees("DROP", "TEMP", "VARIABLE")) throw noDrop();
  return readStatement(cursor);
}

const cursorWords: ReadonlySet<string> = new Set(["OPEN", "FETCH", "CLOSE"]);

const noDrop = (): UnsupportedError =>
  new UnsupportedError("DROP TEMPORARY VARIABLE is not supported within SQL scripts", {
    condition: "UNSUPPORTED_FEATURE.SQL_SCRIPTING_DROP_TEMPORARY_VARIABLE",
    hint: "A variable of a script ends with its block; drop those of the session outside of the script.",
  });
