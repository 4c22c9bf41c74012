/** Which settings a Spark has to be told of: those of the session that it does not have yet. */

type Settings = Readonly<Record<string, string>>;

/** What the answers of the embedded engine rest on, so that those of a cluster are equal unless the program says otherwise. */
const asEmbedded: Settings = { "spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true" };

/** Settings of the program's own side. */
const isOurs = (key: string): boolean =>
  key.startsWith("lakewright.") || ["spark.remote", "spark.master", "spark.app.name"].includes(key);

/** The settings that the server has to have. */
export const wantedSettings = (given: Settings): Settings => ({
  ...asEmbedded,
  ...Object.fromEntries(Object.entries(given).filter(([key]) => !isOurs(key))),
});

/** What to set and what to unset, so that a server with some settings has the wanted ones. */
export function settingChanges(wanted: Settings, known: Settings) {
  return {
    set: Object.entries(wanted).filter(([key, value]) => known[key] !== value),
    unset: Object.keys(known).filter((key) => !Object.hasOwn(wanted, key)),
  };
}
