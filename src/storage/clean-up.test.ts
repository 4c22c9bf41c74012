import { expect, test } from "vitest";
import { CleanUp } from "./clean-up.ts";

test("undoes the last first, each once", async () => {
  const done: string[] = [];
  const cleanUp = new CleanUp();
  cleanUp.defer(async () => void done.push("first"));
  cleanUp.use({ [Symbol.asyncDispose]: async () => void done.push("second") });
  await cleanUp[Symbol.asyncDispose]();
  await cleanUp[Symbol.asyncDispose]();
  expect(done).toEqual(["second", "first"]);
});

test("goes on after a failure, and tells it", async () => {
  const done: string[] = [];
  const cleanUp = new CleanUp();
  cleanUp.defer(async () => void done.push("first"));
  cleanUp.defer(async () => {
    throw new Error("cannot be undone");
  });
  await expect(cleanUp[Symbol.asyncDispose]()).rejects.toThrow("cannot be undone");
  expect(done).toEqual(["first"]);
});
