/** The calendar that Java had before `java.time`: Julian up to 4 October 1582, Gregorian from the day after, the 15th, on. */
import { dateOf, daysOf } from "../../../../../types/calendar.ts";

/** The first day of the Gregorian calendar. */
const gregorianStart = daysOf(1582, 10, 15);
const cutoverYear = 1582;
/** Days that there are not before it. */
const leftOut = 10;

interface CalendarDate {
  /** 0 is the year before 1. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 of a date of the Julian calendar; years of 365.25 days begin in March. */
function julianDaysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return Math.floor((1461 * shifted) / 4) + dayOfYear - daysToEpoch;
}

/** From 0000-03-01 of the Julian calendar to 1970-01-01 of the Gregorian one. */
const daysToEpoch = 719_470;

function julianDateOf(days: number): CalendarDate {
  const sinceMarch = days + daysToEpoch;
  const year = Math.floor((4 * sinceMarch + 3) / 1461);
  const dayOfYear = sinceMarch - Math.floor((1461 * year) / 4);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: month <= 2 ? year + 1 : year,
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** The date that a day has. */
export const hybridDateOf = (days: number): CalendarDate => (days < gregorianStart ? julianDateOf(days) : dateOf(days));

/** Counts days since 1970-01-01 by a calendar. */
type CountDays = (daysOf: (year: number, month: number, day: number) => number) => number;

/**
 * What is counted by the calendar that holds then; the ten days that were left out are counted on in the Julian one.
 *
 * Source: `GregorianCalendar.computeTime`.
 *
 * @param year - that the date is stated to be in
 * @param isOfYear - whether days are counted from the beginning of the year
 */
export function hybridDays(year: number, isOfYear: boolean, count: CountDays): number {
  const isJulian = year < cutoverYear || (year === cutoverYear && isOfYear);
  const gregorian = isJulian ? gregorianStart - 1 : count(daysOf);
  return gregorian >= gregorianStart ? gregorian : count(julianDaysOf);
}

/** The day on which the Gregorian calendar, reckoned back before its time, shows the date that a day has. */
export function toProleptic(days: number): number {
  if (days >= gregorianStart) return days;
  const { year, month, day } = julianDateOf(days);
  return daysOf(year, month, 1) + day - 1;
}

/** The day that has the date which the Gregorian calendar, reckoned back before its time, shows on a day. */
export function fromProleptic(days: number): number {
  if (days >= gregorianStart) return days;
  // A date of the ten days that were left out is the first one after them.
  if (days >= gregorianStart - leftOut) return gregorianStart;
  const { year, month, day } = dateOf(days);
  return julianDaysOf(year, month, day);
}

/** The first day of a year. */
export const yearStart = (year: number): number => (year > cutoverYear ? daysOf(year, 1, 1) : julianDaysOf(year, 1, 1));

/** The first day of the month that a day lies in. */
export function monthStart(days: number): number {
  const { year, month, day } = hybridDateOf(days);
  const isCut = year === cutoverYear && month === 10 && days >= gregorianStart;
  return days - day + 1 + (isCut ? leftOut : 0);
}
