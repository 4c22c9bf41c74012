import { expect, test } from "vitest";
import { structBytes, structListBytes, ThriftCursor } from "./thrift.ts";

// By hand from the compact protocol: an i32 of 1, a binary "ab", a list of three bools, a map of one byte to an i16, a double.
const fields = [
  [0x15, 0x02],
  [0x18, 0x02, 0x61, 0x62],
  [0x19, 0x31, 0x01, 0x02, 0x01],
  [0x1b, 0x01, 0x34, 0x07, 0x08],
  [0x17, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
  [0x11],
  // A field whose number is more than 15 beyond the last one.
  [0x0c, 0x50, 0x13, 0x01, 0x00],
];
const bytes = Uint8Array.from([...fields.flat(), 0]);

test("the fields of a struct are found, and put together again byte for byte", () => {
  const struct = new ThriftCursor(bytes).struct();
  expect(struct.map(({ id, type, bytes: { length } }) => [id, type, length])).toEqual([
    [1, 5, 1],
    [2, 8, 3],
    [3, 9, 4],
    [4, 11, 4],
    [5, 7, 8],
    [6, 1, 0],
    [40, 12, 3],
  ]);
  expect([...structBytes(struct)]).toEqual([...bytes]);
});

test.each([2, 14, 15, 300])("a list of %i structs begins with its length", (length) => {
  const list = structListBytes(Array.from({ length }, () => bytes));
  const cursor = new ThriftCursor(list);
  expect(cursor.listHeader()).toEqual({ length, type: 12 });
  const structs = Array.from({ length }, () => cursor.struct());
  expect(structs.every((each) => each.length === 7)).toBe(true);
});

test.each([
  [0x00, 0],
  [0x01, -1],
  [0x02, 1],
  [0x0d, -7],
])("the whole number of the byte %i is %i", (byte, value) => {
  expect(new ThriftCursor(Uint8Array.of(byte)).integer()).toBe(value);
});

test("a struct that ends too early is told", () => {
  expect(() => new ThriftCursor(bytes.subarray(0, 2)).struct()).toThrow(/ends too early/);
});
