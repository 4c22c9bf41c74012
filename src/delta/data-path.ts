/** Paths of data files as the log writes them: percent-encoded URIs, relative to the table's folder or absolute. */
import { joinPath, resolveUri } from "../storage/path.ts";

const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/**
 * The absolute path of a file that an action names.
 *
 * @param table - the table's folder, absolute
 * @param path - as the action has it
 * @throws UnsupportedError for a file that lies elsewhere than on local disks
 * @example
 * ```ts
 * dataPath("/tables/sales", "day=2025-01-01/part%20one.parquet"); // /tables/sales/day=2025-01-01/part one.parquet
 * ```
 */
export function dataPath(table: string, path: string): string {
  if (absoluteUri.test(path)) return resolveUri(path);
  const decoded = decodeUri(path);
  return decoded.startsWith("/") ? decoded : joinPath(table, decoded);
}

/** What `%XX` stand for; a text that encodes no UTF-8 stays as it is. */
function decodeUri(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/**
 * A path below the table's folder as actions write it. What Java's `URI` does not take is encoded, and nothing else.
 *
 * @param path - relative, with `/` between names
 * @example
 * ```ts
 * encodedPath("at=10%3A30/part one.parquet"); // at=10%253A30/part%20one.parquet
 * ```
 */
export const encodedPath = (path: string): string =>
  path.replace(
    /[^A-Za-z0-9_\-.!~*'(),;:$&+=@/\u0080-\uffff]/gu,
    (character) => `%${character.codePointAt(0)!.toString(16).toUpperCase().padStart(2, "0")}`,
  );
