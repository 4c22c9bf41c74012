import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Generated, generate } from "./generate.ts";

let folder: string;
let truth: Generated;
let lines: readonly string[];

const linesOf = async (name: string) => (await readFile(join(folder, name), "utf8")).trimEnd().split("\n");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daily-kpi-"));
  truth = await generate(folder);
  lines = await linesOf("events.jsonl");
});
afterAll(() => rm(folder, { recursive: true }));

describe("the generator", () => {
  it("plants what the source system has: 50,000 events of five kinds, 1,377 of them purchases below zero", () => {
    const events = lines.map((line) => JSON.parse(line));
    const kinds = Map.groupBy(events, (event) => event.event_type);
    expect(Object.fromEntries([...kinds].map(([kind, of]) => [kind, of.length]))).toEqual({
      add_to_cart: 10_139,
      click: 10_007,
      purchase: 9_901,
      remove_from_cart: 9_993,
      view: 9_960,
    });
    expect(events.filter(({ props }) => props.price < 0)).toHaveLength(1_377);
    expect(truth).toMatchObject({ events: 50_000, accepted: 48_623, negative: 1_377, damaged: [] });
  });

  it("touches every date, country and category", () => {
    expect(truth.rows).toHaveLength(31 * 10 * 8);
    expect([truth.rows[0]?.date, truth.rows.at(-1)?.date]).toEqual(["2025-07-31", "2025-08-30"]);
  });

  it("writes 1,000 users and 200 items with the source's fields", async () => {
    const users = (await linesOf("users.jsonl")).map((line) => JSON.parse(line));
    const items = (await linesOf("items.jsonl")).map((line) => JSON.parse(line));
    expect([users.length, items.length]).toEqual([1000, 200]);
    expect(Object.keys(users[0])).toEqual(["user_id", "country", "age", "gender", "registration_date"]);
    expect(Object.keys(items[0])).toEqual(["item_id", "category", "price", "brand", "name"]);
    expect(Object.keys(JSON.parse(lines[0]!))).toEqual(["event_id", "user_id", "item_id", "event_type", "ts", "props"]);
  });

  it("writes the same bytes for the same seed, and others for another", async () => {
    const digest = async (seed: number) => {
      const again = join(folder, String(seed));
      await generate(again, { events: 3_000, seed });
      return createHash("md5")
        .update(await readFile(join(again, "events.jsonl")))
        .digest("hex");
    };
    const first = await digest(7);
    expect(await digest(7)).toBe(first);
    expect(await digest(8)).not.toBe(first);
  });

  it("adds damaged lines without changing the events", async () => {
    const damaged = join(folder, "damaged");
    const { damaged: broken, ...rest } = await generate(damaged, { damaged: 25 });
    const { damaged: _, ...sound } = truth;
    const mixed = (await readFile(join(damaged, "events.jsonl"), "utf8")).trimEnd().split("\n");
    expect(rest).toEqual(sound);
    const known = new Set(lines);
    expect(mixed.filter((line) => !known.has(line))).toEqual(broken.map(({ line }) => line));
  });

  it("stops when it is told to", async () => {
    const reason = new Error("enough");
    await expect(generate(join(folder, "stopped"), { signal: AbortSignal.abort(reason) })).rejects.toThrow();
  });
});
