/** Expressions of generated columns that follow the order of the column they are made of. */
import type { Bound } from "../../delta/skipping/bound-values.ts";
import { ParseError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import { dateOf, dateText, daysOf, twoDigits } from "../../types/calendar.ts";
import type { DataType, TypeKind } from "../../types/data-type.ts";

/** The generated value for a value of the base, both in storage form; undefined where it is not known here. */
export type PartOf = (value: Bound) => Bound | undefined;

/** A generated column, as far as its expression is one of these. */
export interface Generation {
  readonly base: string;
  /** Which place it has among others of the same base; absent where it has an order of its own. */
  readonly unit?: "year" | "month" | "day" | "hour";
  /** Undefined for a base of another type than it is for. */
  readonly partOf: (base: DataType) => PartOf | undefined;
}

/** A moment by its day since 1970 and its microseconds in it. */
interface Moment {
  readonly day: number;
  readonly micros: bigint;
}

type OfMoment = (moment: Moment) => Bound | undefined;

const microsPerDay = 86_400_000_000n;

const momentOf: { readonly [Kind in TypeKind]?: (value: Bound) => Moment } = {
  date: (value) => ({ day: value as number, micros: 0n }),
  timestamp: momentAt,
  timestamp_ntz: momentAt,
};

function momentAt(value: Bound): Moment {
  const micros = (((value as bigint) % microsPerDay) + microsPerDay) % microsPerDay;
  return { day: Number(((value as bigint) - micros) / microsPerDay), micros };
}

const hourOf = ({ micros }: Moment): number => Number(micros / 3_600_000_000n);

/** The functions of moments, with the type of what they give and where their argument is. */
const parts: Readonly<Record<string, { readonly unit: NonNullable<Generation["unit"]>; readonly of: OfMoment }>> = {
  year: { unit: "year", of: ({ day }) => dateOf(day).year },
  month: { unit: "month", of: ({ day }) => dateOf(day).month },
  day: { unit: "day", of: ({ day }) => dateOf(day).day },
  dayofmonth: { unit: "day", of: ({ day }) => dateOf(day).day },
  hour: { unit: "hour", of: hourOf },
};

/** Patterns whose texts have the order of the moments; those of years with other than four digits have not. */
const patterns: Readonly<Record<string, (text: string, hour: number) => string>> = {
  yyyy: (text) => text.slice(0, 4),
  "yyyy-MM": (text) => text.slice(0, 7),
  "yyyy-MM-dd": (text) => text,
  "yyyy-MM-dd-HH": (text, hour) => `${text}-${twoDigits(hour)}`,
};

/** The first days of the units that `trunc` knows, which are within a year. */
const firstDays: Readonly<Record<string, OfMoment>> = {
  ...named(["YEAR", "YYYY", "YY"], ({ day }) => daysOf(dateOf(day).year, 1, 1)),
  ...named(["MONTH", "MM", "MON"], ({ day }) => daysOf(dateOf(day).year, dateOf(day).month, 1)),
};

function named(names: readonly string[], of: OfMoment): Readonly<Record<string, OfMoment>> {
  return Object.fromEntries(names.map((name) => [name, of]));
}

/**
 * What the expression of a generated column is, where it is one that keeps the order of a column.
 *
 * @param text - the expression; undefined for a column that is not generated
 * @param type - of the generated column
 */
export function generationOf(text: string | undefined, type: DataType): Generation | undefined {
  if (text === undefined) return undefined;
  const expression = readExpression(text);
  if (expression === undefined) return undefined;
  if (expression.kind === "cast") return type.kind === "date" ? dayOf(expression.type, expression.input) : undefined;
  return expression.kind === "call" ? ofCall(expression, type) : undefined;
}

/** An expression of a writer who may know more SQL than is known here: to read the table, nobody needs it. */
function readExpression(text: string): Expression | undefined {
  try {
    return sqlParser().expression(text);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

const dayOf = (target: DataType, input: Expression): Generation | undefined =>
  target.kind === "date" ? ofMoment(input, ({ day }) => day) : undefined;

function ofCall({ name, arguments: args }: Call, type: DataType): Generation | undefined {
  const called = name.at(-1)!.toLowerCase();
  const part = parts[called];
  if (part !== undefined) return type.kind === "int" ? ofMoment(args[0]!, part.of, part.unit) : undefined;
  return calls[called]?.(args, type);
}

type OfArguments = (args: readonly Expression[], type: DataType) => Generation | undefined;

const calls: Readonly<Record<string, OfArguments>> = {
  date_format: ([value, pattern], type) => {
    const texts = patterns[textIn(pattern) ?? ""];
    if (texts === undefined || type.kind !== "string") return undefined;
    return ofMoment(value!, (moment) => {
      const { year } = dateOf(moment.day);
      return year < 0 || year > 9999 ? undefined : texts(dateText(moment.day), hourOf(moment));
    });
  },
  trunc: ([value, format], type) => {
    const of = firstDays[textIn(format)?.toUpperCase() ?? ""];
    return of === undefined || type.kind !== "date" ? undefined : ofMoment(value!, of);
  },
  substring: beginning,
  substr: beginning,
  left: ([value, length], type) => beginning([value!, { kind: "literal", type, value: 1 }, length!], type),
};

/** The first characters of a text. */
function beginning([value, start, length]: readonly Expression[], type: DataType): Generation | undefined {
  const [from, count] = [numberIn(start), numberIn(length)];
  if (type.kind !== "string" || (from !== 0 && from !== 1) || count === undefined || count < 1) return undefined;
  const base = nameOf(value!);
  if (base === undefined) return undefined;
  const partOf = (text: Bound): Bound => Array.from(String(text)).slice(0, count).join("");
  // Texts of a collation have another order, and are equal to others.
  return { base, partOf: (type) => (type.kind === "string" && type.collation === undefined ? partOf : undefined) };
}

function ofMoment(input: Expression, of: OfMoment, unit?: Generation["unit"]): Generation | undefined {
  const base = nameOf(input);
  if (base === undefined) return undefined;
  const partOf = ({ kind }: DataType): PartOf | undefined => {
    const moment = momentOf[kind];
    return moment && ((value) => of(moment(value)));
  };
  return { base, partOf, ...(unit === undefined ? {} : { unit }) };
}

const nameOf = (expression: Expression): string | undefined =>
  expression.kind === "attribute" && expression.name.length === 1 ? expression.name[0] : undefined;

const valueIn = (expression: Expression | undefined): unknown =>
  expression?.kind === "literal" ? expression.value : undefined;
const textIn = (expression: Expression | undefined): string | undefined => {
  const value = valueIn(expression);
  return typeof value === "string" ? value : undefined;
};
const numberIn = (expression: Expression | undefined): number | undefined => {
  const value = valueIn(expression);
  return typeof value === "number" ? value : undefined;
};
