import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localStorage } from "./local-storage.ts";
import { makerState, runningTickets, withLock } from "./lock.ts";
import { currentOwner, ownedName } from "./owner.ts";
import { removeLeftovers } from "./recovery.ts";
import { workFolderBeside } from "./work-names.ts";

let root: string;
let work: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lock-"));
  work = workFolderBeside(join(root, "out"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const deadTicket = (): string => `.lock-${ownedName({ ...currentOwner(), process: 2 ** 22 + 1 })}`;

function claim(ticket: string): string {
  mkdirSync(join(work, ticket), { recursive: true });
  return ticket;
}

test("gives what was done under it, or its error, and lets go", async () => {
  expect(await withLock(localStorage, work, 0, async () => readdirSync(work).length)).toBe(1);
  const failing = withLock(localStorage, work, 0, async () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(readdirSync(work)).toEqual([]);
});

test("does not wait for dead processes", async () => {
  claim(deadTicket());
  expect(await withLock(localStorage, work, 0, async () => readdirSync(work).length)).toBe(1);
});

test("lets one of many in at a time", async () => {
  let inside = 0;
  const enter = () =>
    withLock(localStorage, work, 10_000, async () => {
      inside++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(inside--).toBe(1);
    });
  await Promise.all(Array.from({ length: 6 }, enter));
});

test("never takes the claim of one who steps back and claims again for that of a dead process", async () => {
  const ticket = claim(`.lock-${ownedName()}`);
  const blinking = { ...localStorage, stat: async () => undefined };
  expect(await makerState(blinking, work, ticket)).toBe("gone");
  expect(await runningTickets(blinking, work)).toEqual([]);
  await removeLeftovers(blinking, work);
  expect(readdirSync(work)).toEqual([ticket]);
});
