import { expect, test } from "vitest";
import { col } from "./constructors.ts";
import { windowFunction } from "./define.ts";
import { Window } from "./window.ts";

const rowNumber = windowFunction("row_number(): int not null");

test("a window holds partitions, order and frame", () => {
  const window = Window.partitionBy("user").orderBy("day", col("amount").desc()).rowsBetween(-6, Window.currentRow);
  expect(rowNumber().over(window).expression).toEqual({
    kind: "window",
    call: { kind: "call", name: ["row_number"], arguments: [] },
    partitionBy: [{ kind: "attribute", name: ["user"] }],
    orderBy: [
      { kind: "sort order", input: { kind: "attribute", name: ["day"] }, direction: "ascending", nulls: "first" },
      { kind: "sort order", input: { kind: "attribute", name: ["amount"] }, direction: "descending", nulls: "last" },
    ],
    frame: {
      kind: "window frame",
      unit: "rows",
      lower: { kind: "literal", type: { kind: "int" }, value: -6 },
      upper: "current row",
    },
  });
});

test("without a frame Spark's default applies", () => {
  expect(Window.partitionBy("user").specification).not.toHaveProperty("frame");
});

test("bounds beyond Spark's long integers are unbounded", () => {
  const frame = (start: number | bigint, end: number | bigint) =>
    Window.orderBy("day").rangeBetween(start, end).specification.frame;
  expect(frame(Window.unboundedPreceding, Window.unboundedFollowing)).toMatchObject({
    lower: "unbounded",
    upper: "unbounded",
  });
  expect(frame(-(2n ** 63n), 0n)).toMatchObject({ lower: "unbounded", upper: "current row" });
});

test("methods make new windows", () => {
  const window = Window.partitionBy("user");
  window.orderBy("day");
  expect(window.specification.orderBy).toEqual([]);
});
