/** Writes VARIANT values in the open Parquet encoding, byte for byte as Spark does. */
import { ExecutionError } from "../errors.ts";
import { ByteBuffer, pushUnsigned, unsignedWidth } from "./byte-buffer.ts";
import type { Decimal } from "./decimal.ts";
import {
  basicTypes,
  primitiveTypes,
  type VariantArray,
  type VariantBinary,
  type VariantLeaf,
  type VariantNode,
  type VariantObject,
} from "./variant-node.ts";

/**
 * The binary form of a VARIANT.
 *
 * Numbers take the fewest bytes that hold them, and names are listed in the order in which they are met. Fields are
 * sorted by name as Java compares strings, which is how Spark looks them up.
 *
 * @param node - what the variant holds
 * @throws ExecutionError `VARIANT_SIZE_LIMIT` beyond 128 MiB
 */
export function encodeVariant(node: VariantNode): VariantBinary {
  const target: Target = { names: new Map(), buffer: new ByteBuffer() };
  writeNode(target, node);
  return { metadata: metadataOf(target.names.keys()), value: target.buffer.bytes() };
}

interface Target {
  readonly names: Map<string, number>;
  readonly buffer: ByteBuffer;
}

const sizeLimit = 128 * 1024 * 1024;
const shortStringLimit = 63;

function writeNode(target: Target, node: VariantNode): void {
  if (node.kind === "array") writeArray(target, node);
  else if (node.kind === "object") writeObject(target, node);
  else (leafWriters[node.kind] as (buffer: ByteBuffer, value: VariantLeaf["value"]) => void)(target.buffer, node.value);
  if (target.buffer.size > sizeLimit) throw tooLarge();
}

// What a container holds is written first; then its header, whose width depends on it, is put before.
function writeArray(target: Target, { elements }: VariantArray): void {
  const start = target.buffer.size;
  const offsets: number[] = [];
  for (const element of elements) {
    offsets.push(target.buffer.size - start);
    writeNode(target, element);
  }
  offsets.push(target.buffer.size - start);
  const offsetWidth = unsignedWidth(offsets.at(-1)!);
  const large = elements.length > 255;
  const header = [(((large ? 0x04 : 0) | (offsetWidth - 1)) << 2) | basicTypes.array];
  pushUnsigned(header, [elements.length], large ? 4 : 1);
  pushUnsigned(header, offsets, offsetWidth);
  target.buffer.insert(start, header);
}

function writeObject(target: Target, { fields }: VariantObject): void {
  const start = target.buffer.size;
  const members = fields.map(([name, value]) => {
    const member = { name, id: idOf(name, target.names), offset: target.buffer.size - start };
    writeNode(target, value);
    return member;
  });
  const end = target.buffer.size - start;
  members.sort((left, right) => (left.name < right.name ? -1 : 1));
  const ids = members.map(({ id }) => id);
  const offsets = [...members.map(({ offset }) => offset), end];
  target.buffer.insert(start, objectHeader(ids, offsets));
}

function objectHeader(ids: readonly number[], offsets: readonly number[]): number[] {
  const idWidth = unsignedWidth(ids.reduce((most, id) => Math.max(most, id), 0));
  const offsetWidth = unsignedWidth(offsets.at(-1)!);
  const large = ids.length > 255;
  const info = (large ? 0x10 : 0) | ((idWidth - 1) << 2) | (offsetWidth - 1);
  const header = [(info << 2) | basicTypes.object];
  pushUnsigned(header, [ids.length], large ? 4 : 1);
  pushUnsigned(header, ids, idWidth);
  pushUnsigned(header, offsets, offsetWidth);
  return header;
}

function idOf(name: string, names: Map<string, number>): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

function metadataOf(names: Iterable<string>): Uint8Array {
  const buffer = new ByteBuffer();
  const offsets = [0];
  for (const name of names) offsets.push(offsets.at(-1)! + buffer.text(name));
  const count = offsets.length - 1;
  const width = unsignedWidth(Math.max(count, buffer.size));
  const header = [((width - 1) << 6) | 1];
  pushUnsigned(header, [count, ...offsets], width);
  buffer.insert(0, header);
  return buffer.bytes();
}

