/** Runs cases on the embedded engine and on a Spark, and says where they differ. */
import { isDeepStrictEqual } from "node:util";
import { SparkSession } from "lakewright";
import type { Case } from "./suites.ts";

/** Small tables want few tasks; what is compared with our analyzer's schemas are those of the server. */
const ofSpark = {
  "lakewright.localSchemas": "false",
  "spark.sql.shuffle.partitions": "2",
  "spark.databricks.delta.snapshotPartitions": "2",
};

/** What a case comes to on each side. */
export interface Pair {
  readonly embedded: unknown;
  readonly spark: unknown;
}

/** Sessions of both engines, one a time zone. */
export class Engines implements AsyncDisposable {
  readonly #remote: string;
  readonly #sessions = new Map<string, SparkSession>();

  /** @param remote - the address of a Spark: `sc://host:port` */
  constructor(remote: string) {
    this.#remote = remote;
  }

  /** Runs a case on both sides. */
  async pairOf({ run, zone }: Case): Promise<Pair> {
    const [embedded, spark] = await Promise.all([run(this.#session(zone)), run(this.#session(zone, this.#remote))]);
    return { embedded, spark };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.stop()));
  }

  #session(zone: string, remote?: string): SparkSession {
    const key = `${zone} ${remote}`;
    const session =
      this.#sessions.get(key) ??
      SparkSession.create({
        "spark.sql.session.timeZone": zone,
        ...(remote === undefined ? {} : { "spark.remote": remote, ...ofSpark }),
      });
    this.#sessions.set(key, session);
    return session;
  }
}

/** Whether both sides come to the same. */
export const areEqual = ({ embedded, spark }: Pair): boolean => isDeepStrictEqual(embedded, spark);
