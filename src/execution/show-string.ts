/** The table that `show` draws, as Spark's `showString` draws it. */

import type { ShowString } from "../plan/relation.ts";
import type { Batch } from "../types/batch.ts";
import { type StructType, stringType, structField, structType } from "../types/data-type.ts";
import { vectorBuilder } from "../types/vector-builder.ts";
import { vectorValues } from "../types/vector-values.ts";

const narrowest = 3;

/** The schema of a drawn table. */
export const drawnSchema = structType([structField("show_string", stringType, false)]);

/** One row with the drawn table. */
export async function* drawn(
  schema: StructType,
  batches: AsyncIterable<Batch>,
  show: ShowString,
): AsyncGenerator<Batch, void, void> {
  const names = schema.fields.map(({ name }) => name);
  const rows: string[][] = [];
  for await (const batch of batches) rows.push(...cellsOf(batch, names.length));
  const more = rows.length > show.rows;
  const shown = rows.slice(0, show.rows).map((row) => row.map((text) => shortened(escaped(text), show.truncate)));
  const header = names.map(escaped);
  const text = show.vertical ? records(header, shown) : table(header, shown, show.truncate > 0);
  const builder = vectorBuilder(stringType, 1);
  builder.append(`${text}${footer(show, more, shown.length)}`);
  yield { rows: 1, columns: [builder.finish()] };
}

function cellsOf({ columns, rows }: Batch, width: number): string[][] {
  const values = columns.map((column) => vectorValues(column) as ArrayLike<string>);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_cell, column) => values[column]![row]!),
  );
}

// What would break the lines of the table is written as escapes.
const escapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\u000b": "\\v",
  "\u0007": "\\a",
};
const escaped = (text: string): string => text.replace(/[\n\r\t\f\b\v\u0007]/g, (character) => escapes[character]!);

function shortened(text: string, truncate: number): string {
  const characters = [...text];
  if (truncate <= 0 || characters.length <= truncate) return text;
  return truncate < 4 ? characters.slice(0, truncate).join("") : `${characters.slice(0, truncate - 3).join("")}...`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[], alignRight: boolean): string {
  const widths = header.map((name, column) =>
    Math.max(narrowest, width(name), ...rows.map((row) => width(row[column]!))),
  );
  const rule = `+${widths.map((size) => "-".repeat(size)).join("+")}+\n`;
  const pad = (text: string, size: number): string => {
    const space = " ".repeat(size - width(text));
    return alignRight ? space + text : text + space;
  };
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell, column) => pad(cell, widths[column]!)).join("|")}|\n`;
  return `${rule}${line(header)}${rule}${rows.map(line).join("")}${rule}`;
}

function records(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = Math.max(narrowest, ...header.map(width));
  const values = Math.max(narrowest, ...rows.flat().map(width));
  return rows
    .map((row, index) => {
      const title = `-RECORD ${index}`;
      const lines = row.map((cell, column) => ` ${header[column]!.padEnd(names)} | ${cell.padEnd(values)} \n`);
      return `${title.padEnd(names + values + 5, "-")}\n${lines.join("")}`;
    })
    .join("");
}

function footer({ rows, vertical }: ShowString, more: boolean, shown: number): string {
  if (vertical && shown === 0) return "(0 rows)\n";
  return more ? `only showing top ${rows} ${rows === 1 ? "row" : "rows"}\n` : "";
}

// East Asian characters take two columns of a terminal.
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]/g;
const width = (text: string): number => text.length + (text.match(wide)?.length ?? 0);
