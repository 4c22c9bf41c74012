/** Commands as statements of SQL: Spark Connect has no messages for them, or none that answers what was changed. */
import type { Command } from "../../plan/command.ts";
import type { Print, Statements } from "./clauses.ts";
import { maintenanceStatements } from "./maintenance.ts";
import { mergeStatements, rowStatements } from "./rows.ts";
import { tableStatements } from "./tables.ts";

/** The commands that are always sent as statements. */
export type StatementKind = keyof typeof rowStatements | keyof typeof maintenanceStatements;

type Kind = StatementKind | keyof typeof mergeStatements | keyof typeof tableStatements;

const statements: Statements<Kind> = {
  ...rowStatements,
  ...mergeStatements,
  ...maintenanceStatements,
  ...tableStatements,
};

/**
 * The command with the statement that is sent for it, where it is sent as one.
 *
 * @param print - writes expressions as SQL text
 * @throws UnsupportedError for expressions that SQL text cannot say
 */
export function withStatement(command: Command, print: Print): Command {
  if (command.written !== undefined || !Object.hasOwn(statements, command.kind)) return command;
  const write = statements[command.kind as Kind] as (
    command: Command,
    print: Print,
  ) => ReturnType<Statements<Kind>[Kind]>;
  const written = write(command, print);
  if (written === undefined) return command;
  const statement = typeof written === "string" ? { text: written, views: [] } : written;
  return { ...command, written: { named: {}, positional: [], ...statement } };
}
