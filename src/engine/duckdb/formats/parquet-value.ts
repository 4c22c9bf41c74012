/** Values of Parquet files in the engine's storage types, and the Spark types of files that do not tell. */
import { UnsupportedError } from "../../../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  mapType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
} from "../../../types/data-type.ts";
import type { Database } from "../database.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { kernelSql } from "../kernels/index.ts";
import { identifier } from "../sql-text.ts";
import type { FileType } from "./file-type.ts";
import { otherType } from "./parquet-other-type.ts";
import { checkShredded, isShredded } from "./parquet-variant.ts";

const plainTypes: Readonly<Record<string, DataType>> = {
  BOOLEAN: booleanType,
  TINYINT: tinyintType,
  SMALLINT: smallintType,
  INTEGER: intType,
  BIGINT: bigintType,
  UTINYINT: smallintType,
  USMALLINT: intType,
  UINTEGER: bigintType,
  UBIGINT: decimalType(20, 0),
  FLOAT: floatType,
  DOUBLE: doubleType,
  VARCHAR: stringType,
  JSON: stringType,
  UUID: stringType,
  BLOB: binaryType,
  DATE: dateType,
  TIMESTAMP: timestampNtzType,
  TIMESTAMP_NS: timestampNtzType,
  TIMESTAMP_MS: timestampNtzType,
  "TIMESTAMP WITH TIME ZONE": timestampType,
  VARIANT: variantType,
  VOID: voidType,
};

/** The type that Spark reads a column of a file as. */
export function sparkType(type: FileType, isLegacyTimestamp = false): DataType {
  switch (type.is) {
    case "list":
      return arrayType(sparkType(type.element));
    case "map":
      return mapType(sparkType(type.key), sparkType(type.value));
    case "struct":
      return structType(type.fields.map((field) => structField(field.name, sparkType(field.type))));
    case "plain":
      return plainType(type, isLegacyTimestamp);
  }
}

function plainType({ name, parameters }: Extract<FileType, { is: "plain" }>, isLegacyTimestamp: boolean): DataType {
  if (name === "DECIMAL") return decimalType(parameters[0]!, parameters[1]!);
  const type = plainTypes[name];
  if (type === undefined) {
    throw new UnsupportedError(`a Parquet column of type ${name} cannot be read`, {
      condition: "PARQUET_TYPE_NOT_SUPPORTED",
      sqlState: "42846",
      hint: "Give a schema without the column.",
    });
  }
  return isLegacyTimestamp && type === timestampNtzType ? timestampType : type;
}

/** Gives SQL of a file's column as the engine stores a Spark type; a typed null where the file lacks it. */
export type FromFile = (value: string | undefined, file: FileType | undefined, type: DataType) => string;

type Struct = Extract<FileType, { is: "struct" }>;

/** @param database - knows the function that puts together what files hold taken apart */
export function reading(database: Database): FromFile {
  const fromFile: FromFile = (value, file, type) => {
    if (value === undefined || file === undefined || type.kind === "void") return missing(type);
    if (type.kind === "struct" && file.is === "struct") return structFrom(value, file, type, fromFile);
    if (type.kind === "variant" && file.is === "struct") return variantFrom(value, file);
    if (type.kind === "array" && file.is === "list") return listFrom(value, file.element, type.element, fromFile);
    if (type.kind === "map" && file.is === "map") {
      // Without the parentheses a column of the file by the name of the entry would come first.
      const entry = `{k: ${fromFile("(e).key", file.key, type.key)}, v: ${fromFile("(e).value", file.value, type.value)}}`;
      return isStored(file, type)
        ? value
        : `map_from_entries(list_transform(map_entries(${value}), lambda e: ${entry}))`;
    }
    if (type.kind === "udt") return fromFile(value, file, type.storage);
    return plainFrom(value, file, type);
  };
  const variantFrom = (value: string, file: Struct): string => {
    if (!isShredded(file)) return structFrom(value, file, variantFields, fromFile);
    checkShredded(file);
    const type = sparkType(file);
    return kernelSql(database, "unshredded_variant", [fromFile(value, file, type)], [type]);
  };
  return fromFile;
}

/** A VARIANT as files hold it that is not taken apart. */
const variantFields = structType([structField("metadata", binaryType), structField("value", binaryType)]);

function plainFrom(value: string, file: FileType, type: DataType): string {
  if (isStored(file, type)) return value;
  const stored = isMoment(file) ? `make_timestamp(epoch_us(${value}))` : `(${value})::${duckType(type)}`;
  return otherType(value, file, type) ?? stored;
}

/** Whether values are moments with a zone, which the engine stores without. */
export const isMoment = (file: FileType): boolean => file.is === "plain" && file.name === "TIMESTAMP WITH TIME ZONE";

const listFrom = (value: string, file: FileType, type: DataType, fromFile: FromFile): string =>
  isStored(file, type) ? value : `list_transform(${value}, lambda e: ${fromFile("e", file, type)})`;

function structFrom(
  value: string,
  file: Struct,
  type: Extract<DataType, { kind: "struct" }>,
  fromFile: FromFile,
): string {
  const fields = type.fields.map((field, index) => {
    const own =
      file.fields.find(({ name }) => name === field.name) ??
      file.fields.find(({ name }) => name.toLowerCase() === field.name.toLowerCase());
    const inner = own === undefined ? undefined : `(${value}).${identifier(own.name)}`;
    return `${structFieldName(index)}: ${fromFile(inner, own?.type, field.type)}`;
  });
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE {${fields.join(", ")}} END`;
}

/** SQL of a column that a file lacks. */
export const missing = (type: DataType): string => `NULL::${duckType(type)}`;

/** Whether DuckDB's type of the file is the one that the engine stores already. */
export function isStored(file: FileType, type: DataType): boolean {
  if (type.kind === "struct") return false;
  if (type.kind === "array") return file.is === "list" && isStored(file.element, type.element);
  if (type.kind === "map") return file.is === "map" && isStored(file.key, type.key) && isStored(file.value, type.value);
  if (file.is !== "plain") return false;
  const name = file.name === "DECIMAL" ? `DECIMAL(${file.parameters.join(",")})` : file.name;
  return name === duckType(type);
}
