import { expect, test } from "vitest";
import { namedExpression, nameParts } from "./column-name.ts";

test("names split on dots outside back-ticks", () => {
  expect(nameParts("a")).toEqual(["a"]);
  expect(nameParts("a.b.c")).toEqual(["a", "b", "c"]);
  expect(nameParts("a.`b.c`")).toEqual(["a", "b.c"]);
  expect(nameParts("`a``b`.c")).toEqual(["a`b", "c"]);
});

test.each(["`a", "a`b`", "`a`b", "``", "`a`.."])("%s has back-ticks that do not match", (name) => {
  expect(() => nameParts(name)).toThrow(/INVALID_ATTRIBUTE_NAME_SYNTAX/);
});

test("stars are all columns, or those of a relation", () => {
  expect(namedExpression("*")).toEqual({ kind: "star" });
  expect(namedExpression("t.*")).toEqual({ kind: "star", target: ["t"] });
  expect(namedExpression("a", 7)).toEqual({ kind: "attribute", name: ["a"], planId: 7 });
});
