/**
 * What a parameter asks for and what an argument is cast to so that it fits. Spark's source: `AbstractDataType` and
 * `AnsiTypeCoercion.implicitCast`.
 */
import {
  arrayType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  geographyType,
  geometryType,
  intervalType,
  intType,
  isIntegral,
  isNumeric,
  isSpatial,
  isText,
  mapType,
  stringType,
  structType,
  type TypeKind,
  timestampNtzType,
  timestampType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { sameShape } from "../types/same-type.ts";
import { canCast, canStoreAssign } from "./cast-rules.ts";
import { decimalFor } from "./decimal-precision.ts";

/** A type or a family of types that a parameter asks for. */
export interface ExpectedType {
  /** As Spark words it in errors: `INTEGRAL`, `("STRING" or "BINARY")`. */
  readonly words: string;
  accepts(type: DataType): boolean;
  /** The type that an argument outside becomes. */
  readonly concrete: DataType;
  /** Whether text is read as this type. */
  readonly readsText: boolean;
  /** The members of a choice. */
  readonly choices?: readonly ExpectedType[];
  /** What an array's elements must be. */
  readonly element?: ExpectedType;
}

const atomic: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["tinyint", "smallint", "int", "bigint", "float", "double", "decimal"] as const),
  ...(["boolean", "binary", "date", "timestamp", "timestamp_ntz", "time"] as const),
  ...(["day-time interval", "year-month interval", "variant"] as const),
]);

/** Exactly one type. */
export const exactly = (type: DataType, words: string): ExpectedType => ({
  words: `"${words}"`,
  accepts: (other) => sameShape(type, other),
  concrete: type,
  readsText: atomic.has(type.kind),
});

/** Any type for which a condition holds. */
const family = (
  words: string,
  accepts: (type: DataType) => boolean,
  concrete: DataType,
  readsText = false,
): ExpectedType => ({ words: `"${words}"`, accepts, concrete, readsText });

const ofKind =
  (...kinds: readonly TypeKind[]) =>
  (type: DataType) =>
    kinds.includes(type.kind);

/** The first of several that takes the argument. */
export const oneOf = (...choices: readonly ExpectedType[]): ExpectedType => ({
  words: `(${choices.map((choice) => choice.words).join(" or ")})`,
  accepts: (type) => choices.some((choice) => choice.accepts(type)),
  concrete: choices[0]!.concrete,
  readsText: false,
  choices,
});

export const arrayOf = (element: ExpectedType): ExpectedType => ({
  words: `"ARRAY<${element.words.slice(1, -1)}>"`,
  accepts: (type) => type.kind === "array" && element.accepts(type.element),
  concrete: arrayType(element.concrete),
  readsText: false,
  element,
});

/** The types that Spark's functions ask for, under the names of its `AbstractDataType`s. */
export const expected = {
  any: family("ANY", () => true, voidType),
  boolean: exactly(booleanType, "BOOLEAN"),
  int: exactly(intType, "INT"),
  bigint: exactly({ kind: "bigint" }, "BIGINT"),
  float: exactly({ kind: "float" }, "FLOAT"),
  double: exactly(doubleType, "DOUBLE"),
  integral: family("INTEGRAL", isIntegral, intType),
  numeric: family("NUMERIC", isNumeric, doubleType, true),
  decimal: family("DECIMAL", ofKind("decimal"), decimalType(38, 18), true),
  string: family("STRING", isText, stringType),
  binary: exactly(binaryType, "BINARY"),
  date: exactly(dateType, "DATE"),
  timestamp: exactly(timestampType, "TIMESTAMP"),
  timestampNtz: exactly(timestampNtzType, "TIMESTAMP_NTZ"),
  time: family("TIME", ofKind("time"), { kind: "time", precision: 6 }, true),
  anyTimestamp: family(
    "(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)",
    ofKind("timestamp", "timestamp_ntz"),
    timestampType,
    true,
  ),
  dayTimeInterval: family("INTERVAL DAY TO SECOND", ofKind("day-time interval"), dayTimeIntervalType(), true),
  yearMonthInterval: family("INTERVAL YEAR TO MONTH", ofKind("year-month interval"), yearMonthIntervalType(), true),
  interval: exactly(intervalType, "INTERVAL"),
  variant: exactly(variantType, "VARIANT"),
  geography: family("GEOGRAPHY", ofKind("geography"), geographyType("any")),
  geometry: family("GEOMETRY", ofKind("geometry"), geometryType("any")),
  array: family("ARRAY", ofKind("array"), arrayType(voidType)),
  map: family("MAP", ofKind("map"), mapType(voidType, voidType)),
  struct: family("STRUCT", ofKind("struct"), structType([])),
} satisfies Record<string, ExpectedType>;

/**
 * The type that an argument is cast to so that it fits a parameter.
 *
 * @param from - the type of the argument
 * @param target - what the parameter asks for
 * @returns the argument's own type when it fits; undefined when no implicit cast leads there
 * @example
 * ```ts
 * console.log(implicitCast(bigintType, expected.int)); // int
 * console.log(implicitCast(doubleType, expected.integral)); // undefined
 * ```
 */
export function implicitCast(from: DataType, target: ExpectedType): DataType | undefined {
  if (target.accepts(from)) return from;
  if (target === expected.decimal && isNumeric(from)) return decimalFor(from);
  if (target === expected.integral && isNumeric(from)) return undefined;
  if (isText(from) && target.readsText) return target.concrete;
  if (target.choices !== undefined) return firstOf(target.choices, (choice) => implicitCast(from, choice));
  if (from.kind === "array" && target.element !== undefined) return arrayOfCast(from.element, target.element);
  // Spark finds out later that a shape has no text.
  if (isSpatial(from) && isText(target.concrete)) return target.concrete;
  // Spark assigns times of day to dates but cannot cast them.
  const reachable = canStoreAssign(from, target.concrete) && canCast(from, target.concrete, "ansi");
  return reachable ? target.concrete : undefined;
}

function arrayOfCast(from: DataType, target: ExpectedType): DataType | undefined {
  const element = implicitCast(from, target);
  return element && arrayType(element, true);
}

function firstOf<T>(items: readonly T[], find: (item: T) => DataType | undefined): DataType | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
