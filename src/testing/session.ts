import { SparkSession } from "../index.ts";

/**
 * A session for one test: apart from all others, with settings that make tests fast.
 *
 * @param settings - more settings, such as `{ "spark.sql.session.timeZone": "Europe/Zurich" }`
 * @example
 * ```ts
 * await using spark = testSession();
 * await assertDataFrameEqual(spark.range(2), [{ id: 0 }, { id: 1 }]);
 * ```
 */
export const testSession = (settings: Parameters<typeof SparkSession.create>[0] = {}): SparkSession =>
  SparkSession.create({ "spark.sql.shuffle.partitions": 1, "lakewright.threads": 2, ...settings });
