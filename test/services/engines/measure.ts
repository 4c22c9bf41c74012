/** Runs cases on the embedded engine and on a Spark, and says where they differ. */
import { isDeepStrictEqual } from "node:util";
import { SparkSession } from "lakewright";
import type { Case } from "./suites.ts";

/** What is compared with our analyzer's schemas are those of the server. */
const servers = { "lakewright.localSchemas": "false" };

/** What a case comes to on each side. */
export interface Pair {
  readonly embedded: unknown;
  readonly spark: unknown;
}

/** Sessions of both engines, one for cases that ask for the same. */
export class Engines implements AsyncDisposable {
  readonly #remote: string;
  readonly #sessions = new Map<string, SparkSession>();

  /** @param remote - the address of a Spark: `sc://host:port` */
  constructor(remote: string) {
    this.#remote = remote;
  }

  /** Runs a case on both sides. */
  async pairOf({ run, zone, ofSpark = {} }: Case): Promise<Pair> {
    const settings = { "spark.sql.session.timeZone": zone };
    const remote = { ...settings, "spark.remote": this.#remote, ...servers, ...ofSpark };
    const [embedded, spark] = await Promise.all([run(this.#session(settings)), run(this.#session(remote))]);
    return { embedded, spark };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.stop()));
  }

  #session(settings: Readonly<Record<string, string>>): SparkSession {
    const key = JSON.stringify(settings);
    const session = this.#sessions.get(key) ?? SparkSession.create(settings);
    this.#sessions.set(key, session);
    return session;
  }
}

/** Whether both sides come to the same. */
export const areEqual = ({ embedded, spark }: Pair): boolean => isDeepStrictEqual(embedded, spark);
