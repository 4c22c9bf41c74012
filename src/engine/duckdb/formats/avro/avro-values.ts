/** Avro's values as Spark stores them, and back. Unions are objects with one member, named after the branch. */
import { ExecutionError } from "../../../../errors.ts";
import type { DataType, StructType } from "../../../../types/data-type.ts";
import type { StoredMap, StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";
import {
  type AvroFixed,
  type AvroNode,
  type AvroRecord,
  type AvroScalar,
  branchName,
  type Logical,
} from "./avro-node.ts";
import { type FieldOf, numbersOf } from "./avro-type.ts";

/** Makes a stored value of one that the Avro library gives. */
export type FromAvro = (value: unknown) => StoredValue;

const thousand = 1000n;

/**
 * A reader of values.
 *
 * @param node - what the file holds
 * @param type - what is wanted
 * @param fieldOf - finds the field of a column
 * @throws ExecutionError when values of the one cannot be the other
 */
export function fromAvro(node: AvroNode, type: DataType, fieldOf: FieldOf): FromAvro {
  if (node.is === "union") return fromUnion(node.branches, type, fieldOf);
  if (node.is === "null") return () => null;
  if (node.is === "array" && type.kind === "array") {
    const item = fromAvro(node.items, type.element, fieldOf);
    return (value) => (value as unknown[]).map(item);
  }
  if (node.is === "map" && type.kind === "map") {
    const item = fromAvro(node.values, type.value, fieldOf);
    return (value) => ({ keys: Object.keys(value as object), values: Object.values(value as object).map(item) });
  }
  if (node.is === "record" && type.kind === "struct") return fromRecord(node, type, fieldOf);
  return fromScalar(node, type);
}

/** A reader of records, by columns. */
export function fromRecord(
  node: AvroRecord,
  { fields }: StructType,
  fieldOf: FieldOf,
): (value: unknown) => StoredValue[] {
  const readers = fields.map(({ name, type }, index) => {
    const field = fieldOf(node, name, index);
    return field === undefined ? undefined : { name: field.name, read: fromAvro(field.type, type, fieldOf) };
  });
  return (value) =>
    readers.map((reader) =>
      reader === undefined ? null : reader.read((value as Record<string, unknown>)[reader.name]),
    );
}

function fromUnion(branches: readonly AvroNode[], type: DataType, fieldOf: FieldOf): FromAvro {
  const others = branches.filter(({ is }) => is !== "null");
  const isStruct = others.length > 1 && numbersOf(others) === undefined;
  if (isStruct && type.kind === "struct") return fromMembers(others, type, fieldOf);
  const readers = new Map(others.map((branch) => [branchName(branch), fromAvro(branch, type, fieldOf)]));
  return (value) => {
    if (value === null || value === undefined) return null;
    const [name, inner] = Object.entries(value)[0]!;
    return readers.get(name)!(inner);
  };
}

function fromMembers(branches: readonly AvroNode[], { fields }: StructType, fieldOf: FieldOf): FromAvro {
  if (fields.length !== branches.length) throw otherMembers(branches, fields);
  const names = branches.map(branchName);
  const readers = branches.map((branch, index) => fromAvro(branch, fields[index]!.type, fieldOf));
  return (value) => {
    if (value === null || value === undefined) return null;
    const [name, inner] = Object.entries(value)[0]!;
    const place = names.indexOf(name);
    return fields.map((_, index) => (index === place ? readers[index]!(inner) : null));
  };
}

const otherMembers = (branches: readonly AvroNode[], { length }: StructType["fields"]): ExecutionError =>
  new ExecutionError(`a union of ${branches.length} types cannot be read as a struct of ${length} fields`, {
    hint: "Give the column a struct with a field for each type, whether or not it is left out of an inferred schema.",
  });

type Convert = (node: Logical, type: DataType) => FromAvro | undefined;

const same: FromAvro = (value) => value as StoredValue;
const asLong: FromAvro = (value) => BigInt(value as number);
const asNumber: FromAvro = (value) => Number(value);
const asBytes: FromAvro = (value) => new Uint8Array(value as Uint8Array);

const isMillis = (logical: string | undefined): boolean => logical?.endsWith("millis") === true;

/** By the kind in the file: readers of the kinds that may be wanted. */
const scalars: Readonly<Record<string, Readonly<Record<string, Convert>>>> = {
  boolean: { boolean: () => same },
  int: {
    int: () => same,
    date: () => same,
    "year-month interval": () => same,
    bigint: () => asLong,
    float: () => asNumber,
    double: () => asNumber,
  },
  long: {
    bigint: () => same,
    "day-time interval": () => same,
    timestamp: moment,
    timestamp_ntz: moment,
    float: () => asNumber,
    double: () => asNumber,
  },
  float: { float: () => same, double: () => same },
  double: { double: () => same },
  bytes: { binary: () => asBytes, decimal },
  fixed: { binary: () => asBytes, decimal },
  string: { string: () => same, char: () => same, varchar: () => same },
  enum: { string: () => same, char: () => same, varchar: () => same },
};

function moment({ logical }: Logical): FromAvro {
  return isMillis(logical) ? (value) => (value as bigint) * thousand : same;
}

function decimal({ scale = 0 }: Logical, type: DataType): FromAvro | undefined {
  if (type.kind !== "decimal" || type.scale < scale) return undefined;
  const factor = 10n ** BigInt(type.scale - scale);
  return (value) => unscaled(value as Uint8Array) * factor;
}

/** A number of two's complement, the most significant byte first. */
function unscaled(bytes: Uint8Array): bigint {
  const digits = Buffer.from(bytes).toString("hex");
  return digits === "" ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${digits}`));
}

function fromScalar(node: AvroNode, type: DataType): FromAvro {
  const reader = scalars[node.is]?.[type.kind]?.(node as Logical, type);
  if (reader !== undefined) return reader;
  throw new ExecutionError(`Cannot convert Avro's ${branchName(node)} to SQL type ${sqlName(type)}`, {
    condition: "AVRO_INCOMPATIBLE_READ_TYPE",
    sqlState: "22KD3",
    parameters: { avroPath: "", sqlPath: "", avroType: branchName(node), sqlType: `"${sqlName(type)}"` },
    hint: "Read the column with the type that the files have, and cast it afterwards.",
  });
}

