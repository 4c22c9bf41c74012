/** DataFrames on the embedded engine, through the package's own entry points. Expected rows were worked out by hand, the table is real Spark's. */
import { inspect } from "node:util";
import { col, type DataFrame, Decimal, lit, Observation, SparkSession, Timestamp, Window, when } from "lakewright";
import { avg, broadcast, count, countDistinct, max, rowNumber, sum, upper } from "lakewright/functions";
import { afterAll, describe, expect, test } from "vitest";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const sales = spark.createDataFrame(
  [
    ["ann", "IN", 1, 10],
    ["ann", "US", 2, 20],
    ["bob", "IN", 3, null],
    ["cid", null, 4, 40],
  ],
  "user STRING, country STRING, day INT, amount DOUBLE",
);
const users = spark.createDataFrame(
  [
    ["ann", 30],
    ["bob", null],
    ["dan", 50],
  ],
  "user STRING, age INT",
);

const rowsOf = (frame: DataFrame): Promise<unknown[][]> => frame.collect({ rows: "array" }) as Promise<unknown[][]>;

describe("joins", () => {
  const joined = (how: "inner" | "left" | "right" | "full") =>
    rowsOf(sales.select("user", "day").join(users, "user", how).orderBy("user", "day"));

  test("of each type", async () => {
    expect(await joined("inner")).toEqual([
      ["ann", 1, 30],
      ["ann", 2, 30],
      ["bob", 3, null],
    ]);
    expect(await joined("left")).toEqual([
      ["ann", 1, 30],
      ["ann", 2, 30],
      ["bob", 3, null],
      ["cid", 4, null],
    ]);
    expect(await joined("right")).toEqual([
      ["ann", 1, 30],
      ["ann", 2, 30],
      ["bob", 3, null],
      ["dan", null, 50],
    ]);
    expect(await joined("full")).toEqual([
      ["ann", 1, 30],
      ["ann", 2, 30],
      ["bob", 3, null],
      ["cid", 4, null],
      ["dan", null, 50],
    ]);
    expect(await rowsOf(sales.select("user", "day").join(users, "user", "semi").orderBy("day"))).toEqual([
      ["ann", 1],
      ["ann", 2],
      ["bob", 3],
    ]);
    expect(await rowsOf(sales.select("user").join(users, "user", "anti"))).toEqual([["cid"]]);
    expect(await users.crossJoin(sales.select("day")).count()).toBe(12);
    expect(await sales.select("user").join(broadcast(users), "user").count()).toBe(3);
  });

  test("on columns of either side, also of a DataFrame with itself", async () => {
    const either = sales
      .join(users, sales.col("user").eq(users.col("user")))
      .select(users.col("user"), "day")
      .orderBy("day");
    expect(await rowsOf(either)).toEqual([
      ["ann", 1],
      ["ann", 2],
      ["bob", 3],
    ]);
    const later = sales.select("user", "day").alias("b");
    const earlier = sales.select("user", "day").alias("a");
    const pairs = earlier
      .join(later, [earlier.col("user").eq(later.col("user")), earlier.col("day").lt(later.col("day"))])
      .select(earlier.col("user"), earlier.col("day").as("from"), later.col("day").as("to"));
    expect(await pairs.collect()).toEqual([{ user: "ann", from: 1, to: 2 }]);
  });
});

