/** Functions that never return: their action is cancelled, and the session goes on. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type DataFrame, lit, udaf, udf, udtf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const frame = spark.createDataFrame([[1], [2], [null]], "n INT");
const grouped = frame.groupBy("n");

function hang(): never {
  for (;;);
}

const hangingClass = class {
  *eval() {
    yield { m: 1 };
  }
  terminate = hang;
};

const hanging: Readonly<Record<string, () => DataFrame<never>>> = {
  "a row function": () => frame.select(udf({ n: "int" }, "int", hang)("n")),
  "a row function of many rows": () => spark.range(100_000).select(udf({ id: "bigint" }, "int", hang)("id")),
  "a row function in a filter": () =>
    frame
      .filter(udf({ n: "int" }, "boolean", hang)("n"))
      .groupBy()
      .count(),
  "a vectorised function": () => frame.select(udf.vectorized({ n: "int" }, "int", hang)("n")),
  "an aggregate": () =>
    frame.agg(udaf({ n: "int" }, "int", { zero: () => 0, reduce: hang, merge: hang, finish: (n: number) => n })("n")),
  "the end of an aggregate": () =>
    grouped.agg(udaf({ n: "int" }, "int", { zero: () => 0, reduce: (n) => n, merge: (n) => n, finish: hang })("n")),
  mapBatches: () => frame.mapBatches(hang, "n INT"),
  applyBatches: () => grouped.applyBatches(hang, "n INT"),
  "a cogroup": () => grouped.cogroup(grouped).applyBatches(hang, "n INT"),
  "a table function": () => spark.table(udtf({ n: "int" }, "m INT", hang)(lit(1))),
  "the rows of a table function": () =>
    spark.table(
      udtf({ n: "int" }, "m INT", function* () {
        yield [1];
        hang();
      })(lit(1)),
    ),
  "the end of a table function of partitions": () =>
    spark.table(
      udtf({ row: "struct<n INT>" }, "m INT", hangingClass as never)(frame.asTable().partitionBy("n") as never),
    ),
  "an async function": () => frame.select(udf({ n: "int" }, "int", async () => hang())("n")),
  "an async function that goes on": () =>
    frame.select(
      udf({ n: "int" }, "int", async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return hang();
      })("n"),
    ),
  "an async mapBatches that goes on": () =>
    frame.mapBatches(async () => {
      await Promise.resolve();
      return hang();
    }, "n INT"),
  "an async function that never answers": () => frame.mapBatches(() => new Promise<never>(() => {}), "n INT"),
  "a function of a module": () =>
    frame.select(
      udf.fromModule(new URL("./module.ts", import.meta.url), "hangs", { n: "int" }, "int", { workers: 1 })("n"),
    ),
} as never;

test.each(Object.keys(hanging))("%s is ended by a timeout", async (name) => {
  await expect(hanging[name]!().collect({ timeout: 100 })).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
  expect(await frame.count()).toBe(3);
});

test("one that writes leaves nothing", async () => {
  const writing = hanging["a row function"]!().write.mode("overwrite").saveAsTable("hung", { timeout: 100 });
  await expect(writing).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
  expect(await spark.catalog.tableExists("hung")).toBe(false);
});

test("an action that is in time is not disturbed, nor is another that takes longer", async () => {
  const slow = udf({ n: "int not null" }, "int", ({ n }) => {
    const end = performance.now() + 300;
    while (performance.now() < end);
    return n;
  });
  const others = frame.select(slow("n").as("n")).collect();
  const hung = hanging["an async function that never answers"]!().collect({ timeout: 100 });
  await expect(hung).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
  expect(await others).toEqual([{ n: 1 }, { n: 2 }, { n: null }]);
  expect(await frame.collect({ timeout: 60_000 })).toHaveLength(3);
});

test.each(["a row function", "mapBatches", "an async function that goes on"])("Ctrl-C ends %s", async (name) => {
  const pressed = new AbortController();
  const listener = (): void => pressed.abort(new Error("pressed"));
  process.on("SIGINT", listener);
  // The first times it may not hang yet.
  const code = `setInterval(() => process.kill(process.pid, "SIGINT"), 300)`;
  const presser = new Worker(code, { eval: true });
  try {
    await expect(hanging[name]!().collect({ signal: pressed.signal })).rejects.toThrow(/pressed|OPERATION_CANCELED/);
    // The query may be told of its end before the listener is told of the key.
    if (!pressed.signal.aborted) await once(pressed.signal, "abort");
    expect(await frame.count()).toBe(3);
  } finally {
    await presser.terminate();
    process.off("SIGINT", listener);
  }
});
