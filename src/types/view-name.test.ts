import { expect, it } from "vitest";
import { viewName } from "./view-name.ts";

// Spark 4.2 takes and refuses these.
it.each([
  ["sales", "sales"],
  [" a", "a"],
  ["1a", "1a"],
  ["a.b", "b"],
  ["`a b`", "a b"],
])("the name %s", (written, name) => {
  expect(viewName(written)).toBe(name);
});

it.each(["a b", "a.b.c", "", "a-b", "a`b", "é"])("refuses %j", (written) => {
  expect(() => viewName(written)).toThrow(expect.objectContaining({ condition: "_LEGACY_ERROR_TEMP_1321" }));
});
