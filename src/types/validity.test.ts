import { expect, test } from "vitest";
import { allValid, bothValid, hasValue, isNullAt, noValues, setValue, validityOf, validitySlice } from "./validity.ts";

const bits = (text: string) => {
  const validity = noValues(text.length);
  [...text].forEach((bit, row) => {
    if (bit === "1") setValue(validity, row);
  });
  return validity;
};

const shown = (validity: Uint8Array, rows: number) =>
  Array.from({ length: rows }, (_, row) => (hasValue(validity, row) ? "1" : "0")).join("");

test("bits are least significant first, as in Arrow", () => {
  expect([...bits("1000000011")]).toEqual([0b1, 0b11]);
});

test("a slice moves bits to the front from any position", () => {
  const text = "1101001110001011101";
  for (let start = 0; start < text.length; start++) {
    for (let rows = 0; rows <= text.length - start; rows++) {
      expect(shown(validitySlice(bits(text), start, rows), rows)).toBe(text.slice(start, start + rows));
    }
  }
});

test("bits behind the last row do not count as missing values", () => {
  expect(allValid(new Uint8Array([0xff, 0b0000_0111]), 11)).toBe(true);
  expect(allValid(new Uint8Array([0xff, 0b0000_0111]), 12)).toBe(false);
  expect(allValid(new Uint8Array([0b1111_0111]), 8)).toBe(false);
  expect(allValid(new Uint8Array(0), 0)).toBe(true);
});

test("a row has a value where both sides have one", () => {
  expect(shown(bothValid(bits("1100"), bits("1010"))!, 4)).toBe("1000");
  expect(bothValid(undefined, undefined)).toBeUndefined();
  expect(shown(bothValid(undefined, bits("0110"))!, 4)).toBe("0110");
});

test("selected bits follow the rows, and a negative row has no value", () => {
  expect(shown(validityOf(bits("0101"), Int32Array.of(3, 0, -1, 1, 3)), 5)).toBe("10011");
  expect(shown(validityOf(undefined, Int32Array.of(2, -1)), 2)).toBe("10");
  expect(isNullAt(undefined, 5)).toBe(false);
});
