/** Values as files hold them: the engine's storage with the names and types that other readers expect. */
import type { DataType } from "../../../types/data-type.ts";
import { structFieldName } from "../duck-type.ts";
import { identifier } from "../sql-text.ts";

/** SQL of a column as it goes into a file of a format. */
export function fileColumn(value: string, type: DataType): string {
  return needsChange(type) ? changed(value, type) : value;
}

function needsChange(type: DataType): boolean {
  switch (type.kind) {
    case "timestamp":
    case "struct":
    case "variant":
    case "void":
      return true;
    case "array":
      return needsChange(type.element);
    case "map":
      return needsChange(type.key) || needsChange(type.value);
    case "udt":
      return needsChange(type.storage);
    default:
      return false;
  }
}

function changed(value: string, type: DataType): string {
  switch (type.kind) {
    case "timestamp":
      // A timestamp is a moment: files say that it is UTC.
      return `make_timestamptz(epoch_us(${value}))`;
    case "struct":
      return `CASE WHEN ${value} IS NULL THEN NULL ELSE {${type.fields
        .map(
          (field, index) =>
            `${identifier(field.name)}: ${fileColumn(`(${value}).${structFieldName(index)}`, field.type)}`,
        )
        .join(", ")}} END`;
    case "array":
      return `list_transform(${value}, lambda e: ${fileColumn("e", type.element)})`;
    case "map":
      return `map_from_entries(list_transform(map_entries(${value}), lambda e: {k: ${fileColumn("(e).key", type.key)}, v: ${fileColumn("(e).value", type.value)}}))`;
    case "variant": {
      const [metadata, bytes] = [0, 1].map((index) => `(${value}).${structFieldName(index)}`);
      return `CASE WHEN ${value} IS NULL THEN NULL ELSE {value: ${bytes}, metadata: ${metadata}} END`;
    }
    case "void":
      return "NULL::BOOLEAN";
    case "udt":
      return fileColumn(value, type.storage);
    default:
      return value;
  }
}
