/** `CLUSTER BY`: the columns by whose values rows lie together, in a domain of the log. */
import type { Action, DomainMetadata } from "../../delta/actions.ts";
import { clusteringColumns as namesOf } from "../../delta/clustering-columns.ts";
import { physicalName } from "../../delta/column-mapping.ts";
import type { Snapshot } from "../../delta/snapshot.ts";
import { AnalysisError, listed } from "../../errors.ts";
import type { DataType, StructField, StructType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";

const domain = "delta.clustering";

/** The features that a table with clustering columns needs. */
export const clusteringFeatures = (columns: readonly string[] | undefined): readonly string[] =>
  columns === undefined || columns.length === 0 ? [] : ["clustering"];

/** The action that says by which columns a table is clustered. */
export function clusteringAction(columns: readonly string[], schema: StructType): Action {
  const clusteringColumns = columns.map((name) => physicalPath(name.split("."), schema.fields, name));
  const configuration = JSON.stringify({ clusteringColumns, domainName: domain });
  return { domainMetadata: { domain, configuration, removed: false } };
}

/** The action of a table that is clustered no longer. */
export const noClustering: Action = {
  domainMetadata: {
    domain,
    configuration: JSON.stringify({ clusteringColumns: [], domainName: domain }),
    removed: true,
  },
};

function physicalPath(
  [name, ...rest]: readonly string[],
  fields: readonly StructField[],
  whole: string,
): readonly string[] {
  const field = fields.find((each) => each.name.toLowerCase() === name!.toLowerCase());
  if (field === undefined) throw noColumn(whole, fields);
  if (field.type.kind === "variant") throw notSkipped(whole, field.type);
  if (rest.length === 0) return [physicalName(field)];
  return [physicalName(field), ...physicalPath(rest, field.type.kind === "struct" ? field.type.fields : [], whole)];
}

/** The columns by which a table is clustered, by their physical names; undefined for a table that is not. */
export function clusteringColumns(
  domains: ReadonlyMap<string, DomainMetadata>,
): readonly (readonly string[])[] | undefined {
  const found = domains.get(domain);
  if (found === undefined || found.removed) return undefined;
  const columns = JSON.parse(found.configuration).clusteringColumns as readonly (readonly string[])[];
  return columns.length === 0 ? undefined : columns;
}

const notSkipped = (name: string, type: DataType): AnalysisError =>
  new AnalysisError(
    `CLUSTER BY is not supported because the following column(s): ${name} : ${sqlName(type)} don't support data skipping`,
    {
      condition: "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED",
      sqlState: "0A000",
      parameters: { columnsWithDataTypes: `${name} : ${sqlName(type)}` },
      hint: "Cluster by columns of numbers, dates, moments or texts.",
    },
  );

const noColumn = (name: string, fields: readonly StructField[]): AnalysisError =>
  new AnalysisError(`Couldn't find column ${name} of CLUSTER BY`, {
    condition: "DELTA_COLUMN_NOT_FOUND_IN_SCHEMA",
    sqlState: "42703",
    parameters: { columnName: name, tableSchema: fields.map((field) => field.name).join(", ") },
    hint: `The columns are: ${listed(fields.map((field) => field.name))}.`,
  });

/** Rows that come to a table are clustered as the others are. */
export function checkSameClustering(given: readonly string[] = [], snapshot: Snapshot): void {
  const existing = namesOf(snapshot);
  const [one, other] = [given, existing].map((names) => names.join(",").toLowerCase());
  if (given.length === 0 || one === other) return;
  throw new AnalysisError(
    `The provided clustering columns do not match the existing table's.\n- provided: ${given.join(", ")}\n- existing: ${existing.join(", ")}`,
    {
      condition: "DELTA_CLUSTERING_COLUMNS_MISMATCH",
      sqlState: "42P10",
      parameters: { providedClusteringColumns: given.join(", "), existingClusteringColumns: existing.join(", ") },
      hint: "Leave clusterBy(…) out, or change the table before: ALTER TABLE … CLUSTER BY (…).",
    },
  );
}
