/** `CLUSTER BY`: the columns by whose values rows lie together, in a domain of the log. */
import type { Action, DomainMetadata } from "../../delta/actions.ts";
import { clusteringColumns as namesOf } from "../../delta/clustering-columns.ts";
import { physicalName } from "../../delta/column-mapping.ts";
import type { Snapshot } from "../../delta/snapshot.ts";
import { fieldNamed } from "../../delta/table-schema.ts";
import { nameParts } from "../../functions/column-name.ts";
import { type DataType, type StructField, type StructType, structType } from "../../types/data-type.ts";
import { quotedIfNeeded } from "../../types/identifier.ts";
import {
  type Clustering,
  clusteredTwice,
  noClusteringColumn,
  notSkipped,
  otherClusters,
  tooManyColumns,
} from "./clustering-errors.ts";

const domain = "delta.clustering";

/** By how many columns a table can be clustered. */
const mostColumns = 4;

/** Types whose values have bounds, by which files are left out. */
const bounded: ReadonlySet<DataType["kind"]> = new Set([
  ...(["tinyint", "smallint", "int", "bigint", "float", "double", "decimal"] as const),
  ...(["string", "char", "varchar", "date", "timestamp", "timestamp_ntz"] as const),
]);

/** The features that a table with clustering columns needs. */
export const clusteringFeatures = (columns: readonly string[] | undefined): readonly string[] =>
  columns === undefined || columns.length === 0 ? [] : ["clustering"];

/**
 * The action that says by which columns a table is clustered.
 *
 * @param columns - as SQL text: `day`, `user.id`, `` `unit price` ``
 * @throws AnalysisError for columns that are not there, have no bounds, come twice or are too many
 */
export function clusteringAction(columns: readonly string[], schema: StructType, statement: Clustering): Action {
  const paths = columns.map((name) => fieldsOf(name, schema, statement));
  checkColumns(columns, paths);
  const clusteringColumns = paths.map((path) => path.map(physicalName));
  const configuration = JSON.stringify({ clusteringColumns, domainName: domain });
  return { domainMetadata: { domain, configuration, removed: false } };
}

/** The fields that a name leads through, from the outermost. */
function fieldsOf(name: string, schema: StructType, statement: Clustering): readonly StructField[] {
  const path = nameParts(name);
  const found: StructField[] = [];
  for (const part of path) {
    const above = found.at(-1)?.type;
    const inner = above === undefined ? schema : above.kind === "struct" ? above : structType([]);
    const field = fieldNamed(inner, part);
    if (field === undefined)
      throw noClusteringColumn(statement, { name, path, schema, above, depth: found.length, fields: inner.fields });
    found.push(field);
  }
  return found;
}

function checkColumns(names: readonly string[], paths: readonly (readonly StructField[])[]): void {
  if (names.length > mostColumns) throw tooManyColumns(mostColumns, names.length);
  const shown = paths.map((path) => path.map((field) => field.name).join("."));
  const doubles = shown.filter((name, index) => shown.indexOf(name) < index);
  if (doubles.length > 0) throw clusteredTwice(doubles);
  const unbounded = paths.flatMap((path, index) => {
    const { type } = path.at(-1)!;
    return bounded.has(type.kind) ? [] : [[names[index]!, type] as const];
  });
  if (unbounded.length > 0) throw notSkipped(unbounded);
}

/** The action of a table that is clustered no longer. */
export const noClustering: Action = {
  domainMetadata: {
    domain,
    configuration: JSON.stringify({ clusteringColumns: [], domainName: domain }),
    removed: true,
  },
};

/** The columns by which a table is clustered, by their physical names; undefined for a table that is not. */
export function clusteringColumns(
  domains: ReadonlyMap<string, DomainMetadata>,
): readonly (readonly string[])[] | undefined {
  const found = domains.get(domain);
  if (found === undefined || found.removed) return undefined;
  const columns = JSON.parse(found.configuration).clusteringColumns as readonly (readonly string[])[];
  return columns.length === 0 ? undefined : columns;
}

/** Rows that come to a table are clustered as the others are. */
export function checkSameClustering(given: readonly string[] = [], snapshot: Snapshot): void {
  const existing = namesOf(snapshot);
  const [one, other] = [given, existing].map((names) => names.map(normalized).join());
  if (given.length > 0 && one !== other) throw otherClusters(given, existing);
}

const normalized = (name: string): string => nameParts(name.toLowerCase()).map(quotedIfNeeded).join(".");
