/** Writes rows as CSV lines that DuckDB reads back into the same values, with the delimiter and quote of the original. */

import { timeText } from "../../../../types/calendar.ts";
import type { DataType, StructType } from "../../../../types/data-type.ts";
import type { Cell } from "../text/cell.ts";
import { decimalText, floatingText, isoDate, isoTimestamp } from "../text/cell-text.ts";

/** How lines are written. */
export interface CsvWriting {
  readonly delimiter: string;
  readonly quote: string;
  /** What stands for null besides nothing at all. */
  readonly nullValue: string;
  /** The types of a line's values, in order. */
  readonly schema: StructType;
}

/** A line without its end. Nulls are nothing at all, unless that would leave the line blank. */
export function csvLine(row: readonly Cell[], { delimiter, quote, nullValue, schema }: CsvWriting): string {
  const values = row.map((cell, index) => (cell === null ? "" : valueText(cell, schema.fields[index]!.type, quote)));
  return values.length === 1 && values[0] === "" ? nullValue || quote + quote : values.join(delimiter);
}

/** Text that is not null, between quotes. */
export const quotedText = (text: string, quote: string): string =>
  quote + text.replaceAll(quote, quote + quote) + quote;

function valueText(cell: NonNullable<Cell>, type: DataType, quote: string): string {
  switch (type.kind) {
    case "decimal":
      return decimalText(cell as bigint, type.scale);
    case "date":
      return isoDate(cell as number);
    case "timestamp":
    case "timestamp_ntz":
      return isoTimestamp(cell as bigint);
    case "time":
      return timeText(Number(cell));
    case "float":
    case "double":
      return floatingText(cell as number);
    case "string":
      return quotedText(cell as string, quote);
    default:
      return String(cell);
  }
}
