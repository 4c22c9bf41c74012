/** The command line: `lakewright init | run | sql | list | show | delta | doctor`. */
import { Command, CommanderError } from "commander";
import { deltaCommand } from "./commands/delta.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { initCommand } from "./commands/init.ts";
import { listCommand } from "./commands/list.ts";
import { runCommand } from "./commands/run.ts";
import { showCommand } from "./commands/show.ts";
import { sqlCommand } from "./commands/sql.ts";
import { reportFailure, UsageError } from "./failure.ts";
import { version } from "./version.ts";

/** Exit codes: done, failed, wrong use. */
const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

export function program(): Command {
  const command = new Command("lakewright")
    .description("Spark pipelines written in TypeScript.")
    .version(version())
    .option("--verbose", "show stacks of errors")
    .showHelpAfterError("(lakewright --help lists the commands)")
    .enablePositionalOptions()
    .exitOverride();
  for (const make of [initCommand, runCommand, sqlCommand, listCommand, showCommand, deltaCommand, doctorCommand])
    command.addCommand(make().exitOverride());
  return command;
}

/**
 * Runs a command line.
 *
 * @param args - without the program's own name
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const command = program();
  try {
    await command.parseAsync(args, { from: "user" });
    return process.exitCode === exitCodes.failed ? exitCodes.failed : exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    reportFailure(error, args.includes("--verbose"));
    return error instanceof UsageError ? exitCodes.wrongUse : exitCodes.failed;
  }
}
