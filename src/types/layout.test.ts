import { describe, expect, test } from "vitest";
import type { Vector } from "./batch.ts";
import {
  arrayType,
  bigintType,
  booleanType,
  decimalType,
  intType,
  stringType,
  structField,
  structType,
} from "./data-type.ts";
import { fixedArrayOf, layoutOf, vectorFault } from "./layout.ts";
import { textOfStrings } from "./text.ts";

const ints = (...numbers: number[]): Vector => ({
  type: intType,
  length: numbers.length,
  layout: "fixed",
  values: Int32Array.from(numbers),
});

test("decimals take eight bytes up to 18 digits and sixteen from there on", () => {
  expect(layoutOf(decimalType(18, 2))).toBe("fixed");
  expect(layoutOf(decimalType(19, 2))).toBe("wide");
  expect(fixedArrayOf(decimalType(4, 2))).toBe(BigInt64Array);
});

test("a user-defined type is laid out as its storage", () => {
  expect(layoutOf({ kind: "udt", name: "vector", storage: arrayType(intType) })).toBe("list");
});

describe("the faults of a vector", () => {
  const struct = structType([structField("a", intType)]);
  const faulty: [string, Vector][] = [
    ["Int32Array for bigint", { ...ints(1), type: bigintType } as Vector],
    ["2 values for 3", { ...ints(1, 2), length: 3 } as Vector],
    ["the layout fixed for string", { ...ints(1), type: stringType } as Vector],
    ["too few validity bits", { ...ints(1), validity: new Uint8Array(0) } as Vector],
    ["1 values for 2", { type: stringType, length: 2, layout: "text", text: textOfStrings(["a"]) }],
    ["offsets that fall at row 1", list(Int32Array.of(0, 2, 1), ints(1, 2))],
    ["2 values for 4", list(Int32Array.of(0, 2, 4), ints(1, 2))],
    ["2 fields", { type: struct, length: 1, layout: "struct", children: [ints(1), ints(1)] }],
    ["1 values for 2", { type: struct, length: 2, layout: "struct", children: [ints(1)] }],
    [
      "more digits than 3 at row 1",
      { type: decimalType(3, 1), length: 2, layout: "fixed", values: BigInt64Array.of(-999n, 1000n) },
    ],
    [
      "more digits than 38 at row 0",
      { type: decimalType(38, 1), length: 1, layout: "wide", words: BigInt64Array.of(0n, 2n ** 63n - 1n) },
    ],
    ["Uint8Array for int", { type: intType, length: 1, layout: "fixed", values: new Uint8Array(1) }],
  ];

  function list(offsets: Int32Array, child: Vector): Vector {
    return { type: arrayType(intType), length: 2, layout: "list", offsets, child };
  }

  test.each(faulty)("%s", (fault, vector) => {
    expect(vectorFault(vector)).toBe(fault);
  });

  test("none in sound vectors", () => {
    expect(vectorFault(ints(1, 2))).toBeUndefined();
    expect(vectorFault(list(Int32Array.of(0, 2, 2), ints(1, 2)))).toBeUndefined();
    expect(vectorFault({ type: booleanType, length: 1, layout: "fixed", values: Uint8Array.of(1) })).toBeUndefined();
  });
});
