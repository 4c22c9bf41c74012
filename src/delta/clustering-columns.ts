import type { StructField, StructType } from "../types/data-type.ts";
import { quotedIfNeeded } from "../types/identifier.ts";
import { physicalName } from "./column-mapping.ts";
import type { Snapshot } from "./snapshot.ts";
import { tableSchema } from "./table-schema.ts";

const domain = "delta.clustering";

/** The columns by which a table is clustered, as SQL text of the names that programs know: `day`, `` user.`e-mail` ``. */
export function clusteringColumns({ domains, metadata }: Pick<Snapshot, "domains" | "metadata">): readonly string[] {
  const text = domains.get(domain)?.configuration;
  if (text === undefined) return [];
  const { clusteringColumns: paths = [] } = JSON.parse(text) as { clusteringColumns?: readonly (readonly string[])[] };
  return paths.map((path) => logicalPath(path, tableSchema(metadata).logged).map(quotedIfNeeded).join("."));
}

function logicalPath([physical, ...inner]: readonly string[], { fields }: StructType): readonly string[] {
  if (physical === undefined) return [];
  const field: StructField | undefined = fields.find((candidate) => physicalName(candidate) === physical);
  if (field === undefined) return [physical, ...inner];
  return [field.name, ...(field.type.kind === "struct" ? logicalPath(inner, field.type) : inner)];
}
