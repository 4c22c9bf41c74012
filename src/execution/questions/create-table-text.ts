/** The statement that makes a table or a view again, as Spark's `SHOW CREATE TABLE` writes it. */
import { catalogName } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject, ViewObject } from "../../catalogue/objects.ts";
import type { Options } from "../../plan/relation.ts";
import { type DataType, isText, type StructField } from "../../types/data-type.ts";
import { quotedIfNeeded, stringLiteral } from "../../types/identifier.ts";
import { sqlName } from "../../types/type-name.ts";
import { defaultText } from "../tables/column-defaults.ts";
import { locationText } from "./details.ts";
import { redacted } from "./redacted.ts";

export const createTableText = (relation: CatalogueRelation): string =>
  `${(relation.kind === "table" ? tableClauses(relation) : viewClauses(relation)).join("\n")}\n`;

const names = (columns: readonly string[]): string => columns.map(quotedIfNeeded).join(", ");

function tableClauses(table: TableObject): readonly string[] {
  const {
    namespace,
    name,
    schema,
    provider,
    options,
    partitionBy,
    bucketing,
    comment,
    location,
    external,
    properties,
    collation,
  } = table;
  const others = Object.fromEntries(Object.entries(properties).filter(([key]) => !Object.hasOwn(options, key)));
  return [
    `CREATE TABLE ${names([catalogName]).concat(".", names([namespace]), ".", names([name]))} (`,
    `${schema.fields.map((field) => `  ${columnText(field)}`).join(",\n")})`,
    `USING ${provider}`,
    ...entries("OPTIONS", redacted(options)),
    ...(partitionBy.length === 0 ? [] : [`PARTITIONED BY (${names(partitionBy)})`]),
    ...(bucketing === undefined ? [] : bucketClauses(bucketing)),
    ...(comment === undefined ? [] : [`COMMENT ${stringLiteral(comment)}`]),
    ...(collation === undefined ? [] : [`DEFAULT COLLATION ${collation}`]),
    ...(external ? [`LOCATION ${stringLiteral(locationText(location))}`] : []),
    ...entries("TBLPROPERTIES", redacted(others)),
  ];
}

const bucketClauses = ({ count, columns, sortBy }: NonNullable<TableObject["bucketing"]>): readonly string[] => [
  `CLUSTERED BY (${names(columns)})`,
  ...(sortBy.length === 0 ? [] : [`SORTED BY (${names(sortBy)})`]),
  `INTO ${count} BUCKETS`,
];

const viewClauses = ({
  namespace,
  name,
  schema,
  comment,
  properties,
  text,
  schemaMode = "compensation",
  collation,
}: ViewObject): readonly string[] => [
  `CREATE VIEW ${quotedIfNeeded(namespace)}.${quotedIfNeeded(name)} (`,
  `${schema.fields.map((field) => `  ${quotedIfNeeded(field.name)}${commentText(field)}`).join(",\n")})`,
  ...(comment === undefined ? [] : [`COMMENT ${stringLiteral(comment)}`]),
  ...(collation === undefined ? [] : [`DEFAULT COLLATION ${collation}`]),
  ...entries("TBLPROPERTIES", properties),
  `WITH SCHEMA ${schemaMode.toUpperCase()}`,
  `AS ${text}`,
];

function entries(clause: string, options: Options): readonly string[] {
  const sorted = Object.entries(options).sort(([left], [right]) => (left < right ? -1 : 1));
  if (sorted.length === 0) return [];
  return [
    `${clause} (`,
    `${sorted.map(([key, value]) => `  ${stringLiteral(key)} = ${stringLiteral(value)}`).join(",\n")})`,
  ];
}

function columnText(field: StructField): string {
  const value = defaultText(field);
  return `${quotedIfNeeded(field.name)} ${typeText(field.type)}${value === undefined ? "" : ` DEFAULT ${value}`}${commentText(field)}`;
}

function commentText({ metadata }: StructField): string {
  return typeof metadata?.comment === "string" ? ` COMMENT ${stringLiteral(metadata.comment)}` : "";
}

/** The type with the collation of each text, which Spark writes out here. */
function typeText(type: DataType): string {
  if (type.kind === "array") return `ARRAY<${typeText(type.element)}>`;
  if (type.kind === "map") return `MAP<${typeText(type.key)}, ${typeText(type.value)}>`;
  if (type.kind === "struct") {
    const fields = type.fields.map(
      (field) =>
        `${quotedIfNeeded(field.name)}: ${typeText(field.type)}${field.nullable ? "" : " NOT NULL"}${commentText(field)}`,
    );
    return `STRUCT<${fields.join(", ")}>`;
  }
  return isText(type) && !("collation" in type && type.collation !== undefined)
    ? `${sqlName(type)} COLLATE UTF8_BINARY`
    : sqlName(type);
}
