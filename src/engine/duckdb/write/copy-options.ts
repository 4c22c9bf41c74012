/** The options of DuckDB's COPY for a write. */
import { listed, UnsupportedError } from "../../../errors.ts";
import type { OutputColumn } from "../../../plan/resolved.ts";
import { structField, structType } from "../../../types/data-type.ts";
import { schemaToJson } from "../../../types/schema-json.ts";
import type { FileRequest } from "../../engine.ts";
import { identifier, text } from "../sql-text.ts";

type FormatOptions = (request: FileRequest, columns: readonly OutputColumn[]) => readonly string[];

const formats: Readonly<Record<string, FormatOptions>> = {
  parquet: ({ options, partitionBy }, columns) => [
    "FORMAT parquet",
    `COMPRESSION ${text(options["compression"] ?? "snappy")}`,
    `KV_METADATA {${identifier("org.apache.spark.sql.parquet.row.metadata")}: ${text(rowMetadata(columns, partitionBy))}}`,
  ],
};

/** The options as SQL text. */
export function copyOptions(columns: readonly OutputColumn[], request: FileRequest): readonly string[] {
  const format = formats[request.format];
  if (format === undefined) {
    throw new UnsupportedError(`the embedded engine does not write ${request.format}`, { hint: `It writes: ${listed(Object.keys(formats))}.` });
  }
  return [...format(request, columns), ...(request.partitionBy.length === 0 ? [] : partitioned(request))];
}

const partitioned = ({ partitionBy }: FileRequest): readonly string[] => [
  `PARTITION_BY (${partitionBy.map(identifier).join(", ")})`,
  `FILENAME_PATTERN ${text("part-{i}-{uuid}")}`,
];

/** What the name of a file ends in. */
export function extensionOf(format: string, options: FileRequest["options"]): string {
  const compression = (options["compression"] ?? (format === "parquet" ? "snappy" : "none")).toLowerCase();
  return format === "parquet" ? (compression === "none" || compression === "uncompressed" ? "parquet" : `${compression}.parquet`) : format;
}

// The schema that Spark and we find again in the footer.
const rowMetadata = (columns: readonly OutputColumn[], partitionBy: readonly string[]): string =>
  schemaToJson(structType(columns.filter(({ name }) => !partitionBy.includes(name)).map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata))));
