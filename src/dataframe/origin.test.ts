import { expect, test } from "vitest";
import { originText } from "../plan/node.ts";
import { callOrigin } from "./origin.ts";

test("the origin of a call is where the program made it", () => {
  const origin = callOrigin("filter");
  expect(origin).toMatchObject({ from: "call", method: "filter", file: import.meta.filename });
  expect(originText(origin)).toMatch(/origin\.test\.ts:\d+:\d+ \.filter\(…\)$/);
});

test("it survives as plain data", () => {
  const origin = callOrigin("select");
  expect(JSON.parse(JSON.stringify(origin))).toEqual({
    from: "call",
    method: "select",
    file: import.meta.filename,
    line: expect.any(Number),
    column: expect.any(Number),
  });
});

test("taking it leaves the limit of stacks alone", () => {
  const before = Error.stackTraceLimit;
  callOrigin("join");
  expect(Error.stackTraceLimit).toBe(before);
});
