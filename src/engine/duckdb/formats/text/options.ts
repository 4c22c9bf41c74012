/** Reads the options of a text format: names without case, texts as values. */
import { AnalysisError } from "../../../../errors.ts";
import type { TimeParser } from "../../../../plan/analysis-settings.ts";

export type Options = ReadonlyMap<string, string>;

/** What happens to a record that cannot be read. */
export type ParseMode = "PERMISSIVE" | "DROPMALFORMED" | "FAILFAST";

const parseModes: readonly string[] = ["PERMISSIVE", "DROPMALFORMED", "FAILFAST"];

export const defaultCorruptColumn = "_corrupt_record";

/** The value of an option, by any of its names. */
export function option(options: Options, ...names: readonly string[]): string | undefined {
  return names.map((name) => options.get(name.toLowerCase())).find((value) => value !== undefined);
}

const timeParserOption = "spark.sql.legacy.timeparserpolicy";

/** The options with a setting that readers and writers of dates and times obey like one. */
export const withTimeParser = (options: Options, parser: TimeParser | undefined): Options =>
  parser === undefined ? options : new Map([...options, [timeParserOption, parser]]);

/** Who reads the patterns of the options; Spark's own parser when undefined. */
export const timeParserOf = (options: Options): TimeParser | undefined =>
  options.get(timeParserOption) as TimeParser | undefined;

/** The options by which types are found out: by the patterns alone, where those of Spark 2 hold, and without a refusal. */
export function forInference(options: Options): Options {
  const parser = timeParserOf(options);
  if (parser === undefined) return options;
  const others = [...options].filter(([name]) => parser === "legacy" || name !== timeParserOption);
  return new Map(parser === "legacy" ? [...others, ["enabledatetimeparsingfallback", "false"]] : others);
}

/**
 * An option that is true or false.
 *
 * @throws AnalysisError when it is neither
 */
export function flag(options: Options, name: string, otherwise = false): boolean {
  const value = option(options, name);
  if (value === undefined) return otherwise;
  const text = value.toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw invalid(name, value, "true or false");
}

/**
 * An option that is a number.
 *
 * @throws AnalysisError when it is none
 */
export function numberOption(options: Options, name: string, otherwise: number): number {
  const value = option(options, name);
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (value.trim() === "" || Number.isNaN(number)) throw invalid(name, value, "a number");
  return number;
}

/** The mode; one that there is not is PERMISSIVE, as in Spark. */
export function parseMode(options: Options): ParseMode {
  const mode = option(options, "mode")?.toUpperCase() ?? "";
  return parseModes.includes(mode) ? (mode as ParseMode) : "PERMISSIVE";
}

/** Names the option, what it was and what it may be. */
export const invalid = (name: string, value: string, expected: string): AnalysisError =>
  new AnalysisError(`The option ${name} has the value ${JSON.stringify(value)}, which is not ${expected}`, {
    condition: "DATA_SOURCE_OPTION_VALUE_INVALID",
    sqlState: "22023",
    parameters: { option: name, value },
    hint: `Set ${name} to ${expected}, or leave it out.`,
  });
