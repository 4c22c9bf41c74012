/** Functions of TypeScript do not run on a Spark: they are refused with why and what to do, before a plan is sent. */
import { lit, SparkSession, udaf, udf, udtf } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeSpark, fakeSpark } from "./fake-spark.ts";

let server: FakeSpark;
let spark: SparkSession;
let plans = 0;
beforeAll(async () => {
  server = await fakeSpark({
    // biome-ignore lint/correctness/useYield: nothing may come here
    async *executePlan() {
      plans += 1;
    },
  });
  spark = SparkSession.create({ "spark.remote": server.url });
});
afterAll(async () => {
  await spark.stop();
  await server[Symbol.asyncDispose]();
});

const sales = () => spark.createDataFrame([["ann", 3] as [string, number]], "user STRING, amount DOUBLE");
const fee = udf({ amount: "double" }, "double", ({ amount }) => (amount ?? 0) * 0.01);
const fees = udf.vectorized({ amount: "double" }, "double", ({ amount }) => amount);
const score = udf.fromModule(new URL("./scores.ts", import.meta.url), "score", { text: "string not null" }, "double");
const words = udtf({ text: "string not null" }, "word STRING", function* ({ text }) {
  yield { word: text };
});
const product = udaf({ amount: "double not null" }, "double", {
  zero: () => 1,
  reduce: (state, { amount }) => state * amount,
  merge: (left, right) => left * right,
  finish: (state) => state,
});

test.each<readonly [string, () => Promise<unknown>]>([
  ["of a row", () => sales().select(fee("amount")).collect()],
  ["of columns", () => sales().select(fees("amount")).collect()],
  ["of a module", () => sales().select(score("user")).collect()],
  ["in a condition", () => sales().filter(fee("amount").gt(1)).collect()],
  ["of an aggregate", () => sales().groupBy("user").agg(product("amount")).collect()],
  [
    "of batches",
    () =>
      sales()
        .mapBatches(({ user }) => ({ user }), "user STRING")
        .collect(),
  ],
  [
    "of groups",
    () =>
      sales()
        .groupBy("user")
        .applyBatches((_, rows) => ({ n: [rows] }), "n INT")
        .collect(),
  ],
  [
    "of pairs of groups",
    () =>
      sales()
        .groupBy("user")
        .cogroup(sales().groupBy("user"))
        .applyBatches(() => ({ n: [1] }), "n INT")
        .collect(),
  ],
  ["of a table", () => spark.table(words(lit("to be"))).collect()],
  ["asked for its schema", () => sales().select(fee("amount")).schema()],
  ["registered", async () => spark.udf.register("fee", fee)],
  ["of a table, registered", async () => spark.udtf.register("words", words)],
])("a function %s", async (_, act) => {
  await expect(act).rejects.toMatchObject({
    name: "UnsupportedError",
    message: expect.stringMatching(/workers (of a Spark )?have no Node\.js/),
    hint: expect.stringContaining("CREATE TEMPORARY FUNCTION … RETURN …"),
  });
  expect(plans).toBe(0);
});
