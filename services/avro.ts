import { SPARK_AVRO } from "./client.ts";
import { jarsOf } from "./maven-jars.ts";
import { type Availability, type Service, UnavailableError, type Workspace } from "./service.ts";

const version = "4.2.0";

/** Avro within the Spark of `spark.ts`, which has it as a package of its own. */
export const avro: Service = {
  name: "avro",
  versions: { "spark-avro": version },
  available,
  start: async () => ({ environment: { [SPARK_AVRO]: "1" }, stop: async () => {} }),
};

async function available(workspace: Workspace): Promise<Availability> {
  try {
    await avroJars(workspace);
    return { available: true };
  } catch (error) {
    if (error instanceof UnavailableError) return { available: false, reason: error.message };
    throw error;
  }
}

/**
 * The jar that Spark needs for Avro.
 *
 * @throws UnavailableError when it cannot be had
 */
export const avroJars = (workspace: Workspace): Promise<readonly string[]> =>
  jarsOf("spark-avro", version, { "org.apache.spark:spark-avro_2.13": version }, workspace);
