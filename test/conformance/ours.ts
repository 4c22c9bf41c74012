/** What the embedded engine makes of a statement, in the form in which the Spark of the services answers. */
import { isLakewrightError, type SparkSession } from "lakewright";
import { simpleString } from "../../src/types/type-name.ts";
import { sparkValue } from "../services/spark-value.ts";
import type { Outcome } from "./case.ts";

export async function outcomeOf(spark: SparkSession, sql: string): Promise<Outcome> {
  try {
    const frame = spark.sql(sql);
    const { fields } = await frame.schema();
    const rows = (await frame.collect({ rows: "array", longs: "bigint" })) as unknown as readonly unknown[][];
    return {
      schema: fields.map(({ name, type, nullable }) => [name, simpleString(type), nullable]),
      rows: rows.map((row) => fields.map(({ type }, index) => sparkValue(row[index], type))),
    };
  } catch (error) {
    const condition = isLakewrightError(error) ? (error.condition ?? null) : null;
    return { condition, message: (error as Error).message };
  }
}
