import { expect, test } from "vitest";
import { versionAt } from "./commit-times.ts";

const commits = [
  { version: 3, time: 1000 },
  { version: 4, time: 2000 },
  { version: 5, time: 2001 },
];

test.each([
  [1000, 3],
  [1999, 3],
  [2000, 4],
  [2001, 5],
])("at %i it is version %i", (time, version) => expect(versionAt(commits, time, "then")).toBe(version));

test("times outside of the log are refused with the bound", () => {
  expect(() => versionAt(commits, 999, "then")).toThrow(
    "before the earliest version available to this table (1970-01-01 00:00:01.000, version 3)",
  );
  expect(() => versionAt(commits, 2002, "then")).toThrow("after the latest version available");
});
