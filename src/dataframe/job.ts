/** Jobs: programs that `lakewright run` starts, with typed options. */
import type { DataFrame } from "./dataframe.ts";
import type { SparkSession } from "./session.ts";

/** An option of a job, given as `--name value`. */
export type JobOption =
  | {
      readonly type: "string";
      readonly description: string;
      readonly default?: string;
      readonly choices?: readonly string[];
    }
  | { readonly type: "number"; readonly description: string; readonly default?: number }
  | { readonly type: "boolean"; readonly description: string; readonly default?: boolean };

/** The options of a job, by name. */
export type JobOptions = Readonly<Record<string, JobOption>>;

interface OptionTypes {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/** The values of a job's options: undefined only where an option has no default. */
export type JobOptionValues<Options extends JobOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly default: unknown } | { readonly type: "boolean" }
    ? OptionTypes[Options[Name]["type"]]
    : OptionTypes[Options[Name]["type"]] | undefined;
};

/** What a job is run with. */
export interface JobContext<Options extends JobOptions = JobOptions> {
  readonly spark: SparkSession;
  readonly options: JobOptionValues<Options>;
  /** `--data`: the folder of the input; absent when the job makes its own. */
  readonly data: string | undefined;
  /** `--out`: the folder of the output. */
  readonly out: string | undefined;
  /** `--rows`: how many rows to generate. */
  readonly rows: number | undefined;
  /** `--scale`: how many times the usual size to generate. */
  readonly scale: number | undefined;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Says what is being done, and how much of it from 0 to 1. */
  readonly progress: (step: string, share?: number) => void;
  /** A line for the person who started the job; it goes to standard error. */
  readonly report: (line: string) => void;
}

/** What a job may give back: rows that are printed on standard output in the format asked for. */
export type JobResult = DataFrame | readonly object[] | undefined;

/** What `lakewright run` runs, made by `defineJob`. */
export interface Job<Options extends JobOptions = JobOptions> {
  readonly name: string;
  /** One sentence. */
  readonly description?: string;
  readonly options?: Options;
  /** Does the work; what it gives back is printed. */
  readonly run: (context: JobContext<Options>) => Promise<JobResult>;
}

/**
 * Defines a job: the default export of a file that `lakewright run file.ts` starts.
 *
 * @param job - its name, options and what it does
 * @example
 * ```ts
 * export default defineJob({
 *   name: "count",
 *   options: { column: { type: "string", description: "What to count", default: "id" } },
 *   run: async ({ spark, options }) => spark.range(10).groupBy(options.column).count(),
 * });
 * ```
 */
export const defineJob = <const Options extends JobOptions = Record<never, never>>(job: Job<Options>): Job<Options> =>
  Object.freeze(job);

/** Whether a value is a job. */
export const isJob = (value: unknown): value is Job =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Job).name === "string" &&
  typeof (value as Job).run === "function";
