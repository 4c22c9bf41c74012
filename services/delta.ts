import { SPARK_DELTA } from "./client.ts";
import { jarsOf } from "./maven-jars.ts";
import { type Availability, type Service, UnavailableError, type Workspace } from "./service.ts";

const version = "4.4.0";
const unityCatalog = "0.6.0";

const jars = {
  "io.delta:delta-spark_4.2_2.13": version,
  "io.delta:delta-storage": version,
  "io.delta:delta-kernel-api": version,
  "io.delta:delta-kernel-defaults": version,
  "io.delta:delta-kernel-unitycatalog": version,
  "io.unitycatalog:unitycatalog-client": unityCatalog,
  "io.unitycatalog:unitycatalog-hadoop": unityCatalog,
};

/** Delta Lake within the Spark of `spark.ts`: it has no process of its own. */
export const delta: Service = {
  name: "delta",
  versions: { "delta-spark": version },
  available,
  start: async () => ({ environment: { [SPARK_DELTA]: "1" }, stop: async () => {} }),
};

async function available(workspace: Workspace): Promise<Availability> {
  try {
    await deltaJars(workspace);
    return { available: true };
  } catch (error) {
    if (error instanceof UnavailableError) return { available: false, reason: error.message };
    throw error;
  }
}

/**
 * The jars that Delta Lake needs beside those of Spark.
 *
 * @throws UnavailableError when they cannot be had
 */
export const deltaJars = (workspace: Workspace): Promise<readonly string[]> =>
  jarsOf("delta-spark", version, jars, workspace);
