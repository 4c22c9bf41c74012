/** A job's options as options of the command line, checked. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Job, JobOption, JobOptions, JobOptionValues } from "../dataframe/job.ts";
import { listed, nearest } from "../errors.ts";
import { UsageError } from "./failure.ts";

/** The values of a job's options, from the arguments that the command itself did not take. */
export function jobOptionValues(job: Job, args: readonly string[]): JobOptionValues<JobOptions> {
  const options: JobOptions = job.options ?? {};
  const config: ParseArgsConfig["options"] = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [
      kebab(name),
      { type: type === "boolean" ? "boolean" : "string" } as const,
    ]),
  );
  const given = parse(job, args, config);
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, valueOf(name, option, given[kebab(name)])]),
  );
}

/** What `--help` says of a job's options. */
export function jobHelp(job: Job): string {
  const lines = Object.entries(job.options ?? {}).map(([name, option]) => {
    const fallback = option.default === undefined ? "" : ` (default: ${option.default})`;
    return `  --${kebab(name)}${option.type === "boolean" ? "" : ` <${option.type}>`}  ${option.description}${fallback}`;
  });
  return [
    `${job.name}: ${job.description ?? ""}`.trim(),
    ...(lines.length > 0 ? ["Options of this job:", ...lines] : []),
  ].join("\n");
}

function parse(
  job: Job,
  args: readonly string[],
  options: ParseArgsConfig["options"],
): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ args: [...args], options: options ?? {}, strict: true }).values;
  } catch (error) {
    const unknown = /'(-[^' ]+)/.exec((error as Error).message)?.[1];
    const names = Object.keys(options ?? {}).map((name) => `--${name}`);
    const near = unknown === undefined ? [] : nearest(unknown, names);
    throw new UsageError(
      `${job.name} does not understand ${unknown ?? args.join(" ")}; ${near.length > 0 ? `did you mean ${near[0]}?` : `its options are: ${listed(names)}.`}`,
    );
  }
}

function valueOf(name: string, option: JobOption, given: unknown): string | number | boolean | undefined {
  if (given === undefined) return option.default ?? (option.type === "boolean" ? false : undefined);
  if (option.type === "number") return numberOf(name, String(given));
  if (option.type === "string" && option.choices !== undefined && !option.choices.includes(String(given))) {
    throw new UsageError(`--${kebab(name)} ${String(given)} is not one of ${listed(option.choices)}`);
  }
  return given as string | boolean;
}

/** A number of the command line. */
export function numberOf(name: string, text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (text.trim() === "" || !Number.isFinite(value)) throw new UsageError(`--${kebab(name)} ${text} is not a number`);
  return value;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
