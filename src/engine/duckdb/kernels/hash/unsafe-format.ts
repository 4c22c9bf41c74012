/** Values as Spark's rows and arrays hold them in memory, which is what it hashes of them. */
import type { DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";

/** How values of a fixed width are put. */
interface Fixed {
  readonly width: 1 | 2 | 4 | 8;
  readonly put: (view: DataView, at: number, value: StoredValue) => void;
}
type Encode = (value: StoredValue) => Uint8Array;

/** How values of a type are held: in their place, or behind it, where rows keep `spare` bytes for those that may grow. */
type Form = Fixed | { readonly encode: Encode; readonly spare?: number };

const word = 8;
const spareOfWide = 16;
const digitsOfLong = 18;

const rounded = (bytes: number): number => Math.ceil(bytes / word) * word;
const bitmapBytes = (count: number): number => Math.ceil(count / 64) * word;

const ints: Fixed = { width: 4, put: (view, at, value) => view.setInt32(at, value as number, true) };
const longs: Fixed = { width: 8, put: (view, at, value) => view.setBigInt64(at, value as bigint, true) };
const encoder = new TextEncoder();

const forms: Partial<Record<DataType["kind"], Form>> = {
  boolean: { width: 1, put: (view, at, value) => view.setUint8(at, value === true ? 1 : 0) },
  tinyint: { width: 1, put: (view, at, value) => view.setInt8(at, value as number) },
  smallint: { width: 2, put: (view, at, value) => view.setInt16(at, value as number, true) },
  int: ints,
  date: ints,
  "year-month interval": ints,
  bigint: longs,
  timestamp: longs,
  timestamp_ntz: longs,
  "day-time interval": longs,
  float: { width: 4, put: (view, at, value) => view.setFloat32(at, value as number, true) },
  double: { width: 8, put: (view, at, value) => view.setFloat64(at, value as number, true) },
  string: { encode: (value) => encoder.encode(value as string) },
  binary: { encode: (value) => value as Uint8Array },
};

function formOf(type: DataType): Form | undefined {
  if (type.kind === "decimal" && type.precision <= digitsOfLong) return longs;
  if (type.kind === "decimal") return { encode: (value) => bigEndian(value as bigint), spare: spareOfWide };
  if (type.kind === "array" || type.kind === "struct") {
    const encode = unsafeFormat(type);
    return encode && { encode };
  }
  return forms[type.kind];
}

/**
 * What writes arrays, structs and bytes; undefined for types with parts that are not written here.
 *
 * Source: `UnsafeRowWriter`, `UnsafeArrayWriter`.
 */
export function unsafeFormat(type: DataType): Encode | undefined {
  if (type.kind === "binary") {
    const bytes: Fixed = { width: 1, put: (view, at, value) => view.setUint8(at, value as number) };
    return (value) => unsafeArray(Array.from(value as Uint8Array), bytes);
  }
  if (type.kind === "array") {
    const form = formOf(type.element);
    return form && ((value) => unsafeArray(value as readonly StoredValue[], form));
  }
  if (type.kind !== "struct") return undefined;
  const fields = type.fields.map((field) => formOf(field.type));
  if (!fields.every((form) => form !== undefined)) return undefined;
  return (value) => {
    const places = fields.map((form) => ({ form, width: word }));
    return written(new Uint8Array(0), places, value as readonly StoredValue[], true);
  };
}

function unsafeArray(values: readonly StoredValue[], form: Form): Uint8Array {
  const count = new Uint8Array(word);
  new DataView(count.buffer).setBigInt64(0, BigInt(values.length), true);
  const width = "width" in form ? form.width : word;
  return written(
    count,
    values.map(() => ({ form, width })),
    values,
    false,
  );
}

/** A head, a bit for each null, the places of the values, and behind them what does not fit in its place. */
function written(
  head: Uint8Array,
  places: readonly { readonly form: Form; readonly width: number }[],
  values: readonly StoredValue[],
  keepsSpare: boolean,
): Uint8Array {
  const start = head.length + bitmapBytes(values.length);
  const body = rounded(places.reduce((sum, { width }) => sum + width, 0));
  const fixed = new Uint8Array(start + body);
  fixed.set(head);
  const view = new DataView(fixed.buffer);
  const tails: Uint8Array[] = [];
  let at = start;
  let end = fixed.length;
  const tail = (bytes: Uint8Array, size: number): void => {
    const padded = new Uint8Array(size);
    padded.set(bytes);
    tails.push(padded);
    end += size;
  };
  places.forEach(({ form, width }, index) => {
    const value = values[index]!;
    const bit = head.length + (index >> 3);
    if (value === null) fixed[bit] = fixed[bit]! | (1 << (index & 7));
    if ("put" in form) {
      if (value !== null) form.put(view, at, value);
    } else {
      const bytes = value === null ? undefined : form.encode(value);
      const spare = keepsSpare ? (form.spare ?? 0) : 0;
      if (bytes !== undefined || spare > 0) {
        view.setBigInt64(at, (BigInt(end) << 32n) | BigInt(bytes?.length ?? 0), true);
        tail(bytes ?? new Uint8Array(0), Math.max(spare, rounded(bytes?.length ?? 0)));
      }
    }
    at += width;
  });
  return Buffer.concat([fixed, ...tails]);
}

/** The fewest bytes of a number in two's complement, `BigInteger.toByteArray`. */
export function bigEndian(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  const digits = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, "0");
  return Buffer.from(digits, "hex");
}
