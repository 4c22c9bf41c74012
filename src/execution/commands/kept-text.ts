/** Objects that are kept as SQL text, which is read anew by the rules of whoever reads them. */
import type { Configuration } from "../../dataframe/configuration.ts";
import { UnsupportedError } from "../../errors.ts";

const key = "spark.sql.ansi.doubleQuotedIdentifiers";

/**
 * Refuses to keep a text in which double quotes mean names.
 *
 * @throws UnsupportedError while `spark.sql.ansi.doubleQuotedIdentifiers` is on
 */
export function checkKeptText(configuration: Configuration): void {
  if (configuration.get(key, "false").toLowerCase() !== "true") return;
  throw new UnsupportedError(`views and functions that last as text cannot be made while ${key} is on`, {
    hint: "Turn it off, and put names in back-ticks.",
  });
}
