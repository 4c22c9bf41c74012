/** Sketches of frequent items as bytes: the form of DataSketches, and behind it how many nulls there were. */
import type { DataType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { bigEndian } from "../hash/unsafe-format.ts";
import { FrequentItems, type Item } from "./frequent-items.ts";

type Present = Exclude<StoredValue, null>;

/** A sketch and the nulls beside it. */
export interface CountedItems {
  readonly items: FrequentItems<Present>;
  readonly nulls: number;
}

const family = 10;
const emptyFlag = 5;
const shortHead = 8;
const longHead = 32;
const longsInHead = 4;

/** How values of a type are written one after the other. */
interface ItemForm {
  readonly write: (values: readonly Present[]) => readonly Uint8Array[];
  /** Reads so many values from a place on. */
  readonly read: (bytes: Uint8Array, at: number, count: number) => readonly Present[];
}

type Setter = "setInt8" | "setInt16" | "setInt32" | "setFloat32" | "setFloat64" | "setBigInt64";
type Getter = "getInt8" | "getInt16" | "getInt32" | "getFloat32" | "getFloat64" | "getBigInt64";

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Numbers of one size, behind a byte that tells their type where there is one. */
function numbers(set: Setter, get: Getter, size: number, mark?: number): ItemForm {
  const before = mark === undefined ? 0 : 1;
  return {
    write: (values) =>
      values.map((value) => {
        const bytes = new Uint8Array(before + size);
        if (mark !== undefined) bytes[0] = mark;
        viewOf(bytes)[set](before, value as never, true);
        return bytes;
      }),
    read: (bytes, at, count) =>
      Array.from({ length: count }, (_, index) => viewOf(bytes)[get](at + index * (before + size) + before, true)),
  };
}

/** Values of any length behind their length. */
function sized(toBytes: (value: Present) => Uint8Array, fromBytes: (bytes: Uint8Array) => Present): ItemForm {
  return {
    write: (values) =>
      values.flatMap((value) => {
        const bytes = toBytes(value);
        const length = new Uint8Array(4);
        viewOf(length).setInt32(0, bytes.length, true);
        return [length, bytes];
      }),
    read: (bytes, at, count) => {
      let from = at;
      return Array.from({ length: count }, () => {
        const length = viewOf(bytes).getInt32(from, true);
        if (from + 4 + length > bytes.length) throw new RangeError("the bytes end too early");
        const value = fromBytes(bytes.subarray(from + 4, from + 4 + length));
        from += 4 + length;
        return value;
      });
    },
  };
}

/** Eight a byte, the first one lowest. */
const bits: ItemForm = {
  write: (values) => {
    const bytes = new Uint8Array(Math.ceil(values.length / 8));
    values.forEach((value, index) => {
      if (value === true) bytes[index >> 3]! |= 1 << (index & 7);
    });
    return [bytes];
  },
  read: (bytes, at, count) =>
    Array.from({ length: count }, (_, index) => (viewOf(bytes).getUint8(at + (index >> 3)) & (1 << (index & 7))) !== 0),
};

const longs = numbers("setBigInt64", "getBigInt64", 8);
const ints = numbers("setInt32", "getInt32", 4, 9);
const texts = sized(
  (value) => new TextEncoder().encode(value as string),
  (bytes) => new TextDecoder().decode(bytes),
);

const digitsOfInt = 9;
const digitsOfLong = 18;

function decimals(precision: number): ItemForm {
  if (precision > digitsOfLong) return sized((value) => bigEndian(value as bigint), fromBigEndian);
  if (precision > digitsOfInt) return longs;
  return {
    write: (values) => ints.write(values.map(Number)),
    read: (bytes, at, count) => ints.read(bytes, at, count).map((value) => BigInt(value as number)),
  };
}

const fromBigEndian = (bytes: Uint8Array): bigint =>
  BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`));

const forms: Partial<Record<DataType["kind"], ItemForm>> = {
  boolean: bits,
  tinyint: numbers("setInt8", "getInt8", 1, 2),
  smallint: numbers("setInt16", "getInt16", 2, 3),
  int: ints,
  date: ints,
  float: numbers("setFloat32", "getFloat32", 4, 6),
  double: numbers("setFloat64", "getFloat64", 8),
  bigint: longs,
  timestamp: longs,
  timestamp_ntz: longs,
  string: texts,
};

const formOf = (type: DataType): ItemForm =>
  type.kind === "decimal" ? decimals(type.precision) : (forms[type.kind] ?? texts);

/** The bytes of a sketch of values of a type. */
export function writeItems({ items, nulls }: CountedItems, type: DataType): Uint8Array {
  const { held, weight, offset, lgMost, lgSize } = items.parts();
  const head = new Uint8Array(held.length === 0 ? shortHead : longHead + held.length * 8);
  const view = viewOf(head);
  const isEmpty = held.length === 0;
  head.set([isEmpty ? 1 : longsInHead, 1, family, lgMost, lgSize, isEmpty ? emptyFlag : 0]);
  if (!isEmpty) {
    view.setInt32(8, held.length, true);
    view.setBigInt64(16, BigInt(weight), true);
    view.setBigInt64(24, BigInt(offset), true);
    held.forEach(({ count }, index) => {
      view.setBigInt64(longHead + index * 8, BigInt(count), true);
    });
  }
  const tail = new Uint8Array(8);
  viewOf(tail).setBigInt64(0, BigInt(nulls));
  return Buffer.concat([head, ...formOf(type).write(held.map(({ value }) => value)), tail]);
}

/** The sketch that bytes hold; undefined where they are none. */
export function readItems(
  bytes: Uint8Array,
  type: DataType,
  itemOf: (value: Present) => Item<Present>,
): CountedItems | undefined {
  const view = viewOf(bytes);
  const [words, version, kind, lgMost, lgSize] = bytes;
  if (version !== 1 || kind !== family || (words !== 1 && words !== longsInHead)) return undefined;
  const nulls = Number(view.getBigInt64(bytes.length - 8));
  const items = new FrequentItems<Present>(lgMost!, words === 1 ? undefined : lgSize);
  if (words === 1) return { items, nulls };
  const count = view.getInt32(8, true);
  const values = formOf(type).read(bytes, longHead + count * 8, count);
  values.forEach((value, index) => {
    items.add(itemOf(value), Number(view.getBigInt64(longHead + index * 8, true)));
  });
  items.restore(Number(view.getBigInt64(16, true)), Number(view.getBigInt64(24, true)));
  return { items, nulls };
}
