/** CSV as Spark writes it. */
import { type DataType, stringType } from "../../../types/data-type.ts";
import { compileCast } from "../compile/cast.ts";
import { flag, type Options } from "../formats/text/options.ts";
import { columnName, text } from "../sql-text.ts";
import { constantCell, csvCell, csvStyle } from "./csv-cell.ts";
import { plainText } from "./number-text.ts";
import type { FormatRequest, OutputFormat } from "./output-format.ts";
import { hasPattern, type TemporalStyle, temporalStyle, temporalText } from "./temporal-text.ts";
import { lines } from "./text-lines.ts";

const kinds: ReadonlySet<string> = new Set([
  ...["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "string", "char", "varchar"],
  ...["binary", "date", "timestamp", "timestamp_ntz", "time", "day-time interval", "year-month interval"],
]);

const holds = (type: DataType): boolean => (type.kind === "udt" ? holds(type.storage) : kinds.has(type.kind));

export const csvOutput: OutputFormat = {
  title: "CSV",
  namesDiffer: false,
  holds,
  writing: ({ columns, options, context }) => {
    const style = csvStyle(options);
    const values = columns.map(({ id, type }) => ({ value: columnName(id), type }));
    const line = csvRow(values, options, context);
    const header = columns.map(({ name }, index) => headerCell(name, index === 0, style)).join(style.separator);
    const file = lines(line, "csv", options, flag(options, "header") ? header : undefined);
    // Spark's writer leaves empty lines out; a line of several cells has separators.
    return columns.length > 1 ? file : { ...file, condition: `${line} <> ''` };
  },
};

/** The SQL of a record of values. */
export function csvRow(
  values: readonly { readonly value: string; readonly type: DataType }[],
  options: Options,
  context: Pick<FormatRequest["context"], "timeZone" | "kernel" | "binaryStyle">,
): string {
  const style = csvStyle(options);
  const temporal = temporalStyle(options, context);
  const texts = values.map(({ value, type }) => valueText(value, type, temporal, context));
  // Thousands of expressions take minutes to plan, one that all cells share takes none.
  if (texts.length > cellsApart) return sharedRow(texts, style);
  const cells = texts.map((cell, index) => csvCell(cell, index === 0, style));
  return `concat_ws(${[text(style.separator), ...cells].join(", ")})`;
}

/** So many cells have expressions of their own. */
const cellsApart = 50;

function sharedRow([first, ...others]: readonly string[], style: ReturnType<typeof csvStyle>): string {
  const cells = `list_transform([${others.join(", ")}], lambda cell: ${csvCell("cell", false, style)})`;
  const separator = text(style.separator);
  return `concat_ws(${separator}, ${csvCell(first!, true, style)}, array_to_string(${cells}, ${separator}))`;
}

function headerCell(name: string, isFirst: boolean, style: ReturnType<typeof csvStyle>): string {
  return name === "" ? style.emptyText : constantCell(name, isFirst, style);
}

function valueText(
  value: string,
  type: DataType,
  temporal: TemporalStyle,
  context: Pick<FormatRequest["context"], "timeZone" | "kernel" | "binaryStyle">,
): string {
  if (hasPattern(type)) return temporalText(value, type, temporal);
  if (type.kind === "binary") return compileCast(value, type, stringType, "ansi", context, context.binaryStyle);
  return plainText(value, type, context);
}
