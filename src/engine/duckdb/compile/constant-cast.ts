/**
 * Casts of constants, computed here: DuckDB would take a cast that can fail for a computation of each row, and neither
 * skip files by it nor see what a filter leaves. What is not certain to fit is left to the cast that runs.
 */
import type { Constant, ResolvedCast, ResolvedExpression } from "../../../plan/resolved.ts";
import { parseDate, parseDateTime } from "../../../types/calendar-parse.ts";
import { type DataType, type DecimalType, isIntegral, isText, type TypeKind } from "../../../types/data-type.ts";
import { powerOfTen } from "../../../types/decimal.ts";
import { specialValue } from "../../../types/special-moments.ts";
import type { CompileContext } from "./context.ts";

/** A number as digits before and behind the point: `unscaled / 10 ** scale`. */
interface Exact {
  readonly unscaled: bigint;
  readonly scale: number;
}

type Convert = (value: Constant, to: DataType, timeZone: string) => unknown;

/**
 * The value of an expression that is a constant, or casts of one; undefined where it is none, or where a cast may fail.
 *
 * @param sessionZone - in which text is read as a timestamp unless a cast names another zone
 */
export function constantOf(expression: ResolvedExpression, sessionZone: string): Constant | undefined {
  if (expression.kind === "constant") return expression;
  if (expression.kind !== "cast" || expression.storedIn !== undefined) return undefined;
  const input = constantOf(expression.input, sessionZone);
  if (input === undefined) return undefined;
  const { type, timeZone = sessionZone } = expression;
  if (input.value === null) return { kind: "constant", type, value: null, nullable: true };
  const value = converters[type.kind]?.(input, type, timeZone);
  return value === undefined ? undefined : { kind: "constant", type, value, nullable: false };
}

/** A word such as `now` cast to a date or a time, on the clocks of the query. */
export function specialConstant(
  cast: ResolvedCast,
  clock: Pick<CompileContext, "timeZone" | "now">,
): Constant | undefined {
  const { input, type, timeZone = clock.timeZone } = cast;
  if (input.kind !== "constant" || typeof input.value !== "string") return undefined;
  const value = specialValue(input.value, type, timeZone, clock.now);
  return value === undefined ? undefined : { kind: "constant", type, value, nullable: false };
}

const integer: Convert = (input, to) => {
  const exact = exactOf(input);
  if (exact === undefined || exact.scale !== 0 || !fitsIntegral(exact.unscaled, to.kind)) return undefined;
  return to.kind === "bigint" ? exact.unscaled : Number(exact.unscaled);
};

const decimal: Convert = (input, to) => {
  const { precision, scale } = to as DecimalType;
  const exact = exactOf(input);
  if (exact === undefined || exact.scale > scale) return undefined;
  const unscaled = exact.unscaled * powerOfTen(scale - exact.scale);
  return size(unscaled) < powerOfTen(precision) ? unscaled : undefined;
};

const double: Convert = (input) => {
  if (isText(input.type)) return undefined;
  const exact = exactOf(input);
  return exact !== undefined && exact.scale === 0 ? Number(exact.unscaled) : undefined;
};

const date: Convert = ({ value, type }) => (isText(type) ? parseDate(String(value)) : undefined);

const timestamp: Convert = ({ value, type }, _, timeZone) => {
  if (!isText(type) || timeZone !== "UTC") return undefined;
  const parsed = parseDateTime(String(value));
  return parsed === undefined ? undefined : parsed.micros - (parsed.offset ?? 0n);
};

const converters: Partial<Record<TypeKind, Convert>> = {
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: integer,
  decimal,
  double,
  date,
  timestamp,
};

const bits: Partial<Record<TypeKind, bigint>> = { tinyint: 8n, smallint: 16n, int: 32n, bigint: 64n };

function fitsIntegral(value: bigint, kind: TypeKind): boolean {
  const limit = 1n << (bits[kind]! - 1n);
  return value >= -limit && value < limit;
}

const numeral = /^([+-]?)(\d+)(?:\.(\d+))?$/;

function exactOf({ value, type }: Constant): Exact | undefined {
  if (isIntegral(type)) return { unscaled: BigInt(value as number | bigint), scale: 0 };
  if (type.kind === "decimal") return { unscaled: value as bigint, scale: type.scale };
  if (type.kind === "double")
    return isExactWhole(value as number) ? { unscaled: BigInt(value as number), scale: 0 } : undefined;
  return isText(type) ? exactOfText(String(value)) : undefined;
}

/** What has no fraction and is no negative zero, which only a DOUBLE can hold. */
const isExactWhole = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

function exactOfText(text: string): Exact | undefined {
  const [, sign, whole, fraction = ""] = numeral.exec(text) ?? [];
  return whole === undefined
    ? undefined
    : { unscaled: BigInt(`${sign}${whole}${fraction}`.replace("+", "")), scale: fraction.length };
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);
