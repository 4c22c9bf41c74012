/** What is wrong with the columns of `CLUSTER BY`. */
import { AnalysisError, listed } from "../../errors.ts";
import type { DataType, StructField, StructType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { sqlName, treeString } from "../../types/type-name.ts";

/** Columns that are not there, for which statements have errors of their own. */
export interface MissingColumn {
  /** As written, in back-ticks where it needs them. */
  readonly name: string;
  readonly path: readonly string[];
  readonly schema: StructType;
  /** Where the path ends: what is above the field, and which fields there are. */
  readonly above: DataType | undefined;
  readonly depth: number;
  readonly fields: readonly StructField[];
}

/** Which statement names the columns. */
export type Clustering = "alter" | "create";

export const noClusteringColumn = (statement: Clustering, missing: MissingColumn): AnalysisError =>
  statement === "create" ? notToCreate(missing) : notToAlter(missing);

const hintOf = ({ fields }: MissingColumn): string =>
  fields.length === 0
    ? "Name a column, or a field of structs; values of arrays and maps have no order in a file."
    : `The columns there are: ${listed(fields.map((field) => field.name))}.`;

function notToCreate(missing: MissingColumn): AnalysisError {
  const { path, above, depth } = missing;
  const field = path.map(quoted).join(".");
  const outer = path.slice(0, depth).map(quoted).join(".");
  if (above !== undefined && above.kind !== "struct")
    return new AnalysisError(`Field name ${field} is invalid: ${outer} is not a struct`, {
      condition: "INVALID_FIELD_NAME",
      sqlState: "42000",
      parameters: { fieldName: field, path: outer },
      hint: hintOf(missing),
    });
  return new AnalysisError(
    `The feature is not supported: Invalid partitioning: ${field} is missing or is in a map or array`,
    {
      condition: "UNSUPPORTED_FEATURE.PARTITION_WITH_NESTED_COLUMN_IS_UNSUPPORTED",
      sqlState: "0A000",
      parameters: { cols: field },
      hint: hintOf(missing),
    },
  );
}

interface Refusal {
  readonly condition: string;
  readonly sqlState: string;
  readonly says: (missing: MissingColumn) => string;
}

const outerOf = ({ path, depth }: MissingColumn): string => path.slice(0, depth).join(".");

const inArray: Refusal = {
  condition: "DELTA_INCORRECT_ARRAY_ACCESS_BY_NAME",
  sqlState: "KD003",
  says: (missing) => `An ArrayType was found in ${missing.name}: ${outerOf(missing)}`,
};

const inMap: Refusal = {
  condition: "DELTA_FOUND_MAP_TYPE_COLUMN",
  sqlState: "KD003",
  says: (missing) => `A MapType was found in ${missing.name}: ${outerOf(missing)}`,
};

const inLeaf: Refusal = {
  condition: "DELTA_COLUMN_PATH_NOT_NESTED",
  sqlState: "42704",
  says: ({ name, path, depth, above }) =>
    `Expected ${path[depth]} of ${name} to be a nested data type, but found ${sqlName(above!)}`,
};

const unknown: Refusal = {
  condition: "DELTA_COLUMN_NOT_FOUND_IN_SCHEMA",
  sqlState: "42703",
  says: ({ name, schema }) => `Couldn't find column ${name} in:\n${treeString(schema)}`,
};

const insideOf: Partial<Record<DataType["kind"], Refusal>> = { array: inArray, map: inMap, struct: unknown };

function notToAlter(missing: MissingColumn): AnalysisError {
  const { name, schema, above } = missing;
  const { condition, sqlState, says } = above === undefined ? unknown : (insideOf[above.kind] ?? inLeaf);
  return new AnalysisError(says(missing), {
    condition,
    sqlState,
    parameters: { columnName: name, schema: treeString(schema), tableSchema: treeString(schema) },
    hint: hintOf(missing),
  });
}

/** @param columns - names with their types */
export function notSkipped(columns: readonly (readonly [name: string, type: DataType])[]): AnalysisError {
  const list = columns.map(([name, type]) => `${name} : ${sqlName(type)}`).join(", ");
  return new AnalysisError(
    `CLUSTER BY is not supported because the following column(s): ${list} don't support data skipping`,
    {
      condition: "DELTA_CLUSTERING_COLUMNS_DATATYPE_NOT_SUPPORTED",
      sqlState: "0A000",
      parameters: { columnsWithDataTypes: list },
      hint: "Cluster by columns, or fields of structs, of numbers, dates, moments or texts.",
    },
  );
}

export const clusteredTwice = (names: readonly string[]): AnalysisError =>
  new AnalysisError(
    `Found duplicate column(s): ${names.map(quoted).join(", ")}. The duplicate was found in CLUSTER BY`,
    {
      condition: "DELTA_DUPLICATE_COLUMNS_FOUND.CLUSTER_BY",
      sqlState: "42711",
      parameters: { duplicateCols: names.map(quoted).join(", ") },
      hint: "Name each column once; names that differ by case only are the same.",
    },
  );

export const tooManyColumns = (most: number, count: number): AnalysisError =>
  new AnalysisError(
    `CLUSTER BY supports up to ${most} clustering columns, but the table has ${count} clustering columns. Please remove the extra clustering columns`,
    {
      condition: "DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS",
      sqlState: "54000",
      parameters: { numColumnsLimit: String(most), actualNumColumns: String(count) },
      hint: "Keep those that queries filter by most.",
    },
  );

export const otherClusters = (given: readonly string[], existing: readonly string[]): AnalysisError =>
  new AnalysisError(
    `The provided clustering columns do not match the existing table's.\n- provided: ${given.join(", ")}\n- existing: ${existing.join(", ")}`,
    {
      condition: "DELTA_CLUSTERING_COLUMNS_MISMATCH",
      sqlState: "42P10",
      parameters: { providedClusteringColumns: given.join(", "), existingClusteringColumns: existing.join(", ") },
      hint: "Leave clusterBy(…) out, or change the table before: ALTER TABLE … CLUSTER BY (…).",
    },
  );
