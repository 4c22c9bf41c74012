/** Hashes of values as Java has them: they decide the order in which hash tables give what they hold. */
import type { DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { Murmur3 } from "./murmur3.ts";
import { unsafeFormat } from "./unsafe-format.ts";

export type JavaHash = (value: StoredValue) => number;

const scratch = new DataView(new ArrayBuffer(8));
const folded = (value: bigint): number => Number(BigInt.asIntN(32, value ^ (value >> 32n)));

function floatBits(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

function doubleBits(value: number): number {
  scratch.setFloat64(0, value);
  return folded(scratch.getBigInt64(0));
}

/** `Long.hashCode`. */
export const longHash = (value: bigint): number => folded(BigInt.asIntN(64, value));

const encoder = new TextEncoder();
const murmur = new Murmur3();

function bytesHash(bytes: Uint8Array): number {
  murmur.reset();
  murmur.bytes(bytes, 0, bytes.length);
  return murmur.value;
}

/** Scala's hash of a `BigDecimal`: of whole numbers that of an integer, of most others that of a DOUBLE. */
function decimalHash(unscaled: bigint, scale: number): number {
  const unit = 10n ** BigInt(scale);
  const whole = unscaled / unit;
  if (whole * unit === unscaled) return whole === BigInt.asIntN(32, whole) ? Number(whole) : longHash(whole);
  return fractionHash(Number(unscaled) / 10 ** scale);
}

const fractionHash = (value: number): number => (Math.fround(value) === value ? floatBits(value) : doubleBits(value));

/** The hash of values of a type, which are not null; undefined for types of which there is none here. */
export function javaHash(type: DataType): JavaHash | undefined {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === true ? 1231 : 1237);
    case "tinyint":
    case "smallint":
    case "int":
    case "date":
    case "year-month interval":
      return (value) => value as number;
    case "bigint":
    case "timestamp":
    case "timestamp_ntz":
    case "day-time interval":
      return (value) => longHash(value as bigint);
    case "float":
      return (value) => floatBits(value as number);
    case "double":
      return (value) => doubleBits(value as number);
    case "decimal":
      return (value) => decimalHash(value as bigint, type.scale);
    case "string":
      return type.collation === undefined ? (value) => bytesHash(encoder.encode(value as string)) : undefined;
    default: {
      const unsafe = unsafeFormat(type);
      return unsafe && ((value) => bytesHash(unsafe(value)));
    }
  }
}
