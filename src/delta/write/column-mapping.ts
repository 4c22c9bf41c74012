/** Names and ids given to columns of files (`columnMapping`). */
import { type StructField, type StructType, structField, structType } from "../../types/data-type.ts";
import { mappingMode, physicalName, within } from "../column-mapping.ts";

const idKey = "delta.columnMapping.id";
const nameKey = "delta.columnMapping.physicalName";
const parquetIdKey = "parquet.field.id";
const highestKey = "delta.columnMapping.maxColumnId";

/** The schema as files have it: physical names, and ids of Parquet fields where columns are mapped. */
export const physicalSchema = ({ fields }: StructType): StructType => structType(fields.map(physicalField));

function physicalField(field: StructField): StructField {
  const id = field.metadata?.[idKey];
  const metadata = id === undefined ? undefined : { [parquetIdKey]: id };
  return structField(physicalName(field), within(field.type, physicalField), field.nullable, metadata);
}

interface Mapped {
  readonly schema: StructType;
  readonly configuration: Readonly<Record<string, string>>;
}

/**
 * Gives the columns that have none an id and a physical name, where the table maps its columns.
 *
 * @param namesStay - whether columns are called in files as they are now: those of files that are there already
 */
export function mapped(
  schema: StructType,
  configuration: Readonly<Record<string, string>>,
  namesStay: boolean,
): Mapped {
  if (mappingMode({ configuration }) === "none") return { schema, configuration };
  let highest = Math.max(Number(configuration[highestKey] ?? 0), highestId(schema));
  const assigned = (field: StructField): StructField => {
    const { metadata = {} } = field;
    const id = metadata[idKey] ?? ++highest;
    const name = metadata[nameKey] ?? (namesStay ? field.name : `col-${crypto.randomUUID()}`);
    return structField(field.name, within(field.type, assigned), field.nullable, {
      ...metadata,
      [idKey]: id,
      [nameKey]: name,
    });
  };
  return {
    schema: structType(schema.fields.map(assigned)),
    configuration: { ...configuration, [highestKey]: String(highest) },
  };
}

function highestId(schema: StructType): number {
  let highest = 0;
  const visit = (field: StructField): StructField => {
    highest = Math.max(highest, Number(field.metadata?.[idKey] ?? 0));
    within(field.type, visit);
    return field;
  };
  schema.fields.forEach(visit);
  return highest;
}
