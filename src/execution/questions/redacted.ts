/** Properties as they are shown: without what may be a secret. */

/** What Spark takes for a secret in a key or a value, by the defaults of its settings for that. */
const secrets = /secret|password|token|access\.?key|url/i;

const hidden = "*********(redacted)";

/** Properties and options with a sign in place of each value that is, or is named like, a secret. */
export const redacted = (entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [key, secrets.test(key) || secrets.test(value) ? hidden : value]),
  );
