/** The types of CSV values and what becomes of them when they meet: Spark's `CSVInferSchema`. */
import {
  bigintType,
  booleanType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  intType,
  stringType,
  timestampType,
} from "../../../../types/data-type.ts";
import { sameType } from "../../../../types/same-type.ts";
import { asciiDigits, javaDouble, javaInteger } from "../text/java-numbers.ts";
import type { CsvOptions } from "./csv-options.ts";

type Decimal = Extract<DataType, { kind: "decimal" }>;

const maximumPrecision = 38;
const intRange = 1n << 31n;
const longRange = 1n << 63n;
/** Patterns of dates that are times too where no pattern is set for times. */
const lenientDates: ReadonlySet<string> = new Set([
  "yyyy-MM-dd",
  "yyyy-M-d",
  "yyyy-M-dd",
  "yyyy-MM-d",
  "yyyy-MM",
  "yyyy-M",
  "yyyy",
]);

/** The type of a column whose type was `known` when a value is met; what has no type yet is VOID. */
export function withValue(known: DataType, value: string | null, options: CsvOptions): DataType {
  if (value === null || value === "" || value === options.rules.nullValue || known.kind === "string") return known;
  return compatibleType(known, typeOfValue(known, value, options), options);
}

/** The kinds in the order in which a value is tried; one that is known leaves out those before it. */
const order: readonly DataType["kind"][] = ["int", "bigint", "decimal", "double", "date", "timestamp", "boolean"];

function typeOfValue(known: DataType, value: string, options: CsvOptions): DataType {
  const first = Math.max(order.indexOf(known.kind), 0);
  for (const kind of order.slice(first)) {
    const type = typeAs(kind, value, options);
    if (type !== undefined) return type;
  }
  return stringType;
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** The days of a text that is inferred as DATE. */
export const inferredDate = (value: string, { temporal, hasPattern }: CsvOptions): number | undefined =>
  // A time is no date: what CAST takes for a date is too much here.
  hasPattern.date || isoDate.test(value) ? temporal.date(value) : undefined;

function typeAs(kind: DataType["kind"], value: string, options: CsvOptions): DataType | undefined {
  const { temporal, preferDate } = options;
  switch (kind) {
    case "int":
      return javaInteger(value, -intRange, intRange - 1n) === undefined ? undefined : intType;
    case "bigint":
      return javaInteger(value, -longRange, longRange - 1n) === undefined ? undefined : bigintType;
    case "decimal":
      return wholeDecimal(value);
    case "double":
      return isDouble(value, options) ? doubleType : undefined;
    case "date":
      return preferDate && inferredDate(value, options) !== undefined ? dateType : undefined;
    case "timestamp":
      return temporal.timestamp(value) === undefined ? undefined : timestampType;
    default:
      return /^(?:true|false)$/i.test(value) ? booleanType : undefined;
  }
}

const isDouble = (value: string, { nanValue, negativeInfinity, positiveInfinity }: CsvOptions): boolean =>
  javaDouble(value) !== undefined || value === nanValue || value === negativeInfinity || value === positiveInfinity;

/** Only numbers without decimal places become decimals. */
function wholeDecimal(value: string): Decimal | undefined {
  const match = /^[+-]?(\d+)\.?(?:[eE][+-]?0+)?$/.exec(asciiDigits(value.replaceAll(",", "")));
  if (match === null) return undefined;
  const digits = match[1]!.replace(/^0+(?=\d)/, "");
  return digits.length > maximumPrecision ? undefined : decimalType(digits.length, 0);
}

function compatibleType(known: DataType, met: DataType, options: CsvOptions): DataType {
  if (known.kind === "void" || sameType(known, met)) return met;
  const kinds = new Set([known.kind, met.kind]);
  if (kinds.has("date") && kinds.has("timestamp")) return datesAreTimes(options) ? timestampType : stringType;
  const left = asNumber(known);
  const right = asNumber(met);
  if (left === undefined || right === undefined) return stringType;
  if (kinds.has("double")) return doubleType;
  return kinds.has("decimal") ? widerDecimal(left, right) : bigintType;
}

const datesAreTimes = ({ hasPattern, datePattern }: CsvOptions): boolean =>
  !hasPattern.timestamp && lenientDates.has(datePattern ?? "yyyy-MM-dd");

function asNumber(type: DataType): Decimal | undefined {
  switch (type.kind) {
    case "int":
      return decimalType(10, 0);
    case "bigint":
      return decimalType(20, 0);
    case "double":
      return decimalType(maximumPrecision, 0);
    default:
      return type.kind === "decimal" ? type : undefined;
  }
}

const widerDecimal = (left: Decimal, right: Decimal): DataType =>
  decimalType(Math.max(left.precision, right.precision), 0);
