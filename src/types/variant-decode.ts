/** Reads VARIANT values of the open Parquet encoding. */
import { ExecutionError } from "../errors.ts";
import { Decimal } from "./decimal.ts";
import { basicTypes, primitiveTypes, type VariantBinary, type VariantNode } from "./variant-node.ts";

/**
 * What a binary VARIANT holds.
 *
 * @param binary - its metadata and value
 * @throws ExecutionError `MALFORMED_VARIANT` for bytes that are no variant of version 1
 */
export function decodeVariant({ metadata, value }: VariantBinary): VariantNode {
  try {
    return readNode({ names: readNames(viewOf(metadata)), view: viewOf(value) }, 0);
  } catch (cause) {
    // DataView and TextDecoder throw these where bytes are missing or are no UTF-8.
    if (!(cause instanceof RangeError) && !(cause instanceof TypeError)) throw cause;
    throw malformedVariant(cause);
  }
}

interface Source {
  readonly names: readonly string[];
  readonly view: DataView;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const version = 1;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readNames(view: DataView): string[] {
  const header = view.getUint8(0);
  if ((header & 0x0f) !== version) throw malformedVariant(`version ${header & 0x0f}`);
  const width = (header >> 6) + 1;
  const count = readUnsigned(view, 1, width);
  const offsets = readUnsigneds(view, 1 + width, count + 1, width);
  const start = 1 + width * (count + 2);
  return offsets.slice(1).map((end, index) => readText(view, start + offsets[index]!, end - offsets[index]!));
}

function readNode(source: Source, at: number): VariantNode {
  const header = source.view.getUint8(at);
  const info = header >> 2;
  const basicType = header & 0x03;
  if (basicType === basicTypes.object) return readObject(source, at + 1, info);
  if (basicType === basicTypes.array) return readArray(source, at + 1, info);
  if (basicType === basicTypes.shortString) return { kind: "string", value: readText(source.view, at + 1, info) };
  const reader = primitiveReaders.get(info);
  if (reader === undefined) throw malformedVariant(`primitive type ${info}`);
  return reader(source.view, at + 1);
}

function readArray(source: Source, at: number, info: number): VariantNode {
  const countWidth = (info & 0x04) === 0 ? 1 : 4;
  const offsetWidth = (info & 0x03) + 1;
  const count = readUnsigned(source.view, at, countWidth);
  const start = at + countWidth;
  const offsets = readUnsigneds(source.view, start, count, offsetWidth);
  const data = start + (count + 1) * offsetWidth;
  return { kind: "array", elements: offsets.map((offset) => readNode(source, data + offset)) };
}

function readObject(source: Source, at: number, info: number): VariantNode {
  const countWidth = (info & 0x10) === 0 ? 1 : 4;
  const idWidth = ((info >> 2) & 0x03) + 1;
  const offsetWidth = (info & 0x03) + 1;
  const count = readUnsigned(source.view, at, countWidth);
  const ids = readUnsigneds(source.view, at + countWidth, count, idWidth);
  const start = at + countWidth + count * idWidth;
  const offsets = readUnsigneds(source.view, start, count, offsetWidth);
  const data = start + (count + 1) * offsetWidth;
  const fields = ids.map((id, index) => [nameOf(source, id), readNode(source, data + offsets[index]!)] as const);
  return { kind: "object", fields };
}

function nameOf({ names }: Source, id: number): string {
  const name = names[id];
  if (name === undefined) throw malformedVariant(`field id ${id} of ${names.length} names`);
  return name;
}

type PrimitiveReader = (view: DataView, at: number) => VariantNode;
type Long = "time" | "timestamp" | "timestamp_ntz" | "timestamp_nanos" | "timestamp_ntz_nanos";

const readLong =
  (kind: Long): PrimitiveReader =>
  (view, at) => ({ kind, value: view.getBigInt64(at, true) });

const primitiveReaders: ReadonlyMap<number, PrimitiveReader> = new Map<number, PrimitiveReader>([
  [primitiveTypes.null, () => ({ kind: "null", value: null })],
  [primitiveTypes.true, () => ({ kind: "boolean", value: true })],
  [primitiveTypes.false, () => ({ kind: "boolean", value: false })],
  [primitiveTypes.int8, (view, at) => ({ kind: "long", value: BigInt(view.getInt8(at)) })],
  [primitiveTypes.int16, (view, at) => ({ kind: "long", value: BigInt(view.getInt16(at, true)) })],
  [primitiveTypes.int32, (view, at) => ({ kind: "long", value: BigInt(view.getInt32(at, true)) })],
  [primitiveTypes.int64, (view, at) => ({ kind: "long", value: view.getBigInt64(at, true) })],
  [primitiveTypes.double, (view, at) => ({ kind: "double", value: view.getFloat64(at, true) })],
  [primitiveTypes.float, (view, at) => ({ kind: "float", value: view.getFloat32(at, true) })],
  [primitiveTypes.decimal4, (view, at) => decimal(view, at, BigInt(view.getInt32(at + 1, true)))],
  [primitiveTypes.decimal8, (view, at) => decimal(view, at, view.getBigInt64(at + 1, true))],
  [primitiveTypes.decimal16, (view, at) => decimal(view, at, readInt128(view, at + 1))],
  [primitiveTypes.date, (view, at) => ({ kind: "date", value: view.getInt32(at, true) })],
  [primitiveTypes.time, readLong("time")],
  [primitiveTypes.timestamp, readLong("timestamp")],
  [primitiveTypes.timestamp_ntz, readLong("timestamp_ntz")],
  [primitiveTypes.timestamp_nanos, readLong("timestamp_nanos")],
  [primitiveTypes.timestamp_ntz_nanos, readLong("timestamp_ntz_nanos")],
  [primitiveTypes.binary, (view, at) => ({ kind: "binary", value: bytesAt(view, at + 4, view.getUint32(at, true)) })],
  [primitiveTypes.string, (view, at) => ({ kind: "string", value: readText(view, at + 4, view.getUint32(at, true)) })],
  [primitiveTypes.uuid, (view, at) => ({ kind: "uuid", value: bytesAt(view, at, 16) })],
]);

function decimal(view: DataView, at: number, unscaled: bigint): VariantNode {
  return { kind: "decimal", value: new Decimal(unscaled, view.getUint8(at)) };
}

const readInt128 = (view: DataView, at: number): bigint =>
  (view.getBigInt64(at + 8, true) << 64n) | view.getBigUint64(at, true);

function readUnsigned(view: DataView, at: number, width: number): number {
  let value = 0;
  for (let index = width - 1; index >= 0; index--) value = value * 256 + view.getUint8(at + index);
  return value;
}

function readUnsigneds(view: DataView, at: number, count: number, width: number): number[] {
  if (at + count * width > view.byteLength) throw malformedVariant(`${count} numbers at byte ${at}`);
  return Array.from({ length: count }, (_, index) => readUnsigned(view, at + index * width, width));
}

const readText = (view: DataView, at: number, length: number): string => utf8.decode(bytesAt(view, at, length));

function bytesAt(view: DataView, at: number, length: number): Uint8Array {
  if (length < 0 || at + length > view.byteLength) throw malformedVariant(`${length} bytes at byte ${at}`);
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

/** The error for bytes that are no variant; `cause` says why. */
export function malformedVariant(cause: unknown): ExecutionError {
  return new ExecutionError("Variant binary is malformed", {
    condition: "MALFORMED_VARIANT",
    sqlState: "22023",
    hint: `Please check the data source is valid: ${cause instanceof Error ? cause.message : cause}.`,
    cause,
  });
}
