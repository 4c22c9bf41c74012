/** Rows on their way into tables: which folder they go to, and when the catalogue learns of it. */
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { shownWhole, tableExists } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { SaveMode } from "../../plan/command.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { escapeGlob, joinPath } from "../../storage/path.ts";
import type { CommandContext } from "../commands/context.ts";
import type { FolderWrite } from "../write.ts";
import { checkLocation } from "./new-table.ts";

/**
 * The write that makes a table of rows, or one in the place of another.
 *
 * The table's file and its data change together: whoever is killed on the way leaves the old table or the new.
 *
 * @param mode - what to do when there is a table: `error`, `ignore`, or `overwrite`
 */
export function tableOfRows(
  table: TableObject,
  input: Relation,
  mode: Exclude<SaveMode, "append">,
  catalogue: Catalogue,
): FolderWrite {
  const place: FolderWrite["place"] = (publish, writeId) =>
    catalogue.changeRelation(table, async ({ current, write }) => {
      if (current !== undefined && mode === "ignore") return;
      if (current !== undefined && mode === "error") throw tableExists(table);
      if (current === undefined) await checkLocation(table, catalogue);
      await write(table, writeId, publish);
    });
  return {
    ...writing(table, {}),
    input,
    folder: table.location,
    mode: "overwrite",
    partitionBy: table.partitionBy,
    place,
  };
}

/** What a write adds to a table or replaces in it. */
export interface RowsInTable {
  readonly overwrite: boolean;
  readonly options: Options;
  /** The columns of one partition that is replaced, outermost first, with their values; the rows do not have them. */
  readonly within?: readonly (readonly [column: string, value: string | null])[];
}

/** The write of rows that fit a table into its folder, if it is still the same table then. */
export function rowsInTable(
  table: TableObject,
  input: Relation,
  { overwrite, options, within = [] }: RowsInTable,
  catalogue: Catalogue,
): FolderWrite {
  const place: FolderWrite["place"] = (publish) =>
    catalogue.changeRelation(table, async ({ current }) => {
      if (current?.id !== table.id) throw goneMeanwhile(table);
      await publish();
    });
  const inside = within.map(([column]) => column);
  return {
    ...writing(table, options),
    input,
    folder: joinPath(table.location, partitionPath(within)),
    mode: overwrite ? "overwrite" : "append",
    partitionBy: table.partitionBy.filter((column) => !inside.includes(column)),
    place,
  };
}

const writing = ({ provider, options, bucketing }: TableObject, more: Options) => ({
  format: provider,
  options: { ...options, ...more },
  ...(bucketing === undefined ? {} : { bucketing }),
});

const goneMeanwhile = (table: TableObject): AnalysisError =>
  new AnalysisError(`The table or view ${shownWhole(table)} was dropped while rows were written to it`, {
    condition: "TABLE_OR_VIEW_NOT_FOUND",
    sqlState: "42P01",
    parameters: { relationName: shownWhole(table) },
    hint: "No row was written. Make the table again, or write to another one.",
  });

/**
 * Refuses to replace what is being read.
 *
 * @throws AnalysisError `UNSUPPORTED_OVERWRITE.TABLE`
 */
export async function checkNotRead(table: TableObject, input: Relation, context: CommandContext): Promise<void> {
  const { leaves } = await context.analysed(input);
  const paths = leaves.flatMap((leaf) => leaf.paths);
  if (!paths.includes(table.location) && !paths.includes(escapeGlob(table.location))) return;
  throw new AnalysisError(
    `Can't overwrite the target that is also being read from. The target table is ${shownWhole(table)}`,
    {
      condition: "UNSUPPORTED_OVERWRITE.TABLE",
      sqlState: "42902",
      parameters: { table: shownWhole(table) },
      hint: "Write to another table, or cache and count the rows first under another name.",
    },
  );
}
