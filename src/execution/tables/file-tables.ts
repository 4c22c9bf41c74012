/** Tables of plain files: folders of Parquet, JSON, CSV or text. */
import type { TableObject } from "../../catalogue/objects.ts";
import type { Relation } from "../../plan/relation.ts";
import { escapeGlob } from "../../storage/path.ts";
import { notedText, unboundedText } from "../../types/bounded-text.ts";
import { type StructField, type StructType, structType } from "../../types/data-type.ts";
import type { TableProvider } from "./provider.ts";

export const fileTables: TableProvider = {
  async scan(table, options, storage): Promise<Relation> {
    const schema = readSchema(table.schema);
    // As in Spark, an external table whose folder is not there has no rows.
    if ((await storage.stat(table.location)) === undefined) return { kind: "local relation", schema, batches: [] };
    const { path: _, ...own } = table.options;
    return {
      kind: "read",
      format: table.provider,
      paths: [escapeGlob(table.location)],
      schema,
      options: { ...own, ...options },
      isStreaming: false,
    };
  },
};

/** The columns as they are read: CHAR and VARCHAR are STRING with a note, and what says how to write them is left out. */
const readSchema = ({ fields }: StructType): StructType => structType(fields.map(readField));

function readField(field: StructField): StructField {
  const { name, type, metadata = {} } = notedText(field);
  const { CURRENT_DEFAULT: _, EXISTS_DEFAULT: __, ...rest } = metadata;
  const noted = Object.keys(rest).length === 0 ? {} : { metadata: rest };
  return { name, type: unboundedText(type), nullable: true, ...noted };
}

/** The columns that lie in the files. */
export const dataColumns = ({ schema, partitionBy }: TableObject): readonly StructField[] =>
  schema.fields.filter(({ name }) => !partitionBy.includes(name));

/** The columns that are folders, outermost first. */
export const partitionColumns = ({ schema, partitionBy }: TableObject): readonly StructField[] =>
  partitionBy.map((name) => schema.fields.find((field) => field.name === name)!);