type LeafWriters = {
  [K in VariantLeaf["kind"]]: (buffer: ByteBuffer, value: Extract<VariantLeaf, { kind: K }>["value"]) => void;
};

const writeLong = (type: number) => (buffer: ByteBuffer, value: bigint) => {
  buffer.byte(type << 2);
  buffer.int64(value);
};

const leafWriters: LeafWriters = {
  null: (buffer) => buffer.byte(primitiveTypes.null << 2),
  boolean: (buffer, value) => buffer.byte((value ? primitiveTypes.true : primitiveTypes.false) << 2),
  long: writeInteger,
  double: (buffer, value) => {
    buffer.byte(primitiveTypes.double << 2);
    buffer.double(value);
  },
  float: (buffer, value) => {
    buffer.byte(primitiveTypes.float << 2);
    buffer.float(value);
  },
  decimal: writeDecimal,
  string: writeString,
  binary: (buffer, value) => {
    buffer.byte(primitiveTypes.binary << 2);
    buffer.int32(value.length);
    buffer.append(value);
  },
  uuid: (buffer, value) => {
    buffer.byte(primitiveTypes.uuid << 2);
    buffer.append(value);
  },
  date: (buffer, value) => {
    buffer.byte(primitiveTypes.date << 2);
    buffer.int32(value);
  },
  time: writeLong(primitiveTypes.time),
  timestamp: writeLong(primitiveTypes.timestamp),
  timestamp_ntz: writeLong(primitiveTypes.timestamp_ntz),
  timestamp_nanos: writeLong(primitiveTypes.timestamp_nanos),
  timestamp_ntz_nanos: writeLong(primitiveTypes.timestamp_ntz_nanos),
};

const writeInt64 = writeLong(primitiveTypes.int64);

function writeInteger(buffer: ByteBuffer, value: bigint): void {
  const number = Number(value);
  if ((number << 24) >> 24 === number) {
    buffer.byte(primitiveTypes.int8 << 2);
    buffer.byte(number);
  } else if ((number << 16) >> 16 === number) {
    buffer.byte(primitiveTypes.int16 << 2);
    buffer.int16(number);
  } else if ((number | 0) === number) {
    buffer.byte(primitiveTypes.int32 << 2);
    buffer.int32(number);
  } else {
    writeInt64(buffer, value);
  }
}

function writeDecimal(buffer: ByteBuffer, { unscaled, scale, precision }: Decimal): void {
  const [type] = decimalForms.find(([, digits]) => precision <= digits)!;
  buffer.byte(type << 2);
  buffer.byte(scale);
  if (type === primitiveTypes.decimal4) buffer.int32(Number(unscaled));
  else buffer.int64(BigInt.asIntN(64, unscaled));
  if (type === primitiveTypes.decimal16) buffer.int64(unscaled >> 64n);
}

/** The most digits of each width of decimals. */
const decimalForms: readonly (readonly [type: number, digits: number])[] = [
  [primitiveTypes.decimal4, 9],
  [primitiveTypes.decimal8, 18],
  [primitiveTypes.decimal16, 38],
];

function writeString(buffer: ByteBuffer, text: string): void {
  const start = buffer.size;
  const length = buffer.text(text);
  if (length <= shortStringLimit) {
    buffer.insert(start, [(length << 2) | basicTypes.shortString]);
    return;
  }
  const header: number[] = [primitiveTypes.string << 2];
  pushUnsigned(header, [length], 4);
  buffer.insert(start, header);
}

function tooLarge(): ExecutionError {
  return new ExecutionError("Cannot build variant bigger than 128.0 MiB", {
    condition: "VARIANT_SIZE_LIMIT",
    sqlState: "22023",
    parameters: { sizeLimit: "128.0 MiB" },
    hint: "Check the size of such values first and make them null or split them.",
  });
}
