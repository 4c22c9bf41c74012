/** Casts to numbers and booleans. */
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import { duckType } from "../duck-type.ts";
import { lastBits } from "../last-bits.ts";
import { sqlError, sqlErrorOf, text } from "../sql-text.ts";
import { attempted, bySource, type CastRequest, type CastWriter, strictly, trimmed } from "./cast-writer.ts";
import { wholeUnits } from "./intervals.ts";

const tryCast = (value: string, { to }: CastRequest): string => `TRY_CAST(${value} AS ${duckType(to)})`;

const exact: CastWriter = ({ value, to }) => `(${value})::${duckType(to)}`;

const widths: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint"];
const widening = ({ from, to }: CastRequest): boolean =>
  widths.includes(from.kind) && widths.indexOf(from.kind) <= widths.indexOf(to.kind);

/** One way with the ANSI mode off, another in the other modes. */
const unlessLegacy =
  (legacy: CastWriter, otherwise: CastWriter): CastWriter =>
  (request) =>
    (request.mode === "legacy" ? legacy : otherwise)(request);

/** The last bits of an integer, as Java cuts them off. */
const wrapped: CastWriter = (request) =>
  widening(request) ? exact(request) : lastBits(`(${request.value})`, request.to.kind);

const overflowing: CastWriter = (request) =>
  widening(request) ? exact(request) : attempted(request, tryCast(request.value, request), "CAST_OVERFLOW");

/** Most text needs no more than DuckDB's own cast; what it does not fit, or must not be given, takes the way with all rules. */
const plainFirst = (request: CastRequest, plain: string, other: string): string =>
  `coalesce(CASE WHEN regexp_full_match(${request.value}, '${plain}') THEN ${tryCast(request.value, request)} END, ${other})`;

// DuckDB takes 1e3, 0x1F and 1_000 for integers; Spark digits only.
const integerText: CastWriter = (request) => {
  const digits = trimmed(request.value);
  const any = `CASE WHEN regexp_full_match(${digits}, '[+-]?[0-9]+') THEN ${tryCast(digits, request)} END`;
  return attempted(request, plainFirst(request, "-?[0-9]+", any));
};

/** What stands before the point, as Java's `intValue` of decimals. */
const cutDecimal: CastWriter = ({ value, to }) => lastBits(`trunc(${value})::HUGEINT`, to.kind);

/** Java's conversion of doubles: up to the ends of INT and BIGINT, of which the narrow types have the last bits. */
const cutFraction: CastWriter = ({ value, to }) => {
  const [least, most, type] =
    to.kind === "bigint"
      ? ["-9223372036854775808", "9223372036854775807", "BIGINT"]
      : ["-2147483648", "2147483647", "INTEGER"];
  const whole = `CASE WHEN isnan(${value}) THEN 0 ELSE coalesce(TRY_CAST(trunc(${value}) AS ${type}), CASE WHEN ${value} < 0 THEN ${least} WHEN ${value} > 0 THEN ${most} END) END`;
  return to.kind === "bigint" || to.kind === "int" ? `(${whole})::${type}` : lastBits(`(${whole})::INTEGER`, to.kind);
};

/** What stands before the point of a numeral; Spark takes no exponents here. */
const leadingInteger: CastWriter = (request) => {
  const digits = trimmed(request.value);
  const whole = `regexp_extract(${digits}, '^([+-]?[0-9]*)', 1)`;
  const number = `CASE WHEN ${whole} IN ('', '+', '-') THEN 0 ELSE ${tryCast(whole, request)} END`;
  const any = `CASE WHEN regexp_full_match(${digits}, '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]*)') THEN ${number} END`;
  return plainFirst(request, "-?[0-9]+", any);
};

const truncated: CastWriter = (request) =>
  attempted(request, `TRY_CAST(trunc(${request.value}) AS ${duckType(request.to)})`, "CAST_OVERFLOW");

