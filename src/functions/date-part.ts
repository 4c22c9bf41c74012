/** The fields of dates, timestamps and intervals that `date_part` and `extract` give. */
import {
  type DataType,
  type DayTimeIntervalType,
  dateType,
  decimalType,
  doubleType,
  intType,
  isInterval,
  isTemporal,
  isText,
  timestampType,
  tinyintType,
  type YearMonthIntervalType,
} from "../types/data-type.ts";
import { type DateField, dateField } from "../types/date-field.ts";

/** What a field needs and what it gives. */
interface Field {
  readonly of: "date" | "time";
  /** Intervals that have the field besides calendar intervals, and its type there. */
  readonly interval?: readonly [kind: DataType["kind"], type: DataType];
}

const seconds = decimalType(8, 6);
const fields: Readonly<Record<DateField, Field>> = {
  year: { of: "date", interval: ["year-month interval", intType] },
  yearofweek: { of: "date" },
  quarter: { of: "date" },
  month: { of: "date", interval: ["year-month interval", tinyintType] },
  week: { of: "date" },
  day: { of: "date", interval: ["day-time interval", intType] },
  dayofweek: { of: "date" },
  dayofweek_iso: { of: "date" },
  doy: { of: "date" },
  hour: { of: "time", interval: ["day-time interval", tinyintType] },
  minute: { of: "time", interval: ["day-time interval", tinyintType] },
  second: { of: "time", interval: ["day-time interval", seconds] },
};

const fieldOf = (name: string): Field | undefined => {
  const field = dateField(name);
  return field && fields[field];
};

/**
 * The type that the source of a field is cast to.
 *
 * @param name - the field, in any case; null, which is a field of anything
 * @param type - the type of the source
 * @returns undefined where the source has no such field
 */
export function datePartSource(name: unknown, type: DataType): DataType | undefined {
  if (name === null) return type;
  const field = fieldOf(String(name));
  if (field === undefined) return undefined;
  if (type.kind === "interval") return field.interval && type;
  if (type.kind === "day-time interval" || type.kind === "year-month interval")
    return isWithin(dateField(String(name))!, type) ? type : undefined;
  if (field.of === "time" && (type.kind === "timestamp_ntz" || type.kind === "time")) return type;
  const readable = isText(type) || type.kind === "void" || isTemporal(type);
  return readable ? (field.of === "date" ? dateType : timestampType) : undefined;
}

const inOrder = Object.keys(fields);
const isWithin = (field: DateField, { kind, start, end }: DayTimeIntervalType | YearMonthIntervalType): boolean =>
  fields[field].interval?.[0] === kind &&
  inOrder.indexOf(start) <= inOrder.indexOf(field) &&
  inOrder.indexOf(field) <= inOrder.indexOf(end);

/**
 * Whether there is such a field, and intervals of a type have it: what else is wrong with a source is its type.
 *
 * @param name - the field, in any case
 * @param type - the type of the source
 */
export const hasFields = (name: string, type: DataType): boolean => fieldOf(name) !== undefined && !isInterval(type);

/**
 * The type of a field.
 *
 * @param name - the field, in any case; null, which Spark takes for a DOUBLE
 * @param type - the type of the source
 */
export function datePartType(name: unknown, type: DataType): DataType {
  if (name === null) return doubleType;
  return fieldType(String(name), type);
}

function fieldType(name: string, type: DataType): DataType {
  const field = fieldOf(name);
  if (field !== undefined && isInterval(type)) return field.interval?.[1] ?? intType;
  return dateField(name) === "second" ? seconds : intType;
}
