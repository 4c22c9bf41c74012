/** What `DESCRIBE EXTENDED` and `SHOW TABLE EXTENDED` say of a table, view or partition. */
import { catalogName } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject, ViewObject } from "../../catalogue/objects.ts";
import type { Options } from "../../plan/relation.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { joinPath } from "../../storage/path.ts";
import { type StructType, stringType, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { treeString } from "../../types/type-name.ts";
import type { PartitionValues } from "../tables/partitions.ts";
import { redacted } from "./redacted.ts";

/** One line: what it is about, and what is said. */
export type Detail = readonly [name: string, value: string];

/** A path as Spark shows it. */
export const locationText = (path: string): string => `file:${path}`;

/** A moment as Java's `Date` shows it, in UTC. */
export function momentText(milliseconds: number): string {
  const [day, date, month, year, time] = new Date(milliseconds).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}

const listText = (names: readonly string[]): string => `[${names.map(quoted).join(", ")}]`;

const mapText = (entries: Options): string =>
  `[${Object.entries(redacted(entries))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ")}]`;

const some = (name: string, value: string | undefined): readonly Detail[] =>
  value === undefined ? [] : [[name, value]];
const someMap = (name: string, entries: Options): readonly Detail[] =>
  Object.keys(entries).length === 0 ? [] : [[name, mapText(entries)]];

/** Everything that is known of a relation besides its columns. */
export function relationDetails(relation: CatalogueRelation): readonly Detail[] {
  return [
    ["Catalog", catalogName],
    ["Database", relation.namespace],
    ["Table", relation.name],
    ["Created Time", momentText(relation.createdAt)],
    ["Last Access", "UNKNOWN"],
    ["Created By", "Lakewright"],
    ...(relation.kind === "table" ? tableDetails(relation) : viewDetails(relation)),
  ];
}

function tableDetails(table: TableObject): readonly Detail[] {
  const { provider, comment, collation, properties, location, partitionBy, external } = table;
  return [
    ["Type", external ? "EXTERNAL" : "MANAGED"],
    ["Provider", provider],
    ...bucketDetails(table),
    ...some("Comment", comment),
    ...some("Collation", collation),
    ...someMap("Table Properties", properties),
    ["Location", locationText(location)],
    ...storageDetails(table),
    ...some("Partition Provider", partitionBy.length === 0 ? undefined : "Catalog"),
  ];
}

export const storageDetails = ({ options }: TableObject): readonly Detail[] => someMap("Storage Properties", options);

export const bucketDetails = ({ bucketing }: TableObject): readonly Detail[] =>
  bucketing === undefined
    ? []
    : [
        ["Num Buckets", String(bucketing.count)],
        ["Bucket Columns", listText(bucketing.columns)],
        ["Sort Columns", listText(bucketing.sortBy)],
      ];

const viewDetails = ({
  comment,
  text,
  currentNamespace,
  queryColumns,
  properties,
  schemaMode = "compensation",
  collation,
}: ViewObject): readonly Detail[] => [
  ["Type", "VIEW"],
  ...some("Comment", comment),
  ...some("Collation", collation),
  ["View Text", text],
  ["View Original Text", text],
  ["View Schema Mode", schemaMode.toUpperCase()],
  ["View Catalog and Namespace", `${catalogName}.${currentNamespace}`],
  ["View Query Output Columns", listText(queryColumns)],
  ...someMap("Table Properties", properties),
];

const lines = (details: readonly Detail[]): readonly string[] => details.map(([name, value]) => `${name}: ${value}`);

/** The lines of `SHOW TABLE EXTENDED`. */
export const relationLines = (relation: CatalogueRelation): readonly string[] => [
  ...lines(relationDetails(relation)),
  ...(relation.kind === "table" && relation.partitionBy.length > 0
    ? [`Partition Columns: ${listText(relation.partitionBy)}`]
    : []),
  `Schema: ${treeString(unbounded(relation.schema))}`,
];

export const temporaryLines = (name: string, schema: StructType): readonly string[] => [
  `Table: ${name}`,
  "Type: VIEW",
  `Schema: ${treeString(schema)}`,
];

// The tree knows no CHAR and VARCHAR.
const unbounded = ({ fields }: StructType): StructType =>
  structType(
    fields.map((field) =>
      field.type.kind === "char" || field.type.kind === "varchar" ? { ...field, type: stringType } : field,
    ),
  );

/** The lines of `SHOW TABLE EXTENDED … PARTITION`. */
export const partitionLines = (table: TableObject, values: PartitionValues, madeAt: number): readonly string[] =>
  lines([
    ["Partition Values", partitionValuesText(values)],
    ["Location", locationText(joinPath(table.location, partitionPath(values)))],
    ["Created Time", momentText(madeAt)],
    ["Last Access", "UNKNOWN"],
  ]);

export const partitionValuesText = (values: PartitionValues): string =>
  `[${values.map(([column, value]) => `${column}=${value ?? "null"}`).join(", ")}]`;
