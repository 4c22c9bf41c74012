import type { OutputColumn } from "../../../plan/resolved.ts";
import { columnName } from "../sql-text.ts";

/** The columns of a SELECT, which cannot be without any. */
export const columnNames = (columns: readonly OutputColumn[]): string =>
  columns.length === 0 ? "1 AS none" : columns.map(({ id }) => columnName(id)).join(", ");
