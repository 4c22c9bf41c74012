/** Whichever way values take to a function and back, they are the same: rows, whole columns, promises, batches, groups. */

import fc from "fast-check";
import { type Column, col, udf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const integers = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  tinyint: integers(8),
  smallint: integers(16),
  int: integers(32),
  bigint: fc.maxSafeInteger(),
  float: fc.float(),
  double: fc.double(),
  boolean: fc.boolean(),
  string: fc.string({ unit: "grapheme", maxLength: 40 }),
  date: fc.constantFrom("1900-01-01", "2024-02-29"),
  "array<int>": fc.array(integers(32), { maxLength: 3 }),
};

// The types are known when a test runs.
type Make = (
  parameters: Readonly<Record<string, string>>,
  type: string,
  call: (values: Readonly<Record<string, unknown>>) => unknown,
) => (...columns: readonly string[]) => Column;
const row = udf as unknown as Make;
const vectorized = udf.vectorized as unknown as Make;

/** Twice as many rows as the engine gives at once, of few values. */
const column = (type: string): readonly unknown[] => {
  const [some] = fc.sample(fc.array(fc.option(values[type]!), { minLength: 50, maxLength: 50 }), {
    numRuns: 1,
    seed: 7,
  });
  return Array.from({ length: 4100 }, (_, row) => some![row % 50]);
};

test.each(Object.keys(values))("%s", async (type) => {
  const given = column(type);
  const frame = spark.createDataFrame(
    given.map((value, row) => [row, value]) as [number, never][],
    `row INT, x ${type}`,
  );
  const parameters = { x: type, again: type };
  const first = row(parameters, type, ({ x }) => x);
  const second = row(parameters, type, ({ again }) => again);
  const whole = vectorized({ x: type }, type, ({ x }) => x);
  const later = row({ x: type }, type, async ({ x }) => x);
  const ways = frame.select("row", "x", first("x", "x").as("first"), second("x", "x").as("second"));
  const rows = await ways.withColumn("whole", whole("x")).withColumn("later", later("x")).orderBy("row").collect();
  const plain = rows.map((row) => (row as Record<string, unknown>).x);
  expect(plain).toEqual(given);
  for (const way of ["first", "second", "whole", "later"])
    expect(rows.map((row) => (row as Record<string, unknown>)[way])).toEqual(plain);
  const schema = `x ${type}`;
  const mapped = await frame
    .select("x")
    .mapBatches((({ x }: { x: never }) => ({ x })) as never, schema)
    .collect();
  expect(mapped.map((row) => (row as Record<string, unknown>).x)).toEqual(plain);
  const groups = frame.groupBy(col("row").mod(3).as("rest"));
  const applied = await groups.applyBatches((({ x }: { x: never }) => ({ x })) as never, schema).collect();
  const sorted = [0, 1, 2].flatMap((rest) => plain.filter((_, row) => row % 3 === rest));
  expect(applied.map((row) => (row as Record<string, unknown>).x)).toEqual(sorted);
});