describe("groups", () => {
  test("skip nulls in aggregates and keep them as keys", async () => {
    const totals = sales
      .groupBy("country")
      .agg(sum("amount").as("total"), count("*").as("rows"), countDistinct("user").as("users"));
    expect(await totals.orderBy("country").collect()).toEqual([
      { country: null, total: 40, rows: 1, users: 1 },
      { country: "IN", total: 10, rows: 2, users: 2 },
      { country: "US", total: 20, rows: 1, users: 1 },
    ]);
  });

  test("of nothing are one row", async () => {
    const none = sales.filter(lit(false)).agg(count("*").as("rows"), max("day").as("last"));
    expect(await none.collect()).toEqual([{ rows: 0, last: null }]);
    expect(await sales.filter(lit(false)).groupBy("user").count().collect()).toEqual([]);
  });

  test("have subtotals and columns of values", async () => {
    const rollup = sales.rollup("user").agg(sum("day").as("days")).orderBy("user", "days");
    expect(await rowsOf(rollup)).toEqual([
      [null, 10],
      ["ann", 3],
      ["bob", 3],
      ["cid", 4],
    ]);
    const pivot = sales.groupBy("user").pivot("country", ["IN", "US"]).agg(sum("day")).orderBy("user");
    expect(await pivot.collect()).toEqual([
      { user: "ann", IN: 1, US: 2 },
      { user: "bob", IN: 3, US: null },
      { user: "cid", IN: null, US: null },
    ]);
    const found = sales.na
      .drop({ subset: ["country"] })
      .groupBy()
      .pivot("country")
      .agg(sum("day").as("s"), avg("day").as("a"));
    expect(await found.collect()).toEqual([{ IN_s: 4, IN_a: 2, US_s: 2, US_a: 2 }]);
  });

  test("have names as Spark writes them", async () => {
    expect(await sales.groupBy("user").sum("day", "amount").columns()).toEqual(["user", "sum(day)", "sum(amount)"]);
    expect(await sales.groupBy("user").count().columns()).toEqual(["user", "count"]);
  });
});

test("windows see the rows around each row", async () => {
  const byUser = Window.partitionBy("user").orderBy(col("day").desc());
  const ranked = sales.select(
    "user",
    "day",
    rowNumber().over(byUser).as("rank"),
    sum("day").over(Window.orderBy("day").rowsBetween(-1, 0)).as("two"),
  );
  expect(await rowsOf(ranked.orderBy("day"))).toEqual([
    ["ann", 1, 2, 1],
    ["ann", 2, 1, 3],
    ["bob", 3, 1, 5],
    ["cid", 4, 1, 7],
  ]);
});

test("sets keep, share and subtract rows", async () => {
  const [one, two] = [spark.createDataFrame([[1], [1], [2]], "n INT"), spark.createDataFrame([[1], [3]], "n INT")];
  const sorted = async (frame: DataFrame) => (await rowsOf(frame.orderBy("n"))).flat();
  expect(await sorted(one.union(two))).toEqual([1, 1, 1, 2, 3]);
  expect(await sorted(one.distinct())).toEqual([1, 2]);
  expect(await sorted(one.intersect(two))).toEqual([1]);
  expect(await sorted(one.subtract(two))).toEqual([2]);
  expect(await sorted(one.exceptAll(two))).toEqual([1, 2]);
  const loose = one.unionByName(two.withColumnRenamed("n", "m"), { allowMissingColumns: true });
  expect(await rowsOf(loose.orderBy("n", "m"))).toEqual([
    [null, 1],
    [null, 3],
    [1, null],
    [1, null],
    [2, null],
  ]);
});

test("columns are added, replaced, renamed and dropped", async () => {
  const changed = sales
    .filter(col("user").eq("ann"))
    .withColumn("amount", col("amount").multiply(2))
    .withColumns({ big: when(col("amount").gt(20), "yes").otherwise("no"), user: upper("user") })
    .withColumnRenamed("day", "date")
    .drop("country");
  expect(await changed.orderBy("date").collect()).toEqual([
    { user: "ANN", date: 1, amount: 20, big: "no" },
    { user: "ANN", date: 2, amount: 40, big: "yes" },
  ]);
  expect(await changed.toDF("a", "b", "c", "d").columns()).toEqual(["a", "b", "c", "d"]);
  expect(await sales.dropDuplicates(["user"]).count()).toBe(3);
});

test("nulls are filled, dropped and replaced", async () => {
  expect((await rowsOf(sales.na.fill(0).orderBy("day")))[2]).toEqual(["bob", "IN", 3, 0]);
  expect((await rowsOf(sales.na.fill({ country: "??" }).orderBy("day")))[3]).toEqual(["cid", "??", 4, 40]);
  expect(await sales.na.drop().count()).toBe(2);
  expect(await sales.na.drop({ thresh: 4 }).count()).toBe(2);
  expect(
    await sales.na
      .replace("ann", "Ann", { subset: ["user"] })
      .filter(col("user").eq("Ann"))
      .count(),
  ).toBe(2);
});

