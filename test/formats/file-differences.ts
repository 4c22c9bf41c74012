/** Cases in which this library does not do what Spark does, with what it does instead. */
import type { FileOutcome } from "./file-outcome.ts";

const field = (name: string, type: unknown) => ({ name, type, nullable: true, metadata: {} });
const outcome = (fields: readonly (readonly [string, unknown])[], ...rows: (string | number)[][]): FileOutcome => ({
  schema: { type: "struct", fields: fields.map(([name, type]) => field(name, type)) },
  rows,
});

export const fileDifferences: Readonly<Record<string, FileOutcome>> = {
  // Spark fails at a number whose exponent makes its scale negative.
  "json: prefersDecimal": outcome(
    [
      ["a", "decimal(3,2)"],
      ["b", "double"],
      ["c", "decimal(31,1)"],
    ],
    ["1.25", 1000, "123456789012345678901234567890.5"],
  ),
  // Spark asks for lineSep in every character set but UTF-8.
  "json: ISO-8859-1": outcome([["a", "string"]], ["\u00e9\u00a0"]),
  // The cause itself, which Spark wraps.
  "json: records as variants, refused": { error: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION" },
  // Spark gives the exception of its parser, which has no condition.
  "csv: maxColumns": { error: "FAILED_READ_FILE.NO_HINT" },
  "csv: maxCharsPerColumn": { error: "FAILED_READ_FILE.NO_HINT" },
};
