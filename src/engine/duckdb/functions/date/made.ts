/** Dates, timestamps and intervals of their parts, as DuckDB SQL. */
import { fromLocal } from "../../compile/zone.ts";
import { sqlError } from "../../sql-text.ts";
import { type Lowering, type LoweringContext, strict } from "../lowering.ts";
import { momentIn, noZone } from "./zones.ts";

/** Whether a date surely exists: all do but the leap days and the years that text writes with a sign. */
const plainDate = (year: string, month: string, day: string): string =>
  `${year} BETWEEN 1 AND 9999 AND ${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND CASE WHEN ${month} = 2 THEN 28 WHEN ${month} IN (4, 6, 9, 11) THEN 30 ELSE 31 END`;

const plainTime = (hour: string, minute: string, second: string): string =>
  `${hour} BETWEEN 0 AND 23 AND ${minute} BETWEEN 0 AND 59 AND ${second} >= 0 AND ${second} < 60`;

/** A date; the kernel knows which others there are, and Java's words for those that there are not. */
const dateBy =
  (unusual: "make_date" | "try_make_date"): Lowering =>
  (parts, { kernel }) => {
    const [year, month, day] = parts as [string, string, string];
    return `CASE WHEN ${plainDate(year, month, day)} THEN make_date(${year}, ${month}, ${day}) ELSE ${kernel(unusual, parts)} END`;
  };

export const madeDate = dateBy("make_date");
export const triedDate = dateBy("try_make_date");

function madeClock(parts: readonly string[], name: string, { kernel }: LoweringContext): string {
  const [year, month, day, hour, minute, second] = parts as [string, string, string, string, string, string];
  const plain = `${plainDate(year, month, day)} AND ${plainTime(hour, minute, second)}`;
  return `CASE WHEN ${plain} THEN make_timestamp(${year}, ${month}, ${day}, ${hour}, ${minute}, (${second})::DOUBLE) ELSE ${kernel(name, parts)} END`;
}

/**
 * A timestamp.
 *
 * @param kernel - what makes the unusual ones
 */
export const madeTimestamp =
  (kernel: "make_timestamp" | "try_make_timestamp"): Lowering =>
  (args, context) => {
    const [parts, zone] = [args.slice(0, 6), args[6]];
    const local = madeClock(parts, kernel, context);
    if (context.call.type.kind === "timestamp_ntz") return local;
    if (zone === undefined) return fromLocal(local, context.timeZone);
    const wrongZone = noZone(context.constant(6));
    if (wrongZone !== undefined) return `(${strict(args, wrongZone)})::TIMESTAMP`;
    return momentIn(local, { sql: zone, known: context.constant(6) }, context);
  };

/** A sum of parts in their units, each 0 when left out; HUGEINT, so that it cannot overflow. */
function sum(parts: readonly (string | undefined)[], sizes: readonly number[]): string {
  const terms = sizes.flatMap((size, index) =>
    parts[index] === undefined ? [] : [`(${parts[index]})::HUGEINT * ${size}`],
  );
  return terms.length === 0 ? "0" : terms.join(" + ");
}

const timeSizes = [3_600_000_000, 60_000_000] as const;
const daySizes = [86_400_000_000, ...timeSizes] as const;

/** The microseconds of seconds, which are decimals of six digits. */
const fromSeconds = (seconds: string | undefined): string =>
  seconds === undefined ? "0" : `((${seconds})::DECIMAL(38,6) * 1000000)::HUGEINT`;

/** A total as the type that holds it, else an error where there is one. */
function held(total: string, type: string, condition: string): string {
  return `CASE WHEN (${total}) IS NOT NULL THEN coalesce(TRY_CAST(${total} AS ${type}), ${sqlError(condition)}) END`;
}

const spanOverflow = "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION";

export const madeDayTime: Lowering = ([days, hours, minutes, seconds]) =>
  held(`${sum([days, hours, minutes], daySizes)} + ${fromSeconds(seconds)}`, "BIGINT", spanOverflow);

export const madeYearMonth: Lowering = ([years, months]) =>
  held(sum([years, months], [12, 1]), "INTEGER", spanOverflow);

/** The parts of a calendar interval, each of which its type may not hold. */
function calendarParts(args: readonly string[]): readonly (readonly [unit: string, total: string, type: string])[] {
  const [years, months, weeks, days, hours, minutes, seconds] = args;
  return [
    ["months", sum([years, months], [12, 1]), "INTEGER"],
    ["days", sum([weeks, days], [7, 1]), "INTEGER"],
    ["microseconds", `${sum([hours, minutes], timeSizes)} + ${fromSeconds(seconds)}`, "BIGINT"],
  ];
}

export const madeInterval: Lowering = (args) =>
  `(${calendarParts(args)
    .map(([unit, total, type]) => `to_${unit}(${held(total, type, "ARITHMETIC_OVERFLOW")})`)
    .join(" + ")})`;

export const triedInterval: Lowering = (args) =>
  `(${calendarParts(args)
    .map(([unit, total, type]) => `to_${unit}(TRY_CAST(${total} AS ${type}))`)
    .join(" + ")})`;
