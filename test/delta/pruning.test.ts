/** Files that are left out hold no row that is asked for: any condition gives the rows that a scan of all files gives. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows } = warehouse();

/** Values of each column, as SQL; null is one of each. */
const values = {
  i: ["-2147483648", "-1", "0", "7", "2147483647"],
  l: ["-9223372036854775807L", "9007199254740993L", "9007199254740992L", "5L"],
  d: ["CAST('NaN' AS DOUBLE)", "CAST('-Infinity' AS DOUBLE)", "-0.0D", "1.5D", "1e300D"],
  m: ["-0.01BD", "12345678901234567.89BD", "12345678901234567.90BD", "3BD"],
  t: ["''", "'a'", "'ab'", `'${"a".repeat(40)}'`, `'${"a".repeat(31)}😀x'`, "'z%_'", "'é'"],
  y: ["DATE'0001-01-01'", "DATE'1969-12-31'", "DATE'2025-02-28'", "DATE'9999-12-31'"],
  w: ["TIMESTAMP'1969-12-31 23:59:59.999999'", "TIMESTAMP'2025-01-01 00:00:00.0005'", "TIMESTAMP'2025-01-01 00:00:00'"],
  p: ["'x'", "'x=y/%'", "'ü'"],
  "s.x": ["1", "2", "3"],
} as const;

type Column = keyof typeof values;
const columns = Object.keys(values) as Column[];

const valueOf = (column: Column) => fc.constantFrom(...values[column]);
const columnOf = fc.constantFrom(...columns);
const operator = fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "<=>");

const comparison = columnOf.chain((column) =>
  fc
    .tuple(operator, valueOf(column), fc.boolean())
    .map(([sign, value, isTurned]) => (isTurned ? `${value} ${sign} ${column}` : `${column} ${sign} ${value}`)),
);
const list = columnOf.chain((column) =>
  fc.array(valueOf(column), { minLength: 1, maxLength: 3 }).map((items) => `${column} IN (${items.join(", ")})`),
);
const between = columnOf.chain((column) =>
  fc.tuple(valueOf(column), valueOf(column)).map(([low, high]) => `${column} BETWEEN ${low} AND ${high}`),
);
const pattern = fc.constantFrom(
  "t LIKE 'a%'",
  "t LIKE '%'",
  "p LIKE 'x%'",
  "startswith(t, 'aaa')",
  "t LIKE 'a_'",
  "t LIKE ''",
);
const nothing = fc
  .tuple(fc.constantFrom(...columns, "s", "a"), fc.boolean())
  .map(([column, isThere]) => `${column} IS ${isThere ? "NOT " : ""}NULL`);
const converted = fc.constantFrom(
  "CAST(w AS DATE) = DATE'2025-01-01'",
  "CAST(i AS BIGINT) > 6",
  "CAST(i AS DOUBLE) < 0.5",
);

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    ...[comparison, list, between, pattern, nothing, converted],
    fc
      .tuple(tie("condition"), fc.constantFrom("AND", "OR"), tie("condition"))
      .map(([a, word, b]) => `(${a}) ${word} (${b})`),
    tie("condition").map((inner) => `NOT (${inner})`),
  ),
}));

const files = 24;

beforeAll(async () => {
  const value = (column: Column, seed: number): string => {
    const own: readonly string[] = values[column];
    const place = (seed * 7 + columns.indexOf(column) * 3 + ((seed * seed) % 5)) % (own.length + 1);
    return own[place] ?? "NULL";
  };
  const row = (seed: number): string => {
    const [i, l, d, m, t, y, w, p, x] = columns.map((column) => value(column, seed));
    const struct = seed % 5 === 0 ? "NULL" : `named_struct('x', ${x})`;
    return `(${seed}, ${i}, ${l}, ${d}, ${m}, ${t}, ${y}, ${w}, ${p}, ${struct}, ${["NULL", "array()", "array(1)"][seed % 3]})`;
  };
  await run(
    "CREATE TABLE pruned (id INT, i INT, l BIGINT, d DOUBLE, m DECIMAL(19, 2), t STRING, y DATE, w TIMESTAMP, p STRING, s STRUCT<x: INT>, a ARRAY<INT>) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.checkpointInterval' = '10')",
  );
  for (let file = 0; file < files; file++) {
    const own = Array.from({ length: 1 + (file % 3) }, (_, index) => row(file * 3 + index));
    await run(`INSERT INTO pruned VALUES ${own.join(", ")}`);
  }
  await spark.table("pruned").write.partitionBy("p").parquet(`${folder}/whole`);
}, 120_000);

test("rows of any condition", { timeout: 120_000 }, async () => {
  let leftOut = 0;
  await fc.assert(
    fc.asyncProperty(condition, async (asked) => {
      const idsOf = async (source: string) =>
        (await rows(`SELECT id FROM ${source} WHERE ${asked} ORDER BY id`)).flat();
      expect(await idsOf("pruned")).toEqual(await idsOf(`parquet.\`${folder}/whole\``));
      const read = (await spark.table("pruned").filter(asked).inputFiles()).length;
      if (read < files) leftOut += 1;
    }),
    { numRuns: 100 },
  );
  expect(leftOut).toBeGreaterThan(20);
});
