/** Dates and times by patterns and zones that only Java's rules know. */

import { daysOf } from "../../../types/calendar.ts";
import { dateType, intType, stringType, timestampNtzType, timestampType } from "../../../types/data-type.ts";
import { ParsePattern } from "../formats/text/datetime-pattern.ts";
import { FormatPattern } from "../formats/text/format-pattern.ts";
import { isDate, type ZoneRules, zoneRules } from "../formats/time-zone.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";

/** Values made once for each text. */
function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size > 1000) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}

const parser = remembered((pattern) => new ParsePattern(pattern));
const writer = remembered((pattern) => new FormatPattern(pattern));

function rulesOf(zone: string): ZoneRules {
  const rules = zoneRules(zone);
  if (rules === undefined) throw condition("INVALID_TIMEZONE", { timeZone: zone });
  return rules;
}

const fields = { MonthOfYear: [1, 12], DayOfMonth: [1, 31] } as const;

function checkField(name: keyof typeof fields, value: number): void {
  const [least, most] = fields[name];
  if (value < least || value > most)
    throw outOfBounds(`Invalid value for ${name} (valid values ${least} - ${most}): ${value}`);
}

const outOfBounds = (message: string): Error => condition("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", { message });
const monthNames = [
  "JANUARY",
  "FEBRUARY",
  "MARCH",
  "APRIL",
  "MAY",
  "JUNE",
  "JULY",
  "AUGUST",
  "SEPTEMBER",
  "OCTOBER",
  "NOVEMBER",
  "DECEMBER",
];

/** The days since 1970-01-01 of a date; fails as `LocalDate.of` does where there is none. */
function dateFromParts(year: number, month: number, day: number): number {
  checkField("MonthOfYear", month);
  checkField("DayOfMonth", day);
  const days = daysOf(year, month, day);
  if (isDate(year, month, day, days)) return days;
  throw outOfBounds(
    day === 29
      ? `Invalid date 'February 29' as '${year}' is not a leap year`
      : `Invalid date '${monthNames[month - 1]} ${day}'`,
  );
}

export const temporalKernels = {
  read_moment: {
    parameters: [stringType, stringType, stringType],
    result: timestampType,
    call: (text: string, pattern: string, zone: string) => parser(pattern).timestamp(text, rulesOf(zone)),
  },
  read_clock: {
    parameters: [stringType, stringType],
    result: timestampNtzType,
    call: (text: string, pattern: string) => parser(pattern).localTimestamp(text),
  },
  write_moment: {
    parameters: [timestampType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, pattern: string, zone: string) => writer(pattern).write(micros, 0n, zone),
  },
  write_zoned: {
    parameters: [timestampType, timestampNtzType, stringType, stringType],
    result: stringType,
    call: (micros: bigint, local: bigint, pattern: string, zone: string) =>
      writer(pattern).write(micros, local - micros, zone),
  },
  make_date: { parameters: [intType, intType, intType], result: dateType, call: dateFromParts },
} satisfies Readonly<Record<string, KernelDefinition>>;
