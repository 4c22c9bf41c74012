/** The settings that change what a plan means. */
export interface AnalysisSettings {
  readonly caseSensitive: boolean;
  readonly timeZone: string;
  /** Whether there is a type TIME, which Spark has off by default. */
  readonly timeType?: boolean;
  /** Whether values that do not fit are errors; without it they are null or wrap around, and texts become numbers. */
  readonly ansi?: boolean;
  /** Whether nothing has a size of -1 where the ANSI mode is off. */
  readonly sizeOfNull?: boolean;
  /** Whether whole numbers behind ORDER BY and GROUP BY are positions, and names behind GROUP BY may be aliases; true when absent. */
  readonly orderByOrdinal?: boolean;
  readonly groupByOrdinal?: boolean;
  readonly groupByAliases?: boolean;
  /** Whether timestamps are without a zone where it is not said. */
  readonly localTimestamps?: boolean;
}
