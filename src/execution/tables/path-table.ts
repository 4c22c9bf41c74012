/** Tables that are named by their path: `` delta.`/data/sales` ``. */
import type { TableObject } from "../../catalogue/objects.ts";
import { resolveUri } from "../../storage/path.ts";
import { structType } from "../../types/data-type.ts";

/**
 * The table that a name of a format and a path means, which no catalogue has; undefined for other names.
 *
 * What it is like only its log says: its columns are not known here.
 *
 * @param name - as written
 */
export function pathTable(name: readonly string[]): TableObject | undefined {
  const [format, path] = name;
  if (name.length !== 2 || format!.toLowerCase() !== "delta" || !path!.includes("/")) return undefined;
  const location = resolveUri(path!);
  return {
    kind: "table",
    namespace: "delta",
    name: location,
    id: location,
    provider: "delta",
    schema: structType([]),
    location,
    external: true,
    partitionBy: [],
    options: {},
    properties: {},
    createdAt: 0,
  };
}
