/** JSON lines as Spark writes them. */
import { UnsupportedError } from "../../../errors.ts";
import { structField } from "../../../types/data-type.ts";
import { flag } from "../formats/text/options.ts";
import { columnName } from "../sql-text.ts";
import { isJson, jsonObject } from "./json-text.ts";
import type { FormatRequest, OutputFormat } from "./output-format.ts";
import { temporalStyle } from "./temporal-text.ts";
import { lines } from "./text-lines.ts";

export const jsonOutput: OutputFormat = {
  title: "JSON",
  namesDiffer: true,
  holds: isJson,
  writing: ({ columns, options, context }: FormatRequest) => {
    if (flag(options, "writeNonAsciiCharacterAsCodePoint")) {
      throw new UnsupportedError("the JSON option writeNonAsciiCharacterAsCodePoint is not supported");
    }
    const style = {
      temporal: temporalStyle(options, context),
      ignoreNulls: flag(options, "ignoreNullFields", true),
      context,
    };
    const values = columns.map(({ id, name, type }) => ({ value: columnName(id), field: structField(name, type) }));
    return lines(jsonObject(values, style), "json", options);
  },
};
