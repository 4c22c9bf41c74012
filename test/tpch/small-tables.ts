/** Small tables of TPC-H's schema whose values meet the conditions of the queries often: random, and always the same. */
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Decimal, type SparkSession } from "lakewright";
import { SCHEMAS, tableFile } from "../../bench/tpch/tables.ts";
import { integer, pick, type Random, seeded } from "../../solutions/common/random.ts";

type Row = readonly unknown[];
type Table = keyof typeof SCHEMAS;

const SUPPLIERS = 40;
const CUSTOMERS = 150;
const PARTS = 120;
const ORDERS = 900;

const REGIONS = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"];
const NATIONS = ["BRAZIL", "CANADA", "FRANCE", "GERMANY", "INDIA", "JAPAN", "KENYA", "SAUDI ARABIA"];
const REGION_OF = [1, 1, 3, 3, 2, 2, 0, 4];
const TYPES = [
  "ECONOMY ANODIZED STEEL",
  "PROMO BRUSHED BRASS",
  "LARGE PLATED BRASS",
  "MEDIUM POLISHED TIN",
  "PROMO PLATED STEEL",
];
const BRANDS = ["Brand#12", "Brand#23", "Brand#34", "Brand#45"];
const CONTAINERS = ["SM CASE", "SM BOX", "MED BAG", "MED BOX", "LG CASE", "LG PKG"];
const SIZES = [1, 3, 9, 14, 15, 15, 23, 45, 49];
const PRIORITIES = ["1-URGENT", "2-HIGH", "3-MEDIUM", "5-LOW"];
const MODES = ["AIR", "AIR REG", "MAIL", "SHIP", "RAIL"];
const COMMENTS = ["quick", "the special big requests", "Customer slow Complaints", "regular deposits"];

const money = (random: Random, most: number): Decimal => new Decimal(BigInt(integer(random, 1, most * 100)), 2);
const day = (random: Random, first: string, days: number): string => shifted(first, integer(random, 0, days));
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const many = (count: number, make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));
const phone = (random: Random): string =>
  `${pick(random, ["13", "31", "23", "29", "11"])}-555-${integer(random, 1000, 9999)}`;

/** The rows of each table. */
function rowsOf(random: Random): Readonly<Record<Table, readonly Row[]>> {
  const orders = many(ORDERS, (key) => [
    key,
    integer(random, 1, CUSTOMERS * 0.7),
    pick(random, ["F", "F", "O"]),
    money(random, 400_000),
    day(random, "1993-01-01", 1400),
    pick(random, PRIORITIES),
    "Clerk",
    0,
    pick(random, COMMENTS),
  ]);
  return {
    region: REGIONS.map((name, key) => [key, name, "none"]),
    nation: NATIONS.map((name, key) => [key, name, REGION_OF[key], "none"]),
    supplier: many(SUPPLIERS, (key) => [
      key,
      `Supplier#${key}`,
      `street ${key}`,
      integer(random, 0, NATIONS.length - 1),
      phone(random),
      money(random, 9_000),
      pick(random, COMMENTS),
    ]),
    customer: many(CUSTOMERS, (key) => [
      key,
      `Customer#${key}`,
      `street ${key}`,
      integer(random, 0, NATIONS.length - 1),
      phone(random),
      money(random, 9_000),
      pick(random, ["BUILDING", "MACHINERY"]),
      "none",
    ]),
    part: many(PARTS, (key) => [
      key,
      pick(random, ["forest green linen", "sky blue", "green lace", "forest rose"]),
      "Maker",
      pick(random, BRANDS),
      pick(random, TYPES),
      pick(random, SIZES),
      pick(random, CONTAINERS),
      money(random, 2_000),
      "none",
    ]),
    partsupp: many(PARTS * 3, (index) => [
      Math.ceil(index / 3),
      ((index * 7) % SUPPLIERS) + 1,
      integer(random, 1, 300),
      money(random, 1_000),
      "none",
    ]),
    orders,
    lineitem: orders.flatMap((order) => many(integer(random, 1, 7), (line) => lineOf(random, order, line))),
  };
}

function lineOf(random: Random, order: Row, line: number): Row {
  const part = integer(random, 1, PARTS);
  const offer = part * 3 - integer(random, 0, 2);
  const shipped = shifted(order[4] as string, integer(random, 1, 120));
  return [
    order[0],
    part,
    ((offer * 7) % SUPPLIERS) + 1,
    line,
    new Decimal(BigInt(integer(random, 1, 80) * 100), 2),
    money(random, 90_000),
    new Decimal(BigInt(integer(random, 0, 10)), 2),
    new Decimal(BigInt(integer(random, 0, 8)), 2),
    pick(random, ["R", "A", "N"]),
    pick(random, ["O", "F"]),
    shipped,
    shifted(shipped, integer(random, -20, 40)),
    shifted(shipped, integer(random, 1, 30)),
    pick(random, ["DELIVER IN PERSON", "NONE"]),
    pick(random, MODES),
    "none",
  ];
}

/** Writes the tables as Parquet files into a folder. */
export async function writeSmallTables(spark: SparkSession, folder: string): Promise<void> {
  const rows = rowsOf(seeded(22));
  await mkdir(folder, { recursive: true });
  for (const table of Object.keys(SCHEMAS) as Table[]) {
    const written = join(folder, `${table}-files`);
    await spark
      .createDataFrame(rows[table], SCHEMAS[table] as string)
      .coalesce(1)
      .write.parquet(written);
    const file = (await readdir(written)).find((name) => name.endsWith(".parquet"))!;
    await rename(join(written, file), tableFile(folder, table));
    await rm(written, { recursive: true });
  }
}
