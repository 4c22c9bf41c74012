/** How sessions are made; `index.ts` binds the engine. */
import { AnalysisError } from "../errors.ts";
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

  /**
   * The name of the program, as `spark.app.name`.
   *
   * @param name - any text
   * @example const builder = SparkSession.builder.appName("daily");
   */
  appName(name: string): SessionBuilder {
    return this.config("spark.app.name", name);
  }

  /**
   * The cluster, as `spark.master`; the embedded engine takes `local`, `local[n]` and `local[*]`.
   *
   * @param name - such as `local[*]`
   * @example const builder = SparkSession.builder.master("local[*]");
   */
  master(name: string): SessionBuilder {
    return this.config("spark.master", name);
  }

  /**
   * The Spark that runs the session, as `spark.remote`; the embedded engine when neither this nor the variable `SPARK_REMOTE`
   * names one.
   *
   * Spark: `pyspark.sql.SparkSession.Builder.remote`.
   *
   * @param url - a connection string such as `sc://localhost:15002` or `sc://host:443/;token=…;use_ssl=true`
   * @example const builder = SparkSession.builder.remote("sc://localhost:15002");
   */
  remote(url: string): SessionBuilder {
    return this.config("spark.remote", url);
  }

  /**
   * A setting, or several.
   *
   * @param key - its name
   * @param value - its value; numbers and booleans are held as text
   * @example const builder = SparkSession.builder.config("spark.sql.session.timeZone", "UTC");
   */
  config(key: string, value: Settings[string]): SessionBuilder;
  /**
   * Several settings.
   *
   * @param settings - values by name
   */
  config(settings: Settings): SessionBuilder;
  config(key: string | Settings, value?: Settings[string]): SessionBuilder {
    const more = typeof key === "string" ? { [key]: value! } : key;
    return new SessionBuilder(this.#shared, { ...this.#settings, ...more });
  }

  /**
   * The session of the process, made when there is none, with the settings of this builder.
   *
   * @example await SparkSession.builder.appName("daily").getOrCreate().stop();
   */
  getOrCreate(): SparkSession {
    return this.#shared(this.#settings);
  }
}

/** What the package binds to sessions. */
export interface SessionBinding {
  /** Makes what runs a new session. */
  readonly makeState: SessionStateFactory;
  /** Which settings there are, for a session that begins with some. */
  readonly registryOf?: (settings: Settings) => SettingsRegistry;
  /** The settings that the surroundings of the process give to its shared session. */
  readonly given?: () => Settings;
}

/**
 * Sessions on engines.
 *
 * @param binding - what runs them
 */
export function sessionsOn({ makeState, registryOf, given = () => ({}) }: SessionBinding): SparkSessions {
  let shared: SparkSession | undefined;
  const create = (settings: Settings = {}) =>
    new SparkSession(makeState(new Configuration(registryOf?.(settings), settings)));
  const getOrCreate = (settings: Settings) => {
    if (shared === undefined || shared.stopped) shared = create({ ...given(), ...settings });
    else reconfigure(shared, settings);
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

function reconfigure({ conf }: SparkSession, { "spark.remote": remote, ...settings }: Settings): void {
  if (remote !== undefined && conf.get("spark.remote", "") !== remote)
    throw new AnalysisError("The session of the process runs on another engine", {
      hint: 'Stop it first, or make a session of its own: SparkSession.create({ "spark.remote": url }).',
    });
  for (const [key, value] of Object.entries(settings)) conf.set(key, value);
}
