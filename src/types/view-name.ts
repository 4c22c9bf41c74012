/** Names of temporary views as programs give them. */
import { AnalysisError } from "../errors.ts";

const part = "\\w+|`(?:[^`]|``)+`";
const identifier = new RegExp(`^\\s*(?:(?:${part})\\s*\\.\\s*)?(${part})\\s*$`);

/**
 * The name of a view, which other signs than letters, digits and underscores need back-ticks for. As in Spark, a database
 * before it says nothing.
 *
 * @throws AnalysisError `_LEGACY_ERROR_TEMP_1321` for what is no name
 */
export function viewName(written: string): string {
  const name = identifier.exec(written)?.[1];
  if (name !== undefined) return name.startsWith("`") ? name.slice(1, -1).replaceAll("``", "`") : name;
  throw new AnalysisError(`Invalid view name: ${written}`, {
    condition: "_LEGACY_ERROR_TEMP_1321",
    parameters: { viewName: written },
    hint: "Put a name with other signs than letters, digits and underscores in back-ticks.",
  });
}
