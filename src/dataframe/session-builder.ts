/** How sessions are made; `index.ts` binds the engine. */
import { Configuration, type SettingsRegistry } from "./configuration.ts";
import { type Settings, SparkSession } from "./session.ts";
import type { SessionStateFactory } from "./session-state.ts";

/** What `SparkSession` is to programs. */
export interface SparkSessions {
  /** A builder of the session that the process shares. */
  readonly builder: SessionBuilder;
  /**
   * A new session, apart from all others.
   *
   * @param settings - such as `{ "spark.sql.session.timeZone": "UTC" }`
   */
  create(settings?: Settings): SparkSession;
  /** The session that `getOrCreate` made, if any. */
  getActiveSession(): SparkSession | undefined;
}

/**
 * Builds the session that the process shares. Spark: `pyspark.sql.SparkSession.Builder`.
 *
 * @example
 * ```ts
 * const spark = SparkSession.builder.appName("daily").config("spark.sql.shuffle.partitions", 8).getOrCreate();
 * ```
 */
export class SessionBuilder {
  readonly #settings: Settings;
  readonly #shared: (settings: Settings) => SparkSession;

  /** Programs reach it by `SparkSession.builder`. */
  constructor(shared: (settings: Settings) => SparkSession, settings: Settings = {}) {
    this.#shared = shared;
    this.#settings = settings;
  }

  /** The name of the program, as `spark.app.name`. */
  appName(name: string): SessionBuilder {
    return this.config("spark.app.name", name);
  }

  /** The cluster, as `spark.master`; the embedded engine takes `local`, `local[n]` and `local[*]`. */
  master(name: string): SessionBuilder {
    return this.config("spark.master", name);
  }

  /**
   * A setting, or several.
   *
   * @param key - its name, or settings by name
   * @param value - its value
   */
  config(key: string, value: Settings[string]): SessionBuilder;
  config(settings: Settings): SessionBuilder;
  config(key: string | Settings, value?: Settings[string]): SessionBuilder {
    const more = typeof key === "string" ? { [key]: value! } : key;
    return new SessionBuilder(this.#shared, { ...this.#settings, ...more });
  }

  /** The session of the process, made when there is none, with the settings of this builder. */
  getOrCreate(): SparkSession {
    return this.#shared(this.#settings);
  }
}

/**
 * Sessions on an engine.
 *
 * @param makeState - makes what runs a new session
 * @param registry - which settings there are
 */
export function sessionsOn(makeState: SessionStateFactory, registry?: SettingsRegistry): SparkSessions {
  let shared: SparkSession | undefined;
  const create = (settings: Settings = {}) => new SparkSession(makeState(new Configuration(registry, settings)));
  const getOrCreate = (settings: Settings) => {
    if (shared === undefined || shared.stopped) shared = create(settings);
    else for (const [key, value] of Object.entries(settings)) shared.conf.set(key, value);
    return shared;
  };
  return Object.freeze({
    get builder() {
      return new SessionBuilder(getOrCreate);
    },
    create,
    getActiveSession: () => (shared?.stopped === false ? shared : undefined),
  });
}
