import { describe, expect, test } from "vitest";
import { intType, structField, structType } from "../types/data-type.ts";
import { Operations } from "./operations.ts";

/** An action that waits until it is cancelled. */
const waiting = (operations: Operations) => {
  let id = "";
  const done = operations.during(
    { onStart: (started) => (id = started) },
    ({ signal }) => new Promise<never>((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason))),
  );
  return { id, done };
};

describe("tags", () => {
  test("are kept once, and removed", () => {
    const operations = new Operations();
    for (const tag of ["a", "b", "a"]) operations.addTag(tag);
    expect(operations.tags).toEqual(["a", "b"]);
    operations.removeTag("a");
    operations.removeTag("other");
    expect(operations.tags).toEqual(["b"]);
    operations.clearTags();
    expect(operations.tags).toEqual([]);
  });

  test.each(["", "a,b"])("that are none are refused: %j", async (tag) => {
    const operations = new Operations();
    expect(() => operations.addTag(tag)).toThrow(`${JSON.stringify(tag)} is no tag`);
    expect(() => operations.removeTag(tag)).toThrow("without commas");
    await expect(operations.interruptTag(tag)).rejects.toThrow("is no tag");
  });
});

describe("interrupting", () => {
  test("a tag cancels the actions that began under it", async () => {
    const operations = new Operations();
    operations.addTag("nightly");
    const tagged = waiting(operations);
    operations.clearTags();
    const other = waiting(operations);
    expect(await operations.interruptTag("nightly")).toEqual([tagged.id]);
    await expect(tagged.done).rejects.toMatchObject({ condition: "OPERATION_CANCELED", sqlState: "HY008" });
    expect(await operations.interruptOperation(tagged.id)).toEqual([]);
    expect(await operations.interruptOperation(other.id)).toEqual([other.id]);
    await expect(other.done).rejects.toThrow("Operation has been canceled");
  });

  test("all leaves nothing that runs, and an action that is done is not among them", async () => {
    const operations = new Operations();
    await operations.during({}, async () => 1);
    await expect(operations.during({}, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    const both = [waiting(operations), waiting(operations)];
    expect(await operations.interruptAll()).toEqual(both.map(({ id }) => id));
    for (const { done } of both) await expect(done).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    expect(await operations.interruptAll()).toEqual([]);
  });

  test("finds an action until its last batch is read", async () => {
    const operations = new Operations();
    async function* batches() {
      yield { rows: 0, columns: [] };
    }
    const schema = structType([structField("n", intType)]);
    const execution = await operations.streaming({}, async () => ({ schema, batches: batches() }));
    for await (const _ of execution.batches) expect(await operations.interruptAll()).toHaveLength(1);
    expect(await operations.interruptAll()).toEqual([]);
  });

  test("the signal of the program still cancels, with its reason", async () => {
    const operations = new Operations();
    const controller = new AbortController();
    const action = operations.during({ signal: controller.signal }, async ({ signal }) => {
      controller.abort(new Error("enough"));
      signal!.throwIfAborted();
    });
    await expect(action).rejects.toThrow("enough");
  });

  test("a timeout cancels, and says so", async () => {
    const operations = new Operations();
    const wait = ({ signal }: { signal?: AbortSignal }) =>
      new Promise<never>((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));
    const error = await operations.during({ timeout: 10 }, wait).catch((thrown) => thrown);
    expect(error).toMatchObject({ condition: "OPERATION_CANCELED", hint: "Its timeout of 10 ms is over." });
    expect(await operations.during({ timeout: Number.POSITIVE_INFINITY }, async () => 1)).toBe(1);
    await expect(operations.during({ timeout: 0 }, wait)).rejects.toThrow("0 is no timeout of an action");
  });
});
