/** Lists of files for DuckDB's readers, which take their paths for patterns. */
import { text } from "../sql-text.ts";

/**
 * A SQL list of paths, each standing for itself.
 *
 * @param paths - absolute paths
 */
export const pathList = (paths: readonly string[]): string =>
  `[${paths.map((path) => text(literal(path))).join(", ")}]`;

const literal = (path: string): string => path.replace(/[*?[]/g, "[$&]");