// To Java the number after the largest BIGINT is equal to it, as a fraction.
const truncatedFraction: CastWriter = (request) => {
  const { value, to } = request;
  if (to.kind !== "bigint") return truncated(request);
  const end = `CASE WHEN ${value} = 9223372036854775808::DOUBLE THEN 9223372036854775807 END`;
  return attempted(request, `coalesce(TRY_CAST(trunc(${value}) AS BIGINT), ${end})`, "CAST_OVERFLOW");
};
const seconds: CastWriter = (request) =>
  attempted(
    request,
    `TRY_CAST(floor(epoch_us(${request.value}) / 1000000.0) AS ${duckType(request.to)})`,
    "CAST_OVERFLOW",
  );

const wholeNumber = unlessLegacy(wrapped, overflowing);
const fraction = unlessLegacy(cutFraction, truncatedFraction);
const wholeText = unlessLegacy(leadingInteger, integerText);
/** A date is no number; with the ANSI mode off it is the absence of one. */
const nothing: CastWriter = ({ value, to }) => `CASE WHEN ${value} IS NULL THEN NULL::${duckType(to)} END`;

const integers = bySource({
  boolean: exact,
  date: nothing,
  tinyint: wholeNumber,
  smallint: wholeNumber,
  int: wholeNumber,
  bigint: wholeNumber,
  float: fraction,
  double: fraction,
  decimal: unlessLegacy(cutDecimal, truncated),
  string: wholeText,
  char: wholeText,
  varchar: wholeText,
  timestamp: seconds,
  time: seconds,
  "day-time interval": (request) =>
    attempted(strictly(request), tryCast(wholeUnits(request.value, request.from), request), "CAST_OVERFLOW"),
  "year-month interval": (request) =>
    attempted(strictly(request), tryCast(wholeUnits(request.value, request.from), request), "CAST_OVERFLOW"),
});

const fractionPattern = String.raw`[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?[dDfF]?`;

// Java's forms: a suffix of d or f, "Infinity" and "inf" in any case, no underscores.
const fractionText: CastWriter = (request) => {
  const value = trimmed(request.value);
  const number = `CASE WHEN regexp_full_match(${value}, ${text(fractionPattern)}) THEN ${tryCast(`rtrim(${value}, 'dDfF')`, request)}`;
  const special = `WHEN regexp_full_match(${value}, '(?i)[+-]?inf(inity)?|nan') THEN ${tryCast(`lower(${value})`, request)} END`;
  return attempted(request, plainFirst(request, "[-0-9.eE]+", `${number} ${special}`));
};

// What is nearer to the next power of two than to the largest FLOAT becomes infinite, which DuckDB refuses.
const narrowed: CastWriter = ({ value, to }) =>
  to.kind === "double"
    ? `(${value})::DOUBLE`
    : `CASE WHEN abs(${value}) >= 3.4028235677973366e38 AND NOT isnan(${value}) THEN (sign(${value}) * 'inf'::DOUBLE)::FLOAT ELSE (${value})::FLOAT END`;

const fractions = bySource({
  date: nothing,
  boolean: ({ value, to }) => `(${value})::INTEGER::${duckType(to)}`,
  tinyint: exact,
  smallint: exact,
  int: exact,
  bigint: exact,
  float: exact,
  double: narrowed,
  decimal: exact,
  string: fractionText,
  char: fractionText,
  varchar: fractionText,
  timestamp: ({ value, to }) => `(epoch_us(${value}) / 1000000.0)::${duckType(to)}`,
});

