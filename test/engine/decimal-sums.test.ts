/** Sums of products of decimals: computed in 64 bits where that suffices, and exact where it does not. */

import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { col, Decimal, lit, SparkSession, Window, when } from "lakewright";
import { count, sum } from "lakewright/functions";
import { afterAll, beforeAll, expect, it } from "vitest";

let spark: SparkSession;
let folder: string;
beforeAll(async () => {
  spark = SparkSession.create();
  folder = await mkdtemp(join(tmpdir(), "sums-"));
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

interface Row {
  readonly key: number;
  readonly price: bigint;
  readonly rate: bigint | null;
}

/** The sums by BigInt, with the digits of a DECIMAL(38,4). */
function expected(rows: readonly Row[]): Map<number, string | null> {
  const groups = Map.groupBy(rows, ({ key }) => key);
  return new Map(
    [...groups].map(([key, of]) => {
      const products = of.flatMap(({ price, rate }) => (rate === null ? [] : [price * (100n - rate)]));
      const total = products.reduce((all, product) => all + product, 0n);
      return [key, products.length === 0 ? null : new Decimal(total, 4).toString()];
    }),
  );
}

const product = col("price").multiply(lit(1).minus(col("rate")));

function framed(rows: readonly Row[]) {
  const values = rows.map(({ key, price, rate }) => [
    key,
    new Decimal(price, 2),
    rate === null ? null : new Decimal(rate, 2),
  ]);
  return spark.createDataFrame(values, "key INT NOT NULL, price DECIMAL(15,2) NOT NULL, rate DECIMAL(15,2)");
}

type Priced = ReturnType<typeof framed>;

async function sums(frame: Priced): Promise<Map<number, string | null>> {
  const totals = await frame.groupBy("key").agg(sum(product).as("total")).collect();
  return new Map(totals.map(({ key, total }) => [key, total === null ? null : String(total)]));
}

const digits = (most: bigint) => fc.bigInt({ min: -most, max: most });
const size = fc.constantFrom(9n, 99_999n, 9_999_999_999n, 999_999_999_999_999n);
const row = fc.record({
  key: fc.integer({ min: 0, max: 2 }),
  price: size.chain(digits),
  rate: fc.option(size.chain(digits)),
});

it("is exact, whatever the size of the numbers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      expect(await sums(framed(rows))).toEqual(expected(rows));
    }),
    { numRuns: 60 },
  );
});

it.each([1n, 9n, 9_999_999n, 99_999_999n, 999_999_999n, 999_999_999_999_999n])(
  "is exact over files whose footers tell of numbers up to %i",
  async (most) => {
    const path = join(folder, String(most));
    const rates = [null, 0n, most, -most];
    const rows = rates.map((rate, index) => ({ key: index % 2, price: index === 3 ? -most : most, rate }));
    // Small files are not worth the question.
    const text = randomBytes(3 * 1024 * 1024).toString("hex");
    await framed(rows).withColumn("padding", lit(text)).write.parquet(path);
    const frame = spark.read.parquet(path) as unknown as Priced;
    expect(await sums(frame)).toEqual(expected(rows));
    const whole = sum(col("price").multiply(col("key").plus(1))).as("total");
    const [row] = await frame.agg(whole).collect();
    const total = rows.reduce((all, { key, price }) => all + price * BigInt(key + 1), 0n);
    expect(String(row!.total)).toBe(new Decimal(total, 2).toString());
  },
);

it("sums what a condition leaves, and nothing as null", async () => {
  const frame = spark.createDataFrame([[new Decimal(250n, 2)], [new Decimal(-100n, 2)]], "price DECIMAL(15,2)");
  const positive = when(col("price").gt(0), col("price").multiply(col("price"))).otherwise(0);
  const [both] = await frame.agg(sum(positive).as("total"), count("*").as("rows")).collect();
  expect(String(both!.total)).toBe("6.2500");
  const [none] = await frame.filter(col("price").gt(99)).agg(sum(positive).as("total")).collect();
  expect(none!.total).toBeNull();
});

it("fails as Spark does where a sum has more digits than a decimal", async () => {
  const most = new Decimal(10n ** 38n - 1n, 0);
  const frame = spark.createDataFrame([[most], [most]], "value DECIMAL(38,0)");
  await expect(frame.agg(sum("value")).collect()).rejects.toMatchObject({ condition: "ARITHMETIC_OVERFLOW" });
});

it("sums over windows", async () => {
  const rows = [
    [1, new Decimal(100n, 2)],
    [2, new Decimal(999_999_999_999_999n, 2)],
    [3, new Decimal(300n, 2)],
  ];
  const frame = spark.createDataFrame(rows, "id INT, price DECIMAL(15,2)");
  const squares = sum(col("price").multiply(col("price"))).over(Window.orderBy("id"));
  const found = await frame.select("id", squares.as("total")).orderBy("id").collect();
  const big = 999_999_999_999_999n ** 2n;
  expect(found.map(({ total }) => String(total))).toEqual([
    "1.0000",
    String(new Decimal(10_000n + big, 4)),
    String(new Decimal(100_000n + big, 4)),
  ]);
});
