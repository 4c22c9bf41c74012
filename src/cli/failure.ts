/** Failures as sentences on standard error. */
import { isLakewrightError } from "../errors.ts";
import { paint } from "./terminal.ts";

/** A command that was given wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Prints a failure; the stack only when it is asked for. */
export function reportFailure(error: unknown, verbose: boolean): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${paint("red", "error")}: ${message}\n`);
  if (verbose && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`);
  else if (!isLakewrightError(error) && !(error instanceof UsageError))
    process.stderr.write("  Run it again with --verbose to see where it happened.\n");
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
