/** The parameters of Spark's error conditions, made of what compiled plans and DuckDB tell. */
import { doubleText } from "../../types/number-text.ts";
import { decimalResult } from "./decimal-result.ts";

/** What an error tells of itself, as text by name. */
export type Told = Readonly<Record<string, string>>;

const ansi = '"spark.sql.ansi.enabled"';
const inQuotes = (name: string | undefined): string => `"${name}"`;

/** How Spark's SQL writes a number of a type. */
const suffixes: Readonly<Record<string, string>> = { BIGINT: "L", SMALLINT: "S", TINYINT: "Y" };

function floating(value: string, suffix: string): string {
  const number = Number(value.replace(/^(-?)inf$/i, "$1Infinity"));
  return Number.isFinite(number) ? `${doubleText(number)}${suffix}` : String(number);
}

/** Spark's `Literal.sql` of a value that could not be cast. */
function literal(value = "", type = ""): string {
  if (type === "STRING") return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  if (type === "DOUBLE") return floating(value, "D");
  if (type === "FLOAT") return floating(value, "");
  if (type.startsWith("DECIMAL")) return `${value}BD`;
  return value + (suffixes[type] ?? "");
}

const cast = ({ from, to }: Told): Told => ({ sourceType: inQuotes(from), targetType: inQuotes(to), ansiConfig: ansi });

/** Only conditions whose parameters Spark names or writes differently. */
const makers: Readonly<Record<string, (told: Told) => Told>> = {
  ARITHMETIC_OVERFLOW: ({ alternative }) => ({
    message: "overflow",
    alternative: alternative === undefined ? "" : ` Use '${alternative}' to tolerate overflow and return NULL instead.`,
    config: ansi,
  }),
  CAST_INVALID_INPUT: (told) => ({ expression: literal(told.value, told.from), ...cast(told) }),
  CAST_OVERFLOW: (told) => ({ value: literal(told.value, told.from), ...cast(told) }),
  CAST_OVERFLOW_IN_TABLE_INSERT: ({ from, to, column }) => ({
    sourceType: inQuotes(from),
    targetType: inQuotes(to),
    columnName: `\`${column}\``,
  }),
  DIVIDE_BY_ZERO: () => ({ config: ansi }),
  REMAINDER_BY_ZERO: () => ({ config: ansi }),
  INVALID_ARRAY_INDEX: ({ index = "", size = "" }) => ({ indexValue: index, arraySize: size }),
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: ({ index = "", size = "" }) => ({ indexValue: index, arraySize: size }),
  "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION": (told) => ({
    ...told,
    value: decimalResult(told.value ?? ""),
    config: ansi,
  }),
  "DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION": ({ message = "" }) => ({ rangeMessage: message, ansiConfig: ansi }),
  DUPLICATED_MAP_KEY: ({ key = "" }) => ({ key, mapKeyDedupPolicy: '"spark.sql.mapKeyDedupPolicy"' }),
  "INVALID_PARAMETER_VALUE.PATTERN": ({ functionName = "", value = "" }) => ({
    parameter: "`regexp`",
    functionName: `\`${functionName}\``,
    value: literal(value, "STRING"),
  }),
};

/**
 * The parameters that Spark gives an error.
 *
 * @param condition - Spark's error condition
 * @param told - what the compiled plan says, by names of ours
 */
export const sparkParameters = (condition: string, told: Told): Told => makers[condition]?.(told) ?? told;

const alternatives: Readonly<Record<string, readonly [symbol: string, name: string]>> = {
  addition: ["+", "try_add"],
  subtraction: ["-", "try_subtract"],
  multiplication: ["*", "try_multiply"],
};

/**
 * The condition of an overflow that DuckDB reports, and what to tell of it: small integers have one of their own.
 *
 * @param operation - `addition`
 * @param type - `INT8`
 * @param values - `127 + 1`
 */
export function overflow(operation: string, type: string, values = ""): readonly [condition: string, told: Told] {
  const alternative = alternatives[operation];
  if (alternative === undefined) return ["ARITHMETIC_OVERFLOW", {}];
  const [symbol, name] = alternative;
  const operands = /^(-?\d+) . (-?\d+)$/.exec(values);
  if (!/^INT(?:8|16)$/.test(type) || operands === null) return ["ARITHMETIC_OVERFLOW", { alternative: name }];
  // Spark writes TINYINT as SMALLINT here.
  const [, value1, value2] = operands.map((operand) => `${operand}S`) as [string, string, string];
  return ["BINARY_ARITHMETIC_OVERFLOW", { value1, symbol, value2, functionName: `\`${name}\`` }];
}
