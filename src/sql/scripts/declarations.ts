/** What a block declares before its statements: variables and conditions, then handlers. */
import { UnsupportedError } from "../../errors.ts";
import type { DeclareVariable } from "../../plan/catalogue-command.ts";
import type { DeclaredCondition, Handler } from "../../plan/script.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier } from "../names.ts";
import { readDeclare } from "../statements/session.ts";
import { scriptFault } from "./faults.ts";
import type { ScriptGrammar } from "./grammar.ts";
import { readHandler } from "./handlers.ts";
import type { Labels } from "./labels.ts";
import { readState } from "./states.ts";

/** The declarations of a block. */
export interface Declarations {
  readonly variables: readonly DeclareVariable[];
  readonly conditions: readonly DeclaredCondition[];
  readonly handlers: readonly Handler[];
}

type Declared = keyof Declarations;

/** What is declared here, if anything is. */
export function declaredHere(cursor: SqlCursor): Declared | undefined {
  if (!cursor.sees("DECLARE")) return undefined;
  if (cursor.word(2) === "HANDLER" && cursor.word(3) === "FOR") return "handlers";
  if (cursor.word(2) === "CONDITION") return "conditions";
  if (cursor.word(2) === "CURSOR" || cursor.word(3) === "CURSOR") throw cursorsAreOff();
  return "variables";
}

/** Reads what a block declares. */
export function readDeclarations(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): Declarations {
  const variables: DeclareVariable[] = [];
  const conditions: DeclaredCondition[] = [];
  const handlers: Handler[] = [];
  for (let declared = declaredHere(cursor); declared !== undefined; declared = declaredHere(cursor)) {
    if (declared !== "handlers" && handlers.length > 0) throw misplaced(cursor, declared, "late");
    if (declared === "variables") variables.push(readVariable(cursor));
    else if (declared === "conditions") conditions.push(readCondition(cursor, conditions));
    else handlers.push(readHandler(cursor, grammar, around, { conditions, handlers }));
    cursor.expect(";");
  }
  return { variables, conditions, handlers };
}

/** The fault of a declaration that does not stand at the beginning of a block. */
export function misplaced(cursor: SqlCursor, declared: Declared, where: "late" | "no block"): Error {
  const { start } = cursor.take();
  const name = declared === "handlers" ? "" : readIdentifier(cursor, "a name");
  return misplacements[declared][where](`\`${name}\``, cursor, start);
}

type Misplacement = (name: string, cursor: SqlCursor, start: number) => Error;

const misplacement =
  (condition: string, sqlState: string, sentence: (name: string) => string): Misplacement =>
  (name, cursor, start) =>
    scriptFault(cursor.origin(start), condition, sqlState, sentence(name), {
      hint: "Declare variables and conditions first, then handlers, right behind BEGIN.",
    });

const invalidVariable = (name: string) => `Invalid variable declaration. Variable ${name}`;
const conditionPlace = misplacement(
  "INVALID_ERROR_CONDITION_DECLARATION.NOT_AT_START_OF_COMPOUND_STATEMENT",
  "42K0R",
  (name) =>
    `Invalid condition declaration. Condition ${name} can only be declared at the start of a BEGIN END compound statement`,
);
const handlerPlace = misplacement(
  "INVALID_HANDLER_DECLARATION.WRONG_PLACE_OF_DECLARATION",
  "42K0Q",
  () =>
    "Invalid handler declaration. Handlers must be declared after variable and condition declaration, and before other statements",
);

const misplacements: Readonly<Record<Declared, Readonly<Record<"late" | "no block", Misplacement>>>> = {
  variables: {
    late: misplacement(
      "INVALID_VARIABLE_DECLARATION.ONLY_AT_BEGINNING",
      "42K0M",
      (name) => `${invalidVariable(name)} can only be declared at the beginning of the compound`,
    ),
    "no block": misplacement(
      "INVALID_VARIABLE_DECLARATION.NOT_ALLOWED_IN_SCOPE",
      "42K0M",
      (name) => `${invalidVariable(name)} was declared in a scope that does not allow it`,
    ),
  },
  conditions: { late: conditionPlace, "no block": conditionPlace },
  handlers: { late: handlerPlace, "no block": handlerPlace },
};

// ------------------------------------------------------------------------------------------------ each of them

function readVariable(cursor: SqlCursor): DeclareVariable {
  const { start } = cursor.peek();
  const declared = readDeclare(cursor);
  const place = cursor.origin(start);
  if (declared.replace)
    throw scriptFault(
      place,
      "INVALID_VARIABLE_DECLARATION.REPLACE_LOCAL_VARIABLE",
      "42K0M",
      `${invalidVariable(declared.names[0]!.join("."))} cannot be replaced: DECLARE OR REPLACE is not supported for local variables`,
      { hint: "Leave OR REPLACE out." },
    );
  const qualified = declared.names.find((name) => name.length > 1);
  if (qualified === undefined) return declared;
  throw scriptFault(
    place,
    "INVALID_VARIABLE_DECLARATION.QUALIFIED_LOCAL_VARIABLE",
    "42K0M",
    `${invalidVariable(qualified.join("."))} cannot be declared: local variables cannot be qualified`,
    { hint: `Declare it as ${qualified.at(-1)!}.` },
  );
}

function readCondition(cursor: SqlCursor, before: readonly DeclaredCondition[]): DeclaredCondition {
  const { start } = cursor.take();
  const name = readIdentifier(cursor, "a condition").toUpperCase();
  cursor.expect("CONDITION");
  const state = cursor.accept("FOR", "SQLSTATE") ? readState(cursor) : "45000";
  if (before.every((other) => other.name !== name)) return { name, state };
  throw scriptFault(
    cursor.origin(start),
    "DUPLICATE_CONDITION_IN_SCOPE",
    "42734",
    `Found duplicate condition \`${name}\` in the scope`,
    { hint: "Remove one of them.", parameters: { condition: `\`${name}\`` } },
  );
}

/** Cursors are behind a setting of Spark's that is off. */
export const cursorsAreOff = (): UnsupportedError =>
  new UnsupportedError("SQL cursor operations (DECLARE CURSOR, OPEN, FETCH, CLOSE) are not supported", {
    condition: "UNSUPPORTED_FEATURE.SQL_CURSOR",
    hint: "Spark refuses them too unless spark.sql.scripting.cursorEnabled is set: go through the rows with FOR … DO … END FOR.",
  });