/** Makes of a stored value one that the Avro library takes. */
export type ToAvro = (value: StoredValue) => unknown;

/**
 * A writer of values.
 *
 * @param type - what is stored
 * @param node - what the file holds
 * @throws ExecutionError when values of the one cannot be the other
 */
export function toAvro(type: DataType, node: AvroNode): ToAvro {
  if (node.is === "union") return toUnion(type, node.branches);
  if (type.kind === "udt") return toAvro(type.storage, node);
  if (node.is === "array" && type.kind === "array") {
    const item = toAvro(type.element, node.items);
    return (value) => (value as StoredValue[]).map(item);
  }
  if (node.is === "map" && type.kind === "map") {
    const item = toAvro(type.value, node.values);
    return (value) => {
      const { keys, values } = value as StoredMap;
      return Object.fromEntries(keys.map((key, index) => [String(key), item(values[index]!)]));
    };
  }
  if (node.is === "record" && type.kind === "struct") return toRecord(type, node);
  return toScalar(type, node);
}

export function toRecord({ fields }: StructType, node: AvroRecord): ToAvro {
  const writers = node.fields.map(({ name, type }) => {
    const index = fields.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
    if (index < 0) return { name, index, write: toNull(name, type) };
    return { name, index, write: toAvro(fields[index]!.type, type) };
  });
  return (value) => {
    const values = value as readonly StoredValue[];
    return Object.fromEntries(writers.map(({ name, index, write }) => [name, write(values[index] ?? null)]));
  };
}

function toNull(name: string, node: AvroNode): ToAvro {
  if (node.is === "null" || (node.is === "union" && node.branches.some(({ is }) => is === "null"))) return () => null;
  throw new ExecutionError(`Cannot write the rows as the given schema of Avro: no column is named ${name}`, {
    hint: "Select a column of this name, or allow null there.",
  });
}

function toUnion(type: DataType, branches: readonly AvroNode[]): ToAvro {
  const others = branches.filter(({ is }) => is !== "null");
  const branch = others[0];
  if (branch === undefined) return () => null;
  const write = toAvro(type, branch);
  const name = branchName(branch);
  return (value) => (value === null ? null : { [name]: write(value) });
}

type Write = (node: AvroScalar | AvroFixed, type: DataType) => ToAvro | undefined;

const plain: ToAvro = (value) => value;
const bytesOf: ToAvro = (value) => Buffer.from(value as Uint8Array);
const toMoment: Write = ({ logical }) =>
  isMillis(logical) ? (value) => floorDivided(value as bigint, thousand) : plain;

const floorDivided = (value: bigint, by: bigint): bigint => value / by - (value % by < 0n ? 1n : 0n);

const writers: Readonly<Record<string, Readonly<Record<string, Write>>>> = {
  boolean: { boolean: () => plain },
  tinyint: { int: () => plain },
  smallint: { int: () => plain },
  int: { int: () => plain },
  date: { int: () => plain },
  "year-month interval": { int: () => plain },
  bigint: { long: () => plain },
  "day-time interval": { long: () => plain },
  timestamp: { long: toMoment },
  timestamp_ntz: { long: toMoment },
  float: { float: () => plain },
  double: { double: () => plain },
  string: { string: () => plain, enum: () => plain, bytes: () => (value) => Buffer.from(value as string) },
  char: { string: () => plain },
  varchar: { string: () => plain },
  binary: { bytes: () => bytesOf, fixed: () => bytesOf },
  decimal: { fixed: toDecimal, bytes: toDecimal },
  void: { null: () => () => null },
};

function toDecimal(node: AvroScalar | AvroFixed, type: DataType): ToAvro | undefined {
  if (type.kind !== "decimal" || (node.scale ?? 0) !== type.scale) return undefined;
  return node.is === "fixed"
    ? (value) => twosComplement(value as bigint, node.size)
    : (value) => twosComplement(value as bigint, bytesNeeded(value as bigint));
}

function bytesNeeded(value: bigint): number {
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size++;
  return size;
}

function twosComplement(value: bigint, size: number): Buffer {
  const digits = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, "0");
  return Buffer.from(digits, "hex");
}

function toScalar(type: DataType, node: AvroNode): ToAvro {
  const writer = writers[type.kind]?.[node.is]?.(node as AvroScalar | AvroFixed, type);
  if (writer !== undefined) return writer;
  throw new ExecutionError(`Cannot convert SQL type ${sqlName(type)} to Avro's ${branchName(node)}`, {
    hint: "Cast the column to the type that the given schema has.",
  });
}
