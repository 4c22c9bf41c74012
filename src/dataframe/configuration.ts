/** The settings of a session. */
import { AnalysisError } from "../errors.ts";

/** A value that a setting may be given; settings hold text. */
export type SettingValue = string | number | boolean;

/** Settings as a registry knows them. */
export interface SettingsRegistry {
  /** The value of a setting that was not set; undefined when it has none. */
  defaultOf(key: string): string | undefined;
  /** Refuses a setting or a value by name, by throwing. */
  check(key: string, value: string): void;
}

const anySetting: SettingsRegistry = { defaultOf: () => undefined, check: () => undefined };

/**
 * The settings of a session, `spark.conf`. They are held by the session and change what is analysed afterwards.
 *
 * Spark: `pyspark.sql.conf.RuntimeConfig`.
 *
 * @example
 * ```ts
 * spark.conf.set("spark.sql.session.timeZone", "Europe/Zurich");
 * ```
 */
export class Configuration {
  readonly #values = new Map<string, string>();
  readonly #registry: SettingsRegistry;
  readonly #first: Readonly<Record<string, SettingValue>>;

  constructor(registry: SettingsRegistry = anySetting, values: Readonly<Record<string, SettingValue>> = {}) {
    this.#registry = registry;
    this.#first = values;
    for (const [key, value] of Object.entries(values)) this.set(key, value);
  }

  /**
   * The value of a setting, its default, or the one given.
   *
   * @param key - such as `spark.sql.session.timeZone`
   * @param defaultValue - given where the setting was not set, in place of its own default
   * @throws AnalysisError `SQL_CONF_NOT_FOUND` when there is none
   * @example spark.conf.get("spark.sql.session.timeZone");
   */
  get(key: string, defaultValue?: string): string {
    const value = this.#values.get(key) ?? defaultValue ?? this.#registry.defaultOf(key);
    if (value !== undefined) return value;
    throw new AnalysisError(`The SQL config "${key}" cannot be found. Please verify that the config exists`, {
      condition: "SQL_CONF_NOT_FOUND",
      sqlState: "42K0I",
      parameters: { sqlConf: `"${key}"` },
    });
  }

  /**
   * Changes a setting of this session.
   *
   * @param key - such as `spark.sql.session.timeZone`; one of Spark's that has no effect is warned of
   * @param value - numbers and booleans are held as text
   * @throws AnalysisError `INVALID_CONF_VALUE.TYPE_MISMATCH` and the like for a value that the setting cannot have
   * @example spark.conf.set("spark.sql.session.timeZone", "UTC");
   */
  set(key: string, value: SettingValue): void {
    this.#registry.check(key, String(value));
    this.#values.set(key, String(value));
  }

  /**
   * Returns a setting to its default.
   *
   * @param key - nothing happens when it was not set
   * @example spark.conf.unset("spark.sql.session.timeZone");
   */
  unset(key: string): void {
    this.#values.delete(key);
  }

  /**
   * The settings that this session began with, apart from it.
   *
   * @internal
   */
  anew(): Configuration {
    return new Configuration(this.#registry, this.#first);
  }

  /**
   * The settings that were set.
   *
   * @example const all = spark.conf.getAll();
   */
  getAll(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#values);
  }
}
