/** How each command is executed. */

import type { ActionOptions } from "../../dataframe/session-state.ts";
import { UnsupportedError } from "../../errors.ts";
import type { Command, CommandKind } from "../../plan/command.ts";
import type { Relation } from "../../plan/relation.ts";
import { runScript } from "../scripting/run.ts";
import { alterHandlers } from "./alter.ts";
import { cacheHandlers } from "./cache-table.ts";
import type { CommandContext, Handler } from "./context.ts";
import { createTableHandlers } from "./create-table.ts";
import { dropHandlers } from "./drop.ts";
import { functionHandlers } from "./functions.ts";
import { insertHandlers } from "./insert.ts";
import { maintenanceHandlers } from "./maintenance.ts";
import { namespaceHandlers } from "./namespaces.ts";
import { statementHandlers } from "./statements.ts";
import { sessionHandlers } from "./variables.ts";
import { viewHandlers } from "./views.ts";
import { loggedWrite, plannedWrite, writeTableHandlers } from "./write-table.ts";

const refused = (what: string) => (): never => {
  throw new UnsupportedError(`${what} is not supported yet`);
};

const handlers: { readonly [Kind in CommandKind]: Handler<Kind> } = {
  write: async (command, context, options) => {
    const logged = await loggedWrite(command, context);
    if (logged !== undefined) return logged(options);
    const write = await plannedWrite(command, context);
    if (write !== undefined) await context.write([write], options);
  },
  ...writeTableHandlers,
  ...namespaceHandlers,
  ...createTableHandlers,
  ...dropHandlers,
  ...insertHandlers,
  ...alterHandlers,
  ...viewHandlers,
  ...functionHandlers,
  ...sessionHandlers,
  ...cacheHandlers,
  ...statementHandlers,
  ...maintenanceHandlers,
  script: runScript,
  "register function": (command, context) => context.registerFunction(command.name, command.function),
  checkpoint: refused("checkpoint"),
  "start stream": refused("A stream"),
  "sql command": refused("A statement that travels as text"),
};

/** Executes a command; gives the relation whose rows it is asked for, if any. */
export async function executeCommand(
  command: Command,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation | undefined> {
  return (await (handlers[command.kind] as Handler<CommandKind>)(command as never, context, options)) ?? undefined;
}
