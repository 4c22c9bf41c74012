/** A process that runs a statement and kills itself at a call: `node statement-child.ts run <JSON argument>`. */
import { watchedFiles } from "../storage/crashing-files.ts";
import { sessionOn } from "./watched-session.ts";

export interface StatementArgument {
  readonly statement: string;
  readonly settings: Readonly<Record<string, string>>;
  /** At which call of the file system, from 1 on. */
  readonly killAt: number;
}

const { statement, settings, killAt } = JSON.parse(process.argv[3]!) as StatementArgument;
let left = killAt;
const files = watchedFiles(() => {
  if (--left === 0) process.kill(process.pid, "SIGKILL");
});
const spark = sessionOn(files, settings);
await spark.execute(statement);
console.log("done");
await spark.stop();
