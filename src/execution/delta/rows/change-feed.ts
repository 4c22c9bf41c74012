/** Files of changed rows, for those who read the change feed. */
import type { AddFile, ChangeFile } from "../../../delta/actions.ts";
import type { Relation } from "../../../plan/relation.ts";
import { type StructField, structField } from "../../../types/data-type.ts";
import type { TableRows } from "../data-files.ts";
import { column, named, project, text } from "./expressions.ts";

/** What says in the change feed how a row has changed. */
export const changeTypeField: StructField = structField("_change_type", { kind: "string" });

/** How a row has changed. */
export type ChangeType = "insert" | "delete" | "update_preimage" | "update_postimage";

export const typed = (type: ChangeType) => named(text(type), changeTypeField.name);

/** Where rows of the feed are written to. */
export const feedRows = { further: [changeTypeField], below: "_change_data", dataChange: true } as const;

/** Rows that have all changed in one way, for the feed. */
export const toldRows = (
  input: Relation,
  fields: readonly StructField[],
  type: ChangeType,
): Omit<TableRows, "options"> => ({
  input: project(input, [...fields.map(({ name }) => column(name)), typed(type)]),
  ...feedRows,
});

/** What the log says of a file of the feed. */
export const changeFile = ({ path, partitionValues, size }: AddFile): ChangeFile => ({
  path,
  partitionValues,
  size,
  dataChange: false,
});
