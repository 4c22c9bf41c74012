/** Other programs, run to their end. */
import { spawnSync } from "node:child_process";

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** Standard output and standard error together, for messages. */
  readonly all: string;
}

/** Runs a program without a shell, except on Windows, where npm is a script of the shell. */
export function run(folder: string, program: string, ...parameters: readonly string[]): Ended {
  const options = { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const shell = process.platform === "win32" && program === "npm";
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { ...options, shell });
  return { code: status, output: stdout ?? "", all: `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}` };
}
