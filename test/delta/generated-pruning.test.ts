/** Conditions on a column leave out the partitions that are generated from it, also where files have no statistics. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows } = warehouse();

const bare = "'delta.dataSkippingNumIndexedCols' = '0'";

/** Moments about which parts of dates change, in the zone of a writer far from UTC too. */
const moments = [
  "-0001-06-15 12:00:00",
  "1969-12-31 23:59:59.999999",
  "1970-01-01 00:00:00",
  "2024-02-29 23:30:00",
  "2024-03-01 00:00:00",
  "2024-12-31 23:59:59.999999",
  "2025-01-01 00:00:00",
  "2025-01-01 13:00:00",
  "+10000-01-01 00:00:00",
];

const tables: Readonly<Record<string, string>> = {
  days: "day DATE GENERATED ALWAYS AS (CAST(at AS DATE))",
  parts:
    "y INT GENERATED ALWAYS AS (year(at)), m INT GENERATED ALWAYS AS (month(at)), d INT GENERATED ALWAYS AS (dayofmonth(at)), h INT GENERATED ALWAYS AS (hour(at))",
  months: "month STRING GENERATED ALWAYS AS (date_format(at, 'yyyy-MM'))",
  hours: "hour STRING GENERATED ALWAYS AS (date_format(at, 'yyyy-MM-dd-HH'))",
  years: "year DATE GENERATED ALWAYS AS (trunc(at, 'YEAR'))",
};
const names = Object.keys(tables);

beforeAll(async () => {
  spark.conf.set("spark.sql.session.timeZone", "Pacific/Kiritimati");
  for (const kind of ["TIMESTAMP", "TIMESTAMP_NTZ"])
    for (const [name, columns] of Object.entries(tables)) {
      const table = `${name}_${kind}`;
      const partitions = [...columns.matchAll(/(\w+) \w+ GENERATED/g)].map(([, column]) => column);
      await run(
        `CREATE TABLE ${table} (id INT, at ${kind}, ${columns}) USING delta PARTITIONED BY (${partitions.join(", ")}) TBLPROPERTIES (${bare})`,
        `INSERT INTO ${table} (id, at) VALUES ${[...moments.map((at) => `CAST('${at}' AS ${kind})`), "NULL"].map((at, id) => `(${id}, ${at})`).join(", ")}`,
      );
    }
  spark.conf.set("spark.sql.session.timeZone", "UTC");
}, 120_000);

const filesOf = async (table: string, condition?: string) => {
  const frame = condition === undefined ? spark.table(table) : spark.table(table).filter(condition);
  return (await frame.inputFiles()).length;
};

describe("what is left out", () => {
  test.each([
    ["days_TIMESTAMP_NTZ", "at >= TIMESTAMP_NTZ'2025-01-01 05:00:00'", 2],
    ["days_TIMESTAMP_NTZ", "at = TIMESTAMP_NTZ'2024-02-29 23:30:00'", 1],
    ["days_TIMESTAMP_NTZ", "TIMESTAMP_NTZ'1970-01-01' > at", 3],
    ["days_TIMESTAMP_NTZ", "at IN (TIMESTAMP_NTZ'1970-01-01', TIMESTAMP_NTZ'2024-03-01')", 2],
    ["parts_TIMESTAMP_NTZ", "at >= TIMESTAMP_NTZ'2024-03-01 00:00:00' AND at < TIMESTAMP_NTZ'2025-01-01 00:00:00'", 3],
    ["months_TIMESTAMP_NTZ", "at BETWEEN TIMESTAMP_NTZ'2024-12-01' AND TIMESTAMP_NTZ'2024-12-31'", 3],
    ["years_TIMESTAMP_NTZ", "at < TIMESTAMP_NTZ'2024-01-01'", 4],
    ["days_TIMESTAMP", "at = TIMESTAMP'1970-01-01 00:00:00'", 2],
  ])("%s of which %s", async (table, condition, most) => {
    const read = await filesOf(table, condition);
    expect(read).toBeLessThanOrEqual(most);
    expect(read).toBeLessThan(await filesOf(table));
  });

  // Midnight of the writer is ten o'clock of the day before in UTC.
  test.each(names)("no row of %s whose writer had another day", async (name) => {
    expect(await rows(`SELECT id FROM ${name}_TIMESTAMP WHERE at = TIMESTAMP'2024-12-31 10:00:00'`)).toEqual([[6]]);
  });

  test("a part of texts", async () => {
    await run(
      `CREATE TABLE texts (t STRING, start STRING GENERATED ALWAYS AS (substring(t, 1, 2))) USING delta PARTITIONED BY (start) TBLPROPERTIES (${bare})`,
      "INSERT INTO texts (t) VALUES ('apple'), ('apricot'), ('pear'), ('😀😀😀'), ('z')",
    );
    expect(await filesOf("texts", "t = 'apricot'")).toBe(1);
    expect(await filesOf("texts", "t >= 'pea'")).toBe(3);
    expect(await filesOf("texts", "t < 'b' OR t = '😀😀😀'")).toBe(2);
  });
});

const value = fc.constantFrom(...moments, "2024-02-29 10:00:00", "2024-07-01 00:00:00", "0005-01-01 00:00:00");
const sign = fc.constantFrom("=", "<", "<=", ">", ">=", "<=>", "!=");
const comparison = fc
  .tuple(sign, value, fc.boolean())
  .map(([operator, at, isTurned]) => (isTurned ? `'${at}'::K ${operator} at` : `at ${operator} '${at}'::K`));
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    comparison,
    fc
      .tuple(tie("condition"), fc.constantFrom("AND", "OR"), tie("condition"))
      .map(([a, word, b]) => `(${a} ${word} ${b})`),
    tie("condition").map((inner) => `NOT ${inner}`),
  ),
}));

test("rows of any condition are those of a table without generated columns", { timeout: 120_000 }, async () => {
  for (const kind of ["TIMESTAMP", "TIMESTAMP_NTZ"])
    await spark.table(`days_${kind}`).select("id", "at").write.parquet(`${folder}/whole_${kind}`);
  await fc.assert(
    fc.asyncProperty(condition, fc.constantFrom(...names), fc.boolean(), async (asked, name, hasZone) => {
      const kind = hasZone ? "TIMESTAMP" : "TIMESTAMP_NTZ";
      const where = asked.replaceAll("::K", `::${kind}`);
      const idsOf = async (source: string) =>
        (await rows(`SELECT id FROM ${source} WHERE ${where} ORDER BY id`)).flat();
      expect(await idsOf(`${name}_${kind}`)).toEqual(await idsOf(`parquet.\`${folder}/whole_${kind}\``));
    }),
    { numRuns: 100 },
  );
});
