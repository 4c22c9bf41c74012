/** The fields of dates, times and intervals, by the names that Spark knows them by. */

/** Spark's other spellings of each field. */
const spellings = {
  year: ["y", "years", "yr", "yrs"],
  yearofweek: [],
  quarter: ["qtr"],
  month: ["mon", "mons", "months"],
  week: ["w", "weeks"],
  day: ["d", "days"],
  dayofweek: ["dow"],
  dayofweek_iso: ["dow_iso"],
  doy: [],
  hour: ["h", "hours", "hr", "hrs"],
  minute: ["m", "min", "mins", "minutes"],
  second: ["s", "sec", "seconds", "secs"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A field by Spark's first name of it. */
export type DateField = keyof typeof spellings;

const byName: ReadonlyMap<string, DateField> = new Map(
  (Object.entries(spellings) as [DateField, readonly string[]][]).flatMap(([field, others]) =>
    [field, ...others].map((name) => [name, field] as const),
  ),
);

/**
 * The field of a name, undefined where there is none.
 *
 * @param name - one of the spellings, in any case
 */
export const dateField = (name: string): DateField | undefined => byName.get(name.toLowerCase());
