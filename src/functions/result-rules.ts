/** The rules of results: the type of a call from its arguments, after their casts. `result-kinds.ts` is the compiler's side. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { collationName, textType, unknownCollation } from "../types/collation.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  floatType,
  geographyType,
  intervalType,
  intType,
  isAnsiInterval,
  isIntegral,
  mapType,
  type SpatialKind,
  type SpatialType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";
import { numberPattern } from "../types/number-pattern.ts";
import { unknownSrid } from "../types/shape-fault.ts";
import { isSrid } from "../types/spatial-reference.ts";
import { type ArithmeticOperator, arithmeticOperation } from "./arithmetic.ts";
import { cannotCast } from "./cannot-cast.ts";
import { canCast } from "./cast-rules.ts";
import { widest } from "./coercion.ts";
import { collectionResults } from "./collection-results.ts";
import { datePartType } from "./date-part.ts";
import { bounded, decimalAverage, decimalTotal } from "./decimal-precision.ts";
import type { ArgumentInformation } from "./null-rules.ts";
import { momentOf, timeWindowType } from "./time-window-type.ts";

export type { ArgumentInformation } from "./null-rules.ts";

/** The type of a call. */
export type ResultFunction = (args: readonly ArgumentInformation[]) => DataType;

const always =
  (type: DataType): ResultFunction =>
  () =>
    type;
const typeAt =
  (index: number): ResultFunction =>
  (args) =>
    args[index]?.type ?? voidType;

const arithmetic =
  (operator: ArithmeticOperator): ResultFunction =>
  ([left, right]) =>
    arithmeticOperation(operator, left!, right!)?.result ?? voidType;

function total(type: DataType): DataType {
  if (type.kind === "decimal") return decimalTotal(type);
  if (isIntegral(type)) return bigintType;
  return isAnsiInterval(type) ? type : doubleType;
}

function average(type: DataType): DataType {
  if (type.kind === "decimal") return decimalAverage(type);
  return wholeInterval(type) ?? doubleType;
}

/** Averages and quotients of intervals have all the units of their family. */
function wholeInterval(type: DataType): DataType | undefined {
  if (type.kind === "day-time interval") return dayTimeIntervalType();
  return type.kind === "year-month interval" ? yearMonthIntervalType() : undefined;
}

/** Rounding may need a digit more before the point, and keeps at most `scale` behind it. */
function rounded([value, scale]: readonly ArgumentInformation[]): DataType {
  const type = value!.type;
  if (type.kind !== "decimal") return type;
  const digits = scale === undefined || scale.literal === null ? 0 : constantNumber(scale, "scale");
  const integral = type.precision - type.scale + 1;
  if (digits < 0) return bounded(Math.max(integral, 1 - digits), 0);
  const kept = Math.min(type.scale, digits);
  return decimalType(Math.min(integral + kept, 38), kept);
}

/** `ceil` and `floor` give BIGINT, or a decimal for a decimal. */
const roundedToInteger: ResultFunction = (args) => {
  const type = args[0]!.type;
  return type.kind === "decimal" ? rounded(args) : bigintType;
};

function constantNumber({ literal }: ArgumentInformation, name: string): number {
  if (typeof literal === "number" || typeof literal === "bigint") return Number(literal);
  throw new UnsupportedError(`the ${name} of a rounded number must be a constant`, {
    condition: "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
    sqlState: "42K09",
    hint: "Write the number itself.",
  });
}

/** The decimal that has the digits of a pattern. */
function numberOf(pattern: string): DataType {
  const { whole, fraction } = numberPattern(pattern);
  const precision = whole + fraction;
  if (precision <= 38) return decimalType(precision, fraction);
  throw new AnalysisError(`Decimal precision ${precision} exceeds max precision 38`, {
    condition: "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
    sqlState: "22003",
    parameters: { precision: String(precision), maxPrecision: "38" },
    hint: "Write a pattern with fewer digits.",
  });
}

/** BINARY, where the format is one. */
function encodedBytes(format: unknown): DataType {
  if (format === undefined || format === null || /^(?:hex|utf-?8|base64)$/i.test(String(format))) return binaryType;
  throw new AnalysisError(
    `The fmt value must to be a case-insensitive "STRING" literal of 'hex', 'utf-8', 'utf8', or 'base64', but got '${format}'`,
    {
      condition: "DATATYPE_MISMATCH.INVALID_ARG_VALUE",
      sqlState: "42K09",
      parameters: { inputName: "fmt", inputValue: `'${format}'` },
    },
  );
}

function collatedText(name: string): DataType {
  const known = collationName(name);
  if (known !== undefined) return textType(known);
  const { sentence, details } = unknownCollation(name);
  throw new AnalysisError(sentence, details);
}

/** Shapes in a system: a number that is written out is known of all of them. */
function placed(
  kind: SpatialKind,
  { literal, isWritten }: Pick<ArgumentInformation, "literal" | "isWritten">,
): DataType {
  if (isWritten !== true || typeof literal !== "number") return { kind, srid: "any" };
  if (isSrid(kind, literal)) return { kind, srid: literal };
  const { sentence, details } = unknownSrid(literal);
  throw new AnalysisError(sentence, details);
}

/** The type that a constant states for a part of a variant. */
function variantPart(stated: unknown): DataType {
  if (stated === undefined) return variantType;
  const type = parseType(String(stated));
  if (canCast(variantType, type, "ansi")) return type;
  throw cannotCast(variantType, type);
}

