/** Columns of Parquet files and the types that they are read as: what real Spark gives for each pair is recorded. */
import type { SparkPeer, SparkValue } from "../../services/client.ts";
import type { FileOutcome } from "./file-outcome.ts";

/** A file of one column `v`, which Spark writes. */
export interface ParquetColumn {
  readonly name: string;
  /** The values, in SQL. */
  readonly values: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}

const column = (name: string, ...values: readonly string[]): ParquetColumn => ({ name, values: [...values, "null"] });
const moments = ["TIMESTAMP'2024-01-02 03:04:05.123456'", "TIMESTAMP'1500-01-01 00:00:00'"];
const momentsAs = (type: string): ParquetColumn => ({
  ...column(type, ...moments),
  settings: { "spark.sql.parquet.outputTimestampType": type },
});
const decimal = (precision: number, scale: number, ...values: readonly string[]): ParquetColumn =>
  column(
    `decimal(${precision},${scale})`,
    ...values.map((value) => `CAST('${value}' AS DECIMAL(${precision}, ${scale}))`),
  );

export const parquetColumns: readonly ParquetColumn[] = [
  column("boolean", "true", "false"),
  column("tinyint", "CAST(-128 AS TINYINT)", "CAST(7 AS TINYINT)"),
  column("smallint", "CAST(-32768 AS SMALLINT)", "CAST(300 AS SMALLINT)"),
  column("int", "-2147483648", "300", "70000"),
  column("bigint", "-9223372036854775808", "300L", "5000000000"),
  column("float", "CAST('1.1' AS FLOAT)", "CAST('NaN' AS FLOAT)"),
  column("double", "1.1D", "CAST('-Infinity' AS DOUBLE)"),
  decimal(5, 2, "123.45", "-0.07"),
  decimal(9, 0, "123456789", "-7"),
  decimal(18, 4, "12345678901234.5678", "-0.0007"),
  decimal(18, 0, "123456789012345678", "-7"),
  decimal(38, 6, "12345678901234567890123456789012.123456", "-0.000007"),
  {
    ...decimal(9, 2, "1234567.89", "-0.07"),
    name: "decimal(9,2) in bytes",
    settings: { "spark.sql.parquet.writeLegacyFormat": "true" },
  },
  column("string", "'12'", "'\u00e9'"),
  column("binary", "X'3132'", "X'c3a9'"),
  column("date", "DATE'2024-01-02'", "DATE'1500-01-01'"),
  ...["TIMESTAMP_MICROS", "TIMESTAMP_MILLIS", "INT96"].map(momentsAs),
  column("timestamp_ntz", "TIMESTAMP_NTZ'2024-01-02 03:04:05.123456'", "TIMESTAMP_NTZ'1500-01-01 00:00:00'"),
  column("interval year to month", "INTERVAL '1-2' YEAR TO MONTH", "INTERVAL '-3' MONTH"),
  column("interval day to second", "INTERVAL '1 02:03:04.5' DAY TO SECOND"),
  column("array", "array(1, null)", "array()"),
  column("map", "map('a', 1)"),
  column("struct", "named_struct('a', 1, 'b', 'x')"),
];

const wholes = ["TINYINT", "SMALLINT", "INT", "BIGINT", "DOUBLE", "DATE", "INTERVAL YEAR TO MONTH"];
const decimals = ["(5,2)", "(7,2)", "(7,4)", "(10,0)", "(18,4)", "(20,0)", "(22,2)", "(38,6)", "(38,10)"];

export const askedTypes: readonly string[] = [
  ...["BOOLEAN", ...wholes, "FLOAT", ...decimals.map((digits) => `DECIMAL${digits}`), "STRING", "BINARY"],
  ...["TIMESTAMP", "TIMESTAMP_NTZ", "INTERVAL DAY TO SECOND", "ARRAY<INT>", "ARRAY<BIGINT>", "MAP<STRING, INT>"],
  ...["STRUCT<a: INT>", "STRUCT<a: BIGINT, c: STRING>", "VARIANT"],
];

/** The values of a column in the order of their texts, or the condition of an error. */
export type ParquetAnswer = readonly SparkValue[] | { readonly error: string | null };

export const answerOf = (outcome: FileOutcome): ParquetAnswer =>
  "error" in outcome ? outcome : inOrder(outcome.rows.map((row) => (row as unknown as readonly SparkValue[])[0]!));

const inOrder = (values: readonly SparkValue[]): readonly SparkValue[] =>
  [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

/** Has Spark write the file of a column. */
export async function writeColumn(peer: SparkPeer, { values, settings = {} }: ParquetColumn, path: string) {
  for (const [name, value] of Object.entries(settings)) await peer.sql(`SET ${name} = ${value}`);
  const rows = values.map((value) => `(${value})`).join(", ");
  await peer.write({ sql: `SELECT /*+ COALESCE(1) */ * FROM VALUES ${rows} AS t(v)`, format: "parquet", path });
  for (const name of Object.keys(settings)) await peer.sql(`RESET ${name}`);
}

/** What is refused where Spark reads bits as what they are not, and where Spark's error has another name. */
export const typeDifferences: Readonly<Record<string, ParquetAnswer>> = {
  "decimal(38,6) AS BINARY": { error: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH" },
  "decimal(9,2) in bytes AS BINARY": { error: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH" },
  "TIMESTAMP_MILLIS AS BIGINT": { error: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH" },
  "TIMESTAMP_MILLIS AS INTERVAL DAY TO SECOND": { error: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH" },
  "struct AS VARIANT": { error: "MALFORMED_VARIANT" },
};
