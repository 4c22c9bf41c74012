/** Conditions on a column leave out the partitions that are generated from it, also where files have no statistics. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { SparkSession } from "lakewright";
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
    ["months_TIMESTAMP_NTZ", "at BETWEEN TIMESTAMP_NTZ'2024-12-01' AND TIMESTAMP_NTZ'2024-12-30'", 3],
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

  // Samoa had no 30th of December in 2011: Spark writes a time of that day as one of the 31st.
  test.each(["DATE", "TIMESTAMP_NTZ"])("no row of a %s that the writer's clock left out", async (kind) => {
    const table = `gap_${kind}`;
    spark.conf.set("spark.sql.session.timeZone", "Pacific/Apia");
    await run(
      `CREATE TABLE ${table} (at ${kind}, hour STRING GENERATED ALWAYS AS (date_format(at, 'yyyy-MM-dd-HH'))) USING delta PARTITIONED BY (hour) TBLPROPERTIES (${bare})`,
      `INSERT INTO ${table} (at) VALUES (${kind}'2011-12-30'), (${kind}'2012-02-01')`,
    );
    spark.conf.set("spark.sql.session.timeZone", "UTC");
    expect(await rows(`SELECT hour FROM ${table} WHERE at = ${kind}'2011-12-30'`)).toEqual([["2011-12-31-00"]]);
    expect(await filesOf(table, `at = ${kind}'2011-12-30'`)).toBe(1);
  });

  test("no text that is equal under a collation", async () => {
    await run(
      `CREATE TABLE collated (t STRING COLLATE UTF8_LCASE, start STRING GENERATED ALWAYS AS (substring(t, 1, 2))) USING delta PARTITIONED BY (start) TBLPROPERTIES (${bare})`,
      "INSERT INTO collated (t) VALUES ('Apple'), ('pear')",
    );
    expect(await rows("SELECT t FROM collated WHERE t = 'aPPLE'")).toEqual([["Apple"]]);
  });

  test("nothing by an expression that cannot be read", async () => {
    await run(
      `CREATE TABLE strange (a INT, b INT GENERATED ALWAYS AS (a + 1)) USING delta PARTITIONED BY (b) TBLPROPERTIES (${bare})`,
      "INSERT INTO strange (a) VALUES (1), (2)",
    );
    for (const name of readdirSync(join(folder, "strange", "_delta_log"))) {
      const file = join(folder, "strange", "_delta_log", name);
      if (name === "00000000000000000000.json")
        writeFileSync(file, readFileSync(file, "utf8").replace("a + 1", "a ??? 1"));
      else if (name.endsWith(".crc")) rmSync(file);
    }
    await using other = SparkSession.create({ "spark.sql.warehouse.dir": folder });
    const table = other.read.format("delta").load(join(folder, "strange"));
    expect(await table.filter("a = 2").collect()).toEqual([{ a: 2, b: 3 }]);
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
