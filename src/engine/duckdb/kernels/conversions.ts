/** Conversions between text and values that DuckDB does otherwise than Spark. */
import {
  bigintType,
  binaryType,
  type DayTimeUnit,
  dateType,
  doubleType,
  floatType,
  intervalType,
  intType,
  stringType,
  timestampNtzType,
  timestampType,
  type YearMonthUnit,
} from "../../../types/data-type.ts";
import { Interval } from "../../../types/interval.ts";
import { doubleText, floatText } from "../../../types/number-text.ts";
import type { StoredInterval } from "../../../types/stored-value.ts";
import { parseTime } from "../../../types/temporal-text.ts";
import { dateFromText, localTimestampFromText, timestampFromText } from "../formats/temporal-text.ts";
import { zoneRules } from "../formats/time-zone.ts";
import type { KernelDefinition } from "./kernel.ts";
import { plainNumeral } from "./numbers/numeral.ts";
import { calendarFromText } from "./temporal/calendar-text.ts";
import { dayTimeFromText, yearMonthFromText } from "./temporal/interval-text.ts";

const utc = (): bigint => 0n;

const units = <Unit extends string>(text: string): [Unit, Unit] => text.split("-") as [Unit, Unit];

const intervalText = ({ months, days, microseconds }: StoredInterval): string =>
  Interval.ofCalendar(months, days, microseconds).toString();

export const conversionKernels = {
  double_text: { parameters: [doubleType], result: stringType, call: doubleText },
  float_text: { parameters: [floatType], result: stringType, call: floatText },
  byte_numbers: {
    parameters: [binaryType],
    result: stringType,
    call: (bytes: Uint8Array) => `[${new Int8Array(bytes).join(", ")}]`,
  },
  parse_date: { parameters: [stringType], result: dateType, call: dateFromText },
  parse_time: {
    parameters: [stringType],
    result: bigintType,
    call: (text: string) => parseTime(text) ?? null,
  },
  parse_timestamp: {
    parameters: [stringType, stringType],
    result: timestampType,
    call: (text: string, zone: string) => timestampFromText(text, zoneRules(zone) ?? utc),
  },
  parse_local_timestamp: {
    parameters: [stringType],
    result: timestampNtzType,
    call: (text: string) => localTimestampFromText(text, "overlooked"),
  },
  parse_interval: { parameters: [stringType], result: intervalType, call: calendarFromText },
  parse_day_time: {
    parameters: [stringType, stringType, stringType],
    result: bigintType,
    call: dayTimeFromText,
  },
  parse_year_month: { parameters: [stringType, stringType, stringType], result: intType, call: yearMonthFromText },
  plain_numeral: { parameters: [stringType], result: stringType, call: plainNumeral },
  day_time_text: {
    parameters: [bigintType, stringType],
    result: stringType,
    call: (microseconds: bigint, range: string) => {
      const [start, end] = units<DayTimeUnit>(range);
      return Interval.ofMicroseconds(microseconds, { kind: "day-time interval", start, end }).toString();
    },
  },
  interval_text: { parameters: [intervalType], result: stringType, call: intervalText },
  year_month_text: {
    parameters: [intType, stringType],
    result: stringType,
    call: (months: number, range: string) => {
      const [start, end] = units<YearMonthUnit>(range);
      return Interval.ofMonths(months, { kind: "year-month interval", start, end }).toString();
    },
  },
} satisfies Readonly<Record<string, KernelDefinition>>;
