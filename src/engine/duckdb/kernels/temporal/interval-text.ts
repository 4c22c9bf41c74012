/** Intervals from the texts that Spark casts: the value of a literal, or a whole literal such as `INTERVAL '1 02' DAY TO HOUR`. */
import { condition } from "../../translate-failure.ts";

interface Unit {
  readonly name: string;
  /** Microseconds or months. */
  readonly size: bigint;
  /** What stands before the unit when it is not the first. */
  readonly separator: string;
  /** The greatest number of it when it is not the first. */
  readonly most: number;
  /** The greatest number of it when it is the first, else what 32 bits hold. */
  readonly first?: number;
  readonly mark: string;
}

const dayTime: readonly Unit[] = [
  { name: "day", size: 86_400_000_000n, separator: "", most: 0, mark: "d" },
  { name: "hour", size: 3_600_000_000n, separator: " ", most: 23, mark: "h" },
  { name: "minute", size: 60_000_000n, separator: ":", most: 59, mark: "m" },
  { name: "second", size: 1_000_000n, separator: ":", most: 59, first: 9_223_372_036_854, mark: "s.n" },
];

const yearMonth: readonly Unit[] = [
  { name: "year", size: 12n, separator: "", most: 0, mark: "y" },
  { name: "month", size: 1n, separator: "-", most: 11, mark: "m" },
];

/** How texts of some units look. */
interface Form {
  readonly units: readonly Unit[];
  readonly value: RegExp;
  readonly literal: RegExp;
  readonly type: string;
  readonly shown: string;
}

const forms = new Map<string, Form>();

function formOf(all: readonly Unit[], range: string): Form {
  const known = forms.get(range) ?? madeForm(all, range);
  forms.set(range, known);
  return known;
}

function madeForm(all: readonly Unit[], range: string): Form {
  const names = all.map(({ name }) => name);
  const [start, end] = range.split("-") as [string, string];
  const units = all.slice(names.indexOf(start), names.indexOf(end) + 1);
  const digits = (index: number): string => (index === 0 ? "(\\d+)" : all === dayTime ? "(\\d{1,2})" : "(\\d+)");
  const parts = units.map((unit, index) => (index === 0 ? "" : unit.separator) + digits(index));
  const body = parts.join("") + (end === "second" ? "(\\.\\d{1,9})?" : "");
  const type = start === end ? start : `${start} to ${end}`;
  return {
    units,
    value: new RegExp(`^([+|-])?${body}$`),
    literal: new RegExp(`^INTERVAL\\s+([+|-])?'([+|-])?${body}'\\s+${type.replaceAll(" ", "\\s+")}$`, "i"),
    type: `INTERVAL ${type}`.toUpperCase(),
    shown: units.map(({ mark, separator }, index) => (index === 0 ? "" : separator) + mark).join(""),
  };
}

/** The signs and numbers of a text, or undefined where it does not have the form. */
function partsOf(text: string, { value, literal }: Form): readonly (string | undefined)[] | undefined {
  const short = value.exec(text);
  if (short !== null) return [undefined, ...short.slice(1)];
  return literal.exec(text)?.slice(1);
}

// White space and control characters of ASCII, as UTF8String.trimAll takes them off.
const trimmed = (text: string): string => text.replace(/^[\0-\x20\x7f]+/, "").replace(/[\0-\x20\x7f]+$/, "");

const mostInt = 2 ** 31 - 1;

/** The sum of a text's units; undefined where it has another form, or more of a unit than there may be. */
function parsed(text: string, form: Form): bigint | undefined {
  const found = partsOf(trimmed(text), form);
  if (found === undefined) return undefined;
  const [outer, inner, ...amounts] = found;
  const beyond = form.units.some(
    ({ most, first = mostInt }, index) => Number(amounts[index]) > (index === 0 ? first : most),
  );
  if (beyond) return undefined;
  const whole = form.units.reduce((sum, { size }, index) => sum + BigInt(amounts[index]!) * size, 0n);
  const fraction = BigInt((amounts[form.units.length] ?? ".").slice(1, 7).padEnd(6, "0"));
  return (outer === "-") === (inner === "-") ? whole + fraction : -whole - fraction;
}

function refusal(name: string, input: string, form: Form): Error {
  return condition(name, {
    input,
    value: input,
    supportedFormat: `\`[+|-]${form.shown}\`, \`INTERVAL [+|-]'[+|-]${form.shown}' ${form.type.slice("INTERVAL ".length)}\``,
    typeName: form.type.toLowerCase(),
    intervalStr: form.units[0]!.size >= 1_000_000n ? "day-time" : "year-month",
  });
}

/**
 * The microseconds of a day-time interval's text.
 *
 * Source: `IntervalUtils.castStringToDTInterval`.
 *
 * @param range - the units of the type, such as `day-second`
 * @param mode - `ansi` fails for another text, `try` gives undefined
 */
export function dayTimeFromText(text: string, range: string, mode: string): bigint | undefined {
  const form = formOf(dayTime, range);
  const value = parsed(text, form);
  if (value === undefined && mode === "ansi")
    throw refusal("INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE", text, form);
  return value === undefined ? undefined : BigInt.asIntN(64, value);
}

/**
 * The months of a year-month interval's text.
 *
 * Source: `IntervalUtils.castStringToYMInterval`.
 *
 * @param range - the units of the type, such as `year-month`
 * @param mode - `ansi` fails for another text, `try` gives undefined
 */
export function yearMonthFromText(text: string, range: string, mode: string): number | undefined {
  const form = formOf(yearMonth, range);
  const value = Number(parsed(text, form) ?? Number.NaN);
  if (Math.abs(value) <= mostInt) return value;
  if (mode !== "ansi") return undefined;
  const matches = partsOf(trimmed(text), form) !== undefined;
  throw refusal(`INVALID_INTERVAL_FORMAT.${matches ? "INTERVAL_PARSING" : "UNMATCHED_FORMAT_STRING"}`, text, form);
}
