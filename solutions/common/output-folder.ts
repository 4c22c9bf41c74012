/** The folder that a system writes to: its outputs replace what is in it, which must therefore be outputs of the same system. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";

/**
 * Refuses a folder that holds anything else.
 *
 * @param out - the folder; it need not exist
 * @param isOutput - whether a name below it is an output of the system
 * @param system - its name
 * @throws Error that names what is there
 */
export async function refuseForeignFiles(
  out: string,
  isOutput: (name: string) => boolean,
  system: string,
): Promise<void> {
  const names = existsSync(out) ? await readdir(out) : [];
  const foreign = names.find((name) => !/^[_.]/.test(name) && !isOutput(name));
  if (foreign === undefined) return;
  throw new Error(
    `${out} holds ${foreign}, which is no output of ${system}: choose another --out, or empty the folder.`,
  );
}
