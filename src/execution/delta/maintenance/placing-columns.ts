/** By which columns `OPTIMIZE` places rows. */
import { physicalName } from "../../../delta/column-mapping.ts";
import { AnalysisError, listed } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { OptimizeTable } from "../../../plan/maintenance-command.ts";
import { printExpression } from "../../../plan/print.ts";
import { type StructType, structType } from "../../../types/data-type.ts";
import { clusteringColumns } from "../clustering.ts";
import type { FileLayout } from "../data-files.ts";
import { loggedSchema, type OpenTable } from "../open-table.ts";

/**
 * The columns by which rows are placed, as lists of names; none for mere compaction.
 *
 * @throws AnalysisError for columns that there are not, that part the table, or beside CLUSTER BY;
 *   `DELTA_OPTIMIZE_FULL_NOT_SUPPORTED`, `DELTA_CLUSTERING_WITH_PARTITION_PREDICATE`
 */
export function placingColumns(
  { zOrderBy, condition, isFull = false }: Pick<OptimizeTable, "condition" | "zOrderBy" | "isFull">,
  open: OpenTable,
  { schema, partitionBy }: FileLayout,
): readonly (readonly string[])[] {
  const clusters = clusteringColumns(open.transaction.base.domains);
  if (clusters !== undefined) {
    if (zOrderBy.length > 0) throw clustered();
    if (condition !== undefined) throw partly(condition);
    return clusters.map((path) => shownPath(path, loggedSchema(open.snapshot!)));
  }
  if (isFull) throw notClustered();
  for (const name of zOrderBy) {
    const field = schema.fields.find((each) => each.name.toLowerCase() === name.split(".")[0]!.toLowerCase());
    if (field === undefined)
      throw noColumn(
        name,
        schema.fields.map((each) => each.name),
      );
    if (partitionBy.includes(field.name)) throw onPartition(name);
  }
  return zOrderBy.map((path) => path.split("."));
}

/** The names that programs know the fields of a path by, of which the log has those in files. */
function shownPath([first, ...rest]: readonly string[], { fields }: StructType): readonly string[] {
  if (first === undefined) return [];
  const field = fields.find((each) => physicalName(each) === first);
  return [field?.name ?? first, ...shownPath(rest, field?.type.kind === "struct" ? field.type : structType([]))];
}

const clustered = (): AnalysisError =>
  new AnalysisError("OPTIMIZE command for Delta table with clustering doesn't support ZORDER BY", {
    condition: "DELTA_CLUSTERING_WITH_ZORDER_BY",
    sqlState: "42613",
    hint: "Leave ZORDER BY out: rows lie by the columns of CLUSTER BY.",
  });

const partly = (condition: Expression): AnalysisError =>
  new AnalysisError(
    `OPTIMIZE command for Delta table with clustering doesn't support partition predicates. Please remove the predicates: ${printExpression(condition)}`,
    {
      condition: "DELTA_CLUSTERING_WITH_PARTITION_PREDICATE",
      sqlState: "0A000",
      parameters: { predicates: printExpression(condition) },
      hint: "Leave WHERE out: rows lie by the columns of CLUSTER BY, wherever they are.",
    },
  );

const notClustered = (): AnalysisError =>
  new AnalysisError("OPTIMIZE FULL is only supported for clustered tables with non-empty clustering columns", {
    condition: "DELTA_OPTIMIZE_FULL_NOT_SUPPORTED",
    sqlState: "42601",
    hint: "Leave FULL out, or give the table columns: ALTER TABLE … CLUSTER BY (…).",
  });

const onPartition = (name: string): AnalysisError =>
  new AnalysisError(`${name} is a partition column. Z-Ordering can only be performed on data columns`, {
    condition: "DELTA_ZORDERING_ON_PARTITION_COLUMN",
    sqlState: "42P10",
    parameters: { colName: name },
  });

const noColumn = (name: string, names: readonly string[]): AnalysisError =>
  new AnalysisError(`Z-Ordering column ${name} does not exist in data schema`, {
    condition: "DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST",
    sqlState: "42703",
    parameters: { columnName: name },
    hint: `The columns are: ${listed(names)}.`,
  });
