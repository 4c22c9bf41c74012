import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { col, SparkSession } from "lakewright";
import { regexpReplace } from "lakewright/functions";
import { type JobRunOptions, runJob } from "lakewright/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUARANTINE } from "../common/quarantine.ts";
import { type Generated, generate, type PlantedRow } from "./generate.ts";
import job from "./job.ts";
import { FIGURES } from "./schemas.ts";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daily-kpi-"));
  spark = SparkSession.create();
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

type Given = JobRunOptions<NonNullable<typeof job.options>>;

/** Runs the job; gives its result and what it reported. */
async function run(given: Given & { readonly out: string }) {
  const { reported, result } = await runJob(job, spark, { ...given, options: { seed: 1, ...given.options } });
  return { lines: reported, result };
}

const figuresIn = (out: string) =>
  spark.read.schema(FIGURES).parquet(out).orderBy("date", "country", "category").collect();

const quarantineOf = (out: string) => spark.read.schema(QUARANTINE).parquet(`${out}-quarantine`).collect();

type Figure = Awaited<ReturnType<typeof figuresIn>>[number];

const planted = (row: Figure): PlantedRow => ({
  date: row.date!,
  country: row.country!,
  category: row.category!,
  eventsTotal: row.events_total!,
  purchases: row.purchases!,
  revenueCents: Math.round(row.revenue! * 100),
  uniqueUsers: row.unique_users!,
  revenue7dCents: Math.round(row.revenue_7d! * 100),
});

/** The figures of the lines that JavaScript can read, by loops and maps. */
async function recomputed(data: string): Promise<readonly PlantedRow[]> {
  const read = async (name: string) =>
    (await readFile(join(data, `${name}.jsonl`), "utf8")).split("\n").flatMap(parsed);
  const country = new Map((await read("users")).map((user) => [user.user_id, user.country]));
  const category = new Map((await read("items")).map((item) => [item.item_id, item.category]));
  const days = new Map<string, Map<string, { events: number; purchases: number; cents: number; users: Set<string> }>>();
  for (const { user_id, item_id, event_type, ts, props } of await read("events")) {
    const price = event_type === "purchase" ? props.price : 0;
    if (
      !Number.isInteger(ts) ||
      ts > 253_402_300_799 ||
      !country.has(user_id) ||
      !category.has(item_id) ||
      !(price >= 0)
    )
      continue;
    const date = new Date(ts * 1000).toISOString().slice(0, 10);
    const cells = days.get(date) ?? days.set(date, new Map()).get(date)!;
    const key = `${country.get(user_id)},${category.get(item_id)}`;
    const cell = cells.get(key) ?? cells.set(key, { events: 0, purchases: 0, cents: 0, users: new Set() }).get(key)!;
    cell.events += 1;
    cell.purchases += event_type === "purchase" ? 1 : 0;
    cell.cents += Math.round(price * 100);
    cell.users.add(user_id);
  }
  const before = (date: string, back: number) =>
    new Date(Date.parse(date) - back * 86_400_000).toISOString().slice(0, 10);
  const week = (date: string, key: string) =>
    [0, 1, 2, 3, 4, 5, 6].reduce((sum, back) => sum + (days.get(before(date, back))?.get(key)?.cents ?? 0), 0);
  return [...days.keys()].toSorted().flatMap((date) =>
    [...days.get(date)!]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { events, purchases, cents, users }]) => ({
        date,
        country: key.split(",")[0]!,
        category: key.split(",")[1]!,
        eventsTotal: events,
        purchases,
        revenueCents: cents,
        uniqueUsers: users.size,
        revenue7dCents: week(date, key),
      })),
  );
}

