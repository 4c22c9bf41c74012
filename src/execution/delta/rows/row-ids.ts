/** Ids of rows in tables that track them: what rows that are written anew keep. */
import { keptIdNames, tracksRows } from "../../../delta/row-ids.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { tableSchema } from "../../../delta/table-schema.ts";
import type { Relation } from "../../../plan/relation.ts";
import { bigintType, type StructField, structField } from "../../../types/data-type.ts";
import type { CommandContext } from "../../commands/context.ts";
import type { OpenTable } from "../open-table.ts";
import { column, named, project } from "./expressions.ts";
import type { NumberedFiles } from "./numbered-files.ts";
import { rowIdColumn, rowVersionColumn } from "./row-columns.ts";
import { tableRows } from "./target-rows.ts";

/** Columns in which rows that are written anew keep what they were called; none where rows are not tracked. */
export const rowIdFields = ({ metadata }: Snapshot): readonly StructField[] =>
  tracksRows(metadata) ? keptIdNames(metadata).map((name) => structField(name, bigintType)) : [];

/** What commits that keep the ids of rows say of themselves. */
export const keptIds = (snapshot: Snapshot): { readonly tags?: Readonly<Record<string, string>> } =>
  tracksRows(snapshot.metadata) ? { tags: { "delta.rowTracking.preserved": "true" } } : {};

/** The rows of some files as they are, with the columns of `rowIdFields`. */
export function keptRows(open: OpenTable, files: NumberedFiles, context: CommandContext): Relation {
  const [id, version] = rowIdFields(open.snapshot!);
  const target = { name: [], alias: "kept" };
  if (id === undefined || version === undefined) return tableRows(open, files, target, context);
  const beside = [rowIdColumn, rowVersionColumn].map((name) => structField(name, bigintType));
  const { fields } = tableSchema(open.snapshot!.metadata).visible;
  return project(tableRows(open, files, target, context, beside), [
    ...fields.map(({ name }) => column(name)),
    named(column(rowIdColumn), id.name),
    named(column(rowVersionColumn), version.name),
  ]);
}
