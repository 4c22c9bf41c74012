/** Handlers: what happens when a statement of a block fails. */
import { listed } from "../../errors.ts";
import type { Block, DeclaredCondition, HandledCondition, Handler } from "../../plan/script.ts";
import type { SqlCursor } from "../cursor.ts";
import { readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { scriptFault } from "./faults.ts";
import type { ScriptGrammar } from "./grammar.ts";
import { type Labels, seesLabel } from "./labels.ts";
import { readState } from "./states.ts";

/** What was declared in the same block before. */
interface Before {
  readonly conditions: readonly DeclaredCondition[];
  readonly handlers: readonly Handler[];
}

/** Reads `DECLARE EXIT | CONTINUE HANDLER FOR conditions statement`. */
export function readHandler(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels, before: Before): Handler {
  const { start } = cursor.take();
  const then = cursor.acceptAny("EXIT", "CONTINUE");
  if (then === undefined) throw cursor.unexpected("EXIT or CONTINUE");
  cursor.expectAll("HANDLER", "FOR");
  const conditions = readConditions(cursor);
  checkConditions(cursor, start, conditions, before);
  return { then: then === "EXIT" ? "exit" : "continue", conditions, body: readBody(cursor, grammar, around) };
}

function readBody(cursor: SqlCursor, grammar: ScriptGrammar, around: Labels): Block {
  if (cursor.sees("BEGIN") || seesLabel(cursor)) return grammar.block(cursor, around);
  const statement = grammar.simple(cursor);
  return { kind: "block", variables: [], conditions: [], handlers: [], statements: [statement] };
}

function readConditions(cursor: SqlCursor): HandledCondition[] {
  return readListOf(cursor, (inner): HandledCondition => {
    if (inner.accept("SQLEXCEPTION")) return { of: "any error" };
    if (inner.accept("NOT", "FOUND")) return { of: "not found" };
    if (inner.accept("SQLSTATE")) return { of: "state", state: readState(inner) };
    return { of: "condition", name: readQualifiedName(inner, "a condition").join(".").toUpperCase() };
  });
}

// ------------------------------------------------------------------------------------------------ checks

function checkConditions(cursor: SqlCursor, start: number, conditions: readonly HandledCondition[], before: Before) {
  const fault = (condition: string, sqlState: string, sentence: string, hint: string) =>
    scriptFault(cursor.origin(start), condition, sqlState, sentence, { hint });
  const general = conditions.some(({ of }) => of === "any error" || of === "not found");
  if (general && conditions.length > 1)
    throw fault(
      "INVALID_HANDLER_DECLARATION.INVALID_CONDITION_COMBINATION",
      "42K0Q",
      "Invalid handler declaration. Invalid condition combination: SQLEXCEPTION and NOT FOUND cannot be used together with other condition/sqlstate values",
      "Declare a handler of its own for each.",
    );
  const names = conditions.map(keyOf);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    const isState = conditions[names.indexOf(twice)]!.of === "state";
    throw fault(
      `INVALID_HANDLER_DECLARATION.DUPLICATE_${isState ? "SQLSTATE" : "CONDITION"}_IN_HANDLER_DECLARATION`,
      "42K0Q",
      `Invalid handler declaration. Found duplicate ${isState ? "sqlState" : "condition"} \`${twice}\` in the handler declaration`,
      "Remove one of them.",
    );
  }
  const known = new Set(before.handlers.flatMap((handler) => handler.conditions.map(keyOf)));
  const handled = conditions.find((condition) => known.has(keyOf(condition)));
  if (handled !== undefined)
    throw fault(
      `DUPLICATE_EXCEPTION_HANDLER.${handled.of === "state" ? "SQLSTATE" : "CONDITION"}`,
      "42734",
      `Found duplicate handlers. Found duplicate handlers for the same condition \`${keyOf(handled)}\``,
      `Remove one of them. The block has handlers for: ${listed([...known])}.`,
    );
}

function keyOf(condition: HandledCondition): string {
  if (condition.of === "state") return condition.state;
  if (condition.of === "condition") return condition.name;
  return condition.of === "any error" ? "SQLEXCEPTION" : "NOT FOUND";
}
