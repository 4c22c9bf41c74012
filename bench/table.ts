/** Draws rows as a Markdown table whose columns line up. */

/**
 * @param header - the names of the columns; those after the first are numbers, to the right
 * @param rows - as many cells as there are columns
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column]!.length)));
  const draw = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [draw(header), draw(rule), ...rows.map(draw)].join("\n");
}
