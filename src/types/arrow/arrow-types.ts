/** The numbers of Arrow's types and units, and Spark's types for them, as Spark's `ArrowUtils.fromArrowType` has them. */
import { UnsupportedError } from "../../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  floatType,
  intervalType,
  intType,
  mapType,
  type StructField,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../data-type.ts";
import type { TableReader } from "./flatbuffer-reader.ts";

/** The numbers of types in Arrow's union of types. */
export const union = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11,
  list: 12,
  struct: 13,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
} as const;

/** The numbers of units of time; a second has 1000 to the power of the number. */
export const timeUnits = { second: 0, millisecond: 1, microsecond: 2, nanosecond: 3 } as const;
export const dateUnits = { day: 0, millisecond: 1 } as const;
export const intervalUnits = { yearMonth: 0, dayTime: 1, monthDayNano: 2 } as const;
/** The SRID of a type of shapes whose values have each their own. */
export const anySrid = -1;
const floats = { single: 1, double: 2 } as const;

/** A column of a stream, or a column inside one. */
export interface ArrowField {
  readonly name: string;
  readonly nullable: boolean;
  /** The number of its type. */
  readonly number: number;
  /** The unit of its numbers, where its type has one. */
  readonly unit: number;
  readonly children: readonly ArrowField[];
  /** By which number the stream names the values that it holds positions of, where it has them apart. */
  readonly dictionary?: number;
  /** How many elements each row has, where all have as many. */
  readonly size: number;
  /** What is noted at it, which says what the struct around it stands for. */
  readonly notes: ReadonlyMap<string, string>;
  readonly type: DataType;
}

/** The field that a table describes. */
export function readField(field: TableReader): ArrowField {
  const read = { name: field.text(0) ?? "", nullable: field.bool(1), number: field.byte(2) };
  const children = field.tables(5).map(readField);
  const details = field.table(3);
  const make = sparkTypes[read.number];
  const type = make?.({ details, children });
  if (type === undefined) throw unsupported(read.name, `type ${read.number} of Arrow`);
  const unit = details === undefined ? 0 : unitOf(read.number, details);
  const size = read.number === union.fixedSizeList ? (details?.int(0) ?? 0) : 0;
  return { ...read, children, type, unit, size, notes: notesOf(field), ...dictionaryOf(field, read.name) };
}

function dictionaryOf(field: TableReader, name: string): Pick<ArrowField, "dictionary"> {
  const encoding = field.table(4);
  if (encoding === undefined) return {};
  const index = encoding.table(1);
  if (index !== undefined && index.int(0) !== 32) throw unsupported(name, "a dictionary of positions that are not INT");
  return { dictionary: encoding.long(0) };
}

/** The columns of a stream as fields of Spark. */
export const sparkField = ({ name, type, nullable }: ArrowField): StructField => structField(name, type, nullable);

interface Described {
  readonly details: TableReader | undefined;
  readonly children: readonly ArrowField[];
}

type SparkType = (described: Described) => DataType | undefined;

const always =
  (type: DataType): SparkType =>
  () =>
    type;

const list: SparkType = ({ children: [element] }) => element && arrayType(element.type, element.nullable);

const integers: Readonly<Record<number, DataType>> = { 8: tinyintType, 16: smallintType, 32: intType, 64: bigintType };

const sparkTypes: Readonly<Record<number, SparkType>> = {
  [union.null]: always(voidType),
  [union.int]: ({ details }) => (details?.bool(1) ? integers[details.int(0)] : undefined),
  [union.float]: ({ details }) => ({ [floats.single]: floatType, [floats.double]: doubleType })[details?.short(0) ?? 0],
  [union.binary]: always(binaryType),
  [union.largeBinary]: always(binaryType),
  [union.utf8]: always(stringType),
  [union.largeUtf8]: always(stringType),
  [union.bool]: always(booleanType),
  [union.decimal]: ({ details }) =>
    details?.int(2, 128) === 128 ? decimalType(details.int(0), details.int(1)) : undefined,
  [union.date]: always(dateType),
  [union.time]: ({ details }) => (details?.int(1, 32) === 64 ? { kind: "time", precision: 6 } : undefined),
  [union.timestamp]: ({ details }) => (details?.text(1) === undefined ? timestampNtzType : timestampType),
  [union.interval]: ({ details }) =>
    ({ [intervalUnits.yearMonth]: yearMonthIntervalType(), [intervalUnits.monthDayNano]: intervalType })[
      details?.short(0) ?? 0
    ],
  [union.duration]: always(dayTimeIntervalType()),
  [union.list]: list,
  [union.largeList]: list,
  [union.fixedSizeList]: list,
  [union.struct]: ({ children }) => notedType(children) ?? structType(children.map(sparkField)),
  [union.map]: ({ children: [entries] }) => {
    const [key, value] = entries?.children ?? [];
    return key && value && mapType(key.type, value.type, value.nullable);
  },
};

// The names alone could be a struct's.
function notedType(children: readonly ArrowField[]): DataType | undefined {
  const noted = (name: string) => children.find(({ notes }) => notes.get(name) === "true")?.notes;
  if (noted("variant") !== undefined) return variantType;
  const kind = noted("geometry") !== undefined ? "geometry" : "geography";
  const srid = Number(noted(kind)?.get("srid") ?? Number.NaN);
  return Number.isNaN(srid) ? undefined : { kind, srid: srid === anySrid ? "any" : srid };
}

const notesOf = (field: TableReader): ReadonlyMap<string, string> =>
  new Map(field.tables(6).map((note) => [note.text(0) ?? "", note.text(1) ?? ""]));

const withUnit: Readonly<Record<number, (details: TableReader) => number>> = {
  [union.date]: (details) => details.short(0, dateUnits.millisecond),
  [union.time]: (details) => details.short(0, timeUnits.millisecond),
  [union.timestamp]: (details) => details.short(0, timeUnits.second),
  [union.duration]: (details) => details.short(0, timeUnits.millisecond),
};
const unitOf = (number: number, details: TableReader): number => withUnit[number]?.(details) ?? 0;

const unsupported = (name: string, what: string): UnsupportedError =>
  new UnsupportedError(`the column ${JSON.stringify(name)} of a stream of Arrow has ${what}, which cannot be read`, {
    condition: "UNSUPPORTED_ARROWTYPE",
    sqlState: "0A000",
    hint: "Send numbers, texts, bytes, times, lists, maps and structs of plain columns.",
  });
