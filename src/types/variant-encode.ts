/** Writes VARIANT values in the open Parquet encoding, byte for byte as Spark does. */
import { ExecutionError } from "../errors.ts";
import type { Decimal } from "./decimal.ts";
import {
  basicTypes,
  primitiveTypes,
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
  const names = new Map<string, number>();
  const value = flat(encodeNode(node, names));
  return { metadata: encodeNames([...names.keys()]), value };
}

const sizeLimit = 128 * 1024 * 1024;
const shortStringLimit = 63;
const utf8 = new TextEncoder();

/** Bytes, or parts one after the other: a container knows its size before anything is copied. */
interface Part {
  readonly size: number;
  readonly content: Uint8Array | readonly Part[];
}

const leaf = (bytes: Uint8Array | readonly number[]): Part => ({ size: bytes.length, content: Uint8Array.from(bytes) });
const joined = (parts: readonly Part[]): Part => ({
  size: parts.reduce((sum, { size }) => sum + size, 0),
  content: parts,
});

function encodeNode(node: VariantNode, names: Map<string, number>): Part {
  if (node.kind === "array") return encodeArray(node.elements.map((element) => encodeNode(element, names)));
  if (node.kind === "object") return encodeObject(node, names);
  return leaf((leafWriters[node.kind] as (value: VariantLeaf["value"]) => Uint8Array)(node.value));
}

function encodeArray(elements: readonly Part[]): Part {
  const data = joined(elements);
  const offsetWidth = widthOf(data.size);
  const large = elements.length > 255;
  const header = (large ? 0x04 : 0) | (offsetWidth - 1);
  return joined([
    leaf([(header << 2) | basicTypes.array]),
    leaf(unsigneds([elements.length], large ? 4 : 1)),
    leaf(unsigneds([...offsetsOf(elements), data.size], offsetWidth)),
    data,
  ]);
}

function encodeObject({ fields }: VariantObject, names: Map<string, number>): Part {
  const ids = new Map<string, number>();
  const values = fields.map(([name, value]) => {
    ids.set(name, idOf(name, names));
    return encodeNode(value, names);
  });
  const data = joined(values);
  const offsets = new Map(offsetsOf(values).map((offset, index) => [fields[index]![0], offset]));
  const sorted = [...ids.keys()].sort((left, right) => (left < right ? -1 : 1));
  const idWidth = widthOf(largest([...ids.values()]));
  const offsetWidth = widthOf(data.size);
  const large = fields.length > 255;
  const header = (large ? 0x10 : 0) | ((idWidth - 1) << 2) | (offsetWidth - 1);
  return joined([
    leaf([(header << 2) | basicTypes.object]),
    leaf(unsigneds([fields.length], large ? 4 : 1)),
    leaf(
      unsigneds(
        sorted.map((name) => ids.get(name)!),
        idWidth,
      ),
    ),
    leaf(unsigneds([...sorted.map((name) => offsets.get(name)!), data.size], offsetWidth)),
    data,
  ]);
}

function idOf(name: string, names: Map<string, number>): number {
  const known = names.get(name) ?? names.size;
  names.set(name, known);
  return known;
}

function encodeNames(names: readonly string[]): Uint8Array {
  const texts = names.map((name) => leaf(utf8.encode(name)));
  const data = joined(texts);
  const width = widthOf(Math.max(data.size, names.length));
  const numbers = unsigneds([names.length, ...offsetsOf(texts), data.size], width);
  return flat(joined([leaf([((width - 1) << 6) | 1]), leaf(numbers), data]));
}

type LeafWriters = { [K in VariantLeaf["kind"]]: (value: Extract<VariantLeaf, { kind: K }>["value"]) => Uint8Array };

const fixed = (type: number, size: number, write: (view: DataView) => void): Uint8Array => {
  const bytes = new Uint8Array(1 + size);
  bytes[0] = type << 2;
  write(new DataView(bytes.buffer, 1));
  return bytes;
};

const writeLong = (type: number) => (value: bigint) => fixed(type, 8, (view) => view.setBigInt64(0, value, true));

