/** Where the command line begins. Its version is told without all that the commands load. */
import { version } from "./version.ts";

const args = process.argv.slice(2);

if (args.length === 1 && ["--version", "-V"].includes(args[0]!)) process.stdout.write(`${version()}\n`);
else import("./program.ts").then(({ run }) => run(args)).then(finish);

function finish(code: number): void {
  process.exitCode = code;
}
