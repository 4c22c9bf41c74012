/** The folder names of partitions, `column=value`, as Spark and Hive write them (`ExternalCatalogUtils`). */

/** The value that stands for null, and for empty text. */
export const nullPartition = "__HIVE_DEFAULT_PARTITION__";

const special = new Set("\"#%'*/:=?\\\u007f{[]^");

const needsEscape = (character: string): boolean =>
  special.has(character) || (character >= "\u0001" && character <= "\u001f");

/**
 * A name or value as it is written in a folder name: some ASCII characters become `%XX`, all others stay.
 *
 * Spark's `ExternalCatalogUtils.escapePathName`.
 *
 * @param text - any text
 * @example
 * ```ts
 * console.log(escapePathName("10:30 ü")); // 10%3A30 ü
 * ```
 */
export const escapePathName = (text: string): string =>
  Array.from(text, (character) => (needsEscape(character) ? percent(character) : character)).join("");

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/**
 * The text that a folder name stands for: each `%XX` is one character, so that only ASCII is ever encoded.
 *
 * Spark's `ExternalCatalogUtils.unescapePathName`.
 *
 * @param name - a part of a folder name
 */
export const unescapePathName = (name: string): string =>
  name.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/**
 * The folders of a partition, below the folder of the data.
 *
 * @param values - each partition column with its value cast to text; null and empty text look the same
 * @example
 * ```ts
 * console.log(partitionPath([["day", "2025-01-05"], ["at", "10:30"], ["note", null]]));
 * // day=2025-01-05/at=10%3A30/note=__HIVE_DEFAULT_PARTITION__
 * ```
 */
export const partitionPath = (values: Iterable<readonly [column: string, value: string | null]>): string =>
  Array.from(values, ([column, value]) => `${escapePathName(column)}=${valueName(value)}`).join("/");

const valueName = (value: string | null): string =>
  value === null || value === "" ? nullPartition : escapePathName(value);
