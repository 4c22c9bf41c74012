/** How far moments are from one another, as DuckDB SQL. */
import { fromLocal, toLocal } from "../../compile/zone.ts";
import type { Lowering } from "../lowering.ts";
import { reused } from "../reuse.ts";
import { unitNamed } from "./amounts.ts";

const monthNumber = (date: string): string => `(year(${date}) * 12 + month(${date}))`;

// A month has 32 days, so that the quotient of such numbers is that of whole months.
const monthAndDay = (date: string): string => `(${monthNumber(date)} * 32 + day(${date}))`;

/** The whole months between two clocks, as `ChronoUnit.MONTHS` counts them: a day counts when its time has been reached. */
function wholeMonths(start: string, end: string): string {
  const early = `${end} > ${start} AND ${end}::TIME < ${start}::TIME`;
  const late = `${end} < ${start} AND ${end}::TIME > ${start}::TIME`;
  const reached = `(${end}::DATE + CASE WHEN ${early} THEN -1 WHEN ${late} THEN 1 ELSE 0 END)`;
  return reused([reached], ([date]) => `((${monthAndDay(date!)} - ${monthAndDay(start)}) // 32)`);
}

/** The whole units from one moment to another, on the clock of the session. */
export const unitsBetween: Lowering = ([, start, end], context) => {
  const { months, microseconds } = unitNamed(context.constant(0), "TIMESTAMPDIFF");
  const { timeZone } = context;
  return reused([toLocal(start!, timeZone), toLocal(end!, timeZone)], ([from, to]) =>
    months === undefined
      ? `((epoch_us(${to}) - epoch_us(${from})) // ${microseconds})`
      : `(${wholeMonths(from!, to!)} // ${months})::BIGINT`,
  );
};

const secondsPerMonth = 31 * 86_400;

/** A moment as its date and the seconds since the date began. */
const split = (moment: string, timeZone: string): readonly [date: string, seconds: string] => {
  const date = `(${toLocal(moment, timeZone)})::DATE`;
  return [date, `((epoch_us(${moment}) - epoch_us(${fromLocal(`${date}::TIMESTAMP`, timeZone)})) // 1000000)`];
};

/** The months between two moments; whole on the same day of the month and on last days, else of 31 days. */
export const monthsBetween: Lowering = ([end, start, round = "true"], { timeZone }) =>
  reused([...split(end!, timeZone), ...split(start!, timeZone)], ([to, toSeconds, from, fromSeconds]) => {
    const months = `(${monthNumber(to!)} - ${monthNumber(from!)})::DOUBLE`;
    const isLast = (date: string) => `${date} = last_day(${date})`;
    const whole = `day(${to}) = day(${from}) OR (${isLast(to!)} AND ${isLast(from!)})`;
    const seconds = `((day(${to}) - day(${from})) * 86400 + ${toSeconds} - ${fromSeconds})`;
    const exact = `(${months} + ${seconds} / ${secondsPerMonth}::DOUBLE)`;
    const rounded = `(floor(${exact} * 1e8 + 0.5) / 1e8)`;
    return `CASE WHEN ${whole} THEN ${months} WHEN ${round} THEN ${rounded} ELSE ${exact} END`;
  });
