/**
 * The rules of parameters: what each takes and what an argument is cast to. `parameter-kinds.ts` is the compiler's side.
 *
 * Rules whose name begins with `only` take no implicit cast, as Spark's `ExpectsInputTypes`; the others cast as its
 * `ImplicitCastInputTypes` does.
 */
import {
  type DataType,
  decimalType,
  doubleType,
  holdsMap,
  intType,
  isNumeric,
  isTemporal,
  mapType,
  stringType,
  type TypeKind,
  variantType,
} from "../types/data-type.ts";
import { sameStructure } from "../types/same-type.ts";
import { canCast } from "./cast-rules.ts";
import { collectionRules } from "./collection-rules.ts";
import { datePartSource } from "./date-part.ts";
import { arrayOf, type ExpectedType, exactly, expected, oneOf } from "./expected-type.ts";
import { operandRules } from "./operand-rules.ts";
import { alone, constant, foldable, implicit, isOrderable, known, present, type Rule, strict, when } from "./rule.ts";
import { isTimeWindow } from "./time-window-type.ts";

const spans = [expected.dayTimeInterval, expected.yearMonthInterval] as const;
const numericOrInterval = oneOf(expected.numeric, ...spans);
const moments = oneOf(expected.string, expected.date, expected.timestamp, expected.timestampNtz);
const smallIntegers: readonly TypeKind[] = ["tinyint", "smallint", "int"];

const isNested = ({ kind }: DataType): boolean => kind === "array" || kind === "map" || kind === "struct";

function canHoldInVariant(type: DataType): boolean {
  if (type.kind === "array") return canHoldInVariant(type.element);
  if (type.kind === "struct") return type.fields.every((field) => canHoldInVariant(field.type));
  if (type.kind === "map") return type.key.kind === "string" && canHoldInVariant(type.value);
  return type.kind !== "void" && canCast(type, variantType, "ansi");
}

/** An integer of at most 32 bits: the position of an element. */
const position = (type: DataType) => when(smallIntegers.includes(type.kind), intType);

const seed = alone('("INT" or "BIGINT")', ({ kind }) =>
  when(["int", "bigint", "void"].includes(kind), expected.bigint.concrete),
);

const countedKinds: ReadonlySet<TypeKind> = new Set<TypeKind>([
  ...(["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal"] as const),
  ...(["string", "date", "timestamp", "timestamp_ntz"] as const),
]);

function isTopKState(type: DataType): boolean {
  if (type.kind !== "struct" || type.fields.length !== 4) return false;
  const [sketch, tracked, item, ddl] = type.fields.map((field) => field.type.kind);
  return sketch === "binary" && tracked === "int" && countedKinds.has(item!) && ddl === "string";
}

/** What theta and tuple sketches count. */
const countable = oneOf(
  ...[arrayOf(expected.int), arrayOf(expected.bigint), expected.binary, expected.double],
  ...[expected.float, expected.int, expected.bigint, expected.string],
);

/** A constant, or an array of such, whose elements are not looked at. */
const constantOrArray = (target: ExpectedType): Rule => {
  const rule = constant(target);
  const accept: Rule["accept"] = (context) =>
    (context.types[context.index]!.kind === "array" ? implicit(target) : rule).accept(context);
  return { ...rule, accept };
};

