/**
 * How dates and times are read and written by patterns where it is not as Spark does since its version 3: as before, or
 * refused where it was not the same before.
 */
export type TimeParser = "legacy" | "exception";

/** The settings that change what a plan means. */
export interface AnalysisSettings {
  readonly caseSensitive: boolean;
  readonly timeZone: string;
  /** Whether there is a type TIME, which Spark has off by default. */
  readonly timeType?: boolean;
  /** Whether there are shapes; true when absent. */
  readonly shapes?: boolean;
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
  /** How many steps and rows a recursive table may have; Spark's defaults when absent. */
  readonly recursion?: RecursionLimits;
  /** Whether a WITH that begins a query inside another may not name its tables like those around. */
  readonly distinctNestedTables?: boolean;
  /** Who reads date-time patterns; Spark's own parser when absent. */
  readonly timeParser?: TimeParser;
}

/** The steps and rows that a recursive table may have; those that are absent have no limit. */
export interface RecursionLimits {
  readonly levels?: number;
  readonly rows?: number;
}
