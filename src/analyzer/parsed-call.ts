/** Calls that read or write dates and times by patterns: whose patterns they are, where they are not those of Spark since its version 3. */
import type { AnalysisSettings } from "../plan/analysis-settings.ts";
import type { ResolvedCall } from "../plan/resolved.ts";

const byPattern: ReadonlySet<string> = new Set([
  ...["date_format", "from_unixtime", "to_date", "to_timestamp", "to_timestamp_ntz", "to_unix_timestamp"],
  ...["unix_timestamp", "try_to_date", "try_to_timestamp", "try_to_timestamp_ntz", "try_unix_timestamp"],
  ...["from_csv", "from_json", "from_xml", "schema_of_csv", "schema_of_json", "schema_of_xml"],
  ...["to_csv", "to_json", "to_xml"],
]);

/** The call with the parser that the setting names. */
export const parsedCall = (call: ResolvedCall, { timeParser }: AnalysisSettings): ResolvedCall =>
  timeParser === undefined || !byPattern.has(call.name) ? call : { ...call, timeParser };