const valueRules = {
  any: alone('"ANY"', (type) => type),
  boolean: implicit(expected.boolean),
  onlyBinary: present(expected.binary),
  onlyFloat: present(expected.float),
  vector: present(arrayOf(expected.float)),
  onlyBoolean: strict(expected.boolean),
  int: implicit(expected.int),
  onlyInt: strict(expected.int),
  bigint: implicit(expected.bigint),
  double: implicit(expected.double),
  numeric: implicit(expected.numeric),
  onlyNumeric: strict(expected.numeric),
  /** BIGINT and the narrower integers, as they are. */
  integral: strict(expected.integral),
  integralOrBoolean: strict(oneOf(expected.integral, expected.boolean)),
  intOrBigint: implicit(oneOf(expected.int, expected.bigint)),
  onlyIntOrString: strict(oneOf(expected.int, expected.string)),
  floatOrDouble: implicit(oneOf(expected.double, expected.float)),
  /** Days to add to a date. */
  days: {
    ...alone('("INT" or "SMALLINT" or "TINYINT")', (type) => type),
    accept: ({ types, index, literals, coercion }) => {
      const type = types[index]!;
      if (type.kind === "void") return intType;
      // Without the ANSI mode only a text that is known beforehand is read as a number.
      const isRead = coercion.castMode === "ansi" || /^\s*[+-]?\d+\s*$/.test(String(literals?.[index]));
      return type.kind === "string" ? when(isRead, intType) : when(smallIntegers.includes(type.kind), type);
    },
    refusal: "not whole",
  },
  position: alone('"INT"', position),
  /** Seconds with microseconds. */
  seconds: implicit(exactly(decimalType(16, 6), "DECIMAL(16,6)")),
  intervalSeconds: implicit(exactly(decimalType(18, 6), "DECIMAL(18,6)")),
  /** A number to round to an integer; with a scale, a decimal. */
  rounded: {
    ...implicit(oneOf(expected.double, expected.decimal, expected.bigint)),
    accept: ({ types, coercion }) =>
      coercion.implicitCast(
        types[0]!,
        types.length > 1 ? expected.decimal : oneOf(expected.double, expected.decimal, expected.bigint),
      ),
  },
  numericOrInterval: implicit(numericOrInterval),
  doubleOrInterval: implicit(oneOf(expected.double, expected.yearMonthInterval, expected.dayTimeInterval)),
  arithmetic: implicit(oneOf(expected.numeric, ...spans, expected.interval)),
  /** What `sum` and `avg` take: timestamps count as seconds. */
  summable: alone('"NUMERIC" or "ANSI INTERVAL"', (type, coercion) =>
    type.kind === "timestamp" ? doubleType : coercion.implicitCast(type, numericOrInterval),
  ),
  /** What an approximate percentile takes. */
  measurable: implicit(
    oneOf(
      ...[expected.numeric, expected.date, expected.timestamp, expected.timestampNtz],
      ...[expected.yearMonthInterval, expected.dayTimeInterval],
    ),
  ),
  /** A fraction between 0 and 1, or an array of them. */
  percentage: alone('("DOUBLE" or "ARRAY<DOUBLE>")', (type, coercion) =>
    type.kind === "array" && (type.containsNull || type.element.kind === "string")
      ? undefined
      : coercion.implicitCast(type, oneOf(expected.double, arrayOf(expected.double))),
  ),
  string: implicit(expected.string),
  onlyString: strict(expected.string),
  statedString: present(expected.string),
  text: implicit(oneOf(expected.string, expected.binary)),
  binary: implicit(expected.binary),
  bigintBinaryOrString: implicit(oneOf(expected.bigint, expected.binary, expected.string)),
  textOrArray: implicit(oneOf(expected.string, expected.binary, expected.array)),
  stringOrStrings: implicit(oneOf(arrayOf(expected.string), expected.string)),
  date: implicit(expected.date),
  onlyDate: strict(expected.date),
  timestamp: implicit(expected.timestamp),
  onlyTimestamp: strict(expected.timestamp),
  timestampNtz: implicit(expected.timestampNtz),
  anyTimestamp: implicit(expected.anyTimestamp),
  time: implicit(expected.time),
  /** What has hours, minutes and seconds. */
  clock: alone(expected.anyTimestamp.words, (type, coercion) =>
    type.kind === "time" ? type : coercion.implicitCast(type, expected.anyTimestamp),
  ),
  onlyAnyTimestamp: strict(expected.anyTimestamp),
  span: strict(oneOf(...spans)),
  /** Where spans of time begin: a moment of the type of the one before it. */
  bucketOrigin: {
    ...strict(expected.anyTimestamp),
    accept: ({ types: [, moment], index, types }) => {
      const wanted = moment?.kind === "timestamp_ntz" ? expected.timestampNtz : expected.timestamp;
      return when(types[index]!.kind === "void" || wanted.accepts(types[index]!), wanted.concrete);
    },
  },
  /** What lies in spans of time: a moment, or a span. */
  windowTime: alone(
    '("(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)" or "STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or "STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>")',
    (type, coercion) => (isTimeWindow(type) ? type : coercion.implicitCast(type, expected.anyTimestamp)),
  ),
  timeWindow: alone('"STRUCT"', (type) => when(isTimeWindow(type), type)),
  stringOrTemporal: implicit(moments),
  onlyStringOrTemporal: strict(moments),
  /** What becomes a timestamp: with a format, text or a date; alone, a number of seconds too. */
  timestampSource: {
    ...implicit(oneOf(...moments.choices!, expected.numeric)),
    accept: ({ types, index, coercion }) => {
      const type = types[index]!;
      if (isNumeric(type)) return when(types.length === 1, type);
      return coercion.implicitCast(type, moments);
    },
  },
  /** Values that can be sorted. */
  orderable: alone('"ORDERABLE"', (type) => when(isOrderable(type), type)),
  /** Values that can be told apart: anything without a map inside. */
  distinguishable: alone('"ANY"', (type) => when(!holdsMap(type), type)),
  /** What `to_char` writes: a number, which becomes a decimal. */
  writable: alone('"DECIMAL"', (type, coercion) =>
    type.kind === "binary" || isTemporal(type) ? type : coercion.implicitCast(type, expected.decimal),
  ),
  hashable: alone('"ANY"', (type) => when(!holdsMap(type) && type.kind !== "variant", type)),
  /** A function of columns. */
  lambda: alone('"LAMBDA"', (type) => type),
  lambdaOfBoolean: strict(expected.boolean),
  lambdaOfInt: present(expected.int),
  /** A function that gives the keys of a map. */
  lambdaOfKey: alone('"ANY"', (type) => when(!holdsMap(type), type)),
  /** A function that gives the type of the argument before it. */
  lambdaOfStart: {
    ...alone('"ANY"', (type) => type),
    accept: ({ types, index }) => when(sameStructure(types[index]!, types[index - 1]!), types[index]),
  },
  /** The type of the first argument. */
  likeFirst: {
    ...alone('"ANY"', (type) => type),
    accept: ({ types, index, coercion }) => coercion.implicitCast(types[index]!, exactly(types[0]!, "ANY")),
  },
  /** A value that is compared with the first argument but keeps its type. */
  comparedWithFirst: {
    ...alone('"ORDERABLE"', (type) => type),
    refusal: "operand types",
    accept: ({ types, index, written, coercion }) => {
      const [left, right] = [0, 1].map((position) => ({ type: types[position]!, literal: written?.[position] }));
      const common = coercion.equalityType(left!, right!);
      return when(common !== undefined && isOrderable(common), types[index]);
    },
  },
  /** A value that can be compared with 0. */
  besideZero: alone('"NUMERIC"', (type, { equalityType }) =>
    when(equalityType({ type }, { type: intType }) !== undefined, type),
  ),
  /** A value that goes to one type with INT. */
  besideInt: alone('"NUMERIC"', (type, { widest }) => widest([type, intType])),
  constantInt: constant(expected.int),
  onlyConstantInt: constant(expected.int, strict(expected.int)),
  /** A whole number itself, not a cast of another value. */
  writtenInt: constant(expected.int, present(expected.int)),
  constantBigint: constant(expected.bigint),
  /** What random numbers begin with; whatever is no integer is refused before it is asked whether it is a constant. */
  seed: foldable(expected.bigint, seed),
  /** A seed that is written itself. */
  writtenSeed: constant(expected.bigint, seed),
  foldableInt: foldable(expected.int),
  foldableNumber: foldable(expected.numeric, strict(expected.numeric)),
  constantDouble: constant(expected.double),
  constantString: constant(expected.string),
  /** The text itself, not a cast of another value. */
  writtenString: constant(expected.string, present(expected.string)),
  /** The same, and not null. */
  schemaText: known(expected.string, present(expected.string)),
  onlyConstantString: constant(expected.string, strict(expected.string)),
  constantBoolean: constant(expected.boolean),
  onlyConstantBoolean: constant(expected.boolean, strict(expected.boolean)),
  /** `true` or `false` itself. */
  flag: constant(expected.boolean, present(expected.boolean)),
  /** A fraction as it is written, or a decimal of one. */
  writtenFraction: constant(
    oneOf(expected.double, expected.decimal),
    present(oneOf(expected.double, expected.decimal)),
  ),
  /** What theta and tuple sketches count. */
  thetaItem: strict(countable),
  /** The same, or what becomes such; arrays stay as they are. */
  tupleKey: alone(countable.words, (type, coercion) =>
    type.kind === "array" && type.element.kind === "string" ? undefined : coercion.implicitCast(type, countable),
  ),
  /** What HyperLogLog sketches count. */
  hllItem: strict(oneOf(expected.int, expected.bigint, expected.string, expected.binary)),
  countMinItem: strict(oneOf(expected.integral, expected.string, expected.binary)),
  onlyDouble: strict(expected.double),
  onlyIntOrBigint: strict(oneOf(expected.int, expected.bigint)),
  /** What is counted one by one. */
  frequent: {
    ...alone('"ATOMIC"', (type) => when(countedKinds.has(type.kind), type)),
    refusal: "not counted",
  },
  /** A struct that holds a sketch of frequent values. */
  topKState: { ...alone('"STRUCT"', (type) => when(isTopKState(type), type)), refusal: "no state" },
  /** The bytes of a sketch. */
  sketch: strict(expected.binary),
  kllInteger: strict(expected.integral),
  kllFraction: strict(oneOf(expected.float, expected.double)),
  kllFloat: strict(expected.float),
  bigintOrSeveral: constantOrArray(oneOf(expected.bigint, arrayOf(expected.bigint))),
  doubleOrSeveral: constantOrArray(oneOf(expected.double, arrayOf(expected.double))),
  floatOrSeveral: constantOrArray(oneOf(expected.float, arrayOf(expected.float))),
  /** The digits behind the point that `ceil` and `floor` keep. */
  scale: { ...known(expected.int, present(expected.int)), refusal: "not foldable" },
  /** The name of a field such as YEAR. */
  fieldName: { ...constant(expected.string, strict(expected.string)), refusal: "not foldable" },
  /** One character, or null. */
  character: {
    ...constant(expected.string, strict(expected.string)),
    accept: (context) => {
      const given = context.literals?.[context.index];
      const isOne = typeof given !== "string" || [...given].length === 1;
      return when(isOne, constant(expected.string, strict(expected.string)).accept(context));
    },
    refusal: "not one character",
  },
  stringMap: present(exactly(mapType(stringType, stringType), "MAP<STRING, STRING>")),
  /** What has fields such as YEAR: the field is the constant before it. */
  dateOrInterval: {
    ...alone('("DATE" or "TIMESTAMP" or "INTERVAL")', (type) => type),
    accept: ({ types, index, literals }) => datePartSource(literals?.[0], types[index]!),
    refusal: "no such field",
  },
  struct: strict(expected.struct),
  /** What becomes a record of text. */
  record: { ...strict(expected.struct), refusal: "input kind" },
  /** What becomes an element of XML. */
  element: { ...strict(oneOf(expected.struct, expected.variant)), required: '"STRUCT"' },
  jsonable: strict(oneOf(expected.array, expected.map, expected.struct, expected.variant)),
  variant: strict(expected.variant),
  shape: strict(oneOf(expected.geography, expected.geometry)),
  /** What becomes a variant part by part. */
  variantParts: {
    ...alone('"VARIANT"', (type) => when(isNested(type) && canHoldInVariant(type), type)),
    refusal: "cast",
  },
} satisfies Record<string, Rule>;

/** The rules of parameters by the names that definitions use. */
export const parameterRules = { ...valueRules, ...operandRules, ...collectionRules } satisfies Record<string, Rule>;

export type ParameterRule = keyof typeof parameterRules;
