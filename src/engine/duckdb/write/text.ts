/** Lines of text as Spark writes them: the only column, nulls as empty lines. */
import { AnalysisError } from "../../../errors.ts";
import { columnName } from "../sql-text.ts";
import type { OutputFormat } from "./output-format.ts";
import { lines } from "./text-lines.ts";

const texts: ReadonlySet<string> = new Set(["string", "char", "varchar"]);

export const textOutput: OutputFormat = {
  title: "Text",
  namesDiffer: true,
  holds: ({ kind }) => texts.has(kind),
  writing: ({ columns, options }) => {
    const [only, ...others] = columns;
    if (only === undefined || others.length > 0) throw tooManyColumns(columns.length);
    return lines(`coalesce(${columnName(only.id)}, '')`, "txt", options);
  },
};

const tooManyColumns = (count: number): AnalysisError =>
  new AnalysisError(`Text data source supports only a single column, and you have ${count} columns`, {
    condition: "_LEGACY_ERROR_TEMP_1290",
    parameters: { schemaSize: String(count) },
    hint: "Select one column of type STRING, or write CSV.",
  });
