/** Constants as messages, and back. A value is as a plan stores it: days, microseconds, unscaled digits. */
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Literal } from "../plan/expression.ts";
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
  intervalType,
  intType,
  mapType,
  type StructType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { Decimal } from "../types/decimal.ts";
import { sameType } from "../types/same-type.ts";
import type { StoredInterval, StoredMap, StoredValue } from "../types/stored-value.ts";
import { decodeType, encodeType } from "./data-type.ts";
import {
  type Expression_Literal as LiteralMessage,
  Expression_LiteralSchema as LiteralSchema,
} from "./generated/spark/connect/expressions_pb.ts";
import { invalidMessage, noMessage } from "./refusal.ts";

type LiteralInit = MessageInitShape<typeof LiteralSchema>;
type LiteralChoice = NonNullable<LiteralInit["literalType"]>;
type LiteralCase = NonNullable<LiteralMessage["literalType"]["case"]>;
type Stored = Exclude<DataType, { readonly kind: "udt" }>;

const text = (value: string): LiteralChoice => ({ case: "string", value });

const encoders: {
  readonly [Kind in Stored["kind"]]: (value: never, type: Extract<Stored, { readonly kind: Kind }>) => LiteralChoice;
} = {
  void: (_, type) => ({ case: "null", value: encodeType(type) }),
  boolean: (value: boolean) => ({ case: "boolean", value }),
  tinyint: (value: number) => ({ case: "byte", value }),
  smallint: (value: number) => ({ case: "short", value }),
  int: (value: number) => ({ case: "integer", value }),
  bigint: (value: bigint) => ({ case: "long", value }),
  float: (value: number) => ({ case: "float", value }),
  double: (value: number) => ({ case: "double", value }),
  decimal: (unscaled: bigint, { precision, scale }) => ({
    case: "decimal",
    value: { value: new Decimal(unscaled, scale).toString(), precision, scale },
  }),
  string: text,
  char: text,
  varchar: text,
  binary: (value: Uint8Array) => ({ case: "binary", value }),
  date: (value: number) => ({ case: "date", value }),
  timestamp: (value: bigint) => ({ case: "timestamp", value }),
  timestamp_ntz: (value: bigint) => ({ case: "timestampNtz", value }),
  time: (value: bigint, { precision }) => ({ case: "time", value: { nano: value * 1000n, precision } }),
  interval: ({ months, days, microseconds }: StoredInterval) => ({
    case: "calendarInterval",
    value: { months, days, microseconds },
  }),
  "day-time interval": (value: bigint) => ({ case: "dayTimeInterval", value }),
  "year-month interval": (value: number) => ({ case: "yearMonthInterval", value }),
  array: (values: readonly StoredValue[], { element }) => ({
    case: "array",
    value: { elementType: encodeType(element), elements: values.map((value) => encodeValue(value, element)) },
  }),
  map: ({ keys, values }: StoredMap, { key, value }) => ({
    case: "map",
    value: {
      keyType: encodeType(key),
      valueType: encodeType(value),
      keys: keys.map((item) => encodeValue(item, key)),
      values: values.map((item) => encodeValue(item, value)),
    },
  }),
  struct: (values: readonly StoredValue[], type) => ({
    case: "struct",
    value: {
      structType: encodeType(type),
      elements: values.map((value, index) => encodeValue(value, type.fields[index]!.type)),
    },
  }),
  variant: () => {
    throw noMessage("a constant of VARIANT", "Write it as parseJson(lit(text)).");
  },
  geometry: () => {
    throw noMessage("a constant of GEOMETRY", "Write it as stGeomfromwkb(lit(wkb), lit(srid)).");
  },
  geography: () => {
    throw noMessage("a constant of GEOGRAPHY", "Write it as stGeogfromwkb(lit(wkb)).");
  },
};

/** A constant as a message. Its type is sent along where the value alone does not tell it. */
export const encodeLiteral = ({ value, type }: Literal): LiteralInit => encodeValue(value as StoredValue, type);

function encodeValue(value: StoredValue, type: DataType): LiteralInit {
  if (type.kind === "udt") return encodeValue(value, type.storage);
  if (value === null) return { literalType: { case: "null", value: encodeType(type) } };
  const literalType = (encoders[type.kind] as (value: StoredValue, type: DataType) => LiteralChoice)(value, type);
  const told = typeOf(create(LiteralSchema, { literalType }));
  const isTold = told !== undefined && sameType(told, type);
  return isTold ? { literalType } : { literalType, dataType: encodeType(type) };
}

