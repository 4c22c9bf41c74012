/** Columns that are read when a function first looks at them, whenever that is, hold what a plain reading holds. */
import { col } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

/** Sizes of groups around the borders of the engine's batches, and many of few rows. */
const sizes = [1, 2047, 2, 2048, 3, 2049, 1, 1, 4096, 5, 700, 5000, 1, ...Array.from({ length: 300 }, (_, n) => n % 7)];
const rows = sizes.flatMap((size, group) =>
  Array.from({ length: size }, (_, row) => [
    group,
    row % 5 === 0 ? null : group * 10_000 + row,
    row % 3 === 0 ? null : row % 2 === 0 ? `r${row}` : `a text of more than twelve bytes, ${group} ${row}`,
    row / 4,
  ]),
);
const frame = spark.createDataFrame(
  rows as [number, number | null, string | null, number][],
  "g INT, n BIGINT, text STRING, x DOUBLE",
);

type Columns = Readonly<Record<"n" | "text" | "x", ArrayLike<unknown>>>;
const plain = (columns: Columns): unknown[][] =>
  [columns.n, columns.text, columns.x].map((values) => Array.from(values));
const expectedOf = (group: number): unknown[][] =>
  [1, 2, 3].map((column) => rows.filter((row) => row[0] === group).map((row) => row[column]));

test("of groups, looked at by some calls, by none, and after the action", async () => {
  const kept = new Map<number, Columns>();
  const applied = frame.groupBy("g").applyBatches((columns, count, { g }) => {
    kept.set(Number(g), columns as unknown as Columns);
    const looked = Number(g) % 3 === 0 ? columns.text.length : Number(g) % 3 === 1 ? columns.x.length : count;
    return { g: [g], looked: [looked] };
  }, "g INT, looked INT");
  expect((await applied.collect()).map(({ looked }) => looked)).toEqual(sizes.filter((size) => size > 0));
  for (const [group, columns] of kept) expect(plain(columns)).toEqual(expectedOf(group));
});

test("of batches, looked at after the action", async () => {
  const kept: Columns[] = [];
  const mapped = frame.filter(col("g").lt(20)).mapBatches((columns, count) => {
    kept.push(columns as unknown as Columns);
    return { count: [count] };
  }, "count INT");
  expect((await mapped.collect()).reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(
    kept.flatMap(({ n }) => Array.from(n)).length,
  );
  const all = rows.filter(([g]) => Number(g) < 20);
  expect([1, 2, 3].map((column) => all.map((row) => row[column]))).toEqual(
    [0, 1, 2].map((column) => kept.flatMap((columns) => plain(columns)[column])),
  );
});
