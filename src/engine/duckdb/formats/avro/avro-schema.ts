/** The schemas of Avro of Spark's types: `SchemaConverters.toAvroType`. */
import type { DataType, StructType } from "../../../../types/data-type.ts";
import { sqlName } from "../../../../types/type-name.ts";

type Json = string | readonly Json[] | { readonly [name: string]: Json | number };

/** The name of a type that has one: that of its column, in the space of those around it. */
interface Place {
  readonly name: string;
  readonly space: string;
}

const inner = ({ name, space }: Place): string => (space === "" ? name : `${space}.${name}`);

/** The schema of a file. */
export const avroSchema = (type: StructType, name: string, space: string): Json => record(type, { name, space });

function record({ fields }: StructType, place: Place): Json {
  const space = inner(place);
  return {
    type: "record",
    name: place.name,
    ...(place.space === "" ? {} : { namespace: place.space }),
    fields: fields.map(({ name, type, nullable }) => ({ name, type: orNull(type, nullable, { name, space }) })),
  };
}

function orNull(type: DataType, nullable: boolean, place: Place): Json {
  const made = typed(type, place);
  return nullable && type.kind !== "void" ? [made, "null"] : made;
}

const plain: Partial<Readonly<Record<DataType["kind"], Json>>> = {
  boolean: "boolean",
  tinyint: "int",
  smallint: "int",
  int: "int",
  bigint: "long",
  float: "float",
  double: "double",
  string: "string",
  char: "string",
  varchar: "string",
  binary: "bytes",
  void: "null",
  date: { type: "int", logicalType: "date" },
  timestamp: { type: "long", logicalType: "timestamp-micros" },
  timestamp_ntz: { type: "long", logicalType: "local-timestamp-micros" },
};

function typed(type: DataType, place: Place): Json {
  switch (type.kind) {
    case "struct":
      return record(type, place);
    case "array":
      return { type: "array", items: orNull(type.element, type.containsNull, place) };
    case "map":
      return { type: "map", values: orNull(type.value, type.valueContainsNull, place) };
    case "decimal":
      return {
        type: "fixed",
        name: "fixed",
        namespace: inner(place),
        size: bytesFor(type.precision),
        logicalType: "decimal",
        precision: type.precision,
        scale: type.scale,
      };
    case "day-time interval":
      return { type: "long", "spark.sql.catalyst.type": sqlName(type).toLowerCase() };
    case "year-month interval":
      return { type: "int", "spark.sql.catalyst.type": sqlName(type).toLowerCase() };
    case "udt":
      return typed(type.storage, place);
    default:
      return plain[type.kind]!;
  }
}

/** Whether values of a type can be written. */
export function isAvro(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return isAvro(type.element);
    case "map":
      return (type.key.kind === "string" || type.key.kind === "varchar") && isAvro(type.value);
    case "struct":
      return type.fields.every((field) => isAvro(field.type));
    case "udt":
      return isAvro(type.storage);
    default:
      return (
        Object.hasOwn(plain, type.kind) || ["decimal", "day-time interval", "year-month interval"].includes(type.kind)
      );
  }
}

/** The bytes that hold every number of so many digits and its sign. */
function bytesFor(precision: number): number {
  let size = 1;
  while (2n ** BigInt(8 * size - 1) < 10n ** BigInt(precision)) size++;
  return size;
}