type Read<Case extends LiteralCase> = (
  value: Extract<LiteralMessage["literalType"], { readonly case: Case }>["value"],
  type: DataType,
) => StoredValue;
const same = (value: StoredValue): StoredValue => value;

const decoders: { readonly [Case in LiteralCase]: Read<Case> } = {
  null: () => null,
  boolean: same,
  byte: same,
  short: same,
  integer: same,
  long: same,
  float: same,
  double: same,
  decimal: ({ value }, type) => Decimal.of(value).rounded((type as { readonly scale: number }).scale).unscaled,
  string: same,
  binary: same,
  date: same,
  timestamp: same,
  timestampNtz: same,
  time: ({ nano }) => nano / 1000n,
  calendarInterval: ({ months, days, microseconds }) => ({ months, days, microseconds }),
  dayTimeInterval: same,
  yearMonthInterval: same,
  array: ({ elements }, type) => elements.map((item) => decodeValue(item, elementOf(type))),
  map: ({ keys, values }, type) => ({
    keys: keys.map((item) => decodeValue(item, (type as { readonly key: DataType }).key)),
    values: values.map((item) => decodeValue(item, (type as { readonly value: DataType }).value)),
  }),
  struct: ({ elements }, type) =>
    elements.map((item, index) => decodeValue(item, (type as StructType).fields[index]!.type)),
  specializedArray: ({ valueType }) => [...(valueType.value?.values ?? [])],
};

/**
 * The constant of a message.
 *
 * @throws AnalysisError when the message has no value, or none that has a type
 */
export function decodeLiteral(message: LiteralMessage | undefined): Literal {
  if (message?.literalType.case === undefined) throw invalidMessage("a literal has no value");
  const type = typeOf(message);
  if (type === undefined) throw invalidMessage(`a literal (${message.literalType.case}) has no type`);
  return Object.freeze({ kind: "literal", type, value: decodeValue(message, type) });
}

function decodeValue(message: LiteralMessage, type: DataType): StoredValue {
  const { case: choice, value } = message.literalType;
  if (choice === undefined) throw invalidMessage("a literal has no value");
  return (decoders[choice] as (value: unknown, type: DataType) => StoredValue)(value, type);
}

const elementOf = (type: DataType): DataType => (type as { readonly element: DataType }).element;

const told: {
  readonly [Case in LiteralCase]: (
    value: Extract<LiteralMessage["literalType"], { readonly case: Case }>["value"],
  ) => DataType | undefined;
} = {
  null: decodeType,
  boolean: () => booleanType,
  byte: () => tinyintType,
  short: () => smallintType,
  integer: () => intType,
  long: () => bigintType,
  float: () => floatType,
  double: () => doubleType,
  decimal: ({ value, precision, scale }) => {
    const exact = Decimal.of(value);
    return decimalType(precision ?? Math.max(exact.precision, exact.scale), scale ?? exact.scale);
  },
  string: () => stringType,
  binary: () => binaryType,
  date: () => dateType,
  timestamp: () => timestampType,
  timestampNtz: () => timestampNtzType,
  time: ({ precision = 6 }) => ({ kind: "time", precision }),
  calendarInterval: () => intervalType,
  dayTimeInterval: () => dayTimeIntervalType(),
  yearMonthInterval: () => yearMonthIntervalType(),
  array: ({ elementType, elements }) => {
    const element = elementType === undefined ? firstType(elements) : decodeType(elementType);
    return element && arrayType(element);
  },
  map: ({ keyType, valueType, keys, values }) => {
    const key = keyType === undefined ? firstType(keys) : decodeType(keyType);
    const value = valueType === undefined ? firstType(values) : decodeType(valueType);
    return key && value && mapType(key, value);
  },
  struct: ({ structType: stated, elements }) => {
    if (stated !== undefined) return decodeType(stated);
    const types = elements.map(typeOf);
    return types.every((type) => type !== undefined)
      ? structType(types.map((type, index) => structField(`col${index + 1}`, type)))
      : undefined;
  },
  specializedArray: ({ valueType }) =>
    valueType.case === undefined ? undefined : arrayType(specialized[valueType.case], false),
};

const specialized = {
  bools: booleanType,
  ints: intType,
  longs: bigintType,
  floats: floatType,
  doubles: doubleType,
  strings: stringType,
} as const;

function typeOf(message: LiteralMessage): DataType | undefined {
  if (message.dataType?.kind.case !== undefined) return decodeType(message.dataType);
  const { case: choice, value } = message.literalType;
  if (choice === undefined) return undefined;
  return (told[choice] as (value: unknown) => DataType | undefined)(value);
}

const firstType = ([first]: readonly LiteralMessage[]): DataType | undefined => first && typeOf(first);
