/** Rows as a table of text, in the form of Spark's `show`. */

const widest = 40;

/** The table, a line for the header and one for each row; `(no rows)` without rows. */
export function drawTable(rows: readonly Record<string, unknown>[]): string {
  const [first] = rows;
  if (first === undefined) return "(no rows)\n";
  const names = Object.keys(first);
  const cells = rows.map((row) => names.map((name) => shortened(cell(row[name]))));
  const widths = names.map((name, index) => Math.max(3, name.length, ...cells.map((row) => row[index]!.length)));
  const rule = `+${widths.map((width) => "-".repeat(width)).join("+")}+\n`;
  const line = (values: readonly string[]): string =>
    `|${values.map((value, index) => value.padStart(widths[index]!)).join("|")}|\n`;
  return `${rule}${line(names)}${rule}${cells.map(line).join("")}${rule}`;
}

const shortened = (text: string): string => (text.length > widest ? `${text.slice(0, widest - 3)}...` : text);

function cell(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${cell(key)} -> ${cell(item)}`).join(", ")}}`;
  if (Array.isArray(value)) return `[${value.map(cell).join(", ")}]`;
  if (Object.getPrototypeOf(value) === Object.prototype)
    return `{${Object.values(value as object)
      .map(cell)
      .join(", ")}}`;
  return String(value);
}
