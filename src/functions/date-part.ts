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

/** A field: Spark's other spellings of it, what it needs and what it gives. */
interface Field {
  readonly spellings: readonly string[];
  readonly of: "date" | "time";
  /** Intervals that have the field besides calendar intervals, and its type there. */
  readonly interval?: readonly [kind: DataType["kind"], type: DataType];
}

const seconds = decimalType(8, 6);
const fields = {
  year: { spellings: ["y", "years", "yr", "yrs"], of: "date", interval: ["year-month interval", intType] },
  yearofweek: { spellings: [], of: "date" },
  quarter: { spellings: ["qtr"], of: "date" },
  month: { spellings: ["mon", "mons", "months"], of: "date", interval: ["year-month interval", tinyintType] },
  week: { spellings: ["w", "weeks"], of: "date" },
  day: { spellings: ["d", "days"], of: "date", interval: ["day-time interval", intType] },
  dayofweek: { spellings: ["dow"], of: "date" },
  dayofweek_iso: { spellings: ["dow_iso"], of: "date" },
  doy: { spellings: [], of: "date" },
  hour: { spellings: ["h", "hours", "hr", "hrs"], of: "time", interval: ["day-time interval", tinyintType] },
  minute: { spellings: ["m", "min", "mins", "minutes"], of: "time", interval: ["day-time interval", tinyintType] },
  second: { spellings: ["s", "sec", "seconds", "secs"], of: "time", interval: ["day-time interval", seconds] },
} satisfies Readonly<Record<string, Field>>;

/** The fields by Spark's first name of each. */
export type DateField = keyof typeof fields;

/**
 * The field of a name, undefined where there is none.
 *
 * @param name - one of the spellings, in any case
 */
export function canonicalField(name: string): DateField | undefined {
  const wanted = name.toLowerCase();
  const entries = Object.entries(fields) as readonly (readonly [DateField, Field])[];
  return entries.find(([field, { spellings }]) => field === wanted || spellings.includes(wanted))?.[0];
}

const fieldOf = (name: string): Field | undefined => {
  const field = canonicalField(name);
  return field && fields[field];
};
const isInterval = (type: DataType): boolean =>
  type.kind === "day-time interval" || type.kind === "year-month interval" || type.kind === "interval";

/**
 * The type that the source of a field is cast to.
 *
 * @param name - the field, in any case
 * @param type - the type of the source
 * @returns undefined where the source has no such field
 */
export function datePartSource(name: string, type: DataType): DataType | undefined {
  const field = fieldOf(name);
  if (field === undefined) return undefined;
  if (type.kind === "interval") return field.interval && type;
  if (isInterval(type)) return field.interval?.[0] === type.kind ? type : undefined;
  if (field.of === "time" && type.kind === "timestamp_ntz") return type;
  const readable = isText(type) || ["void", "date", "timestamp", "timestamp_ntz"].includes(type.kind);
  return readable ? (field.of === "date" ? dateType : timestampType) : undefined;
}

/**
 * The type of a field.
 *
 * @param name - the field, in any case
 * @param type - the type of the source
 */
export function datePartType(name: string, type: DataType): DataType {
  const field = fieldOf(name);
  if (field !== undefined && isInterval(type)) return field.interval?.[1] ?? intType;
  return canonicalField(name) === "second" ? seconds : intType;
}
