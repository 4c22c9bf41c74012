/**
 * What stands behind a table: files of a format now, formats with a log of their own later.
 *
 * A provider says which relation reads a table and how rows are written to it; statements that change single rows are
 * refused by name unless it has them.
 */

import { shownWhole } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError } from "../../errors.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import type { Storage } from "../../storage/storage.ts";
import type { LoggedTables } from "./logged-tables.ts";

export interface TableProvider {
  /**
   * The relation that reads a table.
   *
   * @param options - of the read, besides those of the table
   */
  scan(table: TableObject, options: Options, storage: Storage): Promise<Relation>;
  /** What writes to the tables, where they keep a log of their own; those of plain files are written to as folders. */
  readonly logged?: LoggedTables;
}

/**
 * The error for a statement that tables of a format do not have. Spark's condition for its own tables of plain files.
 *
 * @param operation - such as `DELETE`
 */
export const noTableOperation = (table: Pick<TableObject, "namespace" | "name">, operation: string): AnalysisError =>
  new AnalysisError(`The feature is not supported: Table ${shownWhole(table)} does not support ${operation}`, {
    condition: "UNSUPPORTED_FEATURE.TABLE_OPERATION",
    sqlState: "0A000",
    parameters: { tableName: shownWhole(table), operation },
    hint: "Tables of plain files cannot change single rows or be replaced; overwrite the table or the partition.",
  });
