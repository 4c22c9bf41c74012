/** What is asked of writes: options by their names in any case, settings of the session, properties of the table. */
import { AnalysisError } from "../../errors.ts";
import type { Options } from "../../plan/relation.ts";
import type { CommandContext } from "../commands/context.ts";

export const optionOf = (options: Options, name: string): string | undefined =>
  Object.entries(options).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/**
 * Whether an option is on; undefined where it is not given.
 *
 * @throws AnalysisError `DELTA_ILLEGAL_OPTION`
 */
export function flagOf(options: Options, name: string): boolean | undefined {
  const value = optionOf(options, name)?.toLowerCase();
  if (value === undefined || value === "true" || value === "false")
    return value === undefined ? value : value === "true";
  throw new AnalysisError(
    `Invalid value '${optionOf(options, name)}' for option '${name}', must be 'true' or 'false'`,
    {
      condition: "DELTA_ILLEGAL_OPTION",
      sqlState: "42616",
      parameters: { input: optionOf(options, name)!, name, explain: "must be 'true' or 'false'" },
    },
  );
}

/**
 * Whether a table looks after its files by itself: the session's word counts before that of the table.
 *
 * @param setting - of the session
 * @param property - of the table; `delta.autoOptimize` counts where it is not set
 */
export function isAutomatic(
  setting: string,
  property: string,
  properties: Readonly<Record<string, string>>,
  { configuration }: CommandContext,
): boolean {
  const asked = configuration.get(setting, "");
  const own = properties[property] ?? properties["delta.autoOptimize"] ?? "false";
  return (asked === "" ? own : asked).toLowerCase() === "true";
}
