/** Runs scripts: statements in order, jumps as values, errors to the handlers of the blocks around. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Relation } from "../../plan/relation.ts";
import { isRelation } from "../../plan/rewrite.ts";
import type { Block, ControlStatement, Script, ScriptStatement } from "../../plan/script.ts";
import type { CommandContext } from "../commands/context.ts";
import { checkHandlers } from "./checks.ts";
import { isTrue } from "./conditions.ts";
import { type FoundHandler, handlerOf } from "./handling.ts";
import { loops } from "./loops.ts";
import { type Jump, type Machine, type Place, placeIn } from "./machine.ts";
import { Scope } from "./scope.ts";

/**
 * Runs a script.
 *
 * @returns the rows of the last query that ran; undefined where none did
 */
export async function runScript(
  { body }: Script,
  session: CommandContext,
  options: ActionOptions,
): Promise<Relation | undefined> {
  checkHandlers(body, session.configuration.get("spark.sql.scripting.continueHandlerEnabled") === "true");
  const machine: Machine = { session, options };
  await runBlock(body, { machine, statements: runStatements }, new Scope(session.variables, partsOf(body)));
  return machine.result;
}

const partsOf = ({ label, handlers }: Block) => (label === undefined ? { handlers } : { label, handlers });

async function runBlock(
  { variables, statements }: Block,
  around: Pick<Place, "machine" | "statements">,
  scope: Scope,
  label?: string,
): Promise<Jump | undefined> {
  const place = placeIn(around, scope);
  const jump = await runStatements([...variables, ...statements], place);
  if (jump === undefined) return undefined;
  const isHere = jump.to === "end of scope" ? jump.scope === scope : jump.to === "end" && jump.label === label;
  return isHere ? undefined : jump;
}

async function runStatements(statements: readonly ScriptStatement[], place: Place): Promise<Jump | undefined> {
  for (const statement of statements) {
    place.machine.options.signal?.throwIfAborted();
    const jump = await guarded(statement, place);
    if (jump !== undefined) return jump;
  }
  return undefined;
}

// ------------------------------------------------------------------------------------------------ errors

async function guarded(statement: ScriptStatement, place: Place): Promise<Jump | undefined> {
  try {
    return await runStatement(statement, place);
  } catch (error) {
    const found = place.machine.options.signal?.aborted === true ? undefined : handlerOf(error, place.scope);
    if (found === undefined) throw error;
    return handle(found, place);
  }
}

// A handler sees the variables of its block; its own errors go to the blocks around that.
async function handle({ handler, scope }: FoundHandler, place: Place): Promise<Jump | undefined> {
  const own = new Scope(scope, { ...partsOf(handler.body), handledBy: scope.handledBy });
  const jump = await runBlock(handler.body, place, own, handler.body.label);
  if (jump !== undefined || handler.then === "continue") return jump;
  return { to: "end of scope", scope };
}

// ------------------------------------------------------------------------------------------------ statements

type Runner<Statement> = (statement: Statement, place: Place) => Promise<Jump | undefined>;

const controls: { readonly [Kind in ControlStatement["kind"]]: Runner<Extract<ControlStatement, { kind: Kind }>> } = {
  block: (block, place) => runBlock(block, place, new Scope(place.scope, partsOf(block)), block.label),
  choice: async ({ branches, otherwise }, place) => {
    for (const { condition, statements } of branches)
      if (await isTrue(condition, place)) return runStatements(statements, place);
    return runStatements(otherwise, place);
  },
  "value choice": async ({ value, branches, otherwise }, place) => {
    const chosen = await place.context.evaluate(value);
    for (const { condition, statements } of branches) {
      const equal = { kind: "call", name: ["="], arguments: [chosen, condition] } as const;
      if (await isTrue(equal, place)) return runStatements(statements, place);
    }
    return runStatements(otherwise, place);
  },
  ...loops,
  leave: async ({ label }) => ({ to: "end", label }),
  iterate: async ({ label }) => ({ to: "next", label }),
};

const isControl = (statement: ScriptStatement): statement is ControlStatement =>
  Object.hasOwn(controls, statement.kind);

async function runStatement(statement: ScriptStatement, place: Place): Promise<Jump | undefined> {
  if (isControl(statement)) return (controls[statement.kind] as Runner<ControlStatement>)(statement, place);
  if (isRelation(statement)) return runQuery(statement, place.context, place.machine);
  const rows = await place.context.execute(statement, place.machine.options);
  // What EXECUTE IMMEDIATE gives does not see the variables of the script.
  if (rows !== undefined) await runQuery(rows, place.machine.session, place.machine);
  return undefined;
}

/** Relations that are commands of Spark's, whose rows are no result of a script. */
const answers: ReadonlySet<Relation["kind"]> = new Set(["catalogue query", "explain"]);

async function runQuery(query: Relation, context: CommandContext, machine: Machine): Promise<undefined> {
  const { schema, batches } = await context.run(query, machine.options);
  const rows = await Array.fromAsync(batches);
  if (!answers.has(query.kind)) machine.result = { kind: "local relation", schema, batches: rows };
}
