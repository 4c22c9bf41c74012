/**
 * Which type values of different types go to when they meet, in ANSI mode. Spark's source: `AnsiTypeCoercion`,
 * `TypeCoercionHelper`, `AnsiStringPromotionTypeCoercion` and `DecimalPrecisionTypeCoercion`.
 */
import {
  arrayType,
  bigintType,
  type DataType,
  type DayTimeUnit,
  dayTimeIntervalType,
  doubleType,
  isIntegral,
  isNumeric,
  isSpatial,
  isText,
  mapType,
  stringType,
  structField,
  structType,
  type TypeKind,
  timestampNtzType,
  timestampType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { sameType } from "../types/same-type.ts";
import { castMayGiveNull } from "./cast-rules.ts";
import { decimalFor, decimalForConstant, holdsAll, widerDecimal } from "./decimal-precision.ts";

export { type CastMode, canCast, canStoreAssign, castMayGiveNull } from "./cast-rules.ts";

type Meeting = (left: DataType, right: DataType) => DataType | undefined;

const precedence: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint", "float", "double"];
const dayTimeUnits: readonly DayTimeUnit[] = ["day", "hour", "minute", "second"];
const withoutText: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["day-time interval", "year-month interval", "interval"] as const),
  ...(["array", "map", "struct", "udt"] as const),
]);

/**
 * The type that all of these types go to: in `coalesce`, `array`, `CASE`, `IN`, unions. Spark's `findWiderCommonType`.
 *
 * @param types - one or more types, in the order of the arguments
 * @returns undefined when there is none
 * @example
 * ```ts
 * console.log(widest([intType, stringType])); // bigint: text beside integers is read as a number
 * ```
 */
export const widest = (types: readonly DataType[]): DataType | undefined => meetAll(types, widestOfTwo);

/**
 * The type that all of these types go to where text is never read as another type: `greatest`, `least`. Spark's
 * `findWiderTypeWithoutStringPromotion`.
 */
export const widestWithoutText = (types: readonly DataType[]): DataType | undefined => meetAll(types, widerOfTwo);

/** The type that values of all types go to, two by two. */
export function meetAll(types: readonly DataType[], meet: Meeting): DataType | undefined {
  const [first, ...rest] = types;
  return rest.reduce<DataType | undefined>((met, type) => met && meet(met, computed(type)), first && computed(first));
}

/** CHAR and VARCHAR are STRING wherever a value is computed. */
export const computed = (type: DataType): DataType =>
  type.kind === "char" || type.kind === "varchar" ? stringType : type;

function widestOfTwo(left: DataType, right: DataType): DataType | undefined {
  const plain = tightest(left, right) ?? decimalMeeting(left, right) ?? shapeMeeting(left, right);
  return plain ?? textMeeting(left, right) ?? inside(left, right, widestOfTwo);
}

function widerOfTwo(left: DataType, right: DataType): DataType | undefined {
  const plain = tightest(left, right) ?? decimalMeeting(left, right) ?? shapeMeeting(left, right);
  return plain ?? inside(left, right, widerOfTwo);
}

/**
 * The type that holds every value of both types. Spark's `findTightestCommonType`.
 *
 * @returns undefined when there is none, as for text and numbers or for two decimals
 */
export const tightest: Meeting = tightestBy((wider) => (wider.kind === "float" ? doubleType : wider));

/**
 * `tightest` as the functions of arrays and maps have it: an integer beside a FLOAT becomes a FLOAT. Spark calls the rule
 * of its non-ANSI mode there.
 */
export const tightestElement: Meeting = tightestBy((wider) => wider);

/** `tightestElement`, or for decimals the wider one. */
export function widestElement(left: DataType, right: DataType): DataType | undefined {
  return tightestElement(left, right) ?? decimalMeeting(left, right) ?? inside(left, right, widestElement);
}

function tightestBy(number: (wider: DataType) => DataType): Meeting {
  const meet: Meeting = (left, right) => {
    if (sameType(left, right) || right.kind === "void") return left;
    if (left.kind === "void") return right;
    if (isNumeric(left) && isNumeric(right)) return tightestNumber(left, right, number);
    return tightestTime(left, right) ?? tightestInterval(left, right) ?? inside(left, right, meet);
  };
  return meet;
}

function tightestNumber(left: DataType, right: DataType, number: (wider: DataType) => DataType): DataType | undefined {
  if (left.kind === right.kind && left.kind !== "decimal") return left;
  if (left.kind === "decimal") return isIntegral(right) && holdsAll(left, right) ? left : undefined;
  if (right.kind === "decimal") return isIntegral(left) && holdsAll(right, left) ? right : undefined;
  return number(precedence.indexOf(left.kind) > precedence.indexOf(right.kind) ? left : right);
}

function tightestTime(left: DataType, right: DataType): DataType | undefined {
  const kinds = [left.kind, right.kind];
  if (kinds.some((kind) => kind !== "date" && kind !== "timestamp" && kind !== "timestamp_ntz")) return undefined;
  return kinds.includes("timestamp") ? timestampType : timestampNtzType;
}

