/** Options of writes, by their names in any case. */
import { AnalysisError } from "../../errors.ts";
import type { Options } from "../../plan/relation.ts";

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
