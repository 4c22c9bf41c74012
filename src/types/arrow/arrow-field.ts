/** Fields of Arrow for Spark's types, as Spark's `ArrowUtils.toArrowField` and PySpark's `to_arrow_type` make them. */
import { AnalysisError } from "../../errors.ts";
import { storageType } from "../batch.ts";
import {
  binaryType,
  type DataType,
  type DecimalType,
  intType,
  type SpatialType,
  type StructField,
  type StructType,
  structField,
  structType,
  type TypeKind,
} from "../data-type.ts";
import { simpleString } from "../type-name.ts";
import { anySrid, dateUnits, intervalUnits, timeUnits, union } from "./arrow-types.ts";
import { bool, byte, int, short, type Table, table, tables, text } from "./flatbuffer.ts";

const microseconds = short(timeUnits.microsecond);
const days = short(dateUnits.day);

type Notes = Readonly<Record<string, string>>;

interface ArrowType {
  readonly number: number;
  readonly type: Table;
  readonly children?: readonly StructField[];
  /** What readers are told at the last child, which is how they know what a struct stands for. */
  readonly notes?: Notes;
}

type Stored = Exclude<DataType, { readonly kind: "udt" }>;

/** The types that PySpark gives no Arrow type, although Spark does. */
export const refusedByPython: ReadonlySet<TypeKind> = new Set<TypeKind>(["time", "interval", "year-month interval"]);

const integer = (bits: number) => (): ArrowType => ({ number: union.int, type: table(int(bits), bool(true)) });
const simple =
  (number: number, ...fields: readonly ReturnType<typeof short>[]) =>
  (): ArrowType => ({
    number,
    type: table(...fields),
  });
const utf8 = simple(union.utf8);

const types: {
  readonly [K in Stored["kind"]]: (type: Extract<Stored, { readonly kind: K }>, timeZone: string) => ArrowType;
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
  time: simple(union.time, short(timeUnits.nanosecond), int(64)),
  interval: simple(union.interval, short(intervalUnits.monthDayNano)),
  "day-time interval": simple(union.duration, microseconds),
  "year-month interval": simple(union.interval, short(intervalUnits.yearMonth)),
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
  variant: () => ({
    number: union.struct,
    type: table(),
    children: [structField("value", binaryType, false), structField("metadata", binaryType, false)],
    notes: { variant: "true" },
  }),
  geometry: shape,
  geography: shape,
};

function shape({ kind, srid }: SpatialType): ArrowType {
  return {
    number: union.struct,
    type: table(),
    children: [structField("srid", intType, false), structField("wkb", binaryType, false)],
    notes: { [kind]: "true", srid: String(srid === "any" ? anySrid : srid) },
  };
}

/** What the types of a stream depend on. */
export interface ArrowOptions {
  /** The zone in which timestamps are shown. */
  readonly timeZone: string;
  /** The kinds of types that the reader does not know. */
  readonly refused: ReadonlySet<TypeKind>;
}

/**
 * The header of a stream's schema.
 *
 * @param schema - the columns
 * @param options - what the types depend on
 * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION` for a type that the reader does not know
 */
export const arrowSchema = (schema: StructType, options: ArrowOptions): Table =>
  table(short(0), tables(schema.fields.map((field) => arrowField(field, options))));

function arrowField({ name, type, nullable }: StructField, options: ArrowOptions, noted: Notes = {}): Table {
  const { number, type: details, children = [], notes } = arrowType(type, options);
  const texts = Object.entries(noted).map(([key, value]) => table(text(key), text(value)));
  return table(
    text(name),
    bool(nullable),
    byte(number),
    details,
    undefined,
    tables(children.map((child, index) => arrowField(child, options, index === children.length - 1 ? notes : {}))),
    texts.length > 0 ? tables(texts) : undefined,
  );
}

function arrowType(type: DataType, { timeZone, refused }: ArrowOptions): ArrowType {
  const stored = storageType(type);
  const make = types[stored.kind] as (type: Stored, timeZone: string) => ArrowType;
  if (!refused.has(stored.kind)) return make(stored, timeZone);
  throw new AnalysisError(`${simpleString(type)} is not supported in conversion to Arrow`, {
    condition: "UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION",
    parameters: { data_type: simpleString(type) },
    hint: "Cast the column to STRING, or leave it out.",
  });
}
