/** Functions of modules, for engines to run in threads of their own. */
import { AnalysisError } from "../errors.ts";

/** Which function of which module, and how many threads may run it. */
export interface ModuleReference {
  readonly url: string;
  readonly exportName: string;
  readonly workers?: number;
  readonly memoryMegabytes?: number;
}

/** What the types do not say of a function of a module. */
export interface ModuleFunctionOptions {
  /** What plans and errors call it; the name of the export when absent. */
  readonly name?: string;
  /** False when equal arguments may give different results. */
  readonly deterministic?: boolean;
  /** How many calls of an asynchronous function may be under way at once in each thread. */
  readonly concurrency?: number;
  /** How many threads run it; as many as there are processors when absent. */
  readonly workers?: number;
  /** How much memory the values of each thread may take, in MiB; Node's own limit when absent. */
  readonly memoryMegabytes?: number;
}

/** The reference to a module's function. */
export function moduleReference(
  url: string | URL,
  exportName: string,
  { workers, memoryMegabytes }: ModuleFunctionOptions,
): ModuleReference {
  for (const [option, value] of Object.entries({ workers, memoryMegabytes }))
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) throw notPositive(option, value);
  return Object.freeze({
    url: absolute(url),
    exportName,
    ...(workers === undefined ? {} : { workers }),
    ...(memoryMegabytes === undefined ? {} : { memoryMegabytes }),
  });
}

function absolute(url: string | URL): string {
  if (URL.canParse(String(url))) return new URL(url).href;
  throw new AnalysisError(`'${url}' is no URL of a module`, {
    hint: `Write new URL("${url}", import.meta.url), which is relative to the file it stands in.`,
  });
}

const notPositive = (option: string, value: unknown): AnalysisError =>
  new AnalysisError(`${option} must be a whole number above 0, not ${value}`);