describe("values", () => {
  test("are what rows hold", async () => {
    const frame = spark.createDataFrame(
      [
        [
          true,
          1,
          2n ** 40n,
          1.5,
          Decimal.of("12.30"),
          "x",
          new Uint8Array([1]),
          "2025-02-01",
          new Date(0),
          [1, null],
          new Map([["k", 1]]),
          { a: 1 },
        ],
      ],
      "b BOOLEAN, i INT, l BIGINT, d DOUBLE, m DECIMAL(10,2), s STRING, y BINARY, t DATE, ts TIMESTAMP, a ARRAY<INT>, p MAP<STRING, INT>, r STRUCT<a: INT>",
    );
    const row = (await frame.first())!;
    expect(row).toMatchObject({
      b: true,
      i: 1,
      l: 2 ** 40,
      d: 1.5,
      s: "x",
      y: new Uint8Array([1]),
      t: "2025-02-01",
      a: [1, null],
      r: { a: 1 },
    });
    expect(String(row.m)).toBe("12.30");
    expect(row.ts).toBeInstanceOf(Timestamp);
    expect(row.ts?.toJSON()).toBe("1970-01-01T00:00:00Z");
    expect([...(row.p as Map<string, number>)]).toEqual([["k", 1]]);
  });

  test("of long integers are exact or refused", async () => {
    const long = spark.createDataFrame([[2n ** 60n]], "n BIGINT");
    await expect(long.collect()).rejects.toThrow(/longs: "bigint"/);
    expect(await long.collect({ longs: "bigint" })).toEqual([{ n: 2n ** 60n }]);
  });

  test("of columns with one name need arrays", async () => {
    const twice = sales.select("user", "user").limit(1);
    await expect(twice.collect()).rejects.toThrow(/AMBIGUOUS_COLUMN_OR_FIELD.*`user` is ambiguous.*rows: "array"/s);
    expect(await rowsOf(twice)).toEqual([["ann", "ann"]]);
  });

  test("may have any name", async () => {
    const [row] = await spark
      .createDataFrame([[1, 2]], "`__proto__` INT, `a.b` INT")
      .select("`__proto__`", "`a.b`")
      .collect();
    expect(Object.entries(row!)).toEqual([
      ["__proto__", 1],
      ["a.b", 2],
    ]);
  });
});

describe("the session", () => {
  test("has views by name", async () => {
    await sales.createOrReplaceTempView("sales");
    expect(await spark.table("sales").count()).toBe(4);
    await expect(sales.createTempView("sales")).rejects.toThrow(/TEMP_TABLE_OR_VIEW_ALREADY_EXISTS/);
    expect(await spark.catalog.dropTempView("sales")).toBe(true);
    expect(await spark.catalog.tableExists("sales")).toBe(false);
    expect(await spark.catalog.dropTempView("sales")).toBe(false);
  });

  test("keeps rows that are cached", async () => {
    const kept = sales.filter(col("day").gt(2)).cache();
    expect([await kept.count(), await kept.count()]).toEqual([2, 2]);
    await kept.unpersist();
    expect(kept.storageLevel).toBe("NONE");
  });

  test("notes metrics on the way", async () => {
    const seen = new Observation();
    await sales.observe(seen, count("*").as("rows"), max("day").as("last")).collect();
    expect(await seen.get()).toEqual({ rows: 4, last: 4 });
  });

  test("has actions that can be aborted", async () => {
    const reason = new Error("enough");
    await expect(sales.collect({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe("errors", () => {
  test("of names say what exists, and where the program made the call", async () => {
    const wrong = (sales as DataFrame).filter(col("amuont").gt(1));
    await expect(wrong.collect()).rejects.toMatchObject({
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      message: expect.stringMatching(/amuont[\s\S]*amount[\s\S]*dataframe\.test\.ts:\d+:\d+ \.filter\(…\)/),
    });
  });
});

test("show draws a table", async () => {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    await users.orderBy("user").show(2, { truncate: 2 });
  } finally {
    console.log = log;
  }
  expect(lines.join("\n")).toBe(
    [
      "+----+---+",
      "|user|age|",
      "+----+---+",
      "|  an| 30|",
      "|  bo| NU|",
      "+----+---+",
      "only showing top 2 rows",
      "",
    ].join("\n"),
  );
});

test("a DataFrame prints its schema", () => {
  expect(inspect(sales)).toBe("DataFrame[user: string, country: string, day: int, amount: double]");
});
