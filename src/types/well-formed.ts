/** Text as Spark stores it: half a surrogate pair becomes a question mark. */
export const wellFormed = (text: string): string =>
  text.isWellFormed()
    ? text
    : text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) => (found.length === 2 ? found : "?"));
