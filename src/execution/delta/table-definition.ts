/** What a Delta table is made of: the metadata and protocol of a new one, or of one in the place of another. */
import type { Protocol, TableMetadata } from "../../delta/actions.ts";
import { mappingMode, visibleSchema } from "../../delta/column-mapping.ts";
import { mapped } from "../../delta/write/column-mapping.ts";
import { askedProperties, type Properties } from "../../delta/write/properties.ts";
import { checkSupported, featuresOf, requiredProtocol } from "../../delta/write/required-protocol.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import { notedText, statedText } from "../../types/bounded-text.ts";
import { type DataType, type StructField, type StructType, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { schemaToJson } from "../../types/schema-json.ts";
import { holdsShape } from "../../types/some-type.ts";
import { sqlName } from "../../types/type-name.ts";
import { defaultText } from "../tables/column-defaults.ts";
import { checkNames, noPartition } from "../tables/new-table.ts";

export interface TableDefinition {
  readonly schema: StructType;
  readonly partitionBy: readonly string[];
  readonly properties: Properties;
  readonly comment?: string | undefined;
  readonly name?: string | undefined;
  /** Features that the statement asks for besides, such as `clustering`. */
  readonly features?: readonly string[];
  /** How the statement is called in errors. */
  readonly statement: string;
}

export interface Defined {
  readonly metadata: TableMetadata;
  readonly protocol: Protocol;
}

/** The metadata and the protocol of a table. */
export function definedTable(definition: TableDefinition, current: Protocol | undefined): Defined {
  const { partitionBy, properties, comment, features = [], statement } = definition;
  const asked = askedProperties(properties);
  const withRowIds = { ...asked.configuration, ...rowIdColumns(asked.configuration) };
  checkNames(definition.schema.fields);
  checkTypes(definition.schema);
  const { schema, configuration } = mapped(structType(definition.schema.fields.map(notedText)), withRowIds, false);
  checkColumnNames(schema, configuration);
  const metadata: TableMetadata = {
    id: crypto.randomUUID(),
    ...(comment === undefined ? {} : { description: comment }),
    format: { provider: "parquet", options: {} },
    schemaString: schemaToJson(schema),
    partitionColumns: partitionBy.map((name) => partitionColumn(name, schema)),
    configuration,
    createdTime: Date.now(),
  };
  const protocol = requiredProtocol(metadata, current, { ...asked, features: [...asked.features, ...features] });
  checkSupported(featuresOf(protocol));
  checkDefaults(schema, protocol, statement);
  return { metadata, protocol };
}

/** The table with other metadata, and a protocol that has what it needs. */
export function redefined(
  metadata: TableMetadata,
  current: Protocol,
  asked: Parameters<typeof requiredProtocol>[2] = {},
): { readonly metadata: TableMetadata; readonly protocol: Protocol | undefined } {
  const protocol = requiredProtocol(metadata, current, asked);
  if (protocol === current) return { metadata, protocol: undefined };
  checkSupported(featuresOf(protocol));
  return { metadata, protocol };
}

/** A table that tracks rows names the columns in which rewritten rows keep their ids. */
export function rowIdColumns(configuration: Properties): Properties {
  if (configuration["delta.enableRowTracking"] !== "true") return {};
  const key = "delta.rowTracking.materializedRow";
  return {
    [`${key}IdColumnName`]: configuration[`${key}IdColumnName`] ?? `_row-id-col-${crypto.randomUUID()}`,
    [`${key}CommitVersionColumnName`]:
      configuration[`${key}CommitVersionColumnName`] ?? `_row-commit-version-col-${crypto.randomUUID()}`,
  };
}

/** The columns of a table as statements see them: bounded texts, and nothing of how files call them. */
export const statedSchema = (schema: StructType): StructType =>
  structType(visibleSchema(schema).fields.map(statedText));

const unsupportedKinds: ReadonlySet<DataType["kind"]> = new Set([
  "interval",
  "time",
  "day-time interval",
  "year-month interval",
  "udt",
  "void",
] as const);

function checkTypes({ fields }: StructType): void {
  if (fields.some(({ type }) => holdsShape(type))) throw noShapes();
  for (const { name, type } of fields) {
    const kind = kindsIn(type).find((each) => unsupportedKinds.has(each.kind));
    if (kind === undefined) continue;
    throw new UnsupportedError(`Found columns using unsupported data types: [${name}: ${sqlName(kind)}]`, {
      condition: "DELTA_UNSUPPORTED_DATA_TYPES",
      sqlState: "0AKDC",
      parameters: { dataTypeList: `[${name}: ${sqlName(kind)}]` },
      hint: "Cast the column to another type, such as STRING or BIGINT.",
    });
  }
}

const noShapes = (): UnsupportedError =>
  new UnsupportedError("Geospatial types are not supported in this version of Delta Lake", {
    condition: "DELTA_GEOSPATIAL_NOT_SUPPORTED",
    sqlState: "0AKDC",
    hint: "Keep the bytes of shapes, st_asbinary(…), and their SRID, st_srid(…).",
  });

function kindsIn(type: DataType): readonly DataType[] {
  if (type.kind === "struct") return type.fields.flatMap((field) => kindsIn(field.type));
  if (type.kind === "array") return kindsIn(type.element);
  if (type.kind === "map") return [...kindsIn(type.key), ...kindsIn(type.value)];
  return [type];
}

/** Names that old readers of Parquet could not hold need mapped columns. */
export function checkColumnNames({ fields }: StructType, configuration: Properties): void {
  if (mappingMode({ configuration }) !== "none") return;
  const invalid = namesIn(fields).filter((name) => /[ ,;{}()\n\t=]/.test(name));
  if (invalid.length === 0) return;
  throw new AnalysisError(
    `Found invalid character(s) among ' ,;{}()\\n\\t=' in the column names of your schema.\nInvalid column names: ${invalid.join(", ")}`,
    {
      condition: "DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES",
      sqlState: "42K05",
      parameters: { invalidColumnNames: invalid.join(", ") },
      hint: "Use other names, or set the property delta.columnMapping.mode to name.",
    },
  );
}

const namesIn = (fields: readonly StructField[]): readonly string[] =>
  fields.flatMap(({ name, type }) => [name, ...structsIn(type).flatMap((struct) => namesIn(struct.fields))]);

function structsIn(type: DataType): readonly StructType[] {
  if (type.kind === "struct") return [type];
  if (type.kind === "array") return structsIn(type.element);
  return type.kind === "map" ? [...structsIn(type.key), ...structsIn(type.value)] : [];
}

function partitionColumn(name: string, { fields }: StructType): string {
  const found = fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (found?.type.kind === "variant") throw noPartition(found);
  if (found !== undefined) return found.name;
  throw new AnalysisError(`Couldn't find column ${name} in: ${fields.map((field) => field.name).join(", ")}`, {
    condition: "DELTA_COLUMN_NOT_FOUND_IN_SCHEMA",
    sqlState: "42703",
    parameters: { columnName: name, tableSchema: fields.map((field) => quoted(field.name)).join(", ") },
    hint: "Partition by columns of the table.",
  });
}

export function checkDefaults({ fields }: StructType, protocol: Protocol, statement: string): void {
  if (!fields.some((field) => defaultText(field) !== undefined)) return;
  if (featuresOf(protocol).has("allowColumnDefaults")) return;
  throw new AnalysisError(
    `Failed to execute ${statement} command because it assigned a column DEFAULT value, but the corresponding table feature was not enabled`,
    {
      condition: "WRONG_COLUMN_DEFAULTS_FOR_DELTA_FEATURE_NOT_ENABLED",
      sqlState: "0AKDE",
      parameters: { commandType: statement },
      hint: "Set TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported').",
    },
  );
}
