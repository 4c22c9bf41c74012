/** `lakewright run <system | file.ts>`. */
import { Command } from "commander";
import type { Job } from "../../dataframe/job.ts";
import { SparkSession } from "../../index.ts";
import { engineOption, engineSettings } from "../engine-option.ts";
import { interruption } from "../interruption.ts";
import { jobHelp, jobOptionValues, numberOf } from "../job-options.ts";
import { formatOption, type OutputFormat, type Printable, print } from "../output.ts";
import { progressDisplay } from "../progress.ts";
import { loadJob } from "../systems.ts";

interface RunOptions {
  readonly data?: string;
  readonly out?: string;
  readonly rows?: string;
  readonly scale?: string;
  readonly format: OutputFormat;
  readonly engine?: string;
}

export const runCommand = (): Command =>
  new Command("run")
    .description("run a system that comes with the package, or a job file of yours")
    .argument("<system-or-file>", "such as daily-kpi or jobs/sales.ts")
    .argument("[job-options...]", "options of the job itself; run <job> --help lists them")
    .option("--data <folder>", "the folder of the input; without it the job makes its own")
    .option("--out <folder>", "the folder of the output")
    .option("--rows <n>", "how many rows to generate")
    .option("--scale <n>", "how many times the usual size to generate")
    .addOption(formatOption())
    .addOption(engineOption())
    .helpOption(false)
    .option("--help", "show the options, those of the job included")
    .allowUnknownOption()
    .passThroughOptions(false)
    .action(
      async (
        name: string,
        rest: readonly string[],
        options: RunOptions & { readonly help?: boolean },
        command: Command,
      ) => {
        const job = await loadJob(name);
        if (options.help === true) process.stdout.write(`${command.helpInformation()}\n${jobHelp(job)}\n`);
        else
          await runJob(
            job,
            rest.filter((argument) => argument !== "--verbose"),
            options,
          );
      },
    );

async function runJob(
  job: Job,
  rest: readonly string[],
  { data, out, rows, scale, format, engine }: RunOptions,
): Promise<void> {
  const options = jobOptionValues(job, rest);
  const display = progressDisplay();
  using interrupted = interruption((line) => display.line(line));
  await using spark = SparkSession.create({ "spark.app.name": job.name, ...engineSettings(engine) });
  try {
    const result = await job.run({
      spark,
      options,
      data,
      out,
      rows: rows === undefined ? undefined : numberOf("rows", rows),
      scale: scale === undefined ? undefined : numberOf("scale", scale),
      signal: interrupted.signal,
      progress: (step, share) => display.step(step, share),
      report: (line) => display.line(line),
    });
    display.done();
    if (result !== undefined) await print(result as Printable, { format });
  } finally {
    display.done();
  }
}