/** A decimal that does not fit its precision is an error of its own. */
function fitting(request: CastRequest, attempt: string): string {
  if (request.mode !== "ansi") return attempt;
  const { to, value } = request;
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce(${attempt}, ${sqlError(outOfRange, rangeOf(to, value))}) END`;
}

const outOfRange = "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION";

function rangeOf(to: DataType, value: string): Readonly<Record<string, string>> {
  const [precision, scale] = to.kind === "decimal" ? [to.precision, to.scale] : [0, 0];
  return { value, precision: text(String(precision)), scale: text(String(scale)) };
}

/** The most digits of integers. */
const digits: Partial<Record<TypeKind, number>> = { tinyint: 3, smallint: 5, int: 10, bigint: 19 };

/** Whether a decimal has room for every value of an integer type, or of a decimal type of fewer digits. */
function hasRoom({ from, to }: CastRequest): boolean {
  if (to.kind !== "decimal") return false;
  const room = to.precision - to.scale;
  if (from.kind === "decimal") return from.scale <= to.scale && from.precision - from.scale <= room;
  return (digits[from.kind] ?? Number.POSITIVE_INFINITY) <= room;
}

const toDecimal: CastWriter = (request) =>
  hasRoom(request) ? exact(request) : fitting(request, tryCast(request.value, request));

// Spark rounds the shortest decimal text of a double, not its binary value; DuckDB misreads exponents below -38.
const fractionToDecimal: CastWriter = (request) => {
  const { value } = request;
  const attempt = tryCast(`CASE WHEN abs(${value}) < 1e-38 THEN '0' ELSE (${value})::VARCHAR END`, request);
  return `CASE WHEN isfinite(${value}) THEN ${fitting(request, attempt)} END`;
};

// DuckDB reads digits of ASCII and short exponents.
const decimalText: CastWriter = (request) => {
  const value = trimmed(request.value);
  const numeral = request.kernel("plain_numeral", [value]);
  const attempt = plainFirst(request, "-?[0-9]+([.][0-9]+)?", tryCast(numeral, request));
  if (request.mode !== "ansi") return attempt;
  return `CASE WHEN ${request.value} IS NULL THEN NULL ELSE coalesce(${attempt}, ${decimalTextError(request, numeral)}) END`;
};

/** What is wrong with a text that becomes no decimal: it is no numeral, or has too many digits. */
function decimalTextError({ value, from, to }: CastRequest, numeral: string): string {
  const whole = `length(ltrim(string_split(${numeral}, '.')[1], '-'))`;
  const types = { from: text(sqlName(from)), to: text(sqlName(to)) };
  return sqlErrorOf([
    { when: `${numeral} IS NULL`, condition: "CAST_INVALID_INPUT", parameters: { value, ...types } },
    { when: `${whole} > 38`, condition: "NUMERIC_OUT_OF_SUPPORTED_RANGE", parameters: { value } },
    { when: "true", condition: outOfRange, parameters: rangeOf(to, numeral) },
  ]);
}

const millionths = (value: string): string => `((${value})::DECIMAL(19,0) * 0.000001::DECIMAL(7,6))`;

/** An interval of days and times in its last unit; only seconds have a fraction. */
const exactUnits = ({ value, from }: CastRequest): string =>
  from.kind === "day-time interval" && from.end === "second" ? millionths(value) : wholeUnits(value, from);

const decimals = bySource({
  date: nothing,
  boolean: ({ value, to }) => `(${value})::INTEGER::${duckType(to)}`,
  tinyint: toDecimal,
  smallint: toDecimal,
  int: toDecimal,
  bigint: toDecimal,
  decimal: toDecimal,
  float: fractionToDecimal,
  double: fractionToDecimal,
  string: decimalText,
  char: decimalText,
  varchar: decimalText,
  timestamp: (request) => fitting(request, tryCast(millionths(`epoch_us(${request.value})`), request)),
  time: (request) => fitting(request, tryCast(millionths(`epoch_us(${request.value})`), request)),
  "day-time interval": (request) => fitting(strictly(request), tryCast(exactUnits(request), request)),
  "year-month interval": (request) =>
    fitting(strictly(request), tryCast(wholeUnits(request.value, request.from), request)),
});

const words = (value: string): string =>
  `CASE WHEN ${value} IN ('t', 'true', 'y', 'yes', '1') THEN true WHEN ${value} IN ('f', 'false', 'n', 'no', '0') THEN false END`;
const booleanText: CastWriter = (request) => attempted(request, words(`lower(${trimmed(request.value)})`));
const notZero: CastWriter = ({ value }) => `(${value} <> 0)`;

const booleans = bySource({
  boolean: ({ value }) => value,
  tinyint: notZero,
  smallint: notZero,
  int: notZero,
  bigint: notZero,
  float: notZero,
  double: notZero,
  decimal: notZero,
  string: booleanText,
  char: booleanText,
  varchar: booleanText,
  date: nothing,
  timestamp: ({ value }) => `(epoch_us(${value}) <> 0)`,
});

export const numericCasts: Partial<Record<TypeKind, CastWriter>> = {
  tinyint: integers,
  smallint: integers,
  int: integers,
  bigint: integers,
  float: fractions,
  double: fractions,
  decimal: decimals,
  boolean: booleans,
};
