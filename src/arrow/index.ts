/** DataFrames to and from tables of the package `apache-arrow`, which is loaded by the first use. */
import type { Table } from "apache-arrow";
import type { DataFrame } from "../dataframe/dataframe.ts";
import type { SparkSession } from "../dataframe/session.ts";
import type { ActionOptions } from "../dataframe/session-state.ts";
import { UnsupportedError } from "../errors.ts";

/**
 * The rows of a DataFrame as a table of `apache-arrow`, which has to be installed beside this package.
 *
 * Spark: `pyspark.sql.DataFrame.toArrow`.
 *
 * @param frame - any DataFrame
 * @param options - `signal`
 * @throws UnsupportedError when `apache-arrow` is not installed
 * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION` for a column that PySpark gives no Arrow type
 * @example
 * ```ts
 * const table = await toArrowTable(sales.select("user", "amount"));
 * console.log(table.numRows);
 * ```
 */
export async function toArrowTable<S>(frame: DataFrame<S>, options: ActionOptions = {}): Promise<Table> {
  const { tableFromIPC } = await apacheArrow();
  return tableFromIPC(await frame.toArrow(options));
}

/**
 * The rows of a table of `apache-arrow`, which has to be installed beside this package, as a DataFrame.
 *
 * Spark: `pyspark.sql.SparkSession.createDataFrame` of a `pyarrow.Table`.
 *
 * @param spark - the session of the DataFrame
 * @param table - any table, its dictionaries too
 * @throws UnsupportedError when `apache-arrow` is not installed; `UNSUPPORTED_ARROWTYPE` for a column of a type that Spark
 * does not read
 * @example
 * ```ts
 * const sales = await fromArrowTable(spark, table);
 * await sales.show();
 * ```
 */
export async function fromArrowTable(spark: SparkSession, table: Table): Promise<DataFrame> {
  const { tableToIPC } = await apacheArrow();
  return spark.createDataFrame(tableToIPC(table, "stream"));
}

async function apacheArrow(): Promise<typeof import("apache-arrow")> {
  try {
    return await import("apache-arrow");
  } catch (cause) {
    throw new UnsupportedError("tables of Arrow need the package apache-arrow, which is not installed", {
      hint: "Install it beside lakewright: npm install apache-arrow",
      cause,
    });
  }
}
