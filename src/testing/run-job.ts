import type { Job, JobContext, JobOptions, JobOptionValues, JobResult } from "../dataframe/job.ts";
import { AnalysisError, listed, nearest } from "../errors.ts";

/** What a job is run with in a test; options that are left out have their defaults. */
export interface JobRunOptions<Options extends JobOptions>
  extends Partial<Pick<JobContext, "data" | "out" | "rows" | "scale" | "signal">> {
  readonly options?: Partial<JobOptionValues<Options>>;
}

/** What came of a job: what it gave back, and the lines that it reported. */
export interface JobRun {
  readonly result: JobResult;
  readonly reported: readonly string[];
}

/**
 * Runs a job as the command line does.
 *
 * @param job - made by `defineJob`
 * @param spark - the session that it runs in, such as one of `testSession`
 * @param given - `data`, `out`, `rows`, `scale`, `signal`, and the job's own `options`
 * @throws AnalysisError for an option that the job does not have; whatever the job throws
 * @example
 * ```ts
 * await using spark = testSession();
 * const { reported } = await runJob(job, spark, { data: "given", out: "found", options: { month: "2025-02" } });
 * ```
 */
export async function runJob<Options extends JobOptions>(
  job: Job<Options>,
  spark: JobContext["spark"],
  { options = {}, signal = new AbortController().signal, ...given }: JobRunOptions<Options> = {},
): Promise<JobRun> {
  const reported: string[] = [];
  const result = await job.run({
    data: undefined,
    out: undefined,
    rows: undefined,
    scale: undefined,
    ...given,
    spark,
    signal,
    options: optionsOf(job, options),
    progress: () => {},
    report: (line) => void reported.push(line),
  });
  return { result, reported };
}

function optionsOf<Options extends JobOptions>(
  job: Job<Options>,
  given: Partial<JobOptionValues<Options>>,
): JobOptionValues<Options> {
  const known = Object.entries(job.options ?? {});
  const names = known.map(([name]) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const [near] = nearest(unknown, names);
    const advice = near === undefined ? `Its options are: ${listed(names)}.` : `Did you mean ${near}?`;
    throw new AnalysisError(`The job ${job.name} has no option ${unknown}`, { hint: advice });
  }
  const defaults = known.map(([name, option]) => [
    name,
    option.default ?? (option.type === "boolean" ? false : undefined),
  ]);
  return { ...Object.fromEntries(defaults), ...given } as JobOptionValues<Options>;
}
