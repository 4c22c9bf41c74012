/** What is known to be refused before a script runs. */
import { UnsupportedError } from "../../errors.ts";
import type { Branch, Handler, ScriptStatement } from "../../plan/script.ts";

type Held = Partial<{
  readonly statements: readonly ScriptStatement[];
  readonly otherwise: readonly ScriptStatement[];
  readonly branches: readonly Branch[];
  readonly handlers: readonly Handler[];
}>;

/** @throws UnsupportedError for handlers that Spark has behind a setting, unless that is on */
export function checkHandlers(statement: ScriptStatement, continues: boolean): void {
  const { statements = [], otherwise = [], branches = [], handlers = [] } = statement as Held;
  if (!continues && handlers.some(({ then }) => then === "continue")) throw noContinue();
  const below = [...statements, ...otherwise, ...branches.flatMap((branch) => branch.statements)];
  for (const inner of [...below, ...handlers.map(({ body }) => body)]) checkHandlers(inner, continues);
}

const noContinue = (): UnsupportedError =>
  new UnsupportedError("CONTINUE exception handler is not supported", {
    condition: "UNSUPPORTED_FEATURE.CONTINUE_EXCEPTION_HANDLER",
    hint: 'Use an EXIT handler, or set spark.sql.scripting.continueHandlerEnabled to "true", which is off in Spark too.',
  });