const leafWriters: LeafWriters = {
  null: () => fixed(primitiveTypes.null, 0, () => {}),
  boolean: (value) => fixed(value ? primitiveTypes.true : primitiveTypes.false, 0, () => {}),
  long: encodeLong,
  double: (value) => fixed(primitiveTypes.double, 8, (view) => view.setFloat64(0, value, true)),
  float: (value) => fixed(primitiveTypes.float, 4, (view) => view.setFloat32(0, value, true)),
  decimal: encodeDecimal,
  string: encodeString,
  binary: (value) => sized(primitiveTypes.binary, value),
  uuid: (value) => Uint8Array.of(primitiveTypes.uuid << 2, ...value),
  date: (value) => fixed(primitiveTypes.date, 4, (view) => view.setInt32(0, value, true)),
  time: writeLong(primitiveTypes.time),
  timestamp: writeLong(primitiveTypes.timestamp),
  timestamp_ntz: writeLong(primitiveTypes.timestamp_ntz),
  timestamp_nanos: writeLong(primitiveTypes.timestamp_nanos),
  timestamp_ntz_nanos: writeLong(primitiveTypes.timestamp_ntz_nanos),
};

function encodeLong(value: bigint): Uint8Array {
  const number = Number(value);
  if (BigInt.asIntN(8, value) === value) return fixed(primitiveTypes.int8, 1, (view) => view.setInt8(0, number));
  if (BigInt.asIntN(16, value) === value)
    return fixed(primitiveTypes.int16, 2, (view) => view.setInt16(0, number, true));
  if (BigInt.asIntN(32, value) === value)
    return fixed(primitiveTypes.int32, 4, (view) => view.setInt32(0, number, true));
  return writeLong(primitiveTypes.int64)(value);
}

function encodeDecimal(decimal: Decimal): Uint8Array {
  const { unscaled, scale, precision } = decimal;
  const [type, size] = decimalForms.find(([, , digits]) => precision <= digits)!;
  return fixed(type, 1 + size, (view) => {
    view.setUint8(0, scale);
    for (let index = 0; index < size; index++)
      view.setUint8(1 + index, Number((unscaled >> BigInt(8 * index)) & 0xffn));
  });
}

/** The type, the bytes and the most digits of each width of decimals. */
const decimalForms: readonly (readonly [type: number, size: number, digits: number])[] = [
  [primitiveTypes.decimal4, 4, 9],
  [primitiveTypes.decimal8, 8, 18],
  [primitiveTypes.decimal16, 16, 38],
];

function encodeString(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  if (bytes.length > shortStringLimit) return sized(primitiveTypes.string, bytes);
  const encoded = new Uint8Array(1 + bytes.length);
  encoded[0] = (bytes.length << 2) | basicTypes.shortString;
  encoded.set(bytes, 1);
  return encoded;
}

function sized(type: number, content: Uint8Array): Uint8Array {
  const bytes = fixed(type, 4 + content.length, (view) => view.setUint32(0, content.length, true));
  bytes.set(content, 5);
  return bytes;
}

/** How many bytes the offsets or ids up to a number take. */
const widthOf = (number: number): number => (number <= 0xff ? 1 : number <= 0xffff ? 2 : number <= 0xffffff ? 3 : 4);

const largest = (numbers: readonly number[]): number => numbers.reduce((most, number) => Math.max(most, number), 0);

function offsetsOf(parts: readonly Part[]): number[] {
  let offset = 0;
  return parts.map(({ size }) => {
    offset += size;
    return offset - size;
  });
}

function unsigneds(numbers: readonly number[], width: number): Uint8Array {
  const bytes = new Uint8Array(numbers.length * width);
  for (const [index, number] of numbers.entries()) {
    for (let byte = 0; byte < width; byte++) bytes[index * width + byte] = (number / 256 ** byte) & 0xff;
  }
  return bytes;
}

function flat(part: Part): Uint8Array {
  if (part.size > sizeLimit) throw tooLarge();
  const bytes = new Uint8Array(part.size);
  copy(part, bytes, 0);
  return bytes;
}

function copy({ content }: Part, target: Uint8Array, at: number): void {
  if (content instanceof Uint8Array) {
    target.set(content, at);
    return;
  }
  let offset = at;
  for (const part of content) {
    copy(part, target, offset);
    offset += part.size;
  }
}

function tooLarge(): ExecutionError {
  return new ExecutionError("Cannot build variant bigger than 128.0 MiB", {
    condition: "VARIANT_SIZE_LIMIT",
    sqlState: "22023",
    parameters: { sizeLimit: "128.0 MiB" },
    hint: "Check the size of such values first and make them null or split them.",
  });
}
