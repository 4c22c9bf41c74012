/** The types that DuckDB's Parquet reader is asked for, so that it fills in and widens by itself. */
import { UnsupportedError } from "../../../../errors.ts";
import type { DataType } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";
import { duckType } from "../../duck-type.ts";
import { identifier } from "../../sql-text.ts";
import { type FileType, parseFileType } from "../file-type.ts";

/**
 * The SQL type that a column of files is read as. Moments keep their zone, so that files of both kinds come out right.
 *
 * @param type - with the names of inner fields as the files have them
 */
export function readType(type: DataType): string {
  switch (type.kind) {
    case "timestamp":
      return "TIMESTAMP WITH TIME ZONE";
    case "array":
      return `${readType(type.element)}[]`;
    case "map":
      return `MAP(${readType(type.key)}, ${readType(type.value)})`;
    case "struct":
      return structOf(type.fields.map(({ name, type: inner }) => [name, readType(inner)]));
    case "variant":
      return structOf([
        ["metadata", "BLOB"],
        ["value", "BLOB"],
      ]);
    case "geometry":
    case "geography":
      throw new UnsupportedError(`columns of type ${sqlName(type)} cannot be read from Parquet`, {
        hint: "Leave the column out, or state it as BINARY in a schema.",
      });
    case "udt":
      return readType(type.storage);
    default:
      return duckType(type);
  }
}

/** The same as the tree that conversions are written by. */
export const readFileType = (type: DataType): FileType => parseFileType(readType(type));

const structOf = (fields: readonly (readonly [name: string, type: string])[]): string =>
  `STRUCT(${fields.map(([name, type]) => `${identifier(name)} ${type}`).join(", ")})`;
