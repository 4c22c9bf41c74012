/** Parquet as Spark writes it. */
import { UnsupportedError } from "../../../errors.ts";
import type { DataType, StructField } from "../../../types/data-type.ts";
import { arrayType, mapType, stringType, structField, structType } from "../../../types/data-type.ts";
import { schemaToJson } from "../../../types/schema-json.ts";
import { sqlName } from "../../../types/type-name.ts";
import { option } from "../formats/text/options.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { codecOf, parquetCodecs } from "./codec.ts";
import { fieldIds } from "./field-ids.ts";
import { fileColumn } from "./file-value.ts";
import type { FormatRequest, OutputFormat } from "./output-format.ts";

const rowMetadataKey = "org.apache.spark.sql.parquet.row.metadata";
const charVarcharKey = "__CHAR_VARCHAR_TYPE_STRING";

export const parquetOutput: OutputFormat = {
  title: "Parquet",
  namesDiffer: true,
  holds,
  writing: ({ columns, fileColumns, options }: FormatRequest) => {
    const codec = codecOf(option(options, "compression", "parquet.compression") ?? "snappy", parquetCodecs);
    const fields =
      fileColumns ?? columns.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata));
    const unknown = fields.find(({ type }) => holdsVoid(type));
    if (unknown !== undefined) throw voidColumn(unknown);
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
    };
  },
};

function holds(type: DataType): boolean {
  if (type.kind === "array") return holds(type.element);
  if (type.kind === "map") return holds(type.key) && holds(type.value);
  if (type.kind === "struct") return type.fields.every((field) => holds(field.type));
  return type.kind !== "interval";
}

function holdsVoid(type: DataType): boolean {
  if (type.kind === "array") return holdsVoid(type.element);
  if (type.kind === "map") return holdsVoid(type.key) || holdsVoid(type.value);
  if (type.kind === "struct") return type.fields.some((field) => holdsVoid(field.type));
  return type.kind === "void";
}

// Spark reads such a column only where the file marks it as one, which DuckDB cannot write.
const voidColumn = ({ name, type }: StructField): UnsupportedError =>
  new UnsupportedError(`The column ${name} of type ${sqlName(type)} cannot be written to Parquet: VOID has no values`, {
    parameters: { column: name, type: sqlName(type), feature: "Parquet VOID" },
    hint: `Cast ${name} to a type with values, such as STRING, or drop it.`,
  });

// Files know no CHAR and VARCHAR: Spark notes them beside a string.
function fileField(field: StructField): StructField {
  const type = withoutLengths(field.type);
  if (type === field.type) return field;
  return structField(field.name, type, field.nullable, {
    ...field.metadata,
    [charVarcharKey]: sqlName(field.type).toLowerCase(),
  });
}

function withoutLengths(type: DataType): DataType {
  if (type.kind === "char" || type.kind === "varchar") return stringType;
  if (type.kind === "array")
    return same(type, arrayType(withoutLengths(type.element), type.containsNull), [type.element]);
  if (type.kind === "map") {
    return same(type, mapType(withoutLengths(type.key), withoutLengths(type.value), type.valueContainsNull), [
      type.key,
      type.value,
    ]);
  }
  if (type.kind !== "struct") return type;
  return same(
    type,
    structType(type.fields.map(fileField)),
    type.fields.map((field) => field.type),
  );
}

const same = (type: DataType, changed: DataType, inner: readonly DataType[]): DataType =>
  inner.some((part) => withoutLengths(part) !== part) ? changed : type;
