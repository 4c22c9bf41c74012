/**
 * One value in Spark's answer, encoded by its Spark type:
 * booleans, strings and small numbers as themselves · BIGINT as a number, beyond 2^53 as a string · FLOAT and DOUBLE as
 * numbers, `"NaN"`, `"Infinity"`, `"-Infinity"` · DECIMAL `"1.50"` · DATE `"2025-02-01"` · TIMESTAMP (in UTC) and
 * TIMESTAMP_NTZ `"2025-02-01 12:00:00.000000"` · TIME `"12:00:00.000000"` · BINARY `"hex:00ff"` · day-time intervals
 * `"us:1000000"` · year-month intervals `"months:13"` · calendar intervals and VARIANT Spark's text · arrays · structs
 * as objects · maps `{ map: [[key, value], …] }` in Spark's order.
 */
export type SparkValue =
  | null
  | boolean
  | number
  | string
  | readonly SparkValue[]
  | { readonly [field: string]: SparkValue };

/** A column of an answer: its name, its type as Spark prints it (`array<int>`), whether it may be null. */
export type SparkField = readonly [name: string, type: string, nullable: boolean];

/** All rows of a data frame, in Spark's order. */
export interface SparkAnswer {
  readonly schema: readonly SparkField[];
  /** The schema in Spark's JSON, with the nullability and metadata of nested fields. */
  readonly schemaJson: unknown;
  readonly rows: readonly (readonly SparkValue[])[];
}

/** An error of Spark, described by the outermost cause that has an error condition. */
export interface SparkFailure {
  /** Such as `DIVIDE_BY_ZERO`; null when no cause has one. */
  readonly condition: string | null;
  readonly sqlState: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly message: string;
  /** The conditions of the causes below, outermost first. */
  readonly causes: readonly string[];
}

/** Files to read through a data source; `schema` is DDL text such as `"id INT, name STRING"`. */
export interface SparkRead {
  readonly format: string;
  readonly path: string | readonly string[];
  readonly schema?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** A query whose rows go to files through a data source. */
export interface SparkWrite {
  readonly sql: string;
  readonly format: string;
  readonly path: string;
  readonly mode?: "append" | "overwrite" | "ignore" | "errorifexists";
  readonly partitionBy?: readonly string[];
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** What the worker understands; `python` runs a snippet that assigns a DataFrame to `result`. */
export type SparkRequest =
  | { readonly op: "sql"; readonly text: string }
  | { readonly op: "python"; readonly code: string; readonly given?: Readonly<Record<string, unknown>> }
  | ({ readonly op: "read" } & SparkRead)
  | ({ readonly op: "write" } & SparkWrite);

/** Spark's answer or its refusal; the answer to a write is an empty frame. */
export type SparkOutcome = { readonly answer: SparkAnswer } | { readonly error: SparkFailure };
