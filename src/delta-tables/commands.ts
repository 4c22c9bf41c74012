/** Commands run, with the rows that they answer. */
import { DataFrame } from "../dataframe/dataframe.ts";
import type { ActionOptions, SessionState } from "../dataframe/session-state.ts";
import { InternalError } from "../errors.ts";
import type { Command } from "../plan/command.ts";

/** Runs a command that answers rows. */
export async function answerOf(command: Command, state: SessionState, options: ActionOptions = {}): Promise<DataFrame> {
  const rows = await state.executeCommand(Object.freeze(command), options);
  if (rows === undefined) throw new InternalError(`the command ${command.kind} has answered nothing`);
  return new DataFrame(state, rows);
}

/** The only row that a command answers, by the names of its columns. */
export async function countsOf(
  command: Command,
  state: SessionState,
  options: ActionOptions,
): Promise<Readonly<Record<string, number>>> {
  const [row] = await (await answerOf(command, state, options)).collect();
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)]));
}
