import { expect, test } from "vitest";
import type { Vector } from "./batch.ts";
import {
  arrayType,
  binaryType,
  decimalType,
  intType,
  mapType,
  stringType,
  structField,
  structType,
  voidType,
} from "./data-type.ts";
import { vectorFault } from "./layout.ts";
import { selectRows } from "./select-rows.ts";
import { concatBytes, textOfStrings } from "./text.ts";
import { isNullAt } from "./validity.ts";

const ints = (...values: number[]): Vector => ({
  type: intType,
  length: values.length,
  layout: "fixed",
  values: Int32Array.from(values),
});
const texts = (...strings: string[]): Vector => ({
  type: stringType,
  length: strings.length,
  layout: "text",
  text: textOfStrings(strings),
});
const second = Uint8Array.of(0b101);

/** Rows 0 and 2 of each have a value, row 1 has none. */
const vectors: [string, Vector, unknown[]][] = [
  ["fixed", { ...ints(10, 11, 12), validity: second }, [10, null, 12]],
  ["text", { ...texts("a", "", "ccc"), validity: second }, ["a", null, "ccc"]],
  [
    "wide",
    {
      type: decimalType(38, 0),
      length: 3,
      layout: "wide",
      words: BigInt64Array.of(1n, 0n, 9n, 9n, -1n, -1n),
      validity: second,
    },
    [[1n, 0n], null, [-1n, -1n]],
  ],
  [
    "binary",
    {
      type: binaryType,
      length: 3,
      layout: "binary",
      ...concatBytes([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)]),
      validity: second,
    },
    [[1], null, [2, 3]],
  ],
  [
    "list",
    {
      type: arrayType(intType),
      length: 3,
      layout: "list",
      offsets: Int32Array.of(0, 2, 2, 3),
      child: ints(1, 2, 3),
      validity: second,
    },
    [[1, 2], null, [3]],
  ],
  [
    "map",
    {
      type: mapType(stringType, intType),
      length: 3,
      layout: "map",
      offsets: Int32Array.of(0, 1, 1, 3),
      keys: texts("a", "b", "c"),
      values: ints(1, 2, 3),
      validity: second,
    },
    [["a", 1], null, ["b", 2, "c", 3]],
  ],
  [
    "struct",
    {
      type: structType([structField("a", intType), structField("b", stringType)]),
      length: 3,
      layout: "struct",
      children: [ints(1, 2, 3), texts("x", "y", "z")],
      validity: second,
    },
    [[1, "x"], null, [3, "z"]],
  ],
];

const shown = (vector: Vector): unknown[] =>
  Array.from({ length: vector.length }, (_, row) => (isNullAt(vector.validity, row) ? null : valueAt(vector, row)));

function valueAt(vector: Vector, row: number): unknown {
  const between = (offsets: Int32Array, child: Vector) => shown(child).slice(offsets[row], offsets[row + 1]);
  if (vector.layout === "fixed") return vector.values[row];
  if (vector.layout === "wide") return [...vector.words.subarray(row * 2, row * 2 + 2)];
  if (vector.layout === "text") {
    const { bytes, offsets } = vector.text.utf8();
    expect(Buffer.from(bytes.subarray(offsets[row], offsets[row + 1])).toString()).toBe(vector.text.strings()[row]);
    return vector.text.strings()[row];
  }
  if (vector.layout === "binary") return [...vector.bytes.subarray(vector.offsets[row], vector.offsets[row + 1])];
  if (vector.layout === "list") return between(vector.offsets, vector.child);
  if (vector.layout === "struct") return vector.children.map((child) => shown(child)[row]);
  if (vector.layout !== "map") return "void";
  const keys = between(vector.offsets, vector.keys);
  const values = between(vector.offsets, vector.values);
  return keys.flatMap((key, index) => [key, values[index]]);
}

test.each(vectors)("rows of the layout %s in another order, twice, and absent", (_, vector, values) => {
  const selected = selectRows(vector, Int32Array.of(2, 0, 1, -1, 2));
  expect(vectorFault(selected)).toBeUndefined();
  expect(selected.type).toBe(vector.type);
  expect(shown(selected)).toEqual([values[2], values[0], null, null, values[2]]);
});

test.each(vectors)("validity goes when the rows that are left have values: %s", (_, vector, values) => {
  const selected = selectRows(vector, Int32Array.of(0, 2));
  expect(selected).not.toHaveProperty("validity");
  expect(shown(selected)).toEqual([values[0], values[2]]);
});

test("a void vector only changes its length", () => {
  expect(selectRows({ type: voidType, length: 9, layout: "void" }, Int32Array.of(1, 1))).toEqual({
    type: voidType,
    length: 2,
    layout: "void",
  });
});