function tightestInterval(left: DataType, right: DataType): DataType | undefined {
  if (left.kind === "day-time interval" && right.kind === "day-time interval") {
    const starts = [left, right].map(({ start }) => dayTimeUnits.indexOf(start));
    const ends = [left, right].map(({ end }) => dayTimeUnits.indexOf(end));
    return dayTimeIntervalType(dayTimeUnits[Math.min(...starts)], dayTimeUnits[Math.max(...ends)]);
  }
  if (left.kind === "year-month interval" && right.kind === "year-month interval") return yearMonthIntervalType();
  return undefined;
}

/** Shapes of different systems are of any. */
export const shapeMeeting: Meeting = (left, right) =>
  isSpatial(left) && left.kind === right.kind ? { ...left, srid: "any" } : undefined;

function decimalMeeting(left: DataType, right: DataType): DataType | undefined {
  if (left.kind !== "decimal" && right.kind !== "decimal") return undefined;
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  if ([left, right].some(({ kind }) => kind === "float" || kind === "double")) return doubleType;
  return widerDecimal(decimalFor(left)!, decimalFor(right)!);
}

/** Text beside another type is read as that type; beside a number as BIGINT or DOUBLE. */
export function textMeeting(left: DataType, right: DataType): DataType | undefined {
  if (isText(left) === isText(right)) return undefined;
  const [text, other] = isText(left) ? [left, right] : [right, left];
  if (other.kind === "void") return text;
  if (isIntegral(other)) return bigintType;
  if (isNumeric(other)) return doubleType;
  return withoutText.has(other.kind) ? undefined : other;
}

/** Collections and structs meet part by part; a part may hold null when either may, or when its cast may give null. */
export function inside(left: DataType, right: DataType, meet: Meeting): DataType | undefined {
  const part = (a: DataType, b: DataType, mayHoldNull: boolean) => {
    const type = meet(computed(a), computed(b));
    return type && { type, mayHoldNull: mayHoldNull || castMayGiveNull(a, type) || castMayGiveNull(b, type) };
  };
  if (left.kind === "array" && right.kind === "array") {
    const element = part(left.element, right.element, left.containsNull || right.containsNull);
    return element && arrayType(element.type, element.mayHoldNull);
  }
  if (left.kind === "map" && right.kind === "map") {
    const key = part(left.key, right.key, false);
    const value = part(left.value, right.value, left.valueContainsNull || right.valueContainsNull);
    return key && value && !key.mayHoldNull ? mapType(key.type, value.type, value.mayHoldNull) : undefined;
  }
  if (left.kind !== "struct" || right.kind !== "struct" || left.fields.length !== right.fields.length) return undefined;
  const fields = left.fields.map((field, index) => {
    const other = right.fields[index]!;
    if (field.name.toLowerCase() !== other.name.toLowerCase()) return undefined;
    const met = part(field.type, other.type, field.nullable || other.nullable);
    return met && structField(field.name, met.type, met.mayHoldNull);
  });
  return fields.every((field) => field !== undefined) ? structType(fields) : undefined;
}

/** One side of an operator: its type, and its value where it is a constant. */
export interface Operand {
  readonly type: DataType;
  readonly literal?: unknown;
}

/**
 * The types that the two sides of an operator are cast to before the operator looks at them: text goes to the type of
 * the other side, an integer beside a decimal becomes the decimal of its digits.
 *
 * @param left - the left side
 * @param right - the right side
 * @returns the types of both sides, unchanged where Spark leaves them alone
 * @example
 * ```ts
 * operandTypes({ type: decimalType(10, 2) }, { type: intType, literal: 7 }); // [decimal(10,2), decimal(1,0)]
 * ```
 */
export function operandTypes(left: Operand, right: Operand): readonly [DataType, DataType] {
  const [a, b] = [computed(left.type), computed(right.type)];
  const read = textMeeting(a, b);
  if (read !== undefined) return [read, read];
  if (a.kind === "decimal" || b.kind === "decimal") return decimalOperands({ ...left, type: a }, { ...right, type: b });
  const common = tightest(a, b);
  return common === undefined ? [a, b] : [common, common];
}

/** The types of two sides of which one is a decimal. */
export function decimalOperands(left: Operand, right: Operand): readonly [DataType, DataType] {
  const kinds = [left.type.kind, right.type.kind];
  if (kinds.includes("float") || kinds.includes("double")) return [doubleType, doubleType];
  if (left.type.kind === "void") return [right.type, right.type];
  if (right.type.kind === "void") return [left.type, left.type];
  return [asDecimal(left), asDecimal(right)];
}

function asDecimal({ type, literal }: Operand): DataType {
  const constant = typeof literal === "number" || typeof literal === "bigint";
  if (isIntegral(type) && constant) return decimalForConstant(literal);
  return isIntegral(type) ? decimalFor(type)! : type;
}

/**
 * The type in which two values are compared by `=`, `<` and the like.
 *
 * @param left - the left side
 * @param right - the right side
 * @returns undefined when they cannot be compared
 * @example
 * ```ts
 * console.log(commonComparisonType({ type: dateType }, { type: stringType })); // date
 * ```
 */
export function commonComparisonType(left: Operand, right: Operand): DataType | undefined {
  const [a, b] = operandTypes(left, right);
  if (a.kind === "decimal" && b.kind === "decimal") return widerDecimal(a, b);
  return sameType(a, b) ? a : (tightest(a, b) ?? shapeMeeting(a, b));
}
