/** What the session's settings say to the analyzer and the engine. */
import type { AnalysisSettings } from "../analyzer/context.ts";
import type { Configuration } from "../dataframe/configuration.ts";
import type { EngineSettings } from "../engine/engine.ts";

export function engineSettings(configuration: Configuration): EngineSettings {
  return {
    timeZone: configuration.get("spark.sql.session.timeZone", "UTC"),
    caseSensitive: configuration.get("spark.sql.caseSensitive", "false") === "true",
    shufflePartitions: Number(configuration.get("spark.sql.shuffle.partitions", "200")),
  };
}

export const analysisSettings = ({ caseSensitive, timeZone }: EngineSettings): AnalysisSettings => ({ caseSensitive, timeZone });
