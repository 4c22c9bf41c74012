/** What checks values of a program and brings them into the form that columns store, compiled for a type. */
import { unacceptable } from "./accept-fault.ts";
import { acceptDecimal, acceptDouble, acceptFloat, acceptInteger, acceptLong } from "./accept-number.ts";
import {
  acceptCalendar,
  acceptDate,
  acceptLocalTimestamp,
  acceptMicros,
  acceptMonths,
  acceptTime,
  acceptTimestamp,
} from "./accept-time.ts";
import {
  type ArrayType,
  type BoundedStringType,
  type DataType,
  isText,
  type MapType,
  type SpatialType,
  type StructType,
  type TypeKind,
} from "./data-type.ts";
import { shapeClasses } from "./shape.ts";
import { type ShapeFault, soundWkb, sridFault } from "./shape-fault.ts";
import type { StoredValue } from "./stored-value.ts";
import { faultWithin, shown, ValueFault, wholeText } from "./value-fault.ts";
import { Variant, type VariantInput } from "./variant.ts";

/** How values are read where their meaning depends on the session. */
export interface AcceptOptions {
  /** The time zone of the session, UTC by default; in another one a TIMESTAMP written as text must state its offset. */
  readonly timeZone?: string;
}

/** Gives the stored form of a value, or throws a `ValueFault`. */
export type Acceptor = (value: unknown) => StoredValue;

/**
 * Compiles what accepts values of a type.
 *
 * @param type - the type
 * @param nullable - whether null is accepted
 * @param options - the time zone of the session
 */
export function acceptorOf(type: DataType, nullable: boolean, options: AcceptOptions): Acceptor {
  const accept = (makers[type.kind] as (type: DataType, options: AcceptOptions) => Acceptor)(type, options);
  if (nullable) return (value) => (value === null || value === undefined ? null : accept(value));
  return (value) => {
    if (value === null || value === undefined) throw notNullable();
    return accept(value);
  };
}

type Makers = { [K in TypeKind]: (type: Extract<DataType, { kind: K }>, options: AcceptOptions) => Acceptor };

const makers = {
  boolean: (type) => acceptKind("boolean", type, "Give true or false."),
  tinyint: acceptInteger,
  smallint: acceptInteger,
  int: acceptInteger,
  bigint: acceptLong,
  float: acceptFloat,
  double: acceptDouble,
  decimal: acceptDecimal,
  string: (type) => acceptKind("string", type, "Give a string, such as String(value)."),
  char: acceptBounded,
  varchar: acceptBounded,
  binary: acceptBinary,
  date: acceptDate,
  time: acceptTime,
  timestamp: (type, { timeZone = "UTC" }) => acceptTimestamp(type, timeZone),
  timestamp_ntz: acceptLocalTimestamp,
  "day-time interval": acceptMicros,
  "year-month interval": acceptMonths,
  interval: (type) => acceptCalendar(type as { kind: "interval" }),
  variant: acceptVariant,
  geometry: acceptShape,
  geography: acceptShape,
  array: acceptArray,
  map: acceptMap,
  struct: acceptStruct,
  udt: ({ storage }, options) => acceptorOf(storage, false, options),
  void: (type) => (value) => {
    throw unacceptable(value, type, "Give null, or state another type.");
  },
} satisfies Makers as unknown as Makers;

function acceptKind(kind: "boolean" | "string", type: DataType, hint: string): Acceptor {
  return (value) => {
    if (typeof value !== kind) throw unacceptable(value, type, hint);
    return value as boolean | string;
  };
}

function acceptBinary(type: DataType): Acceptor {
  return (value) => {
    if (value instanceof Uint8Array) return value;
    throw unacceptable(value, type, "Give a Uint8Array, such as new TextEncoder().encode(text).");
  };
}

/** CHAR is padded, and spaces beyond the length are cut off, as Spark does when it writes such a column. */
function acceptBounded(type: BoundedStringType): Acceptor {
  const acceptText = acceptKind("string", type, "Give a string.");
  return (value) => {
    const text = acceptText(value) as string;
    const characters = [...text];
    if (characters.length <= type.length)
      return type.kind === "char" ? text + " ".repeat(type.length - characters.length) : text;
    if (characters.slice(type.length).every((character) => character === " "))
      return characters.slice(0, type.length).join("");
    throw new ValueFault(`Exceeds char/varchar type length limitation: ${type.length}`, {
      condition: "EXCEED_LIMIT_LENGTH",
      sqlState: "54006",
      parameters: { limit: String(type.length) },
      hint: `${shown(text)} has ${characters.length} characters.`,
    });
  };
}

