/**
 * Which type values of different types go to when they meet and the ANSI mode is off. Spark's source: `TypeCoercion`,
 * `TypeCoercionHelper` and `StringPromotionTypeCoercion`.
 */
import {
  arrayType,
  type DataType,
  decimalType,
  doubleType,
  isInterval,
  isNumeric,
  isTemporal,
  isText,
  stringType,
  type TypeKind,
  voidType,
} from "../types/data-type.ts";
import { sameType } from "../types/same-type.ts";
import { castMayGiveNull } from "./cast-rules.ts";
import {
  computed,
  decimalOperands,
  inside,
  meetAll,
  type Operand,
  shapeMeeting,
  tightestElement,
  widestElement,
} from "./coercion.ts";
import { decimalFor, widerDecimal } from "./decimal-precision.ts";
import { type ExpectedType, expected } from "./expected-type.ts";

const unpromoted: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["binary", "boolean", "interval", "variant", "void"] as const),
  ...(["array", "map", "struct", "udt", "string", "char", "varchar"] as const),
]);

/** Text beside another value makes text of it. */
function promoted(left: DataType, right: DataType): DataType | undefined {
  const other = isText(left) ? right : isText(right) ? left : undefined;
  return other === undefined || unpromoted.has(other.kind) ? undefined : stringType;
}

const widestOfTwo = (left: DataType, right: DataType): DataType | undefined =>
  widestElement(left, right) ?? shapeMeeting(left, right) ?? promoted(left, right) ?? inside(left, right, widestOfTwo);

const widerOfTwo = (left: DataType, right: DataType): DataType | undefined =>
  widestElement(left, right) ?? shapeMeeting(left, right) ?? inside(left, right, widerOfTwo);

const holdsText = (type: DataType): boolean => isText(type) || (type.kind === "array" && holdsText(type.element));

/** The type that all of these types go to; texts come first, since they take most others along. */
export function widest(types: readonly DataType[]): DataType | undefined {
  const texts = types.filter(holdsText);
  return meetAll([voidType, ...texts, ...types.filter((type) => !holdsText(type))], widestOfTwo);
}

/** The same where text is never a meeting point. */
export const widestWithoutText = (types: readonly DataType[]): DataType | undefined => meetAll(types, widerOfTwo);

/** The types of the sides of an arithmetic operator: text beside what is no interval is read as a DOUBLE. */
export function operandTypes(left: Operand, right: Operand): readonly [DataType, DataType] {
  const [a, b] = [computed(left.type), computed(right.type)];
  const number = (type: DataType, beside: DataType) => (isText(type) && !isInterval(beside) ? doubleType : type);
  return met({ ...left, type: number(a, b) }, { ...right, type: number(b, a) });
}

function met(left: Operand, right: Operand): readonly [DataType, DataType] {
  const [a, b] = [left.type, right.type];
  if (a.kind === "decimal" || b.kind === "decimal") return decimalOperands(left, right);
  const common = tightestElement(a, b);
  return common === undefined ? [a, b] : [common, common];
}

/** Text beside another value is read as that, beside a decimal as a DOUBLE. */
function comparedText(left: DataType, right: DataType): DataType | undefined {
  if (isText(left) === isText(right)) return undefined;
  const [text, other] = isText(left) ? [left, right] : [right, left];
  if (other.kind === "void") return text;
  if (other.kind === "decimal") return doubleType;
  return readable.has(other.kind) ? other : undefined;
}

const readable: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "binary"] as const),
  ...(["date", "timestamp", "timestamp_ntz", "time"] as const),
]);

/** The type in which two values are compared. */
export function comparisonType(left: Operand, right: Operand): DataType | undefined {
  const [first, second] = [
    { ...left, type: computed(left.type) },
    { ...right, type: computed(right.type) },
  ];
  const read = comparedText(first.type, second.type);
  if (read !== undefined) return read;
  const [a, b] = met(first, second);
  if (a.kind === "decimal" && b.kind === "decimal") return widerDecimal(a, b);
  return sameType(a, b) ? a : (tightestElement(a, b) ?? shapeMeeting(a, b));
}

/** The type in which two values are asked to be equal: a truth is 1 or 0 beside a number. */
export function equalityType(left: Operand, right: Operand): DataType | undefined {
  const [a, b] = [left.type, right.type];
  if (a.kind === "boolean" && isNumeric(b)) return b;
  return b.kind === "boolean" && isNumeric(a) ? a : comparisonType(left, right);
}

const notAtomic: ReadonlySet<TypeKind> = new Set<TypeKind>(["array", "map", "struct", "udt", "interval", "variant"]);

/** The type that an argument is cast to so that it fits a parameter. */
export function implicitCast(from: DataType, target: ExpectedType): DataType | undefined {
  if (target.accepts(from)) return from;
  if (from.kind === "void") return target.concrete;
  if (target.choices !== undefined)
    return target.choices.map((choice) => implicitCast(from, choice)).find((type) => type !== undefined);
  if (target.element !== undefined) return ofElements(from, target.element);
  if (target === expected.decimal) return isText(from) ? decimalType(38, 18) : decimalOfNumber(from);
  if (target === expected.numeric) return isText(from) ? doubleType : undefined;
  if (target === expected.integral) return undefined;
  return ofConcrete(from, target.concrete);
}

const decimalOfNumber = (from: DataType): DataType | undefined => (isNumeric(from) ? decimalFor(from) : undefined);

function ofElements(from: DataType, element: ExpectedType): DataType | undefined {
  if (from.kind !== "array") return undefined;
  const type = implicitCast(from.element, element);
  return type && arrayType(type, true);
}

function ofConcrete(from: DataType, to: DataType): DataType | undefined {
  if (isText(to)) return notAtomic.has(from.kind) ? undefined : to;
  if (isNumeric(to)) return isNumeric(from) || isText(from) ? to : undefined;
  if (isTemporal(to)) return isTemporal(from) || isText(from) ? to : undefined;
  if (to.kind === "binary") return isText(from) ? to : undefined;
  return nestedCast(from, to);
}

/** Arrays and maps go part by part to those that may hold what becomes of their parts. */
function nestedCast(from: DataType, to: DataType): DataType | undefined {
  const part = (a: DataType, b: DataType, mayHoldNull: boolean): boolean =>
    (sameType(a, b) || a.kind === "void" || ofConcrete(a, b) !== undefined) && (mayHoldNull || !castMayGiveNull(a, b));
  if (from.kind === "array" && to.kind === "array") {
    const fits = to.containsNull || !from.containsNull;
    return fits && part(from.element, to.element, to.containsNull) ? to : undefined;
  }
  if (from.kind !== "map" || to.kind !== "map") return undefined;
  const fits = to.valueContainsNull || !from.valueContainsNull;
  return fits && part(from.key, to.key, false) && part(from.value, to.value, to.valueContainsNull) ? to : undefined;
}
