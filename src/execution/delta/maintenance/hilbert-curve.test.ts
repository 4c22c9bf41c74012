import { expect, test } from "vitest";
import { hilbertSteps } from "./hilbert-curve.ts";

/** Where a point of so many bits comes along the curve. */
function indexOf(point: readonly number[], bits: number, steps = hilbertSteps(point.length)): number {
  let index = 0;
  let state = 0;
  for (let bit = bits - 1; bit >= 0; bit--) {
    const corner = point.reduce((all, value) => 2 * all + ((value >> bit) & 1), 0);
    const step = steps[state]![corner]!;
    index = index * 2 ** point.length + step.place;
    state = step.state;
  }
  return index;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

test("two dimensions are gone through in the order of the published curve", () => {
  const steps = hilbertSteps(2);
  const table = (bits: number) =>
    numbers(2 ** bits).map((x) => numbers(2 ** bits).map((y) => indexOf([x, y], bits, steps)));
  expect(table(2)).toEqual([
    [0, 3, 4, 5],
    [1, 2, 7, 6],
    [14, 13, 8, 9],
    [15, 12, 11, 10],
  ]);
  expect(table(3)[0]).toEqual([0, 1, 14, 15, 16, 19, 20, 21]);
  expect(table(3)[7]).toEqual([63, 62, 49, 48, 47, 44, 43, 42]);
});

test.each([
  [[5, 9, 3], 4, 1865],
  [[1, 2, 3], 10, 32],
  [[999, 0, 511], 10, 939_529_894],
  [[1, 2, 3, 4], 10, 928],
  [[999, 998, 0, 7], 10, 612_276_538_164],
])("%j of %i bits each is number %i", (point, bits, index) => {
  expect(indexOf(point, bits)).toBe(index);
});

test.each([
  [2, 5],
  [3, 3],
  [4, 2],
  [5, 2],
])("in %i dimensions each step goes to a neighbour, and every point is met once", (dimensions, bits) => {
  const steps = hilbertSteps(dimensions);
  const side = 2 ** bits;
  const met: (readonly number[])[] = [];
  for (const number of numbers(side ** dimensions)) {
    const point = numbers(dimensions).map((dimension) => Math.floor(number / side ** dimension) % side);
    met[indexOf(point, bits, steps)] = point;
  }
  expect(Object.keys(met)).toHaveLength(side ** dimensions);
  const distances = met
    .slice(1)
    .map((point, index) => point.reduce((sum, value, dimension) => sum + Math.abs(value - met[index]![dimension]!), 0));
  expect(new Set(distances)).toEqual(new Set([1]));
});
