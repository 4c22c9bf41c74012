/** The names of data sources: which there are, and which Spark has beside them. */
import { AnalysisError, listed, nearest, UnsupportedError } from "../../../errors.ts";
import type { Direction } from "../../../plan/file-options/option.ts";

/** What Spark has and the engine does not, with what to do instead. */
const others: Readonly<Record<string, string>> = {
  orc: "Have the files written as Parquet: spark.read.orc(…).write.parquet(…) in Spark.",
  jdbc: "Export the table as Parquet or CSV, or read it with a client of the database and createDataFrame(…).",
  binaryfile: "Files of bytes are read, not written, as in Spark.",
};

/** Classes that Spark takes for names. */
const classNames = /^(?:org\.apache\.spark\.sql\.(?:execution\.datasources\.)?|com\.databricks\.spark\.)/;

/**
 * A format by its name in any case.
 *
 * @throws AnalysisError `DATA_SOURCE_NOT_FOUND` for a name that no source has
 * @throws UnsupportedError for a source that Spark has and the engine does not
 */
export function formatOf<Format>(
  name: string,
  formats: Readonly<Record<string, Format>>,
  direction: Direction,
): Format {
  const wanted = name.toLowerCase().replace(classNames, "");
  const known = Object.keys(formats).find((each) => each.toLowerCase() === wanted);
  if (known !== undefined) return formats[known]!;
  const instead = Object.hasOwn(others, wanted) ? others[wanted] : undefined;
  if (instead !== undefined)
    throw new UnsupportedError(`the embedded engine does not ${direction} ${name}`, { hint: instead });
  throw notFound(name, Object.keys(formats), direction);
}

function notFound(name: string, known: readonly string[], direction: Direction): AnalysisError {
  const near = nearest(name, known).map((each) => `Did you mean ${each}? `);
  const does = direction === "read" ? "reads" : "writes";
  return new AnalysisError(`Failed to find the data source: ${name}`, {
    condition: "DATA_SOURCE_NOT_FOUND",
    sqlState: "42K02",
    parameters: { provider: name },
    hint: `${near.join("")}The embedded engine ${does}: ${listed(known)}.`,
  });
}