function parsed(line: string) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe("daily-kpi on generated events", () => {
  let data: string;
  let out: string;
  let truth: Generated;
  let reported: readonly string[];

  beforeAll(async () => {
    data = join(folder, "given");
    out = join(folder, "figures");
    truth = await generate(data, { damaged: 30 });
    ({ lines: reported } = await run({ data, out }));
  });

  it("finds what the generator has planted, row by row and to the cent", async () => {
    const rows = (await figuresIn(out)).map(planted);
    expect(rows).toHaveLength(2480);
    expect(rows).toEqual(truth.rows);
  });

  it("agrees with loops over the same files", async () => {
    expect((await figuresIn(out)).map(planted)).toEqual(await recomputed(data));
  });

  it("keeps every rejected line as it was, with its reason and file", async () => {
    const rows = await quarantineOf(out);
    const damaged = rows.filter(({ reason }) => reason !== "NEGATIVE_REVENUE");
    expect(damaged.map(({ reason, line }) => `${reason} ${line}`).toSorted(byText)).toEqual(
      truth.damaged.map(({ reason, line }) => `${reason} ${line}`).toSorted(byText),
    );
    expect(rows.length - damaged.length).toBe(1377);
    expect(new Set(rows.map(({ source_file }) => source_file!.split("/").at(-1)))).toEqual(new Set(["events.jsonl"]));
    const lines = (await readFile(join(data, "events.jsonl"), "utf8")).trimEnd().split("\n");
    const known = new Set(lines);
    expect(rows.filter(({ line }) => !known.has(line!))).toEqual([]);
    const counted = truth.rows.reduce((sum, { eventsTotal }) => sum + eventsTotal, 0);
    expect(counted + rows.length).toBe(lines.length);
  });

  it("writes a folder for each date and the quarantine beside them", async () => {
    const names = await readdir(out);
    expect(names.filter((name) => name.startsWith("date="))).toHaveLength(31);
    expect(names.filter((name) => !name.startsWith("date=") && !name.startsWith("_"))).toEqual([]);
    expect(await readdir(folder)).toContain("figures-quarantine");
  });

  it("says what it has checked and where everything lies", () => {
    expect(reported.filter((line) => line.endsWith("  ok")).map((line) => line.trim().split(/\s{2,}/))).toEqual(
      expect.arrayContaining([
        ["rows", "2,480", "ok"],
        ["last day", "2025-08-30", "ok"],
        ["events", "48,623", "ok"],
      ]),
    );
    expect(reported.join("\n")).toContain("Rejected events: 1,407 (NEGATIVE_REVENUE 1,377");
    expect(reported.join("\n")).toContain(out);
  });

  it("replaces its own output and nothing else", async () => {
    await run({ data, out });
    expect(await figuresIn(out)).toHaveLength(2480);
    const foreign = join(folder, "foreign");
    await mkdir(foreign);
    await writeFile(join(foreign, "thesis.txt"), "");
    await expect(run({ data, out: foreign })).rejects.toThrow("holds thesis.txt");
    expect(await readdir(foreign)).toEqual(["thesis.txt"]);
  });

  it("writes a Delta table of the same figures, a version a run", async () => {
    const table = join(folder, "figures-delta");
    for (let time = 0; time < 2; time++) await run({ data, out: table, options: { format: "delta" } });
    const rows = await spark.read.format("delta").load(table).orderBy("date", "country", "category").collect();
    expect((rows as unknown as Figure[]).map(planted)).toEqual(truth.rows);
    expect(await spark.sql(`DESCRIBE HISTORY delta.\`${table}\``).count()).toBe(2);
    await expect(run({ data, out: table })).rejects.toThrow("holds a Delta table");
    await expect(run({ data, out, options: { format: "delta" } })).rejects.toThrow("holds plain Parquet");
  });

  it.each(["csv", "parquet"] as const)("reads %s as well", async (format) => {
    const other = join(folder, `given-${format}`);
    await convert(data, other, format);
    const there = join(folder, `figures-${format}`);
    await run({ data: other, out: there });
    expect((await figuresIn(there)).map(planted)).toEqual(truth.rows);
    const negative = (await quarantineOf(there)).filter(({ reason }) => reason === "NEGATIVE_REVENUE");
    expect(negative).toHaveLength(1377);
    expect(negative.filter(({ line }) => !(Number(JSON.parse(line!).props.price) < 0))).toEqual([]);
  });
});

