import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Decimal, type SparkSession, Timestamp } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const schema =
  "id INT, flag BOOLEAN, number DOUBLE, money DECIMAL(20, 8), text STRING, day DATE, moment TIMESTAMP, list ARRAY<STRING>, pair STRUCT<a: INT, b: STRING>, names MAP<STRING, INT>";

const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });
// A text that is no Unicode cannot be stored.
const text = fc.string({ unit: "grapheme" });
const day = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });

const row = fc.record({
  flag: orNull(fc.boolean()),
  number: orNull(fc.double({ noNaN: true })),
  money: orNull(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }).map((digits) => new Decimal(digits, 8))),
  text: orNull(text),
  day: orNull(day.map((date) => date.toISOString().slice(0, 10))),
  moment: orNull(day.map((date) => Timestamp.of(date.toISOString()))),
  list: orNull(fc.array(orNull(text), { maxLength: 3 })),
  pair: orNull(fc.record({ a: orNull(fc.integer()), b: orNull(text) })),
  names: orNull(
    fc
      .dictionary(text, orNull(fc.integer()), { maxKeys: 3, noNullPrototype: true })
      .map((entries) => new Map(Object.entries(entries))),
  ),
});

const rows = fc.array(row, { maxLength: 20 }).map((made) => made.map((values, id) => ({ id, ...values })));

describe("rows written and read back", () => {
  let folder: string;
  let spark: SparkSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-trips-"));
    spark = testSession();
  });

  afterAll(async () => {
    await spark.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(["parquet", "json"])("are the same in %s", async (format) => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 3 }), async (made, places) => {
        const frame = spark.createDataFrame(made, schema);
        const placed = places === 0 ? frame : frame.repartition(places, "text");
        const path = join(folder, format);
        await placed.write.format(format).mode("overwrite").save(path);
        const read = spark.read.format(format).schema(schema).load(path);
        expect(await read.orderBy("id").collect()).toEqual(await frame.orderBy("id").collect());
      }),
      { numRuns: 25 },
    );
  });
});
