/** `lakewright init NAME`. */
import { basename, relative, resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "../failure.ts";
import { makeProject } from "../project.ts";
import { version } from "../version.ts";

interface InitOptions {
  readonly package?: string;
}

export const initCommand = (): Command =>
  new Command("init")
    .description("make a project: a job, its test, settings for the compiler and the editor")
    .argument("<name>", "the new folder; its last part is the name of the project")
    .option("--package <file-or-version>", "the lakewright to depend on: a packed file, a folder or a version")
    .action(init);

async function init(path: string, options: InitOptions): Promise<void> {
  const folder = resolve(path);
  const name = basename(folder);
  refuseBadName(name);
  await makeProject(folder, name, options.package ?? `^${version()}`);
  process.stdout.write(
    `Made ${name}. Next:\n  cd ${relative(".", folder) || "."}\n  npm install\n  npm start\n  npm test\n`,
  );
}

/** What npm takes as the name of a package, and no package of ours. */
function refuseBadName(name: string): void {
  const rule = "a name begins with a lower-case letter or digit, and has only these, -, _ and . in it";
  if (!/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name))
    throw new UsageError(`${name} cannot be the name of a project: ${rule}`);
  if (["lakewright", "node_modules"].includes(name))
    throw new UsageError(
      `${name} cannot be the name of a project: it is taken; choose another one, such as my-pipeline`,
    );
}
