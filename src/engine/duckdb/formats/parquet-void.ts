/** Parts of Parquet files that hold nothing but null, which DuckDB shows as integers. */
import type { SchemaNode } from "../parquet-footer/file-metadata.ts";
import type { FileType } from "./file-type.ts";

/** What DuckDB shows a part without a type as. */
const shownAs = "INTEGER";

/**
 * A type with the parts that are void under a name of their own.
 *
 * @param type - as DuckDB tells it
 * @param node - what the file says of it
 */
export function withVoids(type: FileType, node: SchemaNode | undefined): FileType {
  switch (type.is) {
    case "list":
      return { is: "list", element: withVoids(type.element, repeated(node)?.children[0]) };
    case "map":
      return {
        is: "map",
        key: withVoids(type.key, repeated(node)?.children[0]),
        value: withVoids(type.value, repeated(node)?.children[1]),
      };
    case "struct":
      return {
        is: "struct",
        fields: type.fields.map((field) => ({ ...field, type: withVoids(field.type, childOf(node, field.name)) })),
      };
    case "plain":
      return type.name === shownAs && node?.isVoid === true ? { is: "plain", name: "VOID", parameters: [] } : type;
  }
}

/** The group that repeats within an array or a map. */
const repeated = (node: SchemaNode | undefined): SchemaNode | undefined => node?.children[0];

export const childOf = (node: SchemaNode | undefined, name: string): SchemaNode | undefined =>
  node?.children.find((child) => child.name === name);
