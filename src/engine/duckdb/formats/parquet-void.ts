/** Parts of Parquet files that hold nothing but null, which DuckDB shows as integers. */
import type { FileType } from "./file-type.ts";

/** What DuckDB shows a part without a type as. */
const shownAs = "INTEGER";

/**
 * A type with the parts that are void under a name of their own.
 *
 * @param name - of the column, or of the part of it
 * @param type - as DuckDB tells it
 * @param voids - the names that only void parts of the file have
 */
export function withVoids(name: string, type: FileType, voids: ReadonlySet<string>): FileType {
  if (voids.size === 0) return type;
  switch (type.is) {
    case "list":
      return { is: "list", element: withVoids("element", type.element, voids) };
    case "map":
      return { is: "map", key: withVoids("key", type.key, voids), value: withVoids("value", type.value, voids) };
    case "struct":
      return {
        is: "struct",
        fields: type.fields.map((field) => ({ ...field, type: withVoids(field.name, field.type, voids) })),
      };
    case "plain":
      return type.name === shownAs && voids.has(name) ? { is: "plain", name: "VOID", parameters: [] } : type;
  }
}
