/** Parquet as Spark writes it. */

import { UnsupportedError } from "../../../errors.ts";
import { boundsKey } from "../../../types/bounded-text.ts";
import type { DataType, StructField, StructType } from "../../../types/data-type.ts";
import { arrayType, isSpatial, mapType, stringType, structField, structType } from "../../../types/data-type.ts";
import { schemaToJson } from "../../../types/schema-json.ts";
import { holdsShape, someType } from "../../../types/some-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { option } from "../formats/text/options.ts";
import { changeFooter } from "../parquet-footer/footer-bytes.ts";
import { needsMark, withMarks } from "../parquet-footer/schema-marks.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { codecOf, parquetCodecs } from "./codec.ts";
import { fieldIds } from "./field-ids.ts";
import { fileColumn } from "./file-value.ts";
import type { FormatRequest, OutputFormat } from "./output-format.ts";

const rowMetadataKey = "org.apache.spark.sql.parquet.row.metadata";

export const parquetOutput: OutputFormat = {
  title: "Parquet",
  namesDiffer: true,
  holds,
  writing: ({ columns, fileColumns, options }: FormatRequest) => {
    const codec = codecOf(option(options, "compression", "parquet.compression") ?? "snappy", parquetCodecs);
    refuseShapes(columns);
    const fields =
      fileColumns ?? columns.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata));
    refuseNameless(fields);
    const schema = structType(fields);
    const ids = fieldIds(fields);
    return {
      columns: fields.map(
        ({ name, type }, index) => `${fileColumn(columnName(columns[index]!.id), type)} AS ${identifier(name)}`,
      ),
      copy: [
        "FORMAT parquet",
        `COMPRESSION ${text(codec.name!)}`,
        `KV_METADATA {${identifier(rowMetadataKey)}: ${text(schemaToJson(structType(fields.map(fileField))))}}`,
        ...(ids === undefined ? [] : [`FIELD_IDS ${ids}`]),
      ],
      extension: codec.extension === "" ? "parquet" : `${codec.extension}.parquet`,
      ...(needsMark(schema) ? { finish: (path) => changeFooter(path, (footer) => withMarks(footer, schema)) } : {}),
    };
  },
};

function holds(type: DataType): boolean {
  if (type.kind === "array") return holds(type.element);
  if (type.kind === "map") return holds(type.key) && holds(type.value);
  if (type.kind === "struct") return type.fields.every((field) => holds(field.type));
  return type.kind !== "interval" && !(isSpatial(type) && type.srid === "any");
}

// DuckDB has no names without a character.
function refuseNameless(fields: readonly StructField[]): void {
  const isNameless = ({ fields }: StructType): boolean => fields.some(({ name }) => name === "");
  const column = fields.find(
    ({ name, type }) => name === "" || someType(type, (part) => part.kind === "struct" && isNameless(part)),
  );
  if (column === undefined) return;
  throw new UnsupportedError(
    `the column \`${column.name}\` cannot be written to Parquet: it, or a field of it, has an empty name`,
    {
      hint: "Give it a name by an alias.",
    },
  );
}

function refuseShapes(columns: FormatRequest["columns"]): void {
  const shape = columns.find(({ type }) => holdsShape(type));
  if (shape === undefined) return;
  throw new UnsupportedError(`the column ${shape.name} of type ${sqlName(shape.type)} cannot be written to Parquet`, {
    hint: "Write the bytes of its shapes, stAsbinary(…), and their SRID, stSrid(…).",
  });
}

// Files know no CHAR and VARCHAR: Spark notes them beside a string.
function fileField(field: StructField): StructField {
  const type = withoutLengths(field.type);
  if (type === field.type) return field;
  return structField(field.name, type, field.nullable, {
    ...field.metadata,
    [boundsKey]: sqlName(field.type).toLowerCase(),
  });
}

/** The type itself where nothing in it changes. */
function withoutLengths(type: DataType): DataType {
  switch (type.kind) {
    case "char":
    case "varchar":
      return stringType;
    case "array": {
      const element = withoutLengths(type.element);
      return element === type.element ? type : arrayType(element, type.containsNull);
    }
    case "map": {
      const [key, value] = [withoutLengths(type.key), withoutLengths(type.value)];
      return key === type.key && value === type.value ? type : mapType(key, value, type.valueContainsNull);
    }
    case "struct": {
      const fields = type.fields.map(fileField);
      return fields.every((field, index) => field === type.fields[index]) ? type : structType(fields);
    }
    default:
      return type;
  }
}
