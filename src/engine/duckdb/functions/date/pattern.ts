/** Date-time patterns as DuckDB SQL: the usual letters by DuckDB's own formats, all others by kernels. */
import { fromLocal, toLocal } from "../../compile/zone.ts";
import { text } from "../../sql-text.ts";
import type { LoweringContext } from "../lowering.ts";

/** What a run of letters is in DuckDB's format. */
const written: Readonly<Record<string, string>> = {
  yyyy: "%Y",
  yy: "%y",
  MM: "%m",
  M: "%-m",
  MMM: "%b",
  MMMM: "%B",
  dd: "%d",
  d: "%-d",
  HH: "%H",
  H: "%-H",
  hh: "%I",
  h: "%-I",
  mm: "%M",
  m: "%-M",
  ss: "%S",
  s: "%-S",
  SSS: "%g",
  SSSSSS: "%f",
  a: "%p",
  E: "%a",
  EE: "%a",
  EEE: "%a",
  EEEE: "%A",
};

/** The same for reading, with what the text must look like: DuckDB is more lenient than Java. */
const readable: Readonly<Record<string, readonly [format: string, guard: string]>> = {
  yyyy: ["%Y", "[0-9]{4}"],
  MM: ["%m", "[0-9]{2}"],
  M: ["%m", "[0-9]{1,2}"],
  dd: ["%d", "[0-9]{2}"],
  d: ["%d", "[0-9]{1,2}"],
  HH: ["%H", "[0-9]{2}"],
  H: ["%H", "[0-9]{1,2}"],
  mm: ["%M", "[0-9]{2}"],
  ss: ["%S", "[0-9]{2}"],
  SSS: ["%f", "[0-9]{1,3}"],
  SSSSSS: ["%f", "[0-9]{1,6}"],
};

const parts = /([A-Za-z])\1*|'(?:[^']|'')*'|[^A-Za-z'[\]#{}]+|[\s\S]/g;

/** The parts of a pattern: runs of letters as they are, other text unquoted; undefined for what only kernels know. */
function partsOf(pattern: string): readonly { letters?: string; literal?: string }[] | undefined {
  const found = [...pattern.matchAll(parts)].map(([part]) => {
    if (/^[A-Za-z]/.test(part)) return { letters: part };
    if (part.length > 2 && part.startsWith("'")) return { literal: part.slice(1, -1).replaceAll("''", "'") };
    return /^['[\]#{}]/.test(part) ? undefined : { literal: part };
  });
  return found.includes(undefined) ? undefined : (found as readonly { letters?: string; literal?: string }[]);
}

/** DuckDB's format for writing, or undefined. */
function writeFormat(pattern: string): string | undefined {
  const formats = partsOf(pattern)?.map(({ letters, literal }) =>
    letters === undefined ? literal!.replaceAll("%", "%%") : written[letters],
  );
  // DuckDB takes no empty format.
  return formats === undefined || formats.length === 0 || formats.includes(undefined) ? undefined : formats.join("");
}

const isFixed = (run: string): boolean => /^(?:yyyy|MM|dd|HH|mm|ss)$/.test(run);

/** Whether digits of two parts that follow at once may be told apart in more ways than one. */
const isOpenBehind = (run: string, before: string | undefined): boolean =>
  before !== undefined && !(isFixed(before) && (isFixed(run) || run.startsWith("S")));

/** DuckDB's format for reading and the form that a text must have, or undefined. */
function readFormat(pattern: string): readonly [format: string, guard: string] | undefined {
  const found = partsOf(pattern);
  const letters = found?.flatMap((part) => part.letters ?? []) ?? [];
  if (found?.some(({ letters: run }, index) => run !== undefined && isOpenBehind(run, found[index - 1]?.letters)))
    return undefined;
  // What a text leaves out is of 1970 in Spark and of 1900 in DuckDB.
  if (found === undefined || !letters.includes("yyyy") || new Set(letters).size < letters.length) return undefined;
  const pairs = found.map(({ letters: run, literal }) =>
    run === undefined
      ? ([literal!.replaceAll("%", "%%"), literal!.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")] as const)
      : readable[run],
  );
  if (pairs.includes(undefined)) return undefined;
  return [pairs.map((pair) => pair![0]).join(""), pairs.map((pair) => pair![1]).join("")];
}

/**
 * The SQL of a moment written by a pattern.
 *
 * @param moment - SQL of a timestamp
 * @param pattern - SQL of the pattern, whose value is `known` where it is a constant
 */
export function writtenMoment(
  moment: string,
  pattern: string,
  known: unknown,
  { timeZone, kernel, call }: LoweringContext,
): string {
  const args = [moment, pattern, text(timeZone)];
  if (call.timeParser === "legacy") return kernel("write_legacy", args);
  const slow = kernel("write_moment", args);
  const format = typeof known === "string" ? writeFormat(known) : undefined;
  if (format === undefined) return slow;
  const local = toLocal(moment, timeZone);
  const fast = `strftime(${local}, ${text(format)})`;
  // Java signs longer years.
  return /%[Yy]/.test(format) ? `CASE WHEN year(${local}) BETWEEN 0 AND 9999 THEN ${fast} ELSE ${slow} END` : fast;
}

/**
 * The SQL of the moment that a text states by a pattern, null where it does not.
 *
 * @param local - whether the clock's time is wanted, whatever the zone
 */
export function readMoment(
  value: string,
  pattern: string,
  known: unknown,
  { timeZone, kernel, call }: LoweringContext,
  local: boolean,
): string {
  const inZone = [value, pattern, text(timeZone)];
  if (call.timeParser === "legacy" && !local) return kernel("read_legacy", inZone);
  const [clock, moment] =
    call.timeParser === "exception" ? ["read_checked_clock", "read_checked"] : ["read_clock", "read_moment"];
  const slow = local ? kernel(clock!, [value, pattern]) : kernel(moment!, inZone);
  const found = typeof known === "string" ? readFormat(known) : undefined;
  if (found === undefined) return slow;
  const [format, guard] = found;
  const parsed = `try_strptime(${value}, ${text(format)})`;
  return `CASE WHEN regexp_full_match(${value}, ${text(guard)}) THEN ${local ? parsed : fromLocal(parsed, timeZone)} ELSE ${slow} END`;
}