/** The type of random numbers between two: the less exact one, a decimal's being the second's. */
function spread(least: DataType, most: DataType): DataType {
  const kinds = [least.kind, most.kind];
  if (kinds.includes("void") || kinds.includes("double")) return doubleType;
  if (kinds.includes("float")) return floatType;
  if (most.kind === "decimal") return most;
  return least.kind === "decimal" ? least : (widest([least, most]) ?? doubleType);
}

/** One value for one percentage, an array for an array of them. */
const perPercentage = (type: DataType, percentage: ArgumentInformation | undefined): DataType =>
  percentage?.type.kind === "array" ? arrayType(type, false) : type;

/** A sketch of frequent values of a type. */
const topKState = (item: DataType): DataType =>
  structType([
    structField("sketch", binaryType, false),
    structField("maxItemsTracked", intType, false),
    structField("itemDataType", item),
    structField("itemDataTypeDDL", stringType, false),
  ]);

const itemTypeOf = (state: DataType): DataType => (state.kind === "struct" ? state.fields[2]!.type : voidType);

const valueResults = {
  string: always(stringType),
  boolean: always(booleanType),
  tinyint: always(tinyintType),
  smallint: always(smallintType),
  int: always(intType),
  bigint: always(bigintType),
  float: always(floatType),
  double: always(doubleType),
  binary: always(binaryType),
  date: always(dateType),
  timestamp: always(timestampType),
  timestampNtz: always(timestampNtzType),
  time: always({ kind: "time", precision: 6 }),
  /** The seconds of a day with their microseconds. */
  daySeconds: always(decimalType(14, 6)),
  interval: always(intervalType),
  dayTimeInterval: always(dayTimeIntervalType()),
  yearMonthInterval: always(yearMonthIntervalType()),
  variant: always(variantType),
  globeShape: always(geographyType(4326)),
  planeShape: ([, srid]) => placed("geometry", srid ?? { literal: 0, isWritten: true }),
  movedShape: ([shape, srid]) => placed((shape!.type as SpatialType).kind, srid!),
  void: always(voidType),
  "array<string>": always(arrayType(stringType)),
  "array<array<string>>": always(arrayType(arrayType(stringType, false), false)),
  /** An array of strings none of which is null. */
  floats: always(arrayType(floatType)),
  floatsWithoutNull: always(arrayType(floatType, false)),
  strings: always(arrayType(stringType, false)),
  stringMap: always(mapType(stringType, stringType)),
  first: typeAt(0),
  second: typeAt(1),
  third: typeAt(2),
  last: (args) => args.at(-1)?.type ?? voidType,
  /** The type of the first argument; a second one makes it an array of so many values. */
  firstOrSeveral: (args) => (args.length > 2 ? arrayType(args[0]!.type) : args[0]!.type),
  widest: (args) => widest(args.map(({ type }) => type)) ?? voidType,
  /** The values of condition, value, condition, value, …, else. */
  branches: (args) => {
    const values = args.filter((_, index) => index % 2 === 1 || (index === args.length - 1 && args.length % 2 === 1));
    return widest(values.map(({ type }) => type)) ?? voidType;
  },
  sum: arithmetic("+"),
  difference: arithmetic("-"),
  product: arithmetic("*"),
  quotient: arithmetic("/"),
  remainder: arithmetic("%"),
  total: ([value]) => total(value!.type),
  average: ([value]) => average(value!.type),
  averageOfSecond: (args) => average(args[1]!.type),
  rounded,
  roundedToInteger,
  /** Text of a number: the pattern must be one. */
  patternedText: ([, format]) => {
    if (typeof format?.literal === "string") numberPattern(format.literal);
    return stringType;
  },
  patternedNumber: ([, format]) =>
    typeof format?.literal === "string" ? numberOf(format.literal) : decimalType(10, 0),
  variantPart: ([, , type]) => variantPart(type?.literal),
  encodedBytes: ([, format]) => encodedBytes(format?.literal),
  spread: ([least, most]) => spread(least!.type, most!.type),
  percentile: ([value, percentage]) => perPercentage(wholeInterval(value!.type) ?? doubleType, percentage),
  approximatePercentile: ([value, percentage]) => perPercentage(value!.type, percentage),
  /** Values with their counts. */
  frequencies: ([value]) =>
    arrayType(structType([structField("item", value!.type), structField("count", bigintType, false)]), false),
  topKState: ([value]) => topKState(value!.type),
  topKStateOf: ([state]) => topKState(itemTypeOf(state!.type)),
  topKItems: ([state]) =>
    arrayType(
      structType([structField("item", itemTypeOf(state!.type)), structField("count", bigintType, false)]),
      false,
    ),
  /** Centers and counts. */
  bins: ([value]) => arrayType(structType([structField("x", value!.type), structField("y", doubleType)])),
  /** A value of a sketch, or an array for an array of parts. */
  quantileBigint: ([, asked]) => perPercentage(bigintType, asked),
  quantileDouble: ([, asked]) => perPercentage(doubleType, asked),
  quantileFloat: ([, asked]) => perPercentage(floatType, asked),
  timeWindow: ([time]) => timeWindowType(momentOf(time!.type)),
  windowTime: ([window]) => momentOf(window!.type),
  collated: ([, name]) => collatedText(String(name?.literal)),
  dateField: ([field, source]) => datePartType(field?.literal, source!.type),
} satisfies Record<string, ResultFunction>;

/** The rules of results by the names that definitions use. */
export const resultRules = { ...valueResults, ...collectionResults } satisfies Record<string, ResultFunction>;

export type ResultRule = keyof typeof resultRules;