/** DuckDB's own writers; lines that its reader of JSON does not take are left out. */
async function convert(from: string, to: string, format: "csv" | "parquet"): Promise<void> {
  await mkdir(to);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const props = format === "csv" ? "JSON" : "MAP(VARCHAR, VARCHAR)";
  const events = `user_id: 'VARCHAR', item_id: 'VARCHAR', event_type: 'VARCHAR', ts: 'BIGINT', props: '${props}'`;
  const columns = { events: `event_id: 'VARCHAR', ${events}`, users: undefined, items: undefined };
  for (const [name, declared] of Object.entries(columns)) {
    const fields = declared === undefined ? "" : `, columns = {${declared}}, ignore_errors = true`;
    const source = `read_json('${from}/${name}.jsonl', format = 'newline_delimited'${fields})`;
    const named = declared === undefined ? "true" : "event_id LIKE 'event%'";
    await connection.run(`COPY (FROM ${source} WHERE ${named}) TO '${to}/${name}.${format}' (FORMAT ${format})`);
  }
}

describe("daily-kpi on a few events", () => {
  let data: string;
  let out: string;
  let made = 0;

  const event = (day: string, fields: object = {}): string =>
    JSON.stringify({
      event_id: "e",
      user_id: "ann",
      item_id: "novel",
      event_type: "purchase",
      ts: Date.parse(`${day}T12:00:00Z`) / 1000,
      props: { price: 10 },
      ...fields,
    });

  beforeEach(async () => {
    made += 1;
    data = join(folder, `few-${made}`);
    out = join(folder, `few-${made}-figures`);
    await mkdir(data);
    await writeFile(join(data, "users.jsonl"), '{"user_id":"ann","country":"DE"}\n');
    await writeFile(join(data, "items.jsonl"), '{"item_id":"novel","category":"books"}\n');
  });

  const write = (lines: readonly string[]) =>
    writeFile(join(data, "events.jsonl"), lines.map((line) => `${line}\n`).join(""));

  it("adds up the last seven calendar days, not the last seven rows", async () => {
    const prices = { "2025-02-01": 10, "2025-02-05": 20, "2025-02-08": 40, "2025-02-09": 80 };
    await write(Object.entries(prices).map(([day, price]) => event(day, { props: { price } })));
    await run({ data, out });
    expect((await figuresIn(out)).map(({ date, revenue, revenue_7d }) => [date, revenue, revenue_7d])).toEqual([
      ["2025-02-01", 10, 10],
      ["2025-02-05", 20, 30],
      ["2025-02-08", 40, 60],
      ["2025-02-09", 80, 140],
    ]);
  });

  it("counts users once, purchases apart from other events, and no price of what is not bought", async () => {
    await write([
      event("2025-02-01"),
      event("2025-02-01", { event_type: "view", props: { price: 99 } }),
      event("2025-02-01", { event_type: "click", props: {} }),
    ]);
    await run({ data, out });
    expect(await figuresIn(out)).toEqual([
      {
        country: "DE",
        category: "books",
        events_total: 3,
        purchases: 1,
        revenue: 10,
        unique_users: 1,
        revenue_7d: 10,
        date: "2025-02-01",
      },
    ]);
  });

  it.each([
    ["NEGATIVE_REVENUE", { props: { price: -0.01 } }],
    ["INVALID_PRICE", { props: {} }],
    ["INVALID_PRICE", { props: { price: "NaN" } }],
    ["INVALID_PRICE", { props: null }],
    ["INVALID_TIME", { ts: -1 }],
    ["INVALID_TIME", { ts: 9_000_000_000_000_000 }],
    ["NULL_KEY", { event_type: null }],
    ["UNKNOWN_USER", { user_id: "bob" }],
    ["UNKNOWN_ITEM", { item_id: "opera" }],
  ])("rejects as %s an event with %j", async (reason, fields) => {
    const bad = event("2025-02-01", fields);
    await write([bad, event("2025-02-01")]);
    await run({ data, out });
    expect((await quarantineOf(out)).map((row) => [row.reason, row.line])).toEqual([[reason, bad]]);
    expect((await figuresIn(out)).map(({ events_total }) => events_total)).toEqual([1]);
  });

  it("loses nothing when all is bad, and nothing when there is nothing", async () => {
    await write(["{", "", "]"]);
    await run({ data, out });
    expect((await quarantineOf(out)).map(({ reason, line }) => `${reason} ${line}`).toSorted(byText)).toEqual([
      "MALFORMED ]",
      "MALFORMED {",
    ]);
    expect(await figuresIn(out)).toEqual([]);
    await write([]);
    await run({ data, out });
    expect(await quarantineOf(out)).toEqual([]);
  });

  it("names what is missing", async () => {
    await expect(run({ data, out })).rejects.toThrow(
      "has no events: put one of events.jsonl, events.csv, events.parquet",
    );
    await write([event("2025-02-01")]);
    await expect(run({ data, out, options: { replay: true } })).rejects.toThrow("There is no quarantine");
  });

  describe("replay", () => {
    const bob = event("2025-02-01", { user_id: "bob", event_type: "click" });
    const refund = event("2025-02-02", { props: { price: -5 } });
    const broken = event("2025-02-03").slice(0, -1);

    beforeEach(async () => {
      await write([event("2025-02-01"), bob, bob, refund, broken]);
      await run({ data, out });
      expect(await quarantineOf(out)).toHaveLength(4);
    });

    it("counts events whose user has become known, each once, and keeps the others", async () => {
      await appendFile(join(data, "users.jsonl"), '{"user_id":"bob","country":"DE"}\n');
      for (let time = 0; time < 2; time++) {
        await run({ data, out, options: { replay: true } });
        expect((await figuresIn(out)).map((row) => [row.date, row.events_total, row.unique_users])).toEqual([
          ["2025-02-01", 3, 2],
        ]);
        expect((await quarantineOf(out)).map(({ reason }) => reason).toSorted()).toEqual([
          "MALFORMED",
          "NEGATIVE_REVENUE",
        ]);
      }
    });

    it("takes corrected lines in place of the original ones", async () => {
      const quarantine = spark.read.schema(QUARANTINE).parquet(`${out}-quarantine`);
      const corrected = quarantine
        .filter(col("reason").eq("NEGATIVE_REVENUE"))
        .withColumn("corrected", regexpReplace("line", '"price":-', '"price":'));
      const others = quarantine.filter(col("reason").ne("NEGATIVE_REVENUE"));
      await corrected.unionByName(others).write.mode("overwrite").parquet(`${out}-mended`);
      await rm(`${out}-quarantine`, { recursive: true });
      await spark.read.schema(QUARANTINE).parquet(`${out}-mended`).write.parquet(`${out}-quarantine`);
      await expect(run({ data, out })).rejects.toThrow("holds 1 corrected lines: run with --replay");
      for (let time = 0; time < 2; time++) {
        await run({ data, out, options: { replay: true } });
        expect((await figuresIn(out)).map((row) => [row.date, row.revenue])).toEqual([
          ["2025-02-01", 10],
          ["2025-02-02", 5],
        ]);
        const kept = await quarantineOf(out);
        expect(kept.map(({ reason }) => reason).toSorted()).toEqual([
          "CORRECTED",
          "MALFORMED",
          "UNKNOWN_USER",
          "UNKNOWN_USER",
        ]);
        expect(kept.find(({ reason }) => reason === "CORRECTED")?.line).toBe(refund);
      }
    });
  });
});

describe("daily-kpi without files", () => {
  it("makes its own, says so, and prints the first figures", async () => {
    const out = join(folder, "own");
    const { lines, result } = await run({ out, rows: 5_000, options: { damaged: 5, show: 3 } });
    expect(lines.join("\n")).toMatch(/planted rejects\s+143 {2}ok/);
    expect(await (result as { count(): Promise<number> }).count()).toBe(3);
  });

  it("measures its experiments on the same figures", async () => {
    const out = join(folder, "experiments");
    const { result } = await run({ out, rows: 5_000, options: { experiments: true } });
    const outcomes = result as readonly { rows: number; files: number; bytes: number; plan: string }[];
    expect(outcomes).toHaveLength(5);
    expect(new Set(outcomes.map(({ rows }) => rows)).size).toBe(1);
    for (const { files, bytes, plan } of outcomes) {
      expect(files).toBeGreaterThanOrEqual(31);
      expect(bytes).toBeGreaterThan(0);
      expect(await readFile(join(`${out}-experiments`, plan), "utf8")).toContain("== Physical Plan ==");
    }
  });
});
