/** JSON lines as Spark writes them. */
import { structField, structType } from "../../../types/data-type.ts";
import { flag } from "../formats/text/options.ts";
import { columnName } from "../sql-text.ts";
import { jsonLayout } from "./json-layout.ts";
import { isJson, jsonObject } from "./json-text.ts";
import type { FormatRequest, OutputFormat } from "./output-format.ts";
import { temporalStyle } from "./temporal-text.ts";
import { lines } from "./text-lines.ts";

export const jsonOutput: OutputFormat = {
  title: "JSON",
  namesDiffer: true,
  holds: isJson,
  writing: ({ columns, options, context }: FormatRequest) => {
    const style = {
      temporal: temporalStyle(options, context),
      ignoreNulls: flag(options, "ignoreNullFields", true),
      context,
    };
    const values = columns.map(({ id, name, type }) => ({ value: columnName(id), field: structField(name, type) }));
    const layout = jsonLayout(options, structType(values.map(({ field }) => field)), context);
    return lines(layout(jsonObject(values, style)), "json", options);
  },
};