function acceptVariant(type: DataType): Acceptor {
  return (value) => {
    try {
      return Variant.of(value as VariantInput).binary;
    } catch (thrown) {
      throw unacceptable(value, type, thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
}

function acceptShape(type: SpatialType): Acceptor {
  const valueClass = shapeClasses[type.kind];
  const form = { onGlobe: type.kind === "geography" };
  return (value) => {
    if (!(value instanceof valueClass)) throw unacceptable(value, type, `Give ${valueClass.name}.fromWKB(wkb, srid).`);
    const fault = sridFault(value.srid, type);
    if (fault !== undefined) throw faultOf(fault);
    return { srid: value.srid, wkb: soundWkb(value.wkb, form, faultOf) };
  };
}

const faultOf = ({ sentence, details }: ShapeFault): ValueFault => new ValueFault(sentence, details);

function acceptArray(type: ArrayType, options: AcceptOptions): Acceptor {
  const accept = acceptorOf(type.element, type.containsNull, options);
  return (value) => {
    if (!Array.isArray(value) && !isTypedArray(value)) throw unacceptable(value, type, "Give an array.");
    return acceptEach(
      value.length,
      (index) => accept(value[index]),
      (index) => `[${index}]`,
    );
  };
}

function acceptMap(type: MapType, options: AcceptOptions): Acceptor {
  const acceptKey = acceptorOf(type.key, false, options);
  const acceptEntry = acceptorOf(type.value, type.valueContainsNull, options);
  return (value) => {
    const entries = entriesOf(value, type);
    const { length } = entries;
    const keys = acceptEach(
      length,
      (index) => acceptKey(entries[index]![0]),
      (index) => ` key ${shown(entries[index]![0])}`,
    );
    refuseRepeated(keys);
    const values = acceptEach(
      length,
      (index) => acceptEntry(entries[index]![1]),
      (index) => `[${shown(entries[index]![0])}]`,
    );
    return { keys, values };
  };
}

function acceptStruct(type: StructType, options: AcceptOptions): Acceptor {
  const fields = type.fields.map(({ name, type, nullable }) => ({
    name,
    read: propertyReader(name),
    accept: acceptorOf(type, nullable, options),
  }));
  return (value) => {
    if (typeof value !== "object" || value === null) throw unacceptable(value, type, structHint);
    if (Array.isArray(value)) checkLength(value, fields.length);
    const part = Array.isArray(value) ? (index: number) => value[index] : (index: number) => fields[index]!.read(value);
    return acceptEach(
      fields.length,
      (index) => fields[index]!.accept(part(index)),
      (index) => `.${fields[index]!.name}`,
    );
  };
}

const structHint = "Give an object, or an array by position.";

function acceptEach(
  length: number,
  accept: (index: number) => StoredValue,
  step: (index: number) => string,
): StoredValue[] {
  const stored = new Array<StoredValue>(length);
  for (let index = 0; index < length; index++) {
    try {
      stored[index] = accept(index);
    } catch (thrown) {
      throw faultWithin(thrown, step(index));
    }
  }
  return stored;
}

const isTypedArray = (value: unknown): value is ArrayLike<unknown> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

function entriesOf(value: unknown, type: MapType): readonly (readonly [key: unknown, value: unknown])[] {
  if (value instanceof Map) return [...value];
  if (typeof value === "object" && value !== null && !Array.isArray(value) && isText(type.key))
    return Object.entries(value);
  throw unacceptable(value, type, "Give a Map; where keys are text, a plain object is one as well.");
}

/** Keys that a Map tells apart may be one when they are stored: 1 and 1n. */
function refuseRepeated(keys: readonly StoredValue[]): void {
  const seen = new Set<unknown>();
  for (const key of keys) {
    const identity = typeof key === "object" ? wholeText(key) : key;
    if (seen.has(identity)) throw repeated(key);
    seen.add(identity);
  }
}

function repeated(key: StoredValue): ValueFault {
  return new ValueFault(`Duplicate map key ${shown(key)} was found`, {
    condition: "DUPLICATED_MAP_KEY",
    sqlState: "23505",
    parameters: { key: shown(key), mapKeyDedupPolicy: '"spark.sql.mapKeyDedupPolicy"' },
    hint: "Please check the input data.",
  });
}

/** Reads a property, which is missing when only Object.prototype has it: `constructor`, `__proto__`. */
function propertyReader(name: string): (object: object) => unknown {
  if (name in Object.prototype) {
    return (object) => (Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined);
  }
  return (object) => (object as Record<string, unknown>)[name];
}

function checkLength(values: readonly unknown[], fields: number): void {
  if (values.length === fields) return;
  const parameters = { object_length: String(values.length), field_length: String(fields) };
  const sentence = `Length of object (${values.length}) does not match with length of fields (${fields})`;
  throw new ValueFault(sentence, { condition: "FIELD_STRUCT_LENGTH_MISMATCH", parameters });
}

function notNullable(): ValueFault {
  return new ValueFault("This field is not nullable, but got null", {
    condition: "FIELD_NOT_NULLABLE",
    hint: "Give a value, or state the field without NOT NULL.",
  });
}
