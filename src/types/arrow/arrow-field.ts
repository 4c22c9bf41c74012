/** Fields of Arrow for Spark's types, as Spark's `ArrowUtils.toArrowField` and PySpark's `to_arrow_type` make them. */
import { AnalysisError } from "../../errors.ts";
import { storageType } from "../batch.ts";
import {
  binaryType,
  type DataType,
  type DecimalType,
  type StructField,
  type StructType,
  structField,
  structType,
  type TypeKind,
} from "../data-type.ts";
import { simpleString } from "../type-name.ts";
import { bool, byte, int, short, type Table, table, tables, text } from "./flatbuffer.ts";

/** The numbers of types in Arrow's union of types. */
const union = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  timestamp: 10,
  list: 12,
  struct: 13,
  map: 17,
  duration: 18,
} as const;

const microseconds = short(2);
const days = short(0);

interface ArrowType {
  readonly number: number;
  readonly type: Table;
  readonly children?: readonly StructField[];
}

type Stored = Exclude<DataType, { readonly kind: "udt" }>;
type Refused = "time" | "interval" | "year-month interval";
type Kind = Exclude<Stored["kind"], Refused>;

const integer = (bits: number) => (): ArrowType => ({ number: union.int, type: table(int(bits), bool(true)) });
const simple =
  (number: number, ...fields: readonly ReturnType<typeof short>[]) =>
  (): ArrowType => ({
    number,
    type: table(...fields),
  });
const utf8 = simple(union.utf8);

const types: {
  readonly [K in Kind]: (type: Extract<Stored, { readonly kind: K }>, timeZone: string) => ArrowType;
} = {
  tinyint: integer(8),
  smallint: integer(16),
  int: integer(32),
  bigint: integer(64),
  float: simple(union.float, short(1)),
  double: simple(union.float, short(2)),
  boolean: simple(union.bool),
  binary: simple(union.binary),
  string: utf8,
  char: utf8,
  varchar: utf8,
  date: simple(union.date, days),
  timestamp: (_, timeZone) => ({ number: union.timestamp, type: table(microseconds, text(timeZone)) }),
  timestamp_ntz: simple(union.timestamp, microseconds),
  "day-time interval": simple(union.duration, microseconds),
  void: simple(union.null),
  decimal: ({ precision, scale }: DecimalType) => ({
    number: union.decimal,
    type: table(int(precision), int(scale), int(128)),
  }),
  array: ({ element, containsNull }) => ({
    number: union.list,
    type: table(),
    children: [structField("element", element, containsNull)],
  }),
  map: ({ key, value, valueContainsNull }) => ({
    number: union.map,
    type: table(bool(false)),
    children: [
      structField(
        "entries",
        structType([structField("key", key, false), structField("value", value, valueContainsNull)]),
        false,
      ),
    ],
  }),
  struct: ({ fields }) => ({ number: union.struct, type: table(), children: fields }),
  variant: () => ({ number: union.struct, type: table(), children: variantFields }),
};

// Readers know a variant by what is noted at this field.
const variantMetadata = structField("metadata", binaryType, false);
const variantFields = [structField("value", binaryType, false), variantMetadata];

/**
 * The header of a stream's schema.
 *
 * @param schema - the columns
 * @param timeZone - the zone in which timestamps are shown
 * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION` for a type that PySpark gives no Arrow type
 */
export const arrowSchema = (schema: StructType, timeZone: string): Table =>
  table(short(0), tables(schema.fields.map((field) => arrowField(field, timeZone))));

function arrowField(field: StructField, timeZone: string): Table {
  const { name, type, nullable } = field;
  const { number, type: details, children = [] } = arrowType(type, timeZone);
  return table(
    text(name),
    bool(nullable),
    byte(number),
    details,
    undefined,
    tables(children.map((child) => arrowField(child, timeZone))),
    field === variantMetadata ? tables([table(text("variant"), text("true"))]) : undefined,
  );
}

function arrowType(type: DataType, timeZone: string): ArrowType {
  const stored = storageType(type);
  const make = (types as Partial<Record<TypeKind, (type: Stored, timeZone: string) => ArrowType>>)[stored.kind];
  if (make !== undefined) return make(stored, timeZone);
  throw new AnalysisError(`${simpleString(type)} is not supported in conversion to Arrow`, {
    condition: "UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION",
    parameters: { data_type: simpleString(type) },
    hint: "Cast the column to STRING, or leave it out.",
  });
}
