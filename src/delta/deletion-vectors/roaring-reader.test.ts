import { expect, test } from "vitest";
import { readRoaringTreemap } from "./roaring-reader.ts";

/** Writes numbers one after the other: pairs of a value and how many bytes it takes. */
function bytes(...parts: readonly (readonly [value: number, size: 1 | 2 | 4 | 8])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(parts.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of parts) {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

test("arrays, with values beyond 32 bits", () => {
  const treemap = bytes(
    [2, 8],
    ...([
      [0, 4],
      [12346, 4],
      [1, 4],
      [0xffff, 2],
      [1, 2],
      [16, 4],
      [1, 2],
      [0xffff, 2],
    ] as const),
    ...([
      [1, 4],
      [12346, 4],
      [1, 4],
      [0, 2],
      [0, 2],
      [16, 4],
      [5, 2],
    ] as const),
  );
  expect([...readRoaringTreemap(treemap, 3)]).toEqual([0xffff_0001n, 0xffff_ffffn, 0x1_0000_0005n]);
});

test("runs", () => {
  const treemap = bytes([1, 8], [0, 4], [12347, 4], [1, 1], [0, 2], [4, 2], [2, 2], [10, 2], [2, 2], [100, 2], [1, 2]);
  expect([...readRoaringTreemap(treemap, 5)]).toEqual([10n, 11n, 12n, 100n, 101n]);
});

test("words of bits", () => {
  const words = Array.from({ length: 2048 }, (_, index) => [index < 200 ? 0xffff_ffff : 0, 4] as const);
  const treemap = bytes([1, 8], [0, 4], [12346, 4], [1, 4], [0, 2], [6399, 2], [16, 4], ...words);
  const rows = readRoaringTreemap(treemap, 6400);
  expect(rows[6399]).toBe(6399n);
});

test("other bytes are refused", () => {
  expect(() => readRoaringTreemap(bytes([1, 8], [0, 4], [99, 4]), 1)).toThrow("no roaring bitmap");
});
