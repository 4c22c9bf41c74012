/** Names that mean files: a format, then a path, such as `` parquet.`/data/sales` ``. */
import type { Options, Read } from "../../plan/relation.ts";

const formats: ReadonlySet<string> = new Set(["avro", "binaryfile", "csv", "delta", "json", "parquet", "text", "xml"]);

/**
 * The read that a name of two parts means which names no table; undefined for other names.
 *
 * @param name - as written
 */
export function readOfPath(name: readonly string[], options: Options): Read | undefined {
  const [format, path] = name;
  if (name.length !== 2 || !formats.has(format!.toLowerCase()) || !path!.includes("/")) return undefined;
  return { kind: "read", format: format!.toLowerCase(), paths: [path!], options, isStreaming: false };
}
