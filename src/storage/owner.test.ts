import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { currentOwner, describeOwner, isRunning, ownedName, ownerOf } from "./owner.ts";

const longAgo = 0;
const elsewhere = { machine: "00000000", process: process.pid, startedAt: "1" };

test("a name tells who made it, and is unlike any other", () => {
  expect(ownerOf(`.lock-${ownedName()}`)).toEqual(currentOwner());
  expect(ownerOf(ownedName(elsewhere))).toEqual(elsewhere);
  expect(ownedName()).not.toBe(ownedName());
  expect([".write-x", "part-0", ""].map(ownerOf)).toEqual([undefined, undefined, undefined]);
});

describe("a process of this machine", () => {
  test("runs while it runs, whenever it last showed it", () => {
    expect(isRunning(currentOwner(), longAgo)).toBe(true);
  });

  test("does not run once it has ended, even while its parent has not noticed", async () => {
    const child = spawn("sleep", ["60"]);
    const owner = { ...currentOwner(), process: child.pid!, startedAt: "0" };
    expect(isRunning(owner, longAgo)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "close");
    expect(isRunning(owner, Date.now())).toBe(false);
  });

  test.skipIf(process.platform !== "linux")("does not run when its number belongs to a later one", () => {
    expect(isRunning({ ...currentOwner(), startedAt: "1" }, Date.now())).toBe(false);
  });
});

test("a process of another machine runs as long as it shows signs of life", () => {
  expect(isRunning(elsewhere, Date.now())).toBe(true);
  expect(isRunning(elsewhere, Date.now() - 100_000)).toBe(true);
  expect(isRunning(elsewhere, Date.now() - 130_000)).toBe(false);
  expect(describeOwner(elsewhere)).toContain("of another machine or container");
});
