/** The fields of dates, timestamps and intervals that `date_part` and `extract` give. */
import {
  type DataType,
  dateType,
  decimalType,
  intType,
  isText,
  timestampType,
  tinyintType,
} from "../types/data-type.ts";

/** A field, by Spark's spellings of it: what it needs and what it gives. */
interface Field {
  readonly names: readonly string[];
  readonly of: "date" | "time";
  /** Intervals that have the field, and its type there. */
  readonly interval?: readonly [kind: DataType["kind"], type: DataType];
}

const seconds = decimalType(8, 6);
const fields: readonly Field[] = [
  { names: ["year", "y", "years", "yr", "yrs"], of: "date", interval: ["year-month interval", intType] },
  { names: ["month", "mon", "mons", "months"], of: "date", interval: ["year-month interval", tinyintType] },
  { names: ["day", "d", "days"], of: "date", interval: ["day-time interval", intType] },
  { names: ["hour", "h", "hours", "hr", "hrs"], of: "time", interval: ["day-time interval", tinyintType] },
  { names: ["minute", "m", "min", "mins", "minutes"], of: "time", interval: ["day-time interval", tinyintType] },
  { names: ["second", "s", "sec", "seconds", "secs"], of: "time", interval: ["day-time interval", seconds] },
  { names: ["quarter", "qtr", "week", "w", "weeks", "yearofweek"], of: "date" },
  { names: ["dayofweek", "dow", "dayofweek_iso", "dow_iso", "doy"], of: "date" },
];

const fieldOf = (name: string): Field | undefined => fields.find(({ names }) => names.includes(name));
const isInterval = (type: DataType): boolean =>
  type.kind === "day-time interval" || type.kind === "year-month interval";

/**
 * The type that the source of a field is cast to.
 *
 * @param name - the field, in lower case
 * @param type - the type of the source
 * @returns undefined where the source has no such field
 */
export function datePartSource(name: string, type: DataType): DataType | undefined {
  const field = fieldOf(name);
  if (field === undefined) return undefined;
  if (isInterval(type)) return field.interval?.[0] === type.kind ? type : undefined;
  if (field.of === "time" && type.kind === "timestamp_ntz") return type;
  const readable = isText(type) || ["void", "date", "timestamp", "timestamp_ntz"].includes(type.kind);
  return readable ? (field.of === "date" ? dateType : timestampType) : undefined;
}

/**
 * The type of a field.
 *
 * @param name - the field, in lower case
 * @param type - the type of the source
 */
export function datePartType(name: string, type: DataType): DataType {
  const field = fieldOf(name);
  if (field !== undefined && isInterval(type)) return field.interval?.[1] ?? intType;
  return field?.names.includes("second") === true ? seconds : intType;
}
