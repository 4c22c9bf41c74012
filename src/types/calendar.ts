/** Days, times of day and their texts in the proleptic Gregorian calendar, for years beyond those of `Date` too. */

export const microsPerDay = 86_400_000_000;
const microsPerSecond = 1_000_000;
const daysPerEra = 146_097;

/**
 * The days from 1970-01-01 to a date.
 *
 * @param year - 0 is the year before 1
 * @param month - from 1
 * @param day - from 1
 */
export function daysOf(year: number, month: number, day: number): number {
  // Years are counted from March, so that a leap day ends one; eras of 400 years repeat.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - 719_468;
}

/**
 * The date that lies a number of days after 1970-01-01.
 *
 * @param days - may be negative
 */
export function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/**
 * A date as ISO text, as Java's `LocalDate` and Spark write it.
 *
 * @param days - days since 1970-01-01
 * @example
 * ```ts
 * console.log(dateText(2932897)); // +10000-01-01
 * ```
 */
export function dateText(days: number): string {
  const { year, month, day } = dateOf(days);
  return `${yearText(year)}-${twoDigits(month)}-${twoDigits(day)}`;
}

/**
 * A time of day as text, the fraction of its second without trailing zeros.
 *
 * @param micros - microseconds since midnight
 * @example
 * ```ts
 * console.log(timeText(3723100000)); // 01:02:03.1
 * ```
 */
export function timeText(micros: number): string {
  const seconds = Math.floor(micros / microsPerSecond);
  const clock = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return clock + fractionText(micros - seconds * microsPerSecond);
}

/**
 * A fraction of a second with its point, without trailing zeros; nothing for none.
 *
 * @param micros - 0 to 999999
 */
export const fractionText = (micros: number): string =>
  micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;

/**
 * A date and time of day as ISO text.
 *
 * @param micros - microseconds since 1970-01-01T00:00:00 on the same clock
 * @example
 * ```ts
 * console.log(dateTimeText(-1n)); // 1969-12-31T23:59:59.999999
 * ```
 */
export function dateTimeText(micros: bigint): string {
  const { days, rest } = Number.isSafeInteger(Number(micros)) ? splitNumber(Number(micros)) : splitBigint(micros);
  return `${dateText(days)}T${timeText(rest)}`;
}

/** A number in two digits or more. */
export const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number));

function yearText(year: number): string {
  if (year > 9999) return `+${year}`;
  return year < 0 ? `-${String(-year).padStart(4, "0")}` : String(year).padStart(4, "0");
}

interface DayParts {
  readonly days: number;
  /** Microseconds since midnight. */
  readonly rest: number;
}

function splitNumber(micros: number): DayParts {
  const days = Math.floor(micros / microsPerDay);
  return { days, rest: micros - days * microsPerDay };
}

function splitBigint(micros: bigint): DayParts {
  const day = BigInt(microsPerDay);
  const rest = ((micros % day) + day) % day;
  return { days: Number((micros - rest) / day), rest: Number(rest) };
}
