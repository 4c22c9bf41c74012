/** The columns that a scan of listed files takes from the files, merged by the outermost name. */
import type { ColumnOfFiles } from "../../../../plan/listed-files.ts";
import { type DataType, type StructField, stringType, structField, structType } from "../../../../types/data-type.ts";
import { columnName, identifier, text } from "../../sql-text.ts";
import type { FromFile } from "../parquet-value.ts";
import { JsonParts } from "./json-part.ts";
import { readFileType, readType } from "./read-type.ts";
import type { HeldType } from "./variant-files.ts";

/** What DuckDB's reader is told of a group's files. */
export interface FileColumns {
  /** The reader's `schema` parameter; it finds columns by names in any case, or by field ids, and gives null for missing ones. */
  readonly schema: string;
  /** SQL of a column's values in the engine's storage type. */
  readonly value: (column: ColumnOfFiles) => string;
  /** The table expression that values are taken from, once all are known. */
  readonly from: (files: string) => string;
  /** SQL of a column's values as they are read. */
  readonly stored: (column: ColumnOfFiles) => string;
}

/**
 * @param columns - at least one
 * @param held - the types that the files have, where these are others than those of the columns
 */
export function fileColumns(
  columns: readonly ColumnOfFiles[],
  fromFile: FromFile,
  held: HeldType = ({ type }) => type,
): FileColumns {
  const outermost = new Map<string | number, DataType>();
  for (const column of columns) {
    const [head, ...inner] = column.path;
    const type = column.within === undefined ? held(column) : stringType;
    outermost.set(head, merged(outermost.get(head), nested(inner, type)));
  }
  const keys = [...outermost.keys()];
  const entries = keys.map(
    (key, index) =>
      `${typeof key === "number" ? key : text(key)}: {name: ${text(columnName(index))}, type: ${text(readType(outermost.get(key)!))}, default_value: NULL}`,
  );
  const stored = ({ path: [head, ...inner] }: ColumnOfFiles): string =>
    inner.reduce((sql, name) => `(${sql}).${identifier(name)}`, columnName(keys.indexOf(head)));
  const parts = new JsonParts();
  return {
    schema: `MAP {${entries.join(", ")}}`,
    value: (column) =>
      column.within === undefined
        ? fromFile(stored(column), readFileType(held(column)), column.type)
        : parts.value(stored(column), column.within, column.type),
    from: (files) => parts.from(files),
    stored,
  };
}

const nested = (path: readonly string[], type: DataType): DataType =>
  path.reduceRight<DataType>((inner, name) => structType([structField(name, inner)]), type);

// Values of one struct that are asked for one by one.
function merged(known: DataType | undefined, more: DataType): DataType {
  if (known?.kind !== "struct" || more.kind !== "struct") return known ?? more;
  const fields = new Map<string, StructField>(known.fields.map((field) => [field.name, field]));
  for (const field of more.fields)
    fields.set(field.name, structField(field.name, merged(fields.get(field.name)?.type, field.type)));
  return structType([...fields.values()]);
}
