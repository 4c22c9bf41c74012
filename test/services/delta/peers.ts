/** Spark for tests of Delta tables. */
import { connectSpark, type SparkPeer } from "../../../services/client.ts";

/** To compile queries takes longer than to run them on a few rows, most of all Delta's own over the log of a table. */
export const interpreted = {
  "spark.sql.codegen.wholeStage": "false",
  "spark.sql.codegen.factoryMode": "NO_CODEGEN",
} as const;

/** Opens a session that interprets its queries, with further settings. */
export async function connectDelta(settings: Readonly<Record<string, string>> = {}): Promise<SparkPeer> {
  const peer = await connectSpark();
  for (const [key, value] of Object.entries({ ...interpreted, ...settings })) await peer.sql(`SET ${key} = ${value}`);
  return peer;
}
